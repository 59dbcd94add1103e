"""Quicker functions in place of WeasyPrint's: the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, TODAY

from leafpress.content.root import Root
from leafpress.pdf import engine
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import PROFILES
from leafpress.pdf.private import NAMES
from leafpress.pdf.quick import replacing
from leafpress.press.edition import BuildOptions, Edition
from leafpress.press.pipeline import markup_of
from leafpress.proof.layout import layout_checks

EDITIONS = (
    Edition("neck-pain", "en-GB", "a4"),
    Edition("neck-pain", "ur", "bilingual"),
    Edition("neck-pain", "bn", "large-print-24"),
    Edition("neck-pain", "pl", "easy-read"),
)


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_same_bytes(edition: Edition, tmp_path: Path) -> None:
    root = Root.at(ROOT, None)
    options = BuildOptions(root, ROOT / "clinic.yaml", tmp_path, "ua1+a2a", TODAY)
    markup = markup_of(edition, options)

    def written() -> tuple[bytes, object]:
        rendering = lay_out(markup, PROFILES[options.profile], edition.place)
        findings = layout_checks.check(rendering)
        return write_pdf(rendering), findings

    quick = written()
    with replacing.removed():
        assert written() == quick


def test_each_was_read_in_this_version() -> None:
    """Its digest stands in the list, which a test compares."""
    names = {(private.module, private.name) for private in NAMES}
    assert {(row.module, row.name) for row in replacing.TABLE} - names == set()


def test_another_version_keeps_its_own() -> None:
    engine.weasyprint()
    from weasyprint.layout import block, percent

    with replacing.removed():
        stock = percent.resolve_percentages
        replacing.install("70.1")
        assert percent.resolve_percentages is stock
        replacing.install(replacing.VERSION)
        assert percent.resolve_percentages is not stock
        assert block.resolve_percentages is percent.resolve_percentages
