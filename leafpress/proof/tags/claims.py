"""What a PDF says of itself: title, language, and the standards that it claims (P044)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from leafpress.pdf.metadata import Profile
from leafpress.proof.tags import booklet_order
from leafpress.proof.tags.tagged import Tagged
from leafpress.xmp import CONFORMS, ITEM, LANGUAGE, TITLE, claimed, packet


def claims(tagged: Tagged, profile: Profile, title: str, language: str) -> Iterator[str]:
    """What the file says of itself against what was asked for."""
    root = tagged.pdf.Root
    if tagged.language != language:
        yield f"the language is “{tagged.language}” and should be “{language}”"
    marked = root.get("/MarkInfo", {})
    if marked.get("/Marked") is not True or marked.get("/Suspects", False) is not False:
        yield "the file does not say that it is tagged, and in order"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "the window would show the file's name instead of its title"
    if _labels(root.get("/PageLabels", {})) != _wanted_labels(tagged):
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
    told = tagged.pdf.Root.get("/ViewerPreferences", {})
    if booklet_order.is_booklet(tagged.pdf) != folded:
        yield "the file does not say rightly whether it is printed on both sides, to be folded"
    if folded and told.get("/PrintScaling") != "/None":
        yield "pages of the booklet would be made smaller in print"


def _labels(labels: Any) -> list[tuple[int, str, str]]:
    """What pages are called: from which page on, style and prefix (ISO 32000-1, 12.4.2)."""
    numbers = list(labels.get("/Nums", []))
    return [
        (int(page), str(label.get("/S", "")), str(label.get("/P", "")))
        for page, label in zip(numbers[::2], numbers[1::2], strict=False)
        if "/St" not in label
    ]


def _wanted_labels(tagged: Tagged) -> list[tuple[int, str, str]]:
    """Pages are called 1, 2, 3 …; sides of a booklet by the pages on them, as “8, 1”."""
    if not booklet_order.is_booklet(tagged.pdf):
        return [(0, "/D", "")]
    filled = max(map(tagged.turn, tagged.root.marks() if tagged.root else ()), default=-1)
    names: dict[int, list[tuple[float, int]]] = {n: [] for n in range(len(tagged.pages))}
    for turn, part in enumerate(tagged.parts[: filled + 1], start=1):
        names[part.page].append((part.left, turn))
    return [
        (page, "", ", ".join(str(turn) for _, turn in sorted(found)))
        for page, found in names.items()
    ]


def _metadata(xmp: ET.Element, profile: Profile, title: str, language: str) -> Iterator[str]:
    found = claimed(xmp)
    if found != dict(profile.claims):
        yield f"the file claims {_listed(found)} and should claim {_listed(dict(profile.claims))}"
    declared = {(each.text or "").strip() for each in xmp.iter(CONFORMS)}
    if declared != set(profile.declarations):
        yield f"the file declares {sorted(declared)}"
    titles = {each.text for part in xmp.iter(TITLE) for each in part.iter(ITEM)}
    if titles != {title}:
        yield f"the title is {sorted(map(str, titles))} and should be “{title}”"
    languages = {each.text for part in xmp.iter(LANGUAGE) for each in part.iter(ITEM)}
    if languages != {language}:
        yield f"the metadata's language is {sorted(map(str, languages))}"


def _listed(claimed: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in sorted(claimed.items())) or "nothing"
