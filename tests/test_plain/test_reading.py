"""From HTML to blocks: what each construct of the templates becomes."""

from __future__ import annotations

import pytest

from leafpress.pages.formats import FORMATS
from leafpress.pages.render import Markup
from leafpress.plain import text
from leafpress.plain.reading import read
from leafpress.translation.language import LANGUAGES

SAID = {"picture": "Picture:", "write": "Write down each time:", "braille": "Grade {}"}

CASES = {
    "a table": (
        "<table><caption>Doses</caption><thead><tr><th>Medicine</th><th>How much</th></tr></thead>"
        "<tbody><tr><th>Paracetamol</th><td>1 g</td></tr></tbody></table>",
        "Doses\n\nMedicine: Paracetamol.\nHow much: 1 g.\n",
    ),
    "a table to write in": (
        "<table><caption>Diary</caption><thead><tr><th>Date</th><th>Dose</th></tr></thead>"
        "<tbody><tr><td></td><td></td></tr></tbody></table>",
        "Diary\n\nWrite down each time:\n\n- Date\n- Dose\n",
    ),
    "a figure": (
        '<figure><img src="a.svg" alt="A neck."><div><figcaption>The neck</figcaption>'
        "<ol><li>A bone</li></ol></div></figure>",
        "Picture: The neck.\nA neck.\n\n1. A bone\n",
    ),
    "decoration": ('<p>Words<img src="a.svg" alt=""></p>', "Words\n"),
    "lists in lists": (
        "<ul><li>One<ul><li>Two</li></ul></li><li>Three</li></ul>",
        "- One\n  - Two\n- Three\n",
    ),
    "a word and its meaning": (
        "<dl><div><dt>THC</dt><dd>Can make you high.</dd></div></dl>",
        "- THC: Can make you high.\n",
    ),
    "a number behind a name": (
        '<p>Call <a href="tel:116123">Samaritans</a>.</p><p><a href="tel:116123">116 123</a></p>',
        "Call Samaritans (116\u00a0123).\n\n116\u00a0123\n",
    ),
    "an address behind words": (
        '<p>Read <a href="https://a.example/b">this</a>.</p>',
        "Read this.\nhttps://a.example/b\n",
    ),
    "an address that is shown": (
        '<p><a href="https://a.example">a.example</a></p>',
        "a.example\n",
    ),
    "a long form only where the page prints it": (
        "<p><abbr>GP</abbr> (general practitioner) and "
        '<abbr title="general practitioner">GP</abbr></p>',
        "GP (general practitioner) and GP\n",
    ),
    "a note": (
        '<p>Words<sup>&nbsp;<a role="doc-noteref" href="#n">1</a></sup>.</p>'
        '<ol><li id="n" role="doc-endnote">More.</li></ol>',
        "Words\u00a0[1].\n\n[1] More.\n",
    ),
    "a box": (
        '<div class="box"><h3>Take care</h3><p>Of this.</p></div><p>After.</p>',
        "Take care\n\n  Of this.\n\nAfter.\n",
    ),
    "lines": ("<p>One<br>Two</p>", "One\nTwo\n"),
    "the margins of pages": ('<p class="running-page">Page 1</p><p>Words</p>', "Words\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_construct(name: str) -> None:
    html, expected = CASES[name]
    page = f'<html lang="en-GB"><head><title>T</title></head><body>{html}</body></html>'
    markup = Markup(page, (), {}, LANGUAGES["en-GB"], FORMATS["text"], "T", said=SAID)
    assert text.write(read(markup)) == expected
