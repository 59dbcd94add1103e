"""Pieces that run from left to right in right-to-left lines, as a browser draws them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from browser import Browser
from test_translation.turned import AROUND, PIECES, TURNING

from leafpress.pages.inline_order import of_words, ordered
from leafpress.translation.direction import isolated
from leafpress.translation.language import Language
from leafpress.translation.typography import as_plain_text

DRAWN = """
return [...document.querySelectorAll("p, pre")].map(line => {
  const places = [];
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (let at = 0; at < node.length; at += 1) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (box.width) places.push([box.left, node.data[at]]);
    }
  return places.sort((a, b) => a[0] - b[0]).map(place => place[1]).join("");
});
"""
"""The characters of each line from left to right, as they are drawn."""


def _lines(language: Language) -> list[str]:
    return [AROUND[language.tag].format(piece) for piece in PIECES]


def _as_page(language: Language) -> str:
    words = "".join(f"<p>{ordered([of_words(line)], language)}</p>" for line in _lines(language))
    return f'<div dir="rtl">{words}</div>'


def _as_titles(language: Language) -> str:
    """Isolates without markup, as in the library's page, between words of a line."""
    words = (f"<p>{escape(isolated(line, 'rtl'))}</p>" for line in _lines(language))
    return f'<div dir="rtl">{"".join(words)}</div>'


def _as_mail(language: Language) -> str:
    """Plain text in a program that looks for each line's direction."""
    words = (escape(as_plain_text(line, language)) for line in _lines(language))
    return "".join(f'<pre dir="auto">{line}</pre>' for line in words)


def _as_text(language: Language) -> str:
    """Plain text in a program that takes every line for left to right."""
    return _as_mail(language).replace(' dir="auto"', "")


@pytest.mark.parametrize("shown", [_as_page, _as_titles, _as_mail, _as_text])
def test_pieces_are_drawn_in_their_own_order(
    shown: Callable[[Language], str], tmp_path: Path, browser: Browser
) -> None:
    for tag, language in TURNING.items():
        page = tmp_path / f"{tag}.html"
        head = '<!doctype html><meta charset="utf-8"><style>pre, p { white-space: nowrap }</style>'
        page.write_text(head + shown(language), encoding="utf-8")
        browser.open(page, 1280)
        drawn = [line.replace("\xa0", " ") for line in browser.run(DRAWN)]
        assert len(drawn) == len(PIECES)
        pairs = zip(PIECES, drawn, strict=True)
        assert [piece for piece, line in pairs if f" {piece} " not in line] == []
        first, last = AROUND[tag].split(" {} ")
        assert all(line.startswith(last[::-1]) and line.endswith(first[::-1]) for line in drawn)
