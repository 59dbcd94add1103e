"""What our tagging and text layer cost beside WeasyPrint's own: CPU time and size.

Run it from the project's folder: `python -m benchmarks.tagging`.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from leafpress.content.project import Project
from leafpress.findings import Span
from leafpress.pages.formats import FORMATS
from leafpress.pages.render import BASE_URL, Markup, Style, render
from leafpress.pdf.engine import font_configuration, weasyprint
from leafpress.pdf.fetcher import make_fetcher
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import PROFILES
from leafpress.translation.language import LANGUAGES
from leafpress.translation.translate import translate

ROOT = Path(__file__).parents[1]
LANGUAGES_MEASURED = ("en-GB", "ur", "bn")
"""From left to right without and with marks, and from right to left."""

PROFILE = PROFILES["ua1+a2a"]
PLACE = Span("benchmark")
FEWEST_PAIRS = 7
TIME_LIMIT, SIZE_LIMIT = 1.25, 1.15

Write = Callable[[Markup], bytes]


@dataclass(frozen=True, slots=True)
class Pair:
    """One PDF written both ways, one right after the other. CPU seconds."""

    ours: float
    stock: float

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.ours / self.stock


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one edition. Sizes in bytes."""

    name: str
    pairs: tuple[Pair, ...]
    ours: int
    stock: int

    @property
    def time(self) -> float:
        """The middle of the pairs' ratios."""
        return median(pair.ratio for pair in self.pairs)

    @property
    def size(self) -> float:
        """How many times as large ours is."""
        return self.ours / self.stock


def ours(markup: Markup) -> bytes:
    """The PDF as leafpress writes it."""
    return write_pdf(lay_out(markup, PROFILE, PLACE))


def stock(markup: Markup) -> bytes:
    """The PDF as WeasyPrint writes it by itself, from the same markup, with the same options."""
    fetcher = make_fetcher(BASE_URL, markup.resources, PLACE)
    styles = [_parsed(style, fetcher) for style in markup.styles]
    html = weasyprint().HTML(string=markup.html, base_url=BASE_URL, url_fetcher=fetcher)
    document = html.render(
        font_config=font_configuration(), stylesheets=styles, pdf_variant=PROFILE.variant
    )
    return bytes(document.write_pdf(pdf_variant=PROFILE.variant, pdf_tags=True))


_STYLES: dict[Style, Any] = {}
"""Parsed once, as leafpress does: parsing is not what is measured."""


def _parsed(style: Style, fetcher: Any) -> Any:
    if style not in _STYLES:
        _STYLES[style] = weasyprint().CSS(
            string=style.text,
            base_url=BASE_URL,
            url_fetcher=fetcher,
            font_config=font_configuration(),
        )
    return _STYLES[style]


def _markups() -> Iterator[tuple[str, Markup]]:
    project = Project.at(ROOT)
    clinic = project.clinic.model
    if clinic is None:
        raise SystemExit("clinic.yaml is not sound: python build.py check")
    for id_ in project.leaflet_ids():
        for tag in LANGUAGES_MEASURED:
            loaded = project.leaflet(id_)
            translation = translate(loaded, project.contacts, LANGUAGES[tag], project.root)
            yield f"{id_} {tag}", render(project, clinic, translation, FORMATS["a4"])


def _seconds(write: Write, markup: Markup) -> float:
    gc.collect()
    start = time.process_time()
    write(markup)
    return time.process_time() - start


def _pair(markup: Markup, number: int) -> Pair:
    """Each goes first in every other pair, so that neither always finds the caches warm."""
    if number % 2:
        second = _seconds(stock, markup)
        return Pair(_seconds(ours, markup), second)
    first = _seconds(ours, markup)
    return Pair(first, _seconds(stock, markup))


def measure(pairs: int) -> list[Row]:
    """Every edition, warmed up, then round after round: a slow minute is shared by all."""
    markups = list(_markups())
    sizes = [(len(ours(markup)), len(stock(markup))) for _, markup in markups]
    rounds = [[_pair(markup, number) for _, markup in markups] for number in range(pairs)]
    return [
        Row(name, tuple(measured), *size)
        for (name, _), measured, size in zip(markups, zip(*rounds, strict=True), sizes, strict=True)
    ]


def _table(rows: list[Row]) -> Iterator[str]:
    yield "| leaflet | ours, ms | stock, ms | time | lowest–highest | size, kB | stock, kB | size |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in rows:
        mine, theirs = (
            1000 * median(getattr(pair, name) for pair in row.pairs) for name in ("ours", "stock")
        )
        ratios = sorted(pair.ratio for pair in row.pairs)
        yield (
            f"| {row.name} | {mine:.0f} | {theirs:.0f} | {row.time:.2f} "
            f"| {ratios[0]:.2f}–{ratios[-1]:.2f} "
            f"| {row.ours / 1000:.1f} | {row.stock / 1000:.1f} | {row.size:.2f} |"
        )


def _verdict(name: str, ratios: list[float], limit: float) -> str:
    says = "yes" if max(ratios) <= limit else "NO"
    return (
        f"{name}: median {median(ratios):.2f}, worst leaflet {max(ratios):.2f}; "
        f"at most {limit}: {says}"
    )


def main() -> None:
    """Measure and say so. The exit code is 0 either way: this is no test."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=FEWEST_PAIRS, help="for each edition")
    pairs = max(1, parser.parse_args().pairs)
    rows = measure(pairs)
    print("\n".join(_table(rows)))
    print(f"\n{pairs} pairs each, CPU time of layout and writing, WeasyPrint ", end="")
    print(weasyprint().__version__)
    print(_verdict("time", [row.time for row in rows], TIME_LIMIT))
    print(_verdict("size", [row.size for row in rows], SIZE_LIMIT))


if __name__ == "__main__":
    main()
