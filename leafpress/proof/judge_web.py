"""The proof of one finished web page: every question that needs no browser."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from leafpress.proof.answers import SOURCES_CHANGED, Answer, Case, problems_told, unasked, warned
from leafpress.proof.text.web_checks import CHECKS, WebPage, large
from leafpress.rules import finding

_FROM_SOURCES = ("P095", "P114")
"""Rules about a page that only its sources can answer."""


def judge_web(case: Case) -> tuple[Answer, ...]:
    """The answers about a page and the pages beside it."""
    page = WebPage(case.file.read_bytes().decode(), case.markup)
    return (*_checked(case, page), _size(case, page), _beside(case, page))


def _checked(case: Case, page: WebPage) -> Iterator[Answer]:
    for rule, check in CHECKS.items():
        if rule in _FROM_SOURCES and case.markup is None:
            yield unasked(rule, SOURCES_CHANGED)
        else:
            yield problems_told(case, rule, check(page))


def _size(case: Case, page: WebPage) -> Answer:
    """A large page is a warning, not a fault."""
    size = len(page.text.encode())
    return warned("P096", list(large(page, case.span)), f"{size / 1000:.0f} kB")


def _beside(case: Case, page: WebPage) -> Answer:
    """A file that is not there is a warning: languages may be built one after the other.

    What was not asked for, and does not stand in the folder, is counted only.
    """
    addresses = list(_addresses(page))
    absent = [address for address in addresses if not (case.file.parent / address).is_file()]
    missed = [address for address in absent if _is_expected(case, address)]
    findings = [finding("P097", case.span, page=address) for address in missed]
    figure = f"{len(addresses) - len(absent)} of {len(addresses)} are there"
    unasked_for = len(absent) - len(missed)
    rest = f", {unasked_for} not asked for" if unasked_for else ""
    return warned("P097", findings, figure + rest)


def _is_expected(case: Case, address: str) -> bool:
    name = posixpath.normpath(posixpath.join(posixpath.dirname(case.name), address))
    return case.outputs is None or name in case.outputs


def _addresses(page: WebPage) -> Iterator[str]:
    """The files that the page leads to: other languages and formats."""
    for link in page.named("a"):
        address = link.attrib.get("href", "")
        if ":" not in address and not address.startswith("#"):
            yield address
