"""What a translation must have in common with the English. A checker is a function in a list.

Numbers, links, placeholders and markup are compared as counted sets: their order may change.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

from babel import Locale
from babel.numbers import get_decimal_symbol

from leafpress.content import inline
from leafpress.findings import Finding, Span
from leafpress.rules import finding, rules
from leafpress.translation.language import Language

Checker = Callable[[str, str, Language, Span], Iterator[Finding]]

_NAMED = re.compile(r"%\((\w+)\)[sd]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")


def placeholders(source: str, target: str, _: Language, span: Span) -> Iterator[Finding]:
    """`{999}` and `%(page)s` stand in both, equally often."""
    facts = _difference(_placeholders(source), _placeholders(target))
    if facts:
        yield finding("T010", span, facts=facts)


def _placeholders(text: str) -> Counter[str]:
    braces = (f"{{{name}}}" for name in inline.PLACEHOLDER.findall(text))
    named = (f"%({name})s" for name in _NAMED.findall(text))
    return Counter([*braces, *named])


def markup(source: str, target: str, _: Language, span: Span) -> Iterator[Finding]:
    """Strong, emphasis and the rest stand in both, equally often."""
    facts = _difference(inline.parse(source).markup, inline.parse(target).markup)
    if facts:
        yield finding("T011", span, facts=facts)


def links(source: str, target: str, _: Language, span: Span) -> Iterator[Finding]:
    """Links lead to the same places."""
    facts = _difference(Counter(inline.parse(source).links), Counter(inline.parse(target).links))
    if facts:
        yield finding("T012", span, facts=facts)


def numbers(source: str, target: str, language: Language, span: Span) -> Iterator[Finding]:
    """Every number stands in both, whatever digits and decimal sign the language uses."""
    decimal = _decimal(language.locale)
    english, own = _spelled(source), _spelled(target)
    copied = [number for number in english if number in own and decimal == "," and "." in number]
    rest = Counter(english) - Counter(copied), Counter(own) - Counter(copied)
    facts = [f"{number} is written as in English: write {_local(number)}" for number in copied]
    facts.append(_difference(_normal(rest[0], "."), _normal(rest[1], decimal)))
    if any(facts):
        yield finding("T013", span, facts="; ".join(filter(None, facts)))


@cache
def _decimal(locale: str) -> str:
    return str(get_decimal_symbol(Locale.parse(locale)))


def _spelled(text: str) -> list[str]:
    """The numbers of a text as they are written there, in western digits."""
    bare = _NAMED.sub(" ", inline.PLACEHOLDER.sub(" ", re.sub(r"\]\([^)]*\)", "]", text)))
    digits = _OTHER_DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), bare)
    return _NUMBER.findall(digits)


def _local(number: str) -> str:
    """An English number with the decimal comma of most languages."""
    return number.replace(",", " ").replace(".", ",")


def _normal(numbers: Counter[str], decimal: str) -> Counter[str]:
    """`0,4` in Polish and `0.4` in English are the same number."""
    grouping = "," if decimal == "." else "."
    found = Counter[str]()
    for number, count in numbers.items():
        found[number.replace(grouping, "").replace(decimal, ".")] += count
    return found


def digits(_source: str, target: str, _: Language, span: Span) -> Iterator[Finding]:
    """Numbers are in the digits of keypads and labels in every language (docs/translators.md)."""
    others = [each for each in dict.fromkeys(target) if _is_other_digit(each)]
    if others:
        facts = (f"“{each}” is {unicodedata.digit(each)}" for each in others)
        yield finding("T023", span, digits=", ".join(others), facts=", ".join(facts))


def _is_other_digit(character: str) -> bool:
    return unicodedata.category(character) == "Nd" and not character.isascii()


def text_faults(_source: str, target: str, _: Language, span: Span) -> Iterator[Finding]:
    """The same faults that a text of a leaflet may have: HTML, stray markup, controls."""
    for rule, piece in inline.parse(_NAMED.sub("", target)).faults:
        table = rules()[rule]
        problem = table.sentence.format(piece=piece)
        yield finding("T015", span, problem=problem, advice=table.hint.format(piece=piece))


CHECKERS: tuple[Checker, ...] = (placeholders, markup, links, numbers, digits, text_faults)


def check(source: str, target: str, language: Language, span: Span) -> list[Finding]:
    """Everything in which `target` fails `source`."""
    return [found for checker in CHECKERS for found in checker(source, target, language, span)]


def _difference(source: Counter[str], target: Counter[str]) -> str:
    """`missing: 999; added: 998`, or nothing."""
    if dict(source) == dict(target):
        return ""
    missing, added = source - target, target - source
    parts = []
    if missing:
        parts.append("missing " + ", ".join(sorted(missing.elements())))
    if added:
        parts.append("added " + ", ".join(sorted(added.elements())))
    return "; ".join(parts)
