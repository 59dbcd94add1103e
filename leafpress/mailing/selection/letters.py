"""The folder of letters, and the text of one letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from leafpress.findings import Finding, Problem, Span
from leafpress.joining.limits import BYTES, PAGES
from leafpress.mailing.selection import patient_reference as references
from leafpress.rules import finding


def _normal(name: str) -> str:
    """A name as it can be written down: bytes that are no UTF-8 become `?`."""
    return unicodedata.normalize("NFC", name.encode(errors="replace").decode())


@dataclass(frozen=True)
class Folder:
    """The files below a folder.

    A name that is not in its listing is not there, so that no name in a list can lead out of it.
    """

    path: Path

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every regular file below it by its name there. Links that lead out of it are left out."""
        root = self.path.resolve()
        found = (each for each in sorted(self.path.rglob("*")) if not _hidden(each, self.path))
        inside = (each for each in found if each.is_file() and each.resolve().is_relative_to(root))
        return {_normal(each.relative_to(self.path).as_posix()): each for each in inside}

    @cached_property
    def _folded(self) -> dict[str, list[Path]]:
        folded: dict[str, list[Path]] = {}
        for name, path in self.files.items():
            folded.setdefault(name.casefold(), []).append(path)
        return folded

    def find(self, name: str, place: Span) -> Path | Finding:
        """The letter by that name. Capitals and `.pdf` do not matter where one file is meant."""
        said = _normal(name)
        if said in self.files:
            return self.files[said]
        if _leads_out(said):
            return finding("E043", place)
        near = self._folded.get(said.casefold()) or self._folded.get(f"{said.casefold()}.pdf", [])
        return near[0] if len(near) == 1 else finding("E042", place)

    def unnamed(self, named: set[Path]) -> list[str]:
        """The PDFs that no row names."""
        return [
            name
            for name, path in self.files.items()
            if path not in named and path.suffix.casefold() == ".pdf"
        ]


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _leads_out(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\\" in name


def read(path: Path, place: Span) -> bytes:
    """The bytes of a letter.

    Raises:
        Problem: it is gone (E042) or too large (E044).
    """
    try:
        if path.stat().st_size > BYTES:
            raise Problem(finding("E044", place, problem="it is larger than 60 MB"))
        return path.read_bytes()
    except OSError:
        raise Problem(finding("E042", place)) from None


@dataclass(frozen=True, slots=True)
class Check:
    """What a letter is checked against.

    Args:
        reference: the row's.
        exact: another reference of the list looks like it.
        rivals: references of other rows that name the same letter.
        others: long references of the list, by `reference.key`.
    """

    reference: str
    exact: bool
    rivals: tuple[str, ...]
    others: dict[str, str]


def check(data: bytes, check: Check, place: Span) -> None:
    """Check that this is the letter of the row's patient, and of nobody else in the list.

    Raises:
        Problem: it has no text (E044), not the reference (E045), or others too (E046).
    """
    texts = references.readings(_text(data, place))
    if not any(text.strip() for text in texts):
        raise Problem(finding("E044", place, problem="it is a picture without text"))
    if not references.holds(texts, check.reference, exact=check.exact):
        raise Problem(finding("E045", place, problem=_why_not(data, texts, check.reference)))
    rival = any(references.holds(texts, each) for each in check.rivals)
    if rival or references.others(texts, check.reference, check.others):
        raise Problem(finding("E046", place))


def _text(data: bytes, place: Span) -> str:
    """What stands on all pages, by pdfium; notes and form fields do not.

    Raises:
        Problem: the file cannot be opened (E044).
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > PAGES:
                raise Problem(finding("E044", place, problem=f"it has over {PAGES} pages"))
            return "\n\n".join(_page_texts(document))
    except pypdfium2.PdfiumError:
        problem = "it is no PDF that can be opened (damaged, or locked with a password)"
        raise Problem(finding("E044", place, problem=problem)) from None


def _page_texts(document: object) -> Iterator[str]:
    for page in document:  # type: ignore[attr-defined]  # pypdfium2 has no types
        text = page.get_textpage()
        yield text.get_text_range()
        text.close()
        page.close()


def _why_not(data: bytes, texts: tuple[str, ...], reference: str) -> str:
    if references.lost_zeros(texts, reference):
        return "it has it with zeros in front, which the list has lost (spreadsheets do that)"
    if references.holds(references.readings(_beside_the_page(data)), reference):
        return "it is only in a form field or a note, not in the letter's own words"
    return "its text does not hold it: it may be somebody else's letter"


def _beside_the_page(data: bytes) -> str:
    """What form fields and notes say."""
    import io

    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            notes = (note for page in pdf.pages for note in page.get("/Annots", []))
            values = [
                str(note[name]) for note in notes for name in ("/V", "/Contents") if name in note
            ]
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
        return ""
    return "\n".join(values)
