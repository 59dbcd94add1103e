"""Whether finished files are what they claim to be, by veraPDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from leafpress.findings import Finding, Span, Verdict
from leafpress.proof.standards import verapdf_cli
from leafpress.proof.standards.verapdf import Judgement, VeraPDF, missing
from leafpress.rules import finding


@dataclass(frozen=True, slots=True)
class Conformance:
    """The verdicts of one file by flavour, and findings about those that are not a pass."""

    verdicts: dict[str, str]
    findings: tuple[Finding, ...]


def prove(files: Mapping[str, tuple[Path, tuple[str, ...]]]) -> Iterator[tuple[str, Conformance]]:
    """Judge files: a name, the file and the flavours that it claims. Yields as they are judged.

    Where veraPDF cannot be asked, every verdict is "not checked", never "pass".
    """
    if verapdf_cli.is_there():
        yield from _by_program(files)
        return
    reason = missing()
    if reason:
        for name, (_, flavours) in files.items():
            verdicts = {flavour: str(Verdict.NOT_CHECKED) for flavour in flavours}
            yield name, Conformance(verdicts, (_not_checked(name, flavours, reason),))
        return
    with VeraPDF() as verapdf:
        for name, (path, flavours) in files.items():
            yield name, _conformance(name, {each: verapdf.judge(path, each) for each in flavours})


def _by_program(
    files: Mapping[str, tuple[Path, tuple[str, ...]]],
) -> Iterator[tuple[str, Conformance]]:
    """Each flavour of all files at once: starting Java takes longer than judging a leaflet."""
    said: dict[tuple[Path, str], Judgement] = {}
    for flavour in dict.fromkeys(each for _, flavours in files.values() for each in flavours):
        asked = [path for path, flavours in files.values() if flavour in flavours]
        judged = verapdf_cli.judge(asked, flavour)
        said |= {(path, flavour): judged[path.resolve()] for path in asked}
    for name, (path, flavours) in files.items():
        yield name, _conformance(name, {each: said[path, each] for each in flavours})


def _conformance(name: str, judgements: dict[str, Judgement]) -> Conformance:
    verdicts = {flavour: str(each.verdict) for flavour, each in judgements.items()}
    found = [
        each for flavour in judgements for each in _findings(name, flavour, judgements[flavour])
    ]
    return Conformance(verdicts, tuple(found))


def _findings(name: str, flavour: str, judgement: Judgement) -> Iterator[Finding]:
    if judgement.verdict is Verdict.NOT_CHECKED:
        yield _not_checked(name, (flavour,), judgement.reason)
    for broken in judgement.broken:
        facts = {"clause": broken.rule, "count": broken.count, "problem": broken.message[:160]}
        yield finding("P020", Span(name), flavour=flavour, **facts)


def _not_checked(name: str, flavours: tuple[str, ...], reason: str) -> Finding:
    return finding("P021", Span(name), flavours=", ".join(flavours), reason=reason)
