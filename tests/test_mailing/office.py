"""A small clinic for the tests: letters, editions with a manifest, lists with every fault."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from pathlib import Path

import pikepdf
from conftest import ROOT, TODAY

from leafpress.content.clinic import Clinic, Enclosures
from leafpress.content.root import Root
from leafpress.mailing.options import MailingOptions
from leafpress.mailing.run import RunResult, enclose

COLUMNS = (
    *("letter", "reference", "language", "need", "leaflets", "clinic", "delivery", "fallback"),
    "notes",  # read by nobody
)

EDITIONS = (
    ("back-pain", "en-GB", "a4"),
    ("back-pain", "ur", "a4"),
    ("back-pain", "pl", "a4"),
    ("back-pain", "en-GB", "large-print-18"),
    ("back-pain", "en-GB", "large-print-24"),
    ("back-pain", "en-GB", "easy-read"),
    ("back-pain", "en-GB", "braille-2"),
    ("neck-pain", "en-GB", "a4"),
    ("neck-pain", "ur", "a4"),
    ("old", "en-GB", "a4"),
    ("unproven", "en-GB", "a4"),
    ("changed", "en-GB", "a4"),
    ("stale", "en-GB", "a4"),
)


_FROM_NOTHING = {"inputs": {}, "ingredients": {}, "clinic": "clinic.yaml"}
"""What is remembered of an edition here: no source of it can change."""


def tagged_pdf(*lines: str, language: str = "en-GB", claims: bool = False) -> bytes:
    """A one-page tagged PDF with these lines, small and quick to make."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(_content(lines))
    page.StructParents = 0
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    document = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=root)
    )
    element = pikepdf.Dictionary(
        Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, P=document, Pg=page, K=0
    )
    paragraph = pdf.make_indirect(element)
    document.K = pikepdf.Array([paragraph])
    root.K = pikepdf.Array([document])
    tree = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Array([paragraph])]))
    root.ParentTree = pdf.make_indirect(tree)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    pdf.Root.Lang = pikepdf.String(language)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:title"] = lines[0] if lines else "A letter"
        if claims:
            meta["pdfuaid:part"] = "1"
    made = io.BytesIO()
    pdf.save(made, deterministic_id=True)
    return made.getvalue()


def _content(lines: Iterable[str]) -> bytes:
    shown = "".join(f"({_escaped(line)}) Tj 0 -20 Td " for line in lines)
    return f"/P << /MCID 0 >> BDC BT /F1 12 Tf 60 700 Td {shown} ET EMC".encode("latin-1")


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def letter(reference: str, *lines: str) -> bytes:
    """A letter to the patient with this reference."""
    return tagged_pdf("Your appointment", f"Our reference: {reference}", "Dear patient,", *lines)


class Office:
    """A folder with letters, editions and an output folder."""

    def __init__(self, root: Path, *, build: bool = True) -> None:
        self.root = root
        self.letters, self.editions, self.out = root / "letters", root / "built", root / "out"
        if build:
            self.letters.mkdir(parents=True)
            self._build()
            for name in ("templates", "locales"):  # e-mails have their words from there
                (root / name).symlink_to(ROOT / name)
            (root / "clinic.yaml").write_text("name: A clinic\n")

    def _build(self) -> None:
        entries, memories = {}, {}
        for leaflet, language, format_id in EDITIONS:
            name = f"{language}/{leaflet}-{format_id}.{'brf' if 'braille' in format_id else 'pdf'}"
            data = self._edition(leaflet, language, format_id)
            path = self.editions / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            entries[name] = _entry(leaflet, language, format_id, data)
            memories[name] = {**_FROM_NOTHING, "output": [len(data), 0]}
        document = {"form": 1, "editions": entries}
        (self.editions / "manifest.json").write_text(json.dumps(document))
        memory = {"form": 1, "editions": memories}
        (self.editions / ".memory.json").write_text(json.dumps(memory))

    def _edition(self, leaflet: str, language: str, format_id: str) -> bytes:
        if "braille" in format_id:
            return b",ABC\r\n"
        return tagged_pdf(f"{leaflet} {format_id}", "Keep moving.", language=language)

    def letter(self, name: str, data: bytes) -> None:
        """Put a letter into the folder."""
        path = self.letters / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def list(self, *rows: dict[str, str], name: str = "list.csv") -> Path:
        """Write a list with our own headings."""
        path = self.root / name
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    def options(self, list_: Path, **given: object) -> MailingOptions:
        """What is asked for that list."""
        codes = Enclosures(codes={"MSK1": ("back-pain",), "MSK 2": ("back-pain", "neck-pain")})
        facts = {"name": "A clinic", "telephone": "020 7946 0000", "email": "a@clinic.example"}
        clinic = Clinic.model_validate({**facts, "enclosures": codes})
        usual = {
            "root": Root(self.root),
            "appointments": list_,
            "letters": self.letters,
            "out": self.out,
            "editions": self.editions,
            "clinic": clinic,
            "today": TODAY,
            "jobs": 2,
        }
        return MailingOptions(**{**usual, **given})  # type: ignore[arg-type]

    def run(self, *rows: dict[str, str], **given: object) -> RunResult:
        """Do a list of these rows."""
        return enclose(self.options(self.list(*rows), **given), lambda _number, _total: None)

    def pair(self, reference: str, **columns: str) -> dict[str, str]:
        """A row whose letter is there and right."""
        name = f"letter-{hashlib.sha256(reference.encode()).hexdigest()[:8]}.pdf"
        self.letter(name, letter(reference))
        return row(name, reference, **columns)


def row(letter_: str, reference: str, **columns: str) -> dict[str, str]:
    """A row of a list."""
    return {"letter": letter_, "reference": reference, "leaflets": "back-pain"} | columns


def _entry(leaflet: str, language: str, format_id: str, data: bytes) -> dict[str, object]:
    digest = hashlib.sha256(data).hexdigest()
    return {
        "leaflet": leaflet,
        "language": language,
        "format": format_id,
        "profile": "ua1+a2a",
        "title": f"{leaflet} title",
        "version": "1.0",
        "date": "2026-01-01",
        "review": "2026-11-21" if leaflet == "old" else "2027-11-22",
        "digest": digest if leaflet != "changed" else "0" * 64,
        "size": len(data),
        "pages": 1,
        "verdicts": {"leafpress": "not checked" if leaflet == "unproven" else "pass"},
        "versions": {},
        "reasons": [],
        "warnings": [],
        "stale": ["a mistake"] if leaflet == "stale" else [],
        "state": "approved",
        "given_out": True,
    }
