"""The proof of one finished web page: every question that needs no browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from leafpress.findings import Span, Verdict
from leafpress.proof.judge import Answer, Case, answer, unasked
from leafpress.proof.text.web_checks import CHECKS, WebPage, large
from leafpress.rules import finding, rules

_CHANGED = "the sources have changed since the file was built"


def judge_web(case: Case) -> tuple[Answer, ...]:
    """The answers about a page and the pages beside it."""
    data = case.file.read_bytes()
    page = WebPage(data.decode(), case.markup)
    answers = [
        unasked(rule, _CHANGED)
        if rule == "P095" and case.markup is None
        else answer(case, rule, check(page))
        for rule, check in CHECKS.items()
    ]
    return (*answers, _size(case, data), _beside(case, page))


def _size(case: Case, data: bytes) -> Answer:
    """A large page is a warning, not a fault."""
    found = tuple(large(data, Span(case.name)))
    figure = f"{len(data) / 1000:.0f} kB"
    return Answer("P096", rules()["P096"].title, Verdict.PASS, figure, found)


def _beside(case: Case, page: WebPage) -> Answer:
    """A page that is not there is a warning: languages may be built one after the other."""
    led = list(_addresses(page))
    gone = [address for address in led if not (case.file.parent / address).is_file()]
    found = tuple(finding("P097", Span(case.name), page=address) for address in gone)
    figure = f"{len(led) - len(gone)} of {len(led)} are there"
    return Answer("P097", rules()["P097"].title, Verdict.PASS, figure, found)


def _addresses(page: WebPage) -> Iterator[str]:
    """The files that the page leads to."""
    for link in page.named("a"):
        address = link.attrib.get("href", "")
        if PurePosixPath(address).suffix == ".html" and ":" not in address:
            yield address
