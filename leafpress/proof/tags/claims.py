"""What a PDF says of itself: title, language, and the standards that it claims (P044)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from leafpress.pdf.metadata import Profile
from leafpress.pdf_objects import dictionary_at, name_at, number_tree, text_at, value_at
from leafpress.proof.tags import booklet_order
from leafpress.proof.tags.tagged import Tagged
from leafpress.xmp import CONFORMS, ITEM, LANGUAGE, TITLE, claimed, packet


def claims(tagged: Tagged, profile: Profile, title: str, language: str) -> Iterator[str]:
    """What the file says of itself against what was asked for."""
    root = tagged.pdf.Root
    if tagged.language != language:
        yield f"the language is “{tagged.language}” and should be “{language}”"
    marked = dictionary_at(root, "/MarkInfo")
    suspects = value_at(marked, "/Suspects")
    in_order = suspects is None or suspects is False
    if value_at(marked, "/Marked") is not True or not in_order:
        yield "the file does not say that it is tagged, and in order"
    if value_at(dictionary_at(root, "/ViewerPreferences"), "/DisplayDocTitle") is not True:
        yield "the window would show the file's name instead of its title"
    if list(_labels(value_at(root, "/PageLabels"))) != _expected_labels(tagged):
        yield "the labels of the pages are not their numbers"
    if "/OpenAction" in root or "/AA" in root:
        yield "the file does something of its own when it is opened"
    if str(tagged.pdf.docinfo.get("/Title", title)) != title:
        yield f"the title is “{tagged.pdf.docinfo['/Title']}” and should be “{title}”"
    if any(page.obj.get("/Tabs") != "/S" for page in tagged.pdf.pages):
        yield "the tabulator key does not follow the reading order"
    xmp = packet(root)
    if xmp is None:
        yield "there is no metadata (XMP)"
        return
    yield from _metadata(xmp, profile, title, language)


def printing(tagged: Tagged, *, folded: bool) -> Iterator[str]:
    """Whether a print dialogue is told how a booklet is printed; of other files nothing."""
    preferences = dictionary_at(tagged.pdf.Root, "/ViewerPreferences")
    if booklet_order.is_booklet(tagged.pdf) != folded:
        yield "the file does not say rightly whether it is printed on both sides, to be folded"
    if folded and name_at(preferences, "/PrintScaling") != "/None":
        yield "pages of the booklet would be made smaller in print"


def _labels(tree: object) -> Iterator[tuple[int, str, str]]:
    """What pages are called: from which page on, style and prefix (ISO 32000-1, 12.4.2)."""
    for page, label in number_tree(tree):
        if value_at(label, "/St") is None:
            yield page, name_at(label, "/S"), text_at(label, "/P")


def _expected_labels(tagged: Tagged) -> list[tuple[int, str, str]]:
    """Pages are called 1, 2, 3 …; sides of a booklet by the pages on them, as “8, 1”."""
    if not booklet_order.is_booklet(tagged.pdf):
        return [(0, "/D", "")]
    filled = max(map(tagged.turn, tagged.root.marks() if tagged.root else ()), default=-1)
    names: dict[int, list[tuple[float, int]]] = {n: [] for n in range(len(tagged.pages))}
    for turn, part in enumerate(tagged.parts[: filled + 1], start=1):
        names[part.page].append((part.left, turn))
    labels: list[tuple[int, str, str]] = []
    for page, pages_on_it in names.items():
        from_the_left = [str(turn) for _, turn in sorted(pages_on_it)]
        labels.append((page, "", ", ".join(from_the_left)))
    return labels


def _metadata(xmp: ET.Element, profile: Profile, title: str, language: str) -> Iterator[str]:
    expected, present = dict(profile.claims), claimed(xmp)
    if present != expected:
        yield f"the file claims {_in_words(present)} and should claim {_in_words(expected)}"
    declared = {(declaration.text or "").strip() for declaration in xmp.iter(CONFORMS)}
    if declared != set(profile.declarations):
        yield f"the file declares {sorted(declared)}"
    titles = {item.text for part in xmp.iter(TITLE) for item in part.iter(ITEM)}
    if titles != {title}:
        yield f"the title is {sorted(map(str, titles))} and should be “{title}”"
    languages = {item.text for part in xmp.iter(LANGUAGE) for item in part.iter(ITEM)}
    if languages != {language}:
        yield f"the metadata's language is {sorted(map(str, languages))}"


def _in_words(claimed: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in sorted(claimed.items())) or "nothing"
