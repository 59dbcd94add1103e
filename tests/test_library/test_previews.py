"""Pictures of first pages: one a leaflet in a language, and none of what stands there no more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
from PIL import Image
from test_library.entries import ENTRY

from leafpress.library import previews
from leafpress.press.edition import Entry, Memory
from leafpress.press.manifest import Manifest

LARGE = replace(ENTRY, format="large-print-24", digest="b" * 64)
SMALL = replace(ENTRY, digest="a" * 64)
PICTURE = "previews/en-GB/back-pain-aaaaaaaaaaaa.png"


def _manifest(folder: Path, *entries: Entry, data: bytes | None = None) -> Manifest:
    manifest = Manifest(folder)
    for entry in entries:
        output = f"{entry.language}/{entry.leaflet}-{entry.format}.pdf"
        manifest.put(output, entry, Memory({}, {}))
        path = folder / output
        path.parent.mkdir(exist_ok=True)
        if data is not None:
            path.write_bytes(data)
        else:
            _write_page(path)
    return manifest


def _write_page(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(path)


def test_the_first_format_is_drawn(tmp_path: Path) -> None:
    found = previews.update(_manifest(tmp_path, LARGE, SMALL))
    assert found == previews.Previews({("back-pain", "en-GB"): PICTURE})
    with Image.open(tmp_path / PICTURE) as image:
        assert (image.width, image.format) == (previews.WIDTH, "PNG")


def test_drawn_once(tmp_path: Path) -> None:
    manifest = _manifest(tmp_path, SMALL)
    previews.update(manifest)
    before = (tmp_path / PICTURE).stat().st_ino
    previews.update(manifest)
    assert (tmp_path / PICTURE).stat().st_ino == before


def test_of_a_newer_file_another_picture(tmp_path: Path) -> None:
    previews.update(_manifest(tmp_path, SMALL))
    files = previews.update(_manifest(tmp_path, replace(SMALL, digest="c" * 64))).files
    assert files == {("back-pain", "en-GB"): "previews/en-GB/back-pain-cccccccccccc.png"}
    assert not (tmp_path / PICTURE).exists()


def test_nothing_built_nothing_drawn(tmp_path: Path) -> None:
    manifest = _manifest(tmp_path, SMALL)
    previews.update(manifest)
    manifest.entries.clear()
    assert previews.update(manifest) == previews.Previews()
    assert not (tmp_path / previews.FOLDER).exists()


def test_a_page_that_cannot_be_drawn(tmp_path: Path) -> None:
    """B020: the page is written all the same."""
    found = previews.update(_manifest(tmp_path, SMALL, data=b"no PDF"))
    assert found.files == {}
    assert [str(each.rule) for each in found.findings] == ["B020"]
    assert "pdfium cannot open the file" in str(found.findings[0])
