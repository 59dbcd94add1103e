"""What the parts of an easy-read leaflet have to be, taken together.

A content review of November 2026 found boxes of 14 signs over five pages, where a reader met
signs without what to do, and explained words among signs, which read as signs (its section 1.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leafpress.content import inline
from leafpress.content.block_checks import most_printed
from leafpress.content.checks import Check, Surroundings
from leafpress.content.yaml_tree import Path as TreePath
from leafpress.content.yaml_tree import Tree
from leafpress.findings import Finding
from leafpress.rules import finding

MOST_SIGNS = 6
"""As many as one page holds, with a picture each."""

MOST_SENTENCES = 40
"""GOV.UK and Department of Health: a short document, 24 pages at most; ours then have about ten."""

_HELP = re.compile(
    r"^[^,]{1,40}? means? "
    r"|^(?:an? |the |your )?[^,.]{1,30}? (?:is|are) (?:an? |the |your )?"
    r"(?:part|place|person|people|doctor|nurse|kind|sort|type|word|name|row|team|service)s? ",
    re.IGNORECASE,
)
"""“Numb means …”, “A&E is the part of …”, “Your GP is the doctor …”."""

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_Section = tuple[TreePath, dict[str, object]]


def _sections(tree: Tree) -> Iterator[_Section]:
    yield from tree.each("easy_read.sections.*", dict)


def _sentences(section: dict[str, object]) -> list[object]:
    entries = section.get("sentences")
    return entries if isinstance(entries, list) else []


def _texts(path: TreePath, section: dict[str, object]) -> Iterator[tuple[TreePath, str]]:
    for index, entry in enumerate(_sentences(section)):
        text = entry.get("text") if isinstance(entry, dict) else None
        if isinstance(text, str):
            yield (*path, "sentences", index, "text"), " ".join(text.split())


def few_signs(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """An urgent section has no more signs than a page holds."""
    for path, section in _sections(tree):
        count = most_printed(_sentences(section))
        if "urgency" in section and count > MOST_SIGNS:
            span = tree.key_span((*path, "sentences"))
            yield finding("L090", span, count=count, most=MOST_SIGNS)


def no_word_help_among_signs(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """What explains a word stands in a section of its own."""
    for path, section in _sections(tree):
        if "urgency" not in section:
            continue
        if section.get("kind") == "words":
            span = tree.key_span((*path, "urgency"))
            yield finding("L091", span, problem="a section of words cannot be urgent")
        for place, text in _texts(path, section):
            if _HELP.search(inline.plain(text)):
                problem = f"this explains a word: “{inline.plain(text)[:40]}…”"
                yield finding("L091", tree.span(place), problem=problem)


def few_sentences(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """The whole is short."""
    count = most_printed([entry for _, section in _sections(tree) for entry in _sentences(section)])
    if count > MOST_SENTENCES:
        span = tree.key_span(("easy_read",))
        yield finding("L092", span, count=count, most=MOST_SENTENCES)


def words_before_use(tree: Tree, _: Surroundings) -> Iterator[Finding]:
    """A word is explained before its first use, but for boxes, which go before everything."""
    earlier: list[tuple[TreePath, str]] = []
    for path, section in _sections(tree):
        own = list(_texts(path, section))
        if section.get("kind") == "words":
            terms = (term for _, text in own for term in _BOLD.findall(text))
            yield from _used_before(list(terms), earlier, tree)
        elif "urgency" not in section:
            earlier += own


def _used_before(
    terms: list[str], earlier: list[tuple[TreePath, str]], tree: Tree
) -> Iterator[Finding]:
    for term in terms:
        pattern = re.compile(rf"\b{re.escape(inline.plain(term))}\b", re.IGNORECASE)
        for path, text in earlier:
            if pattern.search(inline.plain(text)):
                yield finding("L093", tree.span(path), term=inline.plain(term))
                break


CHECKS: tuple[Check, ...] = (
    few_signs,
    no_word_help_among_signs,
    few_sentences,
    words_before_use,
)
