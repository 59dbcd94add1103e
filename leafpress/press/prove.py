"""Judging finished files: by veraPDF, by our own reading of them, and by other readers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from leafpress.content.project import Project
from leafpress.findings import Finding, Problem, Verdict
from leafpress.pages.formats import FORMATS, Kind
from leafpress.pages.render import Markup
from leafpress.pdf.metadata import PROFILES
from leafpress.press.edition import BuildOptions, Edition, Entry
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import markup_of
from leafpress.press.proof_page import page
from leafpress.press.proofs import Proof
from leafpress.proof.judge import Answer, Case, judge
from leafpress.proof.judge_plain import judge_braille, judge_text
from leafpress.proof.judge_web import judge_web
from leafpress.proof.standards import conformance
from leafpress.proof.standards.conformance import Conformance
from leafpress.system import digest
from leafpress.system.files import write

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


def prove(editions: list[Edition], manifest: Manifest, options: BuildOptions) -> list[Proof]:
    """Judge the editions that are built, and write what was found below `out/proof/`.

    Raises:
        Problem: a file cannot be written (B004).
    """
    judged = [each for each in editions if FORMATS[each.format].kind in JUDGES]
    there = [each for each in judged if _is_intact(each.output, manifest)]
    claiming = [each for each in there if each.profile(options)]
    verapdf = dict(conformance.prove({each.output: _asked(each, manifest) for each in claiming}))
    project = options.project()
    markups = {each: _markup(each, manifest, options, project) for each in there}
    proofs = [_proof(each, manifest, markups[each], verapdf.get(each.output)) for each in there]
    for proof in proofs:
        entry, memory = manifest.entries[proof.name], manifest.memories[proof.name]
        standards = verapdf[proof.name].verdicts if proof.name in verapdf else {}
        verdicts = {**standards, "leafpress": str(proof.verdict)}
        manifest.put(proof.name, replace(entry, verdicts=verdicts), memory)
        data = json.dumps(proof.as_json(), indent=1, ensure_ascii=False) + "\n"
        write(_file(options, proof.name), data.encode())
    write(options.out / FOLDER / "index.html", page(proofs, options.today).encode())
    return proofs


def findings(proofs: list[Proof]) -> Iterator[Finding]:
    """Everything that was found in every file."""
    for proof in proofs:
        for answer in proof.answers:
            yield from answer.findings


def _is_intact(name: str, manifest: Manifest) -> bool:
    """Whether the output is there as it was written."""
    entry, path = manifest.entries.get(name), manifest.folder / name
    if entry is None or not path.exists():
        return False
    return digest.of_file(path) == entry.digest


def _file(options: BuildOptions, name: str) -> Path:
    return options.out / FOLDER / Path(name.replace("/", "-")).with_suffix(".json")


def _asked(edition: Edition, manifest: Manifest) -> tuple[Path, tuple[str, ...]]:
    entry = manifest.entries[edition.output]
    return manifest.folder / edition.output, PROFILES[entry.profile].flavours


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
    for flavour, verdict in verapdf.verdicts.items():
        found = tuple(each for each in verapdf.findings if f"{flavour}" in each.sentence)
        yield Answer("P020", f"veraPDF: {flavour}", Verdict(verdict), "", found)


def _layout(entry: Entry) -> Answer:
    """Layout is judged while pages are laid out: errors stop the edition, warnings are kept."""
    figure = "; ".join([_BUILT, *(each.partition("\n")[0] for each in entry.warnings)])
    return Answer("P010", "Layout and contrast", Verdict.PASS, figure)
