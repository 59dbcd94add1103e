"""All checks of this room, for one language."""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.content.root import Root
from leafpress.findings import Finding, sort
from leafpress.translation.checks import consistency, marks, senses, spoken
from leafpress.translation.checks.pair import SentencePair, pairs
from leafpress.translation.language import Language

_CHECKERS = (marks.check, senses.check, spoken.check)
"""Those that read one message."""


def check(root: Root, language: Language) -> tuple[Finding, ...]:
    """What a person should look at in the catalogues of a language.

    Messages that are missing, fuzzy or empty are left out, and names; so are catalogues that
    cannot be read: `catalogue.py` says those.
    """
    every = pairs(root, language)
    found = [*_each(every, language), *consistency.check(every)]
    meant = {pair.span: pair.meant for pair in every}
    return sort([each for each in found if each.rule not in meant[each.span]])


def check_pair(pair: SentencePair, language: Language) -> tuple[Finding, ...]:
    """What can be said of one message without its sisters."""
    found = [each for checker in _CHECKERS for each in checker(pair, language)]
    return sort([each for each in found if each.rule not in pair.meant])


def _each(every: tuple[SentencePair, ...], language: Language) -> Iterator[Finding]:
    for pair in every:
        if not pair.is_name:
            yield from check_pair(pair, language)


def not_checked(language: Language) -> tuple[str, ...]:
    """What no list or program here can judge in a language, in words."""
    missing = []
    if not senses.has_words(language):
        missing.append("words of weight (there is no list of them)")
    if not spoken.is_asked(language):
        missing.append("wrong language (lingua is not installed, or does not know it)")
    return tuple(missing)
