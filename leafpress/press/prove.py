"""Judging finished files: by veraPDF, by our own reading of them, and by other readers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from leafpress.content.project import Project
from leafpress.findings import Finding, Problem, Verdict
from leafpress.pages.formats import FORMATS, Kind
from leafpress.pages.render import Markup
from leafpress.pdf.metadata import PROFILES
from leafpress.press.edition import BuildOptions, Edition, Entry
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import markup_of
from leafpress.proof.answers import Answer, Case
from leafpress.proof.judge import judge
from leafpress.proof.judge_plain import judge_braille, judge_text
from leafpress.proof.judge_web import judge_web
from leafpress.proof.standards import conformance
from leafpress.proof.standards.conformance import Conformance
from leafpress.system import digest
from leafpress.system.files import write
from leafpress.templating import pages_for_staff
from leafpress.translation.direction import isolated
from leafpress.translation.language import LANGUAGES

FOLDER = "proof"
"""Below the output folder: a JSON file an edition, and `index.html` for all of them."""

JUDGES: Mapping[Kind, Callable[[Case], tuple[Answer, ...]]] = {
    Kind.PDF: judge,
    Kind.WEB: judge_web,
    Kind.TEXT: judge_text,
    Kind.BRAILLE: judge_braille,
}
"""Who answers the questions that there are about each kind of file."""

_BUILT = "checked when it was built"
_PAGE = Path(__file__).with_name("proof_page.html")


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that is known of one finished file."""

    name: str
    entry: Entry
    answers: tuple[Answer, ...]

    @property
    def verdict(self) -> Verdict:
        """Fail if anything fails; pass only if everything was checked."""
        verdicts = {answer.verdict for answer in self.answers}
        if Verdict.FAIL in verdicts:
            return Verdict.FAIL
        return Verdict.NOT_CHECKED if Verdict.NOT_CHECKED in verdicts else Verdict.PASS

    def as_json(self) -> dict[str, Any]:
        """A document of plain values."""
        return {
            "edition": self.name,
            "verdict": self.verdict,
            "title": self.entry.title,
            "language": self.entry.language,
            "profile": self.entry.profile,
            "version": self.entry.version,
            "digest": self.entry.digest,
            "size": self.entry.size,
            "pages": self.entry.pages,
            "answers": [asdict(answer) for answer in self.answers],
        }


def prove(editions: list[Edition], manifest: Manifest, options: BuildOptions) -> list[Proof]:
    """Judge the editions that are built, and write what was found below `out/proof/`.

    Raises:
        Problem: a file cannot be written (B004).
    """
    intact = [edition for edition in editions if _can_be_judged(edition, manifest)]
    verapdf = _conformance(intact, manifest, options)
    project = options.project()
    markups = [_markup(edition, manifest, options, project) for edition in intact]
    proofs: list[Proof] = []
    for edition, markup in zip(intact, markups, strict=True):
        proofs.append(_proof(edition, manifest, markup, verapdf.get(edition.output)))
    for proof in proofs:
        _note(proof, manifest, verapdf.get(proof.name))
        text = json.dumps(proof.as_json(), indent=1, ensure_ascii=False) + "\n"
        write(_file(options, proof.name), text.encode())
    write(options.out / FOLDER / "index.html", page(proofs, options.today).encode())
    return proofs


def findings(proofs: list[Proof]) -> Iterator[Finding]:
    """Everything that was found in every file."""
    for proof in proofs:
        for answer in proof.answers:
            yield from answer.findings


def page(proofs: list[Proof], today: datetime.date) -> str:
    """`out/proof/index.html`: every verdict on one page that anybody can read."""
    template = pages_for_staff().from_string(_PAGE.read_text(encoding="utf-8"))
    verdicts = [proof.verdict for proof in proofs]
    counts = {verdict.value: verdicts.count(verdict) for verdict in Verdict}
    return template.render(proofs=proofs, counts=counts, today=today.isoformat(), fit=_fit)


def _fit(entry: Entry) -> str:
    """A title, each piece of it in its own order; older manifests may have other languages."""
    language = LANGUAGES.get(entry.language)
    return isolated(entry.title, language.direction) if language else entry.title


def _can_be_judged(edition: Edition, manifest: Manifest) -> bool:
    """Whether somebody judges such files, and the output is there as it was written."""
    entry, path = manifest.entries.get(edition.output), manifest.folder / edition.output
    if FORMATS[edition.format].kind not in JUDGES or entry is None or not path.exists():
        return False
    return digest.of_file(path) == entry.digest


def _conformance(
    editions: list[Edition], manifest: Manifest, options: BuildOptions
) -> dict[str, Conformance]:
    """What veraPDF says of the files that claim something, by name."""
    claiming: dict[str, tuple[Path, tuple[str, ...]]] = {}
    for edition in editions:
        if edition.profile(options):
            flavours = PROFILES[manifest.entries[edition.output].profile].flavours
            claiming[edition.output] = (manifest.folder / edition.output, flavours)
    return dict(conformance.prove(claiming))


def _note(proof: Proof, manifest: Manifest, verapdf: Conformance | None) -> None:
    """Put the verdicts into the manifest."""
    entry, memory = manifest.entries[proof.name], manifest.memories[proof.name]
    standards = {} if verapdf is None else verapdf.verdicts
    verdicts = {**standards, "leafpress": str(proof.verdict)}
    manifest.put(proof.name, replace(entry, verdicts=verdicts), memory)


def _file(options: BuildOptions, name: str) -> Path:
    return options.out / FOLDER / Path(name.replace("/", "-")).with_suffix(".json")


def _proof(
    edition: Edition, manifest: Manifest, markup: Markup | None, verapdf: Conformance | None
) -> Proof:
    entry = manifest.entries[edition.output]
    path = manifest.folder / edition.output
    profile = PROFILES[entry.profile] if entry.profile else None
    case = Case(edition.output, path, profile, markup)
    answers = JUDGES[FORMATS[edition.format].kind](case)
    if verapdf is not None:
        answers = (*_standards(verapdf), *answers, _layout(entry))
    return Proof(edition.output, entry, answers)


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
