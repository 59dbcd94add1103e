"""One input, from its bytes to a complete holder: the journey of a part, step by step."""

from __future__ import annotations

from dataclasses import replace

import pikepdf
from pikepdf import Array, Dictionary, String

from leafpress.findings import Problem, Span
from leafpress.joining import acroform, conformance_claims, input_checks, marked_content, navigation
from leafpress.joining.annotations import Baggage, catalogue_leaves
from leafpress.joining.limits import ENTRIES, Excess, entry, nesting, words
from leafpress.joining.parent_tree import ParentTree
from leafpress.joining.part import Naming, Part
from leafpress.joining.role_map import Classes, Roles
from leafpress.joining.structure_tree import Walk
from leafpress.rules import finding

_WRONG_SHAPES = (
    pikepdf.PdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What following a structure of the wrong shape raises: pikepdf hands out whatever stands there."""

LETTER = Naming(prefix="", tag="letter", base=0)


def gather(
    data: bytes, name: str, naming: Naming, taken: tuple[Part, ...] = (), *, repair: bool = False
) -> tuple[pikepdf.Pdf, Part]:
    """Open an input and hang all that travels on its holder.

    Args:
        taken: the parts whose roles and classes have to keep their meaning.

    Raises:
        Problem: it may not be joined (E001 to E011).
    """
    pdf, found = input_checks.admitted(data, name, repair=repair)
    try:
        part = Part(
            conformance_claims.facts(pdf, name),
            naming,
            pdf.make_indirect(Dictionary()),
            findings=found,
        )
        _fill(pdf, part, taken)
    except Excess as excess:
        raise Problem(finding("E011", Span(name), what=excess.what)) from None
    except _WRONG_SHAPES as error:
        raise input_checks.damaged(name, error, repair=repair) from None
    guessed = input_checks.warned(pdf)
    if guessed and not repair:
        raise input_checks.damaged(name, RuntimeError(guessed), repair=False)
    return pdf, part


def _fill(pdf: pikepdf.Pdf, part: Part, taken: tuple[Part, ...]) -> None:
    part.nesting = nesting(pdf)
    pages = input_checks.pages_of(pdf, part.facts.name)
    part.holder.Pages = Array(pages)
    part.pages = len(pages)
    baggage = Baggage(pdf, part)
    baggage.sort_pages()
    part.left |= catalogue_leaves(pdf.Root)
    walk = _tags(pdf, part, baggage, taken)
    places = navigation.Destinations(pdf, part, baggage)
    baggage.clean(places.renamed, walk.elements)
    places.write()
    navigation.Bookmarks(pdf, part, baggage).write()
    navigation.labels(pdf, part)
    acroform.form(pdf, part, baggage)
    layers = entry(pdf.Root, "/OCProperties")
    if layers is not None:
        part.holder.Layers = layers
    found, part.intents = acroform.intents(pdf)
    if found is not None:
        part.holder.Intents = found


def _tags(pdf: pikepdf.Pdf, part: Part, baggage: Baggage, taken: tuple[Part, ...]) -> Walk:
    parents = ParentTree()
    walk = Walk(pdf, part, parents, baggage.live, baggage.dropped)
    root = entry(pdf.Root, "/StructTreeRoot")
    mapped = entry(root, "/RoleMap") if root is not None else None
    defined = entry(root, "/ClassMap") if root is not None else None
    if defined is not None and len(defined) > ENTRIES:
        raise Excess("classes without end")
    known = {role: what for each in taken for role, what in each.roles.items()}
    roles = Roles(mapped, known, part.naming.tag)
    classed = {name: what for each in taken for name, what in each.classes.items()}
    classes = Classes(defined, classed, part.naming.tag)
    walk.run(root, roles, classes)
    part.roles, part.classes = roles.used, classes.used
    part.holder.Classes = Dictionary(classes.kept)
    if part.tagged:
        _settle(part, parents)
        _speak(part, walk)
        _number(part, walk, taken)
    parents.write(pdf, part)
    return walk


def _settle(part: Part, parents: ParentTree) -> None:
    """Compare the tags with what the pages show, and make Tab follow the reading order."""
    nothing = 0
    for owner, tagged in parents.owned:
        shown = marked_content.shown(owner, tagged)
        if shown is None or shown - tagged:
            part.faults.append("they and the marks on its pages differ")
            break
        parents.forget(owner, tagged - shown)
        nothing += len(tagged - shown)
    if nothing:
        part.findings.append(finding("E022", Span(part.facts.name), count=nothing))
    for page in part.holder.Pages:
        if "/Annots" in page:
            page.Tabs = pikepdf.Name.S


def _speak(part: Part, walk: Walk) -> None:
    """Take the language from the content where the file as a whole names none."""
    if not part.facts.language and conformance_claims.is_language(language := walk.tongues.main()):
        part.facts = replace(part.facts, language=language)
        if not words(part.holder.Tree.get("/Lang")):
            part.holder.Tree.Lang = String(language)


def _number(part: Part, walk: Walk, taken: tuple[Part, ...]) -> None:
    """Give headings a level where those of the other parts have one: nothing may mix the two."""
    if part.headings == {"without"} and any("with" in each.headings for each in taken):
        count = walk.number()
        if count:
            part.headings = frozenset({"with"})
            part.findings.append(finding("E017", Span(part.facts.name), count=count))
