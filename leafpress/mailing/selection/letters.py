"""The folder of letters, and the text of one letter."""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

import pikepdf

from leafpress.findings import Finding, Problem, Span
from leafpress.joining.field_trees import inherited
from leafpress.joining.limits import BYTES, PAGES
from leafpress.mailing.selection import patient_reference as references
from leafpress.pdf_objects import UNREADABLE, Excess, dictionaries_at
from leafpress.rules import finding


def _normal(name: str) -> str:
    """A name as it can be written down: bytes that are no UTF-8 become `?`."""
    return unicodedata.normalize("NFC", name.encode(errors="replace").decode())


@dataclass(frozen=True)
class LetterFolder:
    """The files below a folder.

    A name that is not in its listing is not there, so that no name in a list can lead out of it.
    """

    path: Path

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every regular file below it by its name there. Links that lead out of it are left out."""
        root = self.path.resolve()
        files = {}
        for path in sorted(self.path.rglob("*")):
            name = path.relative_to(self.path)
            if any(part.startswith(".") for part in name.parts):
                continue
            if path.is_file() and path.resolve().is_relative_to(root):
                files[_normal(name.as_posix())] = path
        return files

    @cached_property
    def _folded(self) -> dict[str, list[Path]]:
        folded: dict[str, list[Path]] = {}
        for name, path in self.files.items():
            folded.setdefault(name.casefold(), []).append(path)
        return folded

    def find(self, name: str, span: Span) -> Path | Finding:
        """The letter by that name. Capitals and `.pdf` do not matter where one file is meant.

        Windows parts folders with a backslash, which means the same as `/` here.
        """
        name = _normal(name)
        if name in self.files:
            return self.files[name]
        name = PurePosixPath(name.replace("\\", "/")).as_posix()
        if name in self.files:
            return self.files[name]
        if _leads_out(name):
            return finding("E043", span)
        folded = name.casefold()
        near = self._folded.get(folded) or self._folded.get(f"{folded}.pdf", [])
        return near[0] if len(near) == 1 else finding("E042", span)

    def unnamed(self, named: set[Path]) -> list[str]:
        """The PDFs that no row names."""
        return [
            name
            for name, path in self.files.items()
            if path not in named and path.suffix.casefold() == ".pdf"
        ]


def _leads_out(name: str) -> bool:
    return name.startswith("/") or ".." in PurePosixPath(name).parts or ":" in name


def read_letter(path: Path, span: Span) -> bytes:
    """The bytes of a letter, opened once: what is checked is what is joined.

    Raises:
        Problem: it is gone (E042), too large (E044) or cannot be opened (E085).
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            letter = file.read(min(size, BYTES) + 1)  # so many bytes are set aside
    except FileNotFoundError:
        raise Problem(finding("E042", span)) from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise Problem(finding("E085", span, reason=reason)) from None
    if len(letter) > BYTES:
        raise Problem(finding("E044", span, problem="it is larger than 60 MB"))
    return letter


LetterStamp = tuple[int, int, int]
"""Size, modification and change time of a letter, in nanoseconds."""


def letter_stamp(path: Path) -> LetterStamp:
    """What tells cheaply that a letter has not changed; zeros where there is none."""
    try:
        state = path.stat()
    except OSError:
        return (0, 0, 0)
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns


@dataclass(frozen=True, slots=True)
class PatientIdentity:
    """Whose letter it has to be.

    Args:
        reference: the row's.
        exact: another reference of the list looks like it.
        rivals: references of other rows that name the same letter.
        others: long references of the list, by `match_key`.
    """

    reference: str
    exact: bool
    rivals: tuple[str, ...]
    others: dict[str, str]


def require_patient(letter: bytes, expected: PatientIdentity, span: Span) -> None:
    """Check that this is the letter of the row's patient, and of nobody else in the list.

    Raises:
        Problem: it has no text (E044), not the reference (E045), or others too (E046).
    """
    texts = references.readings(_text(letter, span))
    if not any(text.strip() for text in texts):
        raise Problem(finding("E044", span, problem="it is a picture without text"))
    if not references.holds(texts, expected.reference, exact=expected.exact):
        problem = _why_not(letter, texts, expected.reference)
        raise Problem(finding("E045", span, problem=problem))
    rival = any(references.holds(texts, reference) for reference in expected.rivals)
    if rival or references.names_another(texts, expected.reference, expected.others):
        raise Problem(finding("E046", span))


def _text(letter: bytes, span: Span) -> str:
    """What stands on all pages, by pdfium; notes and form fields do not.

    Raises:
        Problem: the file cannot be opened (E044).
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(letter) as document:
            if len(document) > PAGES:
                raise Problem(finding("E044", span, problem=f"it has over {PAGES} pages"))
            return "\n\n".join(_page_texts(document))
    except pypdfium2.PdfiumError:
        problem = "it is no PDF that can be opened (damaged, or locked with a password)"
        raise Problem(finding("E044", span, problem=problem)) from None


def _page_texts(document: object) -> Iterator[str]:
    for page in document:  # type: ignore[attr-defined]  # pypdfium2 has no types
        text = page.get_textpage()
        yield text.get_text_range()
        text.close()
        page.close()


def _why_not(letter: bytes, texts: tuple[str, ...], reference: str) -> str:
    if references.lost_zeros(texts, reference):
        return "it has it with zeros in front, which the list has lost (spreadsheets do that)"
    if references.holds(references.readings(_beside_the_page(letter)), reference):
        return "it is only in a form field or a note, not in the letter's own words"
    return "its text does not hold it: it may be somebody else's letter"


def _beside_the_page(letter: bytes) -> str:
    """What form fields and notes say."""
    try:
        with pikepdf.open(io.BytesIO(letter)) as pdf:
            return "\n".join(_values(pdf))
    except (*UNREADABLE, Excess, ValueError):
        return ""


def _values(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for note in dictionaries_at(page.obj, "/Annots"):
            for name in ("/V", "/Contents"):
                value = inherited(note, name)
                if value is not None:
                    yield str(value)
