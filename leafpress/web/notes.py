"""Notes: links from the text to each, and back."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from lxml import html


def lead_back(root: Any, words: str) -> None:
    """Give every note a link to each place that speaks of it, called `words`.

    The roles of notes that PDF needs are taken off: a list of notes is a list (the role
    `doc-endnote` is deprecated in DPUB-ARIA 1.1, and would take the items out of their list).
    """
    places = _places(root)
    for item in root.xpath('//*[@role="doc-endnotes" or @role="doc-endnote"]'):
        del item.attrib["role"]
        for place in places.get(item.get("id", ""), ()):
            link = html.Element("a", {"role": "doc-backlink", "href": f"#{place}"})
            link.set("class", "back")
            link.text = words
            _append(item, link)


def _places(root: Any) -> dict[str, list[str]]:
    """Where the text speaks of each note, by the note's id; every place gets an id."""
    places: dict[str, list[str]] = defaultdict(list)
    for link in root.xpath('//a[@role="doc-noteref"]'):
        note = link.get("href")[1:]
        link.set("id", f"to-{note}-{len(places[note]) + 1}")
        places[note].append(link.get("id"))
    return places


def _append(item: Any, link: Any) -> None:
    """Put a link at the end of an item, after a blank."""
    if len(item):
        item[-1].tail = (item[-1].tail or "").rstrip() + " "
    else:
        item.text = (item.text or "").rstrip() + " "
    item.append(link)
