"""One input, from its bytes to a complete holder: the journey of a part, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import pikepdf
from pikepdf import Dictionary, String

from leafpress.findings import Problem, Span
from leafpress.joining import (
    acroform,
    input_checks,
    navigation,
    output_intents,
    page_weight,
)
from leafpress.joining.actions import ActionCleaner
from leafpress.joining.annotations import PageContents, left_by_the_root
from leafpress.joining.damage import refusal
from leafpress.joining.document_facts import document_facts, is_language
from leafpress.joining.element_entries import ElementEntries
from leafpress.joining.input_checks import Mending
from leafpress.joining.language import ContentLanguages
from leafpress.joining.link_descriptions import describe_links
from leafpress.joining.parent_tree import ParentTree
from leafpress.joining.part import Naming, Part, PartBuilder, PlacedPart
from leafpress.joining.reconcile import TaggedInput, reconcile
from leafpress.joining.role_map import Classes, Roles
from leafpress.joining.structure_tree import TreeWalk, topmost
from leafpress.joining.survey import survey
from leafpress.joining.xfa import only_waits
from leafpress.pdf_objects import (
    UNREADABLE,
    Excess,
    dictionaries_at,
    dictionary_at,
    text_at,
)
from leafpress.rules import finding

LETTER = Naming(prefix="", tag="letter", first_key=0)


def gather(
    data: bytes, name: str, naming: Naming, taken: Sequence[Part] = (), *, repair: bool = False
) -> tuple[pikepdf.Pdf, PlacedPart]:
    """Open an input and hang all that travels on its holder.

    Args:
        name: the input, as messages call it.
        taken: the parts whose roles and classes have to keep their meaning.
        repair: mend a damaged file as far as possible.

    Raises:
        Problem: it may not be joined (E001 to E011).
    """
    journey = partial(_gathered, data, name, naming, taken)
    if repair:
        return journey(Mending.REPAIRED)
    try:
        return journey(Mending.AS_IT_IS)
    except Problem as problem:
        if not _is_damaged(problem):
            raise
        return _rebuilt(journey, problem)


_Gathered = tuple[pikepdf.Pdf, PlacedPart]

_DAMAGED = frozenset({"E006", "E007", "E008"})
"""Rules that say no more than that a file cannot be read as it is."""


def _is_damaged(problem: Problem) -> bool:
    return all(finding.rule in _DAMAGED for finding in problem.findings)


def _rebuilt(journey: Callable[[Mending], _Gathered], damage: Problem) -> _Gathered:
    """Read a damaged file with a new table of objects, where that is all that it lacks.

    Raises:
        Problem: it is not; a reason that has nothing to do with damage is told before it.
    """
    try:
        return journey(Mending.REBUILT)
    except Problem as problem:
        raise (damage if _is_damaged(problem) else problem) from None


def _gathered(
    data: bytes, name: str, naming: Naming, taken: Sequence[Part], mending: Mending
) -> tuple[pikepdf.Pdf, PlacedPart]:
    with refusing(name, repair=mending is Mending.REPAIRED):
        pdf = input_checks.open_bounded(data, name, mending)
        surveyed = survey(pdf)
        input_checks.refuse(pdf, surveyed, name)
        facts = document_facts(pdf, name)
        part = PartBuilder(facts, naming, pdf.make_indirect(Dictionary()), surveyed.nesting)
        _fill(pdf, part, taken)
    if only_waits(pdf, data):
        raise Problem(finding("E004", Span(name)))
    part.findings += input_checks.findings_of(pdf, name, mending)
    return pdf, part.built()


@contextmanager
def refusing(name: str, *, repair: bool) -> Iterator[None]:
    """Refuse an input that cannot be followed.

    Only for reasons of the file: an AttributeError or a TypeError is a bug of ours, and passes.

    Raises:
        Problem: the file goes past a bound (E011), or is damaged (E006).
    """
    try:
        yield
    except Excess as excess:
        raise Problem(finding("E011", Span(name), what=excess.what)) from None
    except UnicodeError:
        raise refusal(name, "a name in it is no text", repair=repair) from None
    except UNREADABLE as error:
        raise refusal(name, str(error), repair=repair) from None


def _fill(pdf: pikepdf.Pdf, part: PartBuilder, taken: Sequence[Part]) -> None:
    root, naming = pdf.Root, part.naming
    pages = input_checks.pages_of(pdf, part.facts.name)
    part.hang_list("/Pages", pages)
    part.pages = len(pages)
    page_weight.check(pdf, pages)
    contents = PageContents(pdf, pages)
    contents.sort()
    elements = _tags(pdf, part, contents, taken)

    destinations = navigation.Destinations(root, naming, contents.pages)
    cleaner = ActionCleaner(contents.pages, destinations.renamed, elements)
    cleaner.clean_annotations(contents.annotations)
    part.hang_list("/Names", destinations.pairs())
    outlines = dictionary_at(root, "/Outlines")
    part.hang_list("/Marks", navigation.Bookmarks(cleaner).topmost(outlines))
    part.hang_list("/Labels", navigation.page_labels(root, len(pages)))

    form = acroform.input_form(pdf, naming, cleaner, contents)
    part.hang("/Form", form)
    part.fields = tuple(text_at(field, "/T") for field in dictionaries_at(form, "/Fields"))
    part.hang("/Layers", dictionary_at(root, "/OCProperties"))
    intents = dictionaries_at(root, "/OutputIntents")
    part.hang_list("/Intents", intents)
    part.intents = output_intents.digest(intents)
    part.left |= contents.left | cleaner.left | left_by_the_root(root)


def _tags(
    pdf: pikepdf.Pdf, part: PartBuilder, contents: PageContents, taken: Sequence[Part]
) -> set[tuple[int, int]]:
    """Follow the tags, and hang them on the holder; the references of all elements."""
    tree = dictionary_at(pdf.Root, "/StructTreeRoot")
    roles, classes = _vocabulary(tree, part.naming, taken)
    entries = ElementEntries(part.naming, contents.pages, roles, classes, part.faults)
    parents = ParentTree()
    walk = TreeWalk(pdf, contents, entries, parents, part.faults)
    if tree is not None and ("/K" in tree or "/ParentTree" in tree):
        top = topmost(pdf, tree, part.facts, part.naming)
        walk.follow(top)
        reconcile(TaggedInput(pdf, part, contents, tree, top, walk, parents, roles))
        part.hang("/Tree", top)
        part.holder.Spaces = pikepdf.Array(list(entries.namespaces.values()))
        part.hang_list("/Ids", entries.ids())
    part.tagged = bool(parents)
    part.roles, part.classes = roles.used, classes.used
    part.holder.Classes = Dictionary(classes.kept)
    part.headings = frozenset(entries.headings)
    part.left |= entries.left
    if part.tagged:
        contents.tab_in_order()
        describe_links(part, contents, parents)
        _infer_language(part, walk.languages)
        _number_headings(part, entries, taken)
    pairs = parents.number(pdf, part.naming.first_key)
    part.hang_list("/Numbers", pairs)
    part.keys = len(pairs) // 2
    return walk.elements


def _vocabulary(
    tree: Dictionary | None, naming: Naming, taken: Sequence[Part]
) -> tuple[Roles, Classes]:
    """The types and classes of an input, beside those of the parts before it."""
    taken_roles: dict[str, str] = {}
    taken_classes: dict[str, bytes] = {}
    for part in taken:
        taken_roles |= part.roles
        taken_classes |= part.classes
    roles = Roles(dictionary_at(tree, "/RoleMap"), taken_roles, naming.tag)
    classes = Classes(dictionary_at(tree, "/ClassMap"), taken_classes, naming.tag)
    return roles, classes


def _infer_language(part: PartBuilder, languages: ContentLanguages) -> None:
    """Take the language from the content where the file as a whole names none."""
    if part.facts.language:
        return
    language = languages.most_used()
    if is_language(language):
        part.facts = replace(part.facts, language=language)
        if not text_at(part.holder.Tree, "/Lang"):
            part.holder.Tree.Lang = String(language)


def _number_headings(part: PartBuilder, entries: ElementEntries, taken: Sequence[Part]) -> None:
    """Give headings a level where those of the other parts have one: nothing may mix the two."""
    if part.headings != {"without"} or not any("with" in other.headings for other in taken):
        return
    count = entries.number_headings()
    if count:
        part.headings = frozenset({"with"})
        part.findings.append(finding("E017", Span(part.facts.name), count=count))
