"""What a leaflet's parts say about each other. A check is a function in a list.

Checks read the file's tree, not the model, so that they run even while other parts of the
file are broken: an author sees every problem at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from leafpress.content import figures
from leafpress.content.contacts import Contacts
from leafpress.content.root import Root
from leafpress.content.yaml_tree import Path as TreePath
from leafpress.content.yaml_tree import Tree
from leafpress.findings import Finding
from leafpress.rules import finding
from leafpress.system.portable import why_not

BLOCKS = "sections.*.blocks.*"
_CALLS = (f"{BLOCKS}.call.*", f"{BLOCKS}.contacts.*", "easy_read.sections.*.call.*")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around a leaflet's file.

    Args:
        contacts_known: whether `contacts.yaml` could be read. Where it is broken it says so itself,
            and every service that a leaflet calls would seem unknown.
    """

    root: Root
    contacts: Contacts
    contacts_known: bool = True


Check = Callable[[Tree, Surroundings], Iterable[Finding]]


def placeholders(contacts: Contacts) -> frozenset[str]:
    """Every name that may stand in braces in a text."""
    return frozenset(contact.id for contact in contacts.contacts) | {"clinic"}


def context(tree: Tree, surroundings: Surroundings) -> dict[str, object]:
    """What the leaflet's texts are checked against."""
    anchors = frozenset(id_ for _, id_ in _anchors(tree))
    known = placeholders(surroundings.contacts) if surroundings.contacts_known else None
    return {"ids": anchors, "contacts": known}


def _anchors(tree: Tree) -> Iterator[tuple[TreePath, str]]:
    yield from tree.each("sections.*.id", str)
    yield from tree.each(f"{BLOCKS}.id", str)
    yield from tree.each(f"{BLOCKS}.items.*.id", str)  # notes


def _blocks(tree: Tree, *kinds: str) -> Iterator[tuple[TreePath, dict[str, object]]]:
    for path, block in tree.each(BLOCKS, dict):
        if not kinds or block.get("kind") in kinds:
            yield path, block


