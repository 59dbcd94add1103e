"""The proof of one finished PDF: every question that can be asked of it, and the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher

import pikepdf

from leafpress.pages.render import Markup
from leafpress.proof.answers import (
    SOURCES_CHANGED,
    Answer,
    Case,
    judged,
    problems_told,
    unasked,
)
from leafpress.proof.channels import code_checks, drawn_alike
from leafpress.proof.channels.drawn_alike import PlacedPicture
from leafpress.proof.channels.rasterise import Undrawn
from leafpress.proof.tags import (
    blocks,
    booklet_order,
    claims,
    field_checks,
    fonts_used,
    link_checks,
    markup_checks,
    never_there,
    place_checks,
    table_checks,
    tagged,
    tree_checks,
)
from leafpress.proof.tags.booklet_order import ReaderPage
from leafpress.proof.tags.tagged import Tagged
from leafpress.proof.text import pdf_readers, text_extraction
from leafpress.rules import finding


def judge(case: Case) -> tuple[Answer, ...]:
    """Every question of family P that needs no validator, and no layout."""
    with pikepdf.open(case.file) as pdf:
        file = tagged.read(pdf)
        answers = [problems_told(case, rule, _problems(rule, file)) for rule in CHECKS]
        answers += _compared(case, file)
        halves = file.parts if booklet_order.is_booklet(pdf) else ()
        placed = list(drawn_alike.pictures(file))
    answers += _pictures(case, placed)
    if case.markup is not None:
        answers += _read_by_others(case, case.markup, halves)
        answers += _codes(case, case.markup)
    return tuple(answers)


CHECKS: Mapping[str, tuple[tree_checks.Check, ...]] = {
    **tree_checks.CHECKS,
    "P035": (table_checks.tables,),
    "P038": (link_checks.links,),
    "P042": (link_checks.targets,),
    "P047": (*tree_checks.CHECKS["P047"], fonts_used.fonts),
    "P109": (place_checks.painted_as_heard,),
    "P110": (place_checks.pages_named,),
    "P111": (place_checks.placements, place_checks.table_boxes),
    "P119": (never_there.unknown,),
    "P120": (place_checks.links_over_words,),
    "P121": (place_checks.pictures_in_place,),
}
"""What a file is asked about itself, by rule: one more check is one more entry."""


def _problems(rule: str, file: Tagged) -> Iterator[str]:
    for check in CHECKS[rule]:
        yield from check(file)


def _compared(case: Case, file: Tagged) -> Iterator[Answer]:
    """The file against the markup that it was made from."""
    for rule, compare in COMPARISONS.items():
        if case.markup is None:
            yield unasked(rule, SOURCES_CHANGED)
        else:
            yield problems_told(case, rule, compare(case, case.markup, file))


def _same_words(_: Case, markup: Markup, file: Tagged) -> Iterator[str]:
    """The blocks, their types, words and languages, one by one, against those of the markup."""
    expected, read = blocks.of_markup(markup.html), blocks.of_file(file)
    if not expected:
        yield "the markup has no words"
    matcher = SequenceMatcher(None, expected, read, autojunk=False)
    for kind, start, end, read_start, read_end in matcher.get_opcodes():
        if kind != "equal":
            before, after = _first(expected[start:end]), _first(read[read_start:read_end])
            yield f"{before} is read as {after}"
    yield from markup_checks.structure(markup.html, file)


def _first(some: list[blocks.HeardBlock]) -> str:
    return f"“{str(some[0])[:90]}”" if some else "nothing"


def _same_links(_: Case, markup: Markup, file: Tagged) -> Iterator[str]:
    """Words and addresses of links, and the elements that those inside the document lead to."""
    yield from markup_checks.targets(markup.html, file)
    expected = Counter(link_checks.of_markup(markup.html))
    present = Counter(link_checks.of_file(file))
    for words, address in expected - present:
        yield f"the link “{words[:40]}” to {address} is not in the file"
    for words, address in present - expected:
        yield f"the file has a link “{words[:40]}” to {address} that the leaflet does not have"


def _claims(case: Case, markup: Markup, file: Tagged) -> Iterator[str]:
    """What the file says of itself: its profile's claims, title, language, and how to print it."""
    if case.profile is not None:
        yield from claims.claims(file, case.profile, markup.title, markup.language.tag)
        yield from claims.printing(file, folded=markup.format.folded)


def _fields(_: Case, markup: Markup, file: Tagged) -> Iterator[str]:
    """What is printed to be written on, and its labels."""
    return field_checks.fields(markup.html, file)


COMPARISONS: Mapping[str, Callable[[Case, Markup, Tagged], Iterable[str]]] = {
    "P040": _same_words,
    "P041": _same_links,
    "P044": _claims,
    "P112": _fields,
}
"""What a file is asked about its markup, by rule."""


def _read_by_others(case: Case, markup: Markup, halves: tuple[ReaderPage, ...]) -> Iterator[Answer]:
    """What other programs read from the file."""
    for reader in pdf_readers.READERS:
        reason = pdf_readers.missing(reader)
        if reason:
            yield unasked("P046", reason, reader=reader)
        else:
            yield _read(case, markup, reader, halves)


def _read(case: Case, markup: Markup, reader: str, halves: tuple[ReaderPage, ...]) -> Answer:
    pairs = markup.format.pairs
    errors = text_extraction.compare(reader, case.file, markup.html, halves, pairs=pairs)
    most = text_extraction.limit(reader, markup.language.tag)
    figure = f"{errors.wrong} of {errors.total} characters ({errors.percent:.2f} %)"
    if errors.percent <= most:
        return judged("P046", (), figure, reader=reader)
    problem = f"{reader} reads {figure} otherwise, {most:g} % at most may be: {errors.first}"
    return judged("P046", [finding("P046", case.span, problem=problem)], figure, reader=reader)


def _codes(case: Case, markup: Markup) -> Iterator[Answer]:
    """QR codes as a camera sees them; nothing is asked of a leaflet that prints none."""
    addresses = code_checks.addresses(markup.html)
    if not addresses:
        return
    try:
        read = code_checks.read(case.file.read_bytes())
    except Undrawn as error:
        yield unasked("P049", f"a page was not drawn: {error}")
        return
    figure = f"{len(read)} read, {len(addresses)} printed"
    yield problems_told(case, "P049", code_checks.compare(addresses, read), figure)


def _pictures(case: Case, placed: list[PlacedPicture]) -> Iterator[Answer]:
    """Pictures as two programs draw them; nothing is asked of a file without any."""
    if not placed:
        return
    reason = drawn_alike.missing()
    if reason:
        yield unasked("P106", reason)
        return
    try:
        drawn = drawn_alike.differences(case.file, placed)
    except Undrawn as error:
        yield unasked("P106", f"a page was not drawn: {error}")
        return
    worst = max(percent for _, percent in drawn)
    figure = f"{len(drawn)} pictures, {worst:.2f} % of one is drawn differently at most"
    yield problems_told(case, "P106", drawn_alike.problems(drawn), figure)
