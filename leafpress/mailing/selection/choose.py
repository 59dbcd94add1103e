"""What a row gets: editions by language and need, or every reason why it gets nothing.

It fails closed. What cannot be met is refused; something else is given only where the row or the
command names it, and then the receipt says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from leafpress.findings import Finding, Problem, Span
from leafpress.mailing.lists import languages, needs
from leafpress.mailing.lists.appointments import Appointment
from leafpress.mailing.lists.mapping import Mapping, delivery
from leafpress.mailing.lists.needs import Wanted
from leafpress.mailing.lists.normalise import pieces, plain
from leafpress.mailing.selection.editions import Given, Shelf
from leafpress.pages.formats import FORMATS
from leafpress.rules import finding


@dataclass(frozen=True, slots=True)
class Rules:
    """By what editions are chosen.

    Args:
        codes: the clinic's codes, as `plain` writes them, and their leaflets.
        fallbacks: what the command allows in place of what cannot be met, in order.
        standard: the format for rows without a need.
    """

    shelf: Shelf
    mapping: Mapping
    codes: dict[str, tuple[str, ...]]
    fallbacks: tuple[str, ...] = ()
    standard: str = "a4"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a row gets.

    Args:
        language, format: what is given; `asked_language` and `needs` are what is recorded.
        fallback: what was allowed in place of what is recorded, in words; empty when it was met.
        notes: what the receipt has to say besides.
    """

    given: tuple[Given, ...] = ()
    language: str = ""
    format: str = ""
    delivery: str = ""
    asked_language: str = ""
    needs: tuple[str, ...] = ()
    fallback: str = ""
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def choose(row: Appointment, rules: Rules, place: Span) -> Choice:
    """The editions for one row. With `findings` nothing may be given."""
    language = _language(row, rules)
    wanted = needs.read(row.need, rules.mapping.needs)
    leaflets, way = _leaflets(row, rules), _delivery(row, rules, wanted)
    named = tuple(need.id for need in wanted.needs)
    choice = Choice(asked_language=language or row.language, needs=named, notes=wanted.notes)
    faults = (*_unread(row, language, wanted, place), *_missing(row, leaflets, way, rules, place))
    if faults or language is None or way is None:
        return replace(choice, findings=faults)
    choice = replace(choice, delivery=way)
    return _met(choice, row, (language, wanted, tuple(leaflets)), rules, place)


def _language(row: Appointment, rules: Rules) -> str | None:
    own = {plain(word): tag for word, tag in rules.mapping.languages.items()}
    said = row.language or rules.mapping.default_language
    return languages.find(own.get(plain(said), said))


def _leaflets(row: Appointment, rules: Rules) -> dict[str, bool]:
    """What the row names, and whether each is known: leaflets, and codes for several."""
    found: dict[str, bool] = {}
    for word in (*pieces(row.leaflets), *_codes(row, rules)):
        for leaflet in rules.codes.get(word) or rules.codes.get(plain(word), (word,)):
            found[leaflet] = leaflet in rules.shelf.leaflets
    return found


def _codes(row: Appointment, rules: Rules) -> list[str]:
    whole = row.clinic in rules.codes or plain(row.clinic) in rules.codes
    return [row.clinic] if whole else pieces(row.clinic)


def _delivery(row: Appointment, rules: Rules, wanted: Wanted) -> str | None:
    """How it goes out; empty when nobody said. A recorded need goes before the row's own word."""
    own = {plain(word): way for word, way in rules.mapping.deliveries.items()}
    said = wanted.delivery or row.delivery
    return delivery(own.get(plain(said), said)) if said else ""


def _unread(
    row: Appointment, language: str | None, wanted: Wanted, place: Span
) -> Iterator[Finding]:
    if language is None:
        yield finding("E050", place, problem=languages.why_not(row.language))
    if wanted.unknown:
        yield finding("E051", place, count=len(wanted.unknown))


def _missing(
    row: Appointment, leaflets: dict[str, bool], way: str | None, rules: Rules, place: Span
) -> Iterator[Finding]:
    if not leaflets:
        yield finding("E058", place, problem="it names no leaflet and no clinic")
    for known in leaflets.values():
        if not known:
            yield finding("E058", place, problem="it names a leaflet or clinic that there is not")
            break
    if way is None:
        yield finding("E059", place, problem="print, email and portal are known")
    for allowed in (*pieces(row.fallback), *rules.fallbacks):
        if read_fallback(allowed) is None:
            yield finding("E059", place, problem="its fallback names no language or format")


Asked = tuple[str, Wanted, tuple[str, ...]]
"""Language, needs and leaflets of a row."""


def _met(choice: Choice, row: Appointment, asked: Asked, rules: Rules, place: Span) -> Choice:
    """The editions that meet what is asked, or else the first that is allowed in their place."""
    language, wanted, leaflets = asked
    if wanted.problem:
        faults: tuple[Finding, ...] = (finding("E052", place, problem=wanted.problem),)
    else:
        format_ = wanted.format or rules.standard
        given, faults = _find(leaflets, language, format_, rules.shelf, place)
        if not faults:
            return replace(choice, given=given, language=language, format=format_)
    for allowed in (*pieces(row.fallback), *rules.fallbacks):
        other, format_ = read_fallback(allowed) or ("", "")
        other, format_ = other or language, format_ or wanted.format or rules.standard
        if wanted.problem and not _names_format(allowed):
            continue  # another language does not meet a need for audio
        given, _ = _find(leaflets, other, format_, rules.shelf, place)
        if given:
            words = f"{other}, {format_} given in place of what is recorded (`{allowed}` allows it)"
            return replace(choice, given=given, language=other, format=format_, fallback=words)
    return replace(choice, findings=faults)


def _names_format(allowed: str) -> bool:
    found = read_fallback(allowed)
    return bool(found and found[1])


def _find(
    leaflets: tuple[str, ...], language: str, format_: str, shelf: Shelf, place: Span
) -> tuple[tuple[Given, ...], tuple[Finding, ...]]:
    """All leaflets in one language and format; none of them when one is missing."""
    found = [shelf.find(leaflet, language, format_, place) for leaflet in leaflets]
    faults = tuple(each for each in found if isinstance(each, Finding))
    given = tuple(each for each in found if isinstance(each, Given))
    return ((), faults) if faults else (given, ())


def read_fallback(text: str) -> tuple[str, str] | None:
    """The language and format that a fallback names, as `en-GB`, `a4` or `en-GB/a4`.

    What it does not name is ""; None when it is not understood.
    """
    language, format_ = "", ""
    for part in filter(None, (part.strip() for part in text.split("/"))):
        need = needs.find(part)
        if part in FORMATS or part.startswith(("large-print-", "braille-")):
            format_ = part
        elif need and need.format:
            format_ = need.format
        elif languages.find(part):
            language = languages.find(part) or ""
        else:
            return None
    return (language, format_) if language or format_ else None


def require_fallbacks(fallbacks: tuple[str, ...]) -> None:
    """Check the command's fallbacks before anything is done.

    Raises:
        Problem: one names no language and no format (E059).
    """
    for each in fallbacks:
        if read_fallback(each) is None:
            problem = f"`--fallback {each}` names no language or format"
            raise Problem(finding("E059", Span("build.py"), problem=problem))
