"""Judging finished files: by veraPDF, by our own reading of them, and by other readers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from leafpress.content.project import Project
from leafpress.findings import Finding, Problem, Verdict
from leafpress.pages.formats import FORMATS, Kind
from leafpress.pages.render import Markup
from leafpress.pdf.metadata import PROFILES
from leafpress.press import issued
from leafpress.press.edition import BuildOptions, Edition, Entry
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import markup_of
from leafpress.press.proofs import Proof, keep
from leafpress.proof import current_check
from leafpress.proof.answers import Answer, Case, problems_told
from leafpress.proof.judge import judge
from leafpress.proof.judge_plain import judge_braille, judge_text
from leafpress.proof.judge_web import judge_web
from leafpress.proof.standards import conformance
from leafpress.proof.standards.conformance import Conformance
from leafpress.system import digest
from leafpress.system.laps import Stage

JUDGES: Mapping[Kind, Callable[[Case], tuple[Answer, ...]]] = {
    Kind.PDF: judge,
    Kind.WEB: judge_web,
    Kind.TEXT: judge_text,
    Kind.BRAILLE: judge_braille,
}
"""Who answers the questions that there are about each kind of file."""

_BUILT = "checked when it was built"


ShowProof = Callable[[int, int], None]
"""Told how many steps of how many are done: a file has one, or two where veraPDF is asked."""


@dataclass(frozen=True, slots=True)
class ProofWatch:
    """Who is told how far proving is.

    Args:
        done: told of each piece of work, and of which outputs it was.
    """

    show: ShowProof
    done: Callable[[Stage, tuple[str, ...]], None]


_NOBODY = ProofWatch(lambda _number, _total: None, lambda _stage, _outputs: None)


def prove(
    editions: list[Edition],
    manifest: Manifest,
    options: BuildOptions,
    watch: ProofWatch = _NOBODY,
) -> list[Proof]:
    """Judge the editions that are built, and keep what was found below `out/proof/`.

    Raises:
        Problem: a file cannot be written (B004).
    """
    intact = [edition for edition in editions if _can_be_judged(edition, manifest)]
    claiming = _claiming(intact, manifest, options)
    steps = len(claiming) + len(intact)
    verapdf = {}
    for name, conforming in conformance.prove(claiming):
        verapdf[name] = conforming
        watch.show(len(verapdf), steps)
    watch.done(Stage.VERAPDF, tuple(claiming))
    project = options.project()
    outputs = frozenset(edition.output for edition in editions)
    proofs: list[Proof] = []
    for edition in intact:
        markup = _markup(edition, manifest, options, project)
        conforms = verapdf.get(edition.output)
        case = _case(edition, manifest, markup, outputs)
        proofs.append(_proof(case, edition, manifest, conforms, options.today))
        watch.done(Stage.PROVE, (edition.output,))
        watch.show(len(claiming) + len(proofs), steps)
    for proof in proofs:
        _note(proof, manifest, verapdf.get(proof.name))
        keep(proof, options.out)
        watch.done(Stage.PROVE, (proof.name,))
    return proofs


def findings(proofs: list[Proof]) -> Iterator[Finding]:
    """Everything that was found in every file."""
    for proof in proofs:
        for answer in proof.answers:
            yield from answer.findings


def _can_be_judged(edition: Edition, manifest: Manifest) -> bool:
    """Whether somebody judges such files, and the output is there as it was written."""
    entry, path = manifest.entries.get(edition.output), manifest.folder / edition.output
    if FORMATS[edition.format].kind not in JUDGES or entry is None or not path.exists():
        return False
    return digest.of_file(path) == entry.digest


def _claiming(
    editions: list[Edition], manifest: Manifest, options: BuildOptions
) -> dict[str, tuple[Path, tuple[str, ...]]]:
    """The files that claim something, for veraPDF, by name."""
    claiming: dict[str, tuple[Path, tuple[str, ...]]] = {}
    for edition in editions:
        if edition.profile(options):
            flavours = PROFILES[manifest.entries[edition.output].profile].flavours
            claiming[edition.output] = (manifest.folder / edition.output, flavours)
    return claiming


def _note(proof: Proof, manifest: Manifest, verapdf: Conformance | None) -> None:
    """Put the verdicts into the manifest."""
    entry, memory = manifest.entries[proof.name], manifest.memories[proof.name]
    standards = {} if verapdf is None else verapdf.verdicts
    verdicts = {**standards, "leafpress": str(proof.verdict)}
    manifest.put(proof.name, replace(entry, verdicts=verdicts), memory)


def _case(
    edition: Edition, manifest: Manifest, markup: Markup | None, outputs: frozenset[str]
) -> Case:
    entry = manifest.entries[edition.output]
    path = manifest.folder / edition.output
    profile = PROFILES[entry.profile] if entry.profile else None
    return Case(edition.output, path, profile, markup, entry.proofread, outputs)


def _proof(
    case: Case,
    edition: Edition,
    manifest: Manifest,
    verapdf: Conformance | None,
    today: datetime.date,
) -> Proof:
    entry, markup = manifest.entries[edition.output], case.markup
    answers = JUDGES[FORMATS[edition.format].kind](case)
    if entry.code and markup:
        answers = (*answers, _copy_page(case, markup, entry, manifest.folder))
    if verapdf is not None:
        answers = (*_standards(verapdf), *answers, _layout(entry))
    return Proof(edition.output, entry, answers, today.isoformat())


def _copy_page(case: Case, markup: Markup, entry: Entry, folder: Path) -> Answer:
    """Whether the address that is printed leads to a page about this copy.

    That paper says what the markup says is asked by other questions (P040, P041, P049).
    """
    addresses = current_check.addresses(markup.html)
    page = folder / issued.folder_of(entry.code)
    problems = current_check.problems(addresses, entry.code, there=page.is_dir())
    return problems_told(case, "P107", problems, ", ".join(sorted(set(addresses))))


def _markup(
    edition: Edition, manifest: Manifest, options: BuildOptions, project: Project
) -> Markup | None:
    """The markup that the file was made from; None when it cannot be made again."""
    try:
        markup = markup_of(edition, options, project)
    except Problem:
        return None
    built = manifest.memories[edition.output].ingredients.get("the page")
    return markup if digest.of_text(markup.html) == built else None


def _standards(verapdf: Conformance) -> Iterator[Answer]:
    for flavour, result in verapdf.results.items():
        yield Answer("P020", f"veraPDF: {flavour}", result.verdict, "", result.findings)


def _layout(entry: Entry) -> Answer:
    """Layout is judged while pages are laid out: errors stop the edition, warnings are kept."""
    first_lines = [warning.partition("\n")[0] for warning in entry.warnings]
    figure = "; ".join([_BUILT, *first_lines])
    return Answer("P010", "Layout and contrast", Verdict.PASS, figure)
