"""Judging finished files: by veraPDF, by our own reading of them, and by other readers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from leafpress.findings import Finding, Problem, Verdict
from leafpress.pages.formats import FORMATS, Kind
from leafpress.pages.render import Markup
from leafpress.pdf.metadata import PROFILES
from leafpress.press import fingerprint
from leafpress.press.edition import Edition, Entry, Order
from leafpress.press.files import write
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import markup_of
from leafpress.press.proof_page import page
from leafpress.press.proofs import Proof
from leafpress.proof import conformance, judge_plain
from leafpress.proof.conformance import Conformance
from leafpress.proof.judge import Answer, Case, judge

FOLDER = "proof"
"""Below the output folder: a JSON file an edition, and `index.html` for all of them."""

_BUILT = "checked when it was built"


def prove(editions: list[Edition], manifest: Manifest, order: Order) -> list[Proof]:
    """Judge the editions that are built, and write what was found below `out/proof/`.

    Raises:
        Problem: a file cannot be written (B004).
    """
    there = [each for each in editions if _kind(each) in JUDGES and _is_intact(each, manifest)]
    asked = {each.output: _asked(each, manifest) for each in there if _kind(each) is Kind.PDF}
    verapdf = dict(conformance.prove(asked))
    proofs = [_proof(each, manifest, order, verapdf.get(each.output)) for each in there]
    for proof in proofs:
        entry, memory = manifest.entries[proof.name], manifest.memories[proof.name]
        standards = verapdf[proof.name].verdicts if proof.name in verapdf else {}
        verdicts = {**standards, "leafpress": str(proof.verdict)}
        manifest.put(proof.name, replace(entry, verdicts=verdicts), memory)
        data = json.dumps(proof.as_json(), indent=1, ensure_ascii=False) + "\n"
        write(_file(order, proof.name), data.encode())
    write(order.out / FOLDER / "index.html", page(proofs, order.today).encode())
    return proofs


def findings(proofs: list[Proof]) -> Iterator[Finding]:
    """Everything that was found in every file."""
    for proof in proofs:
        for answer in proof.answers:
            yield from answer.findings


def _kind(edition: Edition) -> Kind:
    return FORMATS[edition.format].kind


def _is_intact(edition: Edition, manifest: Manifest) -> bool:
    """Whether the output is there as it was written."""
    entry, path = manifest.entries.get(edition.output), manifest.folder / edition.output
    if entry is None or not path.exists():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == entry.digest


def _file(order: Order, name: str) -> Path:
    return order.out / FOLDER / (name.replace("/", "-").rpartition(".")[0] + ".json")


def _asked(edition: Edition, manifest: Manifest) -> tuple[Path, tuple[str, ...]]:
    entry = manifest.entries[edition.output]
    return manifest.folder / edition.output, PROFILES[entry.profile].flavours


@dataclass(frozen=True, slots=True)
class Asked:
    """A finished file to be judged.

    Args:
        markup: what it was made from; None when that cannot be made again.
        verapdf: what veraPDF says of a PDF.
    """

    edition: Edition
    entry: Entry
    file: Path
    markup: Markup | None
    verapdf: Conformance | None


def _proof(
    edition: Edition, manifest: Manifest, order: Order, verapdf: Conformance | None
) -> Proof:
    entry, file = manifest.entries[edition.output], manifest.folder / edition.output
    asked = Asked(edition, entry, file, _markup(edition, manifest, order), verapdf)
    return Proof(edition.output, entry, tuple(JUDGES[_kind(edition)](asked)))


def _judge_pdf(asked: Asked) -> Iterator[Answer]:
    case = Case(asked.edition.output, asked.file, PROFILES[asked.entry.profile], asked.markup)
    if asked.verapdf is not None:
        yield from _standards(asked.verapdf)
    yield from judge(case)
    yield _layout(asked.entry)


def _judge_text(asked: Asked) -> Iterator[Answer]:
    return judge_plain.text(asked.file, asked.markup, asked.edition.place)


def _judge_braille(asked: Asked) -> Iterator[Answer]:
    return judge_plain.braille(asked.file, asked.markup, asked.edition.place)


JUDGES: Mapping[Kind, Callable[[Asked], Iterator[Answer]]] = {
    Kind.PDF: _judge_pdf,
    Kind.TEXT: _judge_text,
    Kind.BRAILLE: _judge_braille,
}
"""The questions that a kind of file is asked."""


def _markup(edition: Edition, manifest: Manifest, order: Order) -> Markup | None:
    """The markup that the file was made from; None when it cannot be made again."""
    try:
        markup = markup_of(edition, order)
    except Problem:
        return None
    built = manifest.memories[edition.output].ingredients.get("the page")
    return markup if fingerprint.of_text(markup.html) == built else None


def _standards(verapdf: Conformance) -> Iterator[Answer]:
    for flavour, verdict in verapdf.verdicts.items():
        found = tuple(each for each in verapdf.findings if f"{flavour}" in each.sentence)
        yield Answer("P020", f"veraPDF: {flavour}", Verdict(verdict), "", found)


def _layout(entry: Entry) -> Answer:
    """Layout is judged while pages are laid out: errors stop the edition, warnings are kept."""
    figure = "; ".join([_BUILT, *(each.partition("\n")[0] for each in entry.warnings)])
    return Answer("P010", "Layout and contrast", Verdict.PASS, figure)
