"""Quicker functions in place of WeasyPrint's: the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, TODAY

from leafpress.content.root import Root
from leafpress.pages.render import Markup
from leafpress.pdf import engine
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import PROFILES
from leafpress.pdf.private import NAMES
from leafpress.pdf.quick import quick_lines, replacing
from leafpress.press.edition import BuildOptions, Edition
from leafpress.press.pipeline import markup_of
from leafpress.proof.layout import layout_checks

EDITIONS = (
    Edition("neck-pain", "en-GB", "a4"),
    Edition("neck-pain", "ur", "a4"),
    Edition("neck-pain", "bn", "booklet-pages"),
    Edition("cannabis-medicines", "en-GB", "easy-read"),
)
ODD = """
<style>
.odd p::first-line { font-weight: 700 }
.odd .letter::first-letter { font-size: 2em }
.odd { --edge: 3px; --tone: #123456; --fill: radial-gradient(circle at 1em 1em, red, #00f) }
.odd .said { border-inline-start: var(--edge) solid var(--tone); background: var(--fill);
 padding: calc(var(--edge) * 2); outline: var(--edge) dotted var(--tone); counter-increment: odd }
.odd .said b { border: inherit; outline-style: solid; color: currentcolor; font-size: 3vw }
.odd .said i { border-block: 1px solid RED; border-inline-width: 5px; line-height: calc(1em + 4px) }
.odd .said::before { content: counter(odd) " \\201C"; float: left; border-style: inherit }
</style>
<div class=odd>
<p style="text-align: justify; width: 40%">Wide blanks in each line but the last of a paragraph.</p>
<p style="white-space: pre-line; text-decoration: underline">One line
and one more</p>
<p style="letter-spacing: 2px; word-spacing: 3px; overflow-wrap: anywhere; width: 9em">
Apartapart</p>
<p class=letter style="border-radius: 5px; background: #eee; box-sizing: border-box; padding: 1em">
Round</p>
<div style="display: flex"><p>First of two</p>
<p style="height: 50%; min-width: 2em">Second</p></div>
<div style="display: flex; flex-direction: column"><p>Above</p><p>Below</p></div>
<div style="display: grid; grid-template-columns: 1fr 1fr"><p>Left of two</p><p>Right</p></div>
<div style="position: relative; height: calc(1em + 20px)">
<p style="position: absolute; right: 0; border-radius: 3px; background: #ddd; overflow: hidden;
 margin-inline-start: 3em; width: 30%; padding-block: 2%">Out of the flow</p></div>
<p class=said>Of <b>variables</b> and <i>lines</i></p>
<p class=said style="font-size: 2em; --tone: currentcolor; --edge: 1px">Of <i>others</i></p>
<p style="visibility: hidden; background: #eee">Unseen <span style="visibility: visible">seen</span>
</p><ol start=3 style="list-style: lower-roman inside"><li>Counted<li>Again</ol>
<p style="position: absolute; left: 80%; background: #eee">Wider than all the room that is left
for it on this page</p><p>Tab\tand \u202eturned\u202c</p>
<p style="float: right; max-width: 30%; font-feature-settings: 'smcp'">Afloat</p>
<p lang=ar dir=rtl>5 6</p><p>The same</p><p>The same</p><p style="text-align: justify">The same</p>
</div>
"""
"""What our pages do not ask for, or hardly: each is a case of a quick function."""


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_same_bytes(edition: Edition, tmp_path: Path) -> None:
    root = Root.at(ROOT, None)
    options = BuildOptions(root, ROOT / "clinic.yaml", tmp_path, "ua1+a2a", TODAY)
    _compare(markup_of(edition, options), options, edition)


def test_same_bytes_of_odd_things(tmp_path: Path) -> None:
    edition = Edition("neck-pain", "en-GB", "a4")
    root = Root.at(ROOT, None)
    options = BuildOptions(root, ROOT / "clinic.yaml", tmp_path, "ua1+a2a", TODAY)
    markup = markup_of(edition, options)
    html = f"{markup.html[: markup.html.index('<body')]}<body>{ODD}</body></html>"
    _compare(replace(markup, html=html), options, edition)


def test_a_saved_word_breaks_only_its_own_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the preview does: the pages are those that a build would have made, word by word."""
    engine.weasyprint()
    broken: list[str] = []
    for place in replacing._places():
        if place.name == "split_first_line":
            kept = quick_lines.broken_once(_noting(place.stock, broken))
            monkeypatch.setattr(place.holder, place.name, kept)
    monkeypatch.setattr(quick_lines, "_LINES", None)
    quick_lines.keep_lines()
    before, options = _with_odd_things("Out of the flow", tmp_path)
    after, _ = _with_odd_things("Afloat on the sea", tmp_path)
    counts = []
    for markup in (before, after, before):
        broken.clear()
        written = _written(markup, options, EDITIONS[0])
        counts.append(len(broken))
        with replacing.removed():
            assert _written(markup, options, EDITIONS[0]) == written
    # Those that are underlined or spaced are broken by stock code every time, and kept nowhere.
    assert counts[1] - counts[2] in range(1, 30), counts
    assert counts[2] < counts[0] / 4, counts


def _noting(stock: Callable[..., Any], broken: list[str]) -> Callable[..., Any]:
    def split(text: str, *values: Any, **named: Any) -> Any:
        broken.append(text)
        return stock(text, *values, **named)

    return split


def _with_odd_things(words: str, folder: Path) -> tuple[Markup, BuildOptions]:
    """A leaflet with all odd things at its end, these words for others."""
    edition = EDITIONS[0]
    root = Root.at(ROOT, None)
    options = BuildOptions(root, ROOT / "clinic.yaml", folder, "ua1+a2a", TODAY)
    markup = markup_of(edition, options)
    odd = ODD.replace("Out of the flow", words)
    return replace(markup, html=markup.html.replace("</main>", f"{odd}</main>")), options


def _written(markup: Markup, options: BuildOptions, edition: Edition) -> tuple[bytes, object]:
    rendering = lay_out(markup, PROFILES[options.profile], edition.place)
    findings = layout_checks.check(rendering)
    return write_pdf(rendering), findings


def _compare(markup: Markup, options: BuildOptions, edition: Edition) -> None:
    quick = _written(markup, options, edition)
    with replacing.removed():
        assert _written(markup, options, edition) == quick


def test_each_was_read_in_this_version() -> None:
    """Its digest stands in the list, which a test compares."""
    names = {(private.module, private.name) for private in NAMES}
    assert {(row.module, row.name) for row in replacing.TABLE} - names == set()


def test_all_are_used_here() -> None:
    """The packages beside WeasyPrint are of the versions in which their functions were read."""
    engine.weasyprint()
    assert [row.name for row in replacing.TABLE if not replacing._is_known(row)] == []


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