def name_is_id(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """`back-pain.yaml` holds the leaflet `back-pain`."""
    stem = Path(tree.source.name).stem
    for path, id_ in tree.each("id", str):
        if id_ != stem:
            yield finding("L018", tree.span(path), id=id_, stem=stem)
        elif reason := why_not(id_):
            yield finding("B022", tree.span(path), reason=reason)


def unique_ids(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """No two places, and no two sources, share an id."""
    for group in (_anchors(tree), tree.each("sources.*.id", str)):
        first: dict[str, int] = {}
        for path, id_ in group:
            if id_ in first:
                yield finding("L017", tree.span(path), id=id_, line=first[id_])
            else:
                first[id_] = tree.span(path).line


def known_sources(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """What a section or block names as its source stands in the list of sources."""
    known = {id_ for _, id_ in tree.each("sources.*.id", str)}
    for path, id_ in _source_uses(tree):
        if id_ not in known:
            yield finding("L030", tree.span(path), id=id_, known=", ".join(sorted(known)))


def used_sources(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """A source that nothing uses should not be printed."""
    used = {id_ for _, id_ in _source_uses(tree)}
    for path, id_ in tree.each("sources.*.id", str):
        if id_ not in used:
            yield finding("L033", tree.span(path), id=id_)


def _source_uses(tree: Tree) -> Iterator[tuple[TreePath, str]]:
    yield from tree.each("sections.*.sources.*", str)
    yield from tree.each(f"{BLOCKS}.sources.*", str)


def sources_printed(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """A reader can see where the facts come from (PIF TICK, criterion 3)."""
    if tree.value(("sections",)) and not any(_blocks(tree, "sources")):
        yield finding("L034", tree.key_span(("sections",)))


def known_contacts(tree: Tree, around: Surroundings) -> Iterator[Finding]:
    """Contacts are called by ids of `contacts.yaml`."""
    if not around.contacts_known:
        return
    known = placeholders(around.contacts)
    for pattern in _CALLS:
        for path, id_ in tree.each(pattern, str):
            if id_ not in known:
                yield finding("L060", tree.span(path), id=id_, known=", ".join(sorted(known)))


_TRUE = frozenset({"true", "yes", "on", "1", "t", "y"})
"""What pydantic reads as true."""


def _pictures(tree: Tree) -> Iterator[tuple[TreePath, dict[str, object]]]:
    yield from _blocks(tree, "figure")
    for path, block in _blocks(tree, "exercise"):
        if isinstance(block.get("figure"), dict):
            yield (*path, "figure"), block["figure"]  # type: ignore[misc]  # a dict, just seen


def alternatives(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """Every picture has alternative text, or says that it is decoration."""
    for path, picture in _pictures(tree):
        decorative = str(picture.get("decorative")).lower() in _TRUE
        if decorative and "alt" in picture:
            yield finding("L046", tree.key_span((*path, "alt")))
        elif not decorative and "alt" not in picture:
            # `alt:` with nothing behind it is an empty text, which says so itself.
            yield finding("L012", tree.key_span((*path, "file")))


def figure_files(tree: Tree, around: Surroundings) -> Iterator[Finding]:
    """Pictures exist, lie in the folder, and are harmless."""
    for path, picture in _pictures(tree):
        file = picture.get("file")
        if isinstance(file, str) and file:
            folder = around.root.folder_of("leaflets/figures", file)
            span = tree.span((*path, "file"))
            yield from figures.check(file, folder, span, around.root.shown(folder / file))


def heading_levels(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """Levels go down one at a time (PDF/UA-1, 7.4.2): a section is 2, then 3, then 4."""
    for section, blocks in tree.each("sections.*.blocks", list):
        level = 2
        for index, block in enumerate(blocks):
            if isinstance(block, dict) and block.get("kind") == "heading":
                wanted = str(block.get("level", "3"))
                if wanted in ("3", "4") and int(wanted) > level + 1:
                    span = tree.span((*section, index, "level"))
                    facts = {"level": wanted, "above": level, "right": level + 1}
                    yield finding("L050", span, **facts)
                level = int(wanted) if wanted in ("3", "4") else level


def even_tables(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """Every row has as many cells as there are columns (PDF/UA-1, 7.2)."""
    rows = (*tree.each(f"{BLOCKS}.rows.*", list), *tree.each(f"{BLOCKS}.rows.*.cells", list))
    for path, row in rows:
        columns = tree.value((*path[:4], "columns"))
        if isinstance(columns, list) and len(row) != len(columns):
            facts = {"cells": len(row), "columns": len(columns)}
            yield finding("L051", tree.span(path), **facts)


def emergency_first(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """What to do in an emergency stands before anything else, on page 1."""
    boxes = [path for path, _ in _blocks(tree, "emergency")]
    if boxes and boxes[0] != ("sections", 0, "blocks", 0):
        yield finding("L052", tree.span(boxes[0]))


def dates_in_order(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """A leaflet is reviewed after it is written. What is no date says so itself."""
    written, review = _day(tree, "date"), _day(tree, "review")
    if written and review and review <= written:
        yield finding("L061", tree.span(("review",)), written=written, review=review)


def _day(tree: Tree, key: str) -> datetime.date | None:
    """The day of a key; None where there is none."""
    try:
        return datetime.date.fromisoformat(str(tree.value((key,))))
    except ValueError:
        return None


def other_words(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """No word of `also:` stands in the title, or stands there before."""
    title = " ".join(words.casefold() for _, words in tree.each("title", str))
    known: set[str] = set()
    for path, word in tree.each("also.*", str):
        folded = " ".join(word.casefold().split())
        if folded in known or f" {folded} " in f" {_parted(title)} ":
            yield finding("L121", tree.span(path), word=word)
        known.add(folded)


def _parted(words: str) -> str:
    """Words with nothing but blanks between them."""
    return " ".join("".join(c if c.isalnum() else " " for c in words).split())


LEAFLET_CHECKS: tuple[Check, ...] = (
    name_is_id,
    unique_ids,
    other_words,
    known_sources,
    used_sources,
    sources_printed,
    known_contacts,
    alternatives,
    figure_files,
    heading_levels,
    even_tables,
    emergency_first,
    dates_in_order,
)
