"""Leaflets behind a letter: one PDF, each part with its tags, language, bookmarks and links.

    prepare(leaflet) ──┐
                       ├─ a run's leaflets, copied once per set ──┐
    prepare(leaflet) ──┘                                          ├─ join ── bytes
    letter ────────────────────────────────────────────────────────┘

Nothing here asks a validator: that takes thirty times as long as joining. The caller asks it about
samples, and withholds the claims that it denies (`docs/joining.md`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from leafpress.findings import Finding, Problem, Span
from leafpress.joining import conformance_claims
from leafpress.joining.assemble import assemble
from leafpress.joining.gather import LETTER, gather, refusing
from leafpress.joining.leaflet_set import LeafletSet, make_leaflet_set
from leafpress.joining.part import Naming, Part
from leafpress.rules import finding

DELIVER_APART: frozenset[str] = frozenset({"E003"})
"""Rules whose letters are good, but go beside the leaflets in files of their own."""

STRICT: frozenset[str] = frozenset({"E012", "E013", "E014"})
"""Warnings that `strict` refuses: a listener would lose something."""

LEAFLETS = 99
"""Leaflets behind one letter: their names carry two digits."""

SETS = 32
"""Sets of leaflets kept ready: about a megabyte each."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A leaflet that may be joined, ready for every letter of a run.

    Args:
        findings: what there is to warn of, once for the run.
    """

    name: str
    data: bytes
    digest: str
    findings: tuple[Finding, ...]

    def __hash__(self) -> int:
        return hash((self.digest, self.name))


@dataclass(frozen=True, slots=True)
class Joined:
    """A joined file.

    Args:
        pages: how many pages each part has, the letter first.
        claims: veraPDF's flavours of what it claims, for `conformance.prove`.
        findings: warnings: what is not carried, which claims are dropped and why.
    """

    data: bytes
    pages: tuple[int, ...]
    claims: tuple[str, ...]
    findings: tuple[Finding, ...]


def prepare(data: bytes, name: str) -> Prepared:
    """Check a leaflet once.

    Raises:
        Problem: it may not be joined (E001 to E011).
    """
    _, leaflet = gather(data, name, Naming(prefix="leaflet-01/", tag="1", first_key=0))
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    return Prepared(name, data, digest, tuple(_warnings(leaflet.part)))


def join(  # noqa: PLR0913  # three of them have a value that suits nearly everybody
    letter: bytes,
    name: str,
    leaflets: Sequence[Prepared],
    *,
    strict: bool = False,
    repair: bool = False,
    withheld: Mapping[str, str] | None = None,
) -> Joined:
    """Put `leaflets` behind a letter.

    Args:
        name: the letter's name in messages.
        strict: refuse a letter that a listener could not use.
        repair: mend a damaged letter as far as possible.
        withheld: claims that must not be made, each with its reason.

    Raises:
        Problem: it may not be joined (E001 to E011), or not strictly (E012 to E014).
    """
    if len(leaflets) > LEAFLETS:
        raise Problem(finding("E009", Span(name), limit=f"{LEAFLETS} leaflets"))
    withheld = withheld or {}
    ready = _leaflet_set(tuple(leaflets))
    naming = replace(LETTER, first_key=ready.keys)
    source, placed = gather(letter, name, naming, ready.parts, repair=repair)
    warnings = list(_warnings(placed.part))
    refused = [warning for warning in warnings if warning.rule in STRICT]
    if strict and refused:
        raise Problem(*refused)
    clashes = _clashes(placed.part, ready.parts)
    if clashes:
        ready = _leaflet_set(tuple(leaflets), clashes)
    parts = (placed.part, *ready.parts)
    claims = conformance_claims.kept(parts, withheld)
    with refusing(name, repair=repair):
        data = assemble(source, placed, ready, claims)
    for leaflet in leaflets:
        warnings += leaflet.findings
    warnings += [*ready.renamed, *_dropped(parts, withheld, name)]
    pages = tuple(part.pages for part in parts)
    return Joined(data, pages, claims, tuple(dict.fromkeys(warnings)))


def _clashes(letter: Part, leaflets: Sequence[Part]) -> frozenset[str]:
    """Names of form fields that the letter and a leaflet both have."""
    theirs: set[str] = set()
    for leaflet in leaflets:
        theirs.update(leaflet.fields)
    return frozenset(letter.fields) & theirs


@lru_cache(maxsize=SETS)
def _leaflet_set(
    leaflets: tuple[Prepared, ...], avoided: frozenset[str] = frozenset()
) -> LeafletSet:
    return make_leaflet_set([(leaflet.name, leaflet.data) for leaflet in leaflets], avoided)


def _warnings(part: Part) -> Iterator[Finding]:
    span = Span(part.facts.name)
    yield from part.findings
    if not part.tagged:
        yield finding("E012", span)
    elif part.faults:
        yield finding("E013", span, problem="; ".join(part.faults[:3]))
    if not part.facts.language:
        yield finding("E014", span)
    if part.left:
        yield finding("E016", span, what=", ".join(sorted(part.left)))


def _dropped(parts: Sequence[Part], withheld: Mapping[str, str], name: str) -> Iterator[Finding]:
    for what, reason in conformance_claims.reasons(parts, withheld).items():
        yield finding("E015", Span(name), claim=conformance_claims.STANDARDS[what], reason=reason)
