"""Clusters: glyphs that stand together for one piece of text."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from leafpress.pdf.text.glyphs import Glyph, Run


class Cluster(NamedTuple):
    """Glyphs that stand for one piece of text: `glyphs` as they are drawn from left to right."""

    glyphs: tuple[Glyph, ...]
    text: str


_CLUSTER = partial(tuple.__new__, Cluster)
"""Makes one of its two values, without a call: there are some ten thousand in a leaflet."""


def clusters(run: Run, utf8: bytes) -> list[Cluster]:
    """The clusters of a run, from left to right. `utf8` is the text of the line.

    From left to right a mark, which has no advance of its own, is one cluster with its base, or
    readers of text would tear the two apart. So are a joiner and the letter before it.
    """
    starts, text = run.starts, utf8[run.start : run.start + run.length]
    if starts == tuple(range(run.length)) and text.isascii() and text.decode().isprintable():
        return _letter_by_letter(run, text.decode())
    order = sorted(set(starts))
    ends = dict(zip(order, [*order[1:], run.length], strict=True))
    found: list[Cluster] = []
    first, count = 0, len(starts)
    for index in range(1, count + 1):
        if index == count or starts[index] != starts[first]:
            start = starts[first]
            found.append(Cluster(run.glyphs[first:index], text[start : ends[start]].decode()))
            first = index
    return found if run.from_right else _marks_from_left(found)


def _letter_by_letter(run: Run, text: str) -> list[Cluster]:
    """Latin letters and blanks, each of which has a glyph."""
    return [*map(_CLUSTER, zip(zip(run.glyphs), text, strict=True))]


def _marks_from_left(found: list[Cluster]) -> list[Cluster]:
    joined: list[Cluster] = []
    for cluster in found:
        if joined and _is_mark(cluster):
            last = joined.pop()
            joined.append(Cluster(last.glyphs + cluster.glyphs, last.text + cluster.text))
        else:
            joined.append(cluster)
    return joined


def _is_mark(cluster: Cluster) -> bool:
    return not any(glyph.width for glyph in cluster.glyphs)
