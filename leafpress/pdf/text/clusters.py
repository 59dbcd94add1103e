"""Clusters: glyphs that stand together for one piece of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cluster:
    """Glyphs that stand for one piece of text: `glyphs` as they are drawn from left to right."""

    glyphs: tuple[Any, ...]
    text: str


def clusters(run: Any, utf8: bytes) -> list[Cluster]:
    """The clusters of a PangoGlyphItem, from left to right. `utf8` is the text of the line.

    From left to right a mark, which has no advance of its own, is one cluster with its base, or
    readers of text would tear the two apart. So are a joiner and the letter before it.
    """
    count, starts = run.glyphs.num_glyphs, run.glyphs.log_clusters
    order = sorted({starts[i] for i in range(count)})
    ends = dict(zip(order, [*order[1:], run.item.length], strict=True))
    found: list[Cluster] = []
    first = 0
    for index in range(1, count + 1):
        if index == count or starts[index] != starts[first]:
            at = run.item.offset + starts[first]
            text = utf8[at : run.item.offset + ends[starts[first]]].decode()
            found.append(Cluster(tuple(run.glyphs.glyphs[first:index]), text))
            first = index
    from_right = bool(run.item.analysis.level % 2)
    return found if from_right else _marks_from_left(found)


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
    return all(glyph.geometry.width == 0 for glyph in cluster.glyphs)
