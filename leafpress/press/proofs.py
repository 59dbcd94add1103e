"""What is known of judged files: a JSON file an edition, and one page about all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leafpress.findings import Finding, Severity, Span, Verdict
from leafpress.press import lists_page
from leafpress.press.manifest import Manifest
from leafpress.system.digest import of_text
from leafpress.system.files import remove, write

if TYPE_CHECKING:
    from leafpress.press.edition import Entry
    from leafpress.proof.answers import Answer

FOLDER = "proof"
"""Below the output folder: a JSON file an edition, and `index.html` for all of them."""

_INDEX = "index.html"
_PAGE = Path(__file__).with_name("proof_page.html")


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that is known of one finished file. `day` is when it was judged."""

    name: str
    entry: Entry
    answers: tuple[Answer, ...]
    day: str

    @property
    def verdict(self) -> Verdict:
        """Fail if anything fails; pass only if everything was checked that programs can."""
        verdicts = {answer.verdict for answer in self.answers if not answer.is_for_people}
        if Verdict.FAIL in verdicts:
            return Verdict.FAIL
        return Verdict.PASS if verdicts == {Verdict.PASS} else Verdict.NOT_CHECKED

    @property
    def for_people(self) -> tuple[str, ...]:
        """The questions that only people can answer, and that nobody has."""
        return tuple(answer.question for answer in self.answers if answer.is_for_people)

    def as_json(self) -> dict[str, Any]:
        """A document of plain values."""
        return {
            "edition": self.name,
            "verdict": self.verdict,
            "judged": self.day,
            "title": self.entry.title,
            "language": self.entry.language,
            "profile": self.entry.profile,
            "version": self.entry.version,
            "digest": self.entry.digest,
            "size": self.entry.size,
            "pages": self.entry.pages,
            "answers": [asdict(answer) for answer in self.answers],
        }


def keep(proof: Proof, out: Path) -> None:
    """Write what is known of one file.

    Raises:
        Problem: it cannot be written (B004).
    """
    text = json.dumps(proof.as_json(), indent=1, ensure_ascii=False) + "\n"
    write(_file(out, proof.name), text.encode())


def update(manifest: Manifest) -> None:
    """Write the page, if anything was ever judged here: what is known of the files that stand here.

    A proof of a file that stands there no more is removed: a build has made a newer one, or
    withdrawn it.

    Raises:
        Problem: a file cannot be written (B004).
    """
    path = manifest.folder / FOLDER / _INDEX
    if not path.parent.is_dir():
        return
    template = _PAGE.read_text(encoding="utf-8")
    mark = f"<!-- {of_text(f'{template}{_shown(manifest)}')} -->\n"
    if not path.exists() or not path.read_text(encoding="utf-8").endswith(mark):
        _remove_outdated(manifest)
        proofs = list(kept(manifest))
        pdfs = {proof.name: proof.answers for proof in proofs if proof.entry.profile}
        write(path.with_name(lists_page.NAME), lists_page.page(pdfs).encode())
        write(path, (page(proofs, manifest) + mark).encode())


def _shown(manifest: Manifest) -> list[tuple[str, str, bool, float]]:
    """What the page depends on: each file, whether it is out of date, when it was judged."""
    shown = []
    for name, entry in sorted(manifest.entries.items()):
        file = _file(manifest.folder, name)
        written = file.stat().st_mtime if file.exists() else 0
        shown.append((name, entry.digest, bool(entry.stale), written))
    return shown


def kept(manifest: Manifest) -> Iterator[Proof]:
    """What is known of the files that stand there, in the manifest's order."""
    for name, entry in sorted(manifest.entries.items()):
        row = _read(_file(manifest.folder, name))
        if row.get("edition") == name and row.get("digest") == entry.digest:
            answers = _answers(row)
            if answers:
                yield Proof(name, entry, answers, str(row.get("judged", "")))


def page(proofs: list[Proof], manifest: Manifest) -> str:
    """`out/proof/index.html`: every verdict on one page that anybody can read."""
    from leafpress.templating import pages_for_staff  # not needed when nothing has changed

    template = pages_for_staff().from_string(_PAGE.read_text(encoding="utf-8"))
    verdicts = [proof.verdict for proof in proofs]
    counts = {verdict.value: verdicts.count(verdict) for verdict in Verdict}
    names = {proof.name for proof in proofs}
    unjudged = sorted(manifest.entries.keys() - names)
    return template.render(proofs=proofs, counts=counts, unjudged=unjudged, fit=_fit)


def _fit(entry: Entry) -> str:
    """A title, each piece of it in its own order; older manifests may have other languages."""
    from leafpress.translation.direction import isolated
    from leafpress.translation.language import LANGUAGES

    language = LANGUAGES.get(entry.language)
    return isolated(entry.title, language.direction) if language else entry.title


def _remove_outdated(manifest: Manifest) -> None:
    names = {proof.name for proof in kept(manifest)}
    files = {_file(manifest.folder, name) for name in names}
    for file in (manifest.folder / FOLDER).glob("*.json"):
        if file not in files and "edition" in _read(file):
            remove(file, manifest.folder)


def _file(out: Path, name: str) -> Path:
    return out / FOLDER / Path(name.replace("/", "-")).with_suffix(".json")


def _read(file: Path) -> dict[str, Any]:
    """A proof that was kept; empty where there is none that can be read."""
    try:
        row = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return row if isinstance(row, dict) else {}


def _answers(row: dict[str, Any]) -> tuple[Answer, ...]:
    """What was asked; empty where somebody has edited the file, which then is not believed."""
    try:
        return tuple(_answer(answer) for answer in row["answers"])
    except (KeyError, TypeError, ValueError):
        return ()


def _answer(row: dict[str, Any]) -> Answer:
    from leafpress.proof.answers import Answer

    findings = tuple(_finding(own) for own in row["findings"])
    verdict = Verdict(row["verdict"])
    asked = (row["rule"], row["question"], verdict, row["figure"], findings)
    return Answer(*asked, is_for_people=row.get("is_for_people") is True)


def _finding(row: dict[str, Any]) -> Finding:
    span, severity = Span(**row["span"]), Severity(row["severity"])
    return Finding(row["rule"], severity, span, row["sentence"], row["hint"])
