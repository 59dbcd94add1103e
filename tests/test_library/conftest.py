"""A library of three leaflets, five languages and ten formats, without building any."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pikepdf
import pytest
from browser import Browser, opened
from conftest import ROOT, order_for

from leafpress.approval.changes import RedlinePiece
from leafpress.approval.history import ChangedPart, ShownChange
from leafpress.content.root import Root
from leafpress.library import site
from leafpress.library.changed import ChangeNote
from leafpress.press import issued
from leafpress.press.edition import Edition, Entry, Memory
from leafpress.press.manifest import Manifest

TITLES = {
    "back-pain": {
        "en-GB": "Low back pain and sciatica: what to do",
        "cy": "Poen yng ngwaelod y cefn a sciatica",
        "pl": "Ból krzyża i rwa kulszowa",
        "ur": "کمر کے نچلے حصے کا درد اور عرق النسا",
        "bn": "কোমর ব্যথা ও সায়াটিকা",
    },
    "neck-pain": {
        "en-GB": "Neck pain: what to do",
        "cy": "Poen gwddf",
        "pl": "Ból szyi",
        "ur": "گردن کا درد",
        "bn": "ঘাড় ব্যথা",
    },
    "cannabis-medicines": {
        "en-GB": "Cannabis medicines for pain",
        "pl": "Leki z konopi na ból",
    },
}
FORMATS = (
    "a4",
    "large-print-18",
    "large-print-24",
    "easy-read",
    "bilingual",
    "web",
    "text",
    "braille-1",
)
EASY = {"en-GB": "Back pain", "ur": "کمر کا درد"}
"""Titles in easy read, which are others."""

CHANGES = (
    ShownChange("changed", True, (RedlinePiece("out", "آج"), RedlinePiece("in", "ابھی"))),
    ShownChange("new", False, (RedlinePiece("in", "گردن"),)),
)
SIGNED = {
    ("neck-pain", "ur"): ChangeNote(
        date(2026, 11, 20), (ChangedPart("words in Urdu", "ur", "rtl", CHANGES),)
    ),
    ("back-pain", "ur"): ChangeNote(date(2026, 11, 20)),
}
"""What sign-offs say."""

WORDS = """
name: A clinic
telephone: 020 7946 0000
region: england
languages: [ur, en-GB]
leaflet_address: https://clinic.example/leaflets/{language}/{leaflet}
"""

APPROVED = Entry(
    leaflet="",
    language="",
    format="",
    profile="ua1+a2a",
    title="",
    version="0.2",
    date="2026-11-28",
    review="2027-11-28",
    digest="0" * 64,
    size=20_000,
    pages=0,
    verdicts={"ua1": "pass"},
    versions={},
    state="approved",
    given_out=True,
)


Titles = Mapping[str, Mapping[str, str]]
"""Of each leaflet its title in each language."""

COPY = {
    "code": "2" * 10,
    "since": "2026-11-21",
    "output": "ur/neck-pain-a4.pdf",
    "leaflet": "neck-pain",
    "language": "ur",
    "format": "a4",
    "title": "گردن",
    "version": "0.1",
    "date": "2026-11-20",
}
"""What was built before."""


def _entries(titles_of: Titles) -> Iterator[tuple[Edition, Entry]]:
    for leaflet, titles in titles_of.items():
        for language, title in titles.items():
            for format_ in FORMATS:
                edition = Edition(leaflet, language, format_)
                entry = _entry(edition, title)
                if format_ != "bilingual" or language != "en-GB":
                    yield edition, entry


def _entry(edition: Edition, title: str) -> Entry:
    easy = edition.format == "easy-read" and edition.leaflet == "back-pain"
    pages = 12 if edition.output.endswith(".pdf") else 0
    entry = replace(
        APPROVED,
        leaflet=edition.leaflet,
        language=edition.language,
        format=edition.format,
        title=EASY.get(edition.language, title) if easy else title,
        pages=pages,
        code="3" * 10 if edition.output == COPY["output"] else "",
    )
    if edition.leaflet == "cannabis-medicines":
        missing = ("the words in English: not checked by a clinician",)
        machine = edition.language != "en-GB"
        entry = replace(entry, state="draft", given_out=False, missing=missing, machine=machine)
    if edition.language == "cy":
        entry = replace(entry, review="2027-01-10")
    return entry


def write_library(folder: Path, titles: Titles = TITLES) -> None:
    """The pages of `titles` in `folder`; A4 editions are there, each a page without words."""
    clinic = folder / "own" / "clinic.yaml"
    clinic.parent.mkdir(parents=True)
    clinic.write_text(WORDS, encoding="utf-8")
    manifest = Manifest(folder / "out")
    for edition, entry in _entries(titles):
        manifest.put(edition.output, entry, Memory({}, {}))
        if edition.format == "a4":
            _write_page(manifest.folder / edition.output)
    listed = manifest.folder / issued.NAME
    listed.parent.mkdir()
    listed.write_text(json.dumps(COPY) + "\n", encoding="utf-8")
    root = Root.at(ROOT, clinic.parent)
    order = order_for(root, out=manifest.folder, clinic=clinic)
    with patch.object(site, "notes", lambda *_asked: SIGNED.items()):
        assert site.update(manifest, order) == ()


def _write_page(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(path)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a clinic whose patients read Urdu first."""
    folder = tmp_path_factory.mktemp("library")
    write_library(folder)
    return folder / "out"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with opened() as browser:
        yield browser
