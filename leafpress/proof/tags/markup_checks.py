"""What lines of words do not show: long forms, how long lists are, where links inside lead.

Each is compared with the markup (P040, P042), as the lines are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from leafpress.proof.tags.blocks import is_counter, is_running, parsed, plain, tag
from leafpress.proof.tags.link_checks import go_to
from leafpress.proof.tags.tagged import Mark, Tagged, TaggedElement

_LISTS = frozenset({"ul", "ol"})
_COMPARED = 30
"""Letters of a target that are compared."""


def structure(html: str, tagged: Tagged) -> Iterator[str]:
    """Long forms of abbreviations and the lengths of lists, in the file and in the markup."""
    elements = list(_heard(parsed(html)))
    for what, wanted, got in (
        ("long form", _long_forms(elements), _expansions(tagged)),
        ("list of so many items", _lists(elements), _lengths(tagged)),
    ):
        for each in wanted - got:
            yield f"a {what} is not in the file: {each}"
        for each in got - wanted:
            yield f"the file has a {what} that the leaflet does not have: {each}"


def targets(html: str, tagged: Tagged) -> Iterator[str]:
    """A link inside the document leads to the element that has its id."""
    words = {
        element.attrib["id"]: "".join(plain("".join(element.itertext())).split())
        for element in _heard(parsed(html))
        if "id" in element.attrib
    }
    for name, element in go_to(tagged):
        wanted, got = words.get(name, ""), "".join(plain(_beginning(element)).split())
        if wanted[:_COMPARED] not in got and got[:_COMPARED] not in wanted:
            yield f"the link to “{wanted[:40]}” leads to “{element.text()[:40]}”"


def _beginning(element: TaggedElement) -> str:
    """How an element begins: its first words that are no bullet or number of a list."""
    for each in element.descend():
        if not is_counter(each):
            for kid in each.kids:
                if isinstance(kid, Mark) and kid.text.strip():
                    return kid.text
    return element.text()


def _heard(element: Any) -> Iterator[Any]:
    """All elements but those in the margins of pages."""
    if is_running(element):
        return
    yield element
    for child in element:
        yield from _heard(child)


def _long_forms(elements: list[Any]) -> Counter[str]:
    titles = (e.attrib.get("title", "") for e in elements if tag(e) == "abbr")
    return Counter(plain(title) for title in titles if title)


def _expansions(tagged: Tagged) -> Counter[str]:
    return Counter(plain(each.expansion) for each in tagged.elements() if each.expansion)


def _lists(elements: list[Any]) -> Counter[str]:
    items = (sum(tag(child) == "li" for child in e) for e in elements if tag(e) in _LISTS)
    return Counter(str(count) for count in items if count)


def _lengths(tagged: Tagged) -> Counter[str]:
    lists = (each for each in tagged.elements() if each.type in {"L", "TOC"} and _counts(each))
    return Counter(str(len([kid for kid in each.kids if _is_item(kid)])) for each in lists)


def _is_item(kid: Any) -> bool:
    return isinstance(kid, TaggedElement) and kid.type in {"LI", "TOCI"}


def _counts(element: TaggedElement) -> bool:
    """Whether this is a list of items rather than of terms and meanings."""
    return str(element.attribute("List", "ListNumbering")) != "Description"
