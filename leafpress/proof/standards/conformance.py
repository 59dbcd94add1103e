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
class FlavourResult:
    """What veraPDF says of one file as one flavour: findings unless it passes."""

    verdict: Verdict
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Conformance:
    """What veraPDF says of one file, by flavour."""

    results: Mapping[str, FlavourResult]

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict of each flavour."""
        return {flavour: str(result.verdict) for flavour, result in self.results.items()}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, whatever the flavour; what several share is told once."""
        every = (finding for result in self.results.values() for finding in result.findings)
        return tuple(dict.fromkeys(every))


def prove(files: Mapping[str, tuple[Path, tuple[str, ...]]]) -> Iterator[tuple[str, Conformance]]:
    """Judge files: a name, the file and the flavours that it claims. Yields as they are judged.

    Where veraPDF cannot be asked, every verdict is "not checked", never "pass".
    """
    if not files:
        return  # text, braille and web pages claim nothing: Java need not start
    if verapdf_cli.is_there():
        yield from _by_program(files)
        return
    reason = missing()
    if reason:
        for name, (_, flavours) in files.items():
            result = FlavourResult(Verdict.NOT_CHECKED, (_not_checked(name, flavours, reason),))
            yield name, Conformance(dict.fromkeys(flavours, result))
        return
    with VeraPDF() as verapdf:
        for name, (path, flavours) in files.items():
            judgements = {flavour: verapdf.judge(path, flavour) for flavour in flavours}
            yield name, _conformance(name, judgements)


def _by_program(
    files: Mapping[str, tuple[Path, tuple[str, ...]]],
) -> Iterator[tuple[str, Conformance]]:
    """Each flavour of all files at once: starting Java takes longer than judging a leaflet."""
    judgements: dict[tuple[Path, str], Judgement] = {}
    every_flavour = (flavour for _, flavours in files.values() for flavour in flavours)
    for flavour in dict.fromkeys(every_flavour):
        claiming = [path for path, flavours in files.values() if flavour in flavours]
        by_path = verapdf_cli.judge(claiming, flavour)
        judgements |= {(path, flavour): by_path[path.resolve()] for path in claiming}
    for name, (path, flavours) in files.items():
        yield name, _conformance(name, {flavour: judgements[path, flavour] for flavour in flavours})


def _conformance(name: str, judgements: Mapping[str, Judgement]) -> Conformance:
    return Conformance(
        {
            flavour: FlavourResult(judgement.verdict, tuple(_findings(name, flavour, judgement)))
            for flavour, judgement in judgements.items()
        }
    )


def _findings(name: str, flavour: str, judgement: Judgement) -> Iterator[Finding]:
    if judgement.verdict is Verdict.NOT_CHECKED:
        yield _not_checked(name, (flavour,), judgement.reason)
    for broken in judgement.broken:
        facts = {"clause": broken.rule, "count": broken.count, "problem": broken.message[:160]}
        yield finding("P020", Span(name), flavour=flavour, **facts)


def _not_checked(name: str, flavours: tuple[str, ...], reason: str) -> Finding:
    return finding("P021", Span(name), flavours=", ".join(flavours), reason=reason)
