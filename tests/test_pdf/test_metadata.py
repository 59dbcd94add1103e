"""What the PDFs say of themselves."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from conftest import TODAY

LEAFLETS = ("back-pain", "neck-pain", "cannabis-medicines")


@pytest.mark.parametrize("tag", ["en-GB", "ur"])
@pytest.mark.parametrize("leaflet", LEAFLETS)
def test_title_language_claims_and_draft(leaflet: str, tag: str, built: Path) -> None:
    with pikepdf.open(built / tag / f"{leaflet}-a4.pdf") as pdf:
        assert str(pdf.Root.Lang) == tag
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
            assert meta["dc:title"] == str(pdf.docinfo["/Title"])
            assert meta["xmp:ModifyDate"] == TODAY.isoformat()
        assert str(pdf.docinfo["/CreationDate"]) == f"D:{TODAY:%Y%m%d}"
    with pikepdf.open(built / "en-GB" / f"{leaflet}-a4.pdf") as pdf:
        assert "Draft: not yet checked by a clinician" in str(pdf.docinfo["/Subject"])


def test_bookmarks(built: Path) -> None:
    with pikepdf.open(built / "en-GB" / "back-pain-a4.pdf") as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root[0].children]
    assert titles[:3] == ["Get help now", "What is low back pain?", "Keep moving"]
    assert titles[-1] == "About this leaflet"
