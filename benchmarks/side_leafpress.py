"""A process that does one version's work: `python side_leafpress.py CHECKOUT FOLDER`.

It reads a task a line and writes what that took; see `benchmarks/sides.py`. It has to run in
version 0.1 as well as here: the names of both are asked for where they differ. What it writes goes
into FOLDER.
"""

from __future__ import annotations

import datetime
import json
import shutil
import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from answering import Task, answer, measured

CHECKOUT, FOLDER = Path(sys.argv[1]), Path(sys.argv[2])
DAY = datetime.date(2026, 11, 29)
PROFILE = "ua1+a2a"

_JOINS = 20
"""In a row: one takes some milliseconds, too few for the clock of the processor's time."""


def _module(*names: str) -> Any:
    """The first of these modules that there is."""
    return import_module(next(name for name in names if _is_there(name)))


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


@cache
def _options() -> Any:
    edition = import_module("leafpress.press.edition")
    places = {"root": CHECKOUT, "clinic": CHECKOUT / "clinic.yaml", "out": FOLDER / "out"}
    if _is_there("leafpress.content.root"):
        places["root"] = import_module("leafpress.content.root").Root(CHECKOUT)
        return edition.BuildOptions(**places, profile=PROFILE, today=DAY)
    return edition.Order(**places, profile=PROFILE, today=DAY)


def _edition(task: Task) -> Any:
    return import_module("leafpress.press.edition").Edition(task["leaflet"], task["language"], "a4")


def _built(edition: Any) -> Any:
    """By a worker, which looks for garbage at the end; in version 0.1 that happens on the way."""
    if not _is_there("leafpress.press.worker"):
        return import_module("leafpress.press.pipeline").build(edition, _options(), None)
    worker = import_module("leafpress.press.worker")
    return worker.build(worker.EditionJob(edition, _options(), None))


def _build(task: Task) -> dict[str, Any]:
    """An edition from its source to its file."""
    outcome, took = measured(lambda: _built(_edition(task)))
    if outcome.entry is None:
        return {"none": "; ".join(map(str, outcome.findings))}
    return {**took, "pages": outcome.entry.pages, "bytes": outcome.entry.size}


@cache
def _markup(leaflet: str, language: str) -> Any:
    pipeline = import_module("leafpress.press.pipeline")
    return pipeline.markup_of(_edition({"leaflet": leaflet, "language": language}), _options())


def _layout(task: Task) -> dict[str, Any]:
    """Pages and the PDF's bytes, from the markup that this version makes."""
    layout = import_module("leafpress.pdf.layout")
    profile = import_module("leafpress.pdf.metadata").PROFILES[PROFILE]
    markup, place = _markup(task["leaflet"], task["language"]), _edition(task).place
    data, took = measured(lambda: layout.write_pdf(layout.lay_out(markup, profile, place)))
    return {**took, "bytes": len(data)}


@cache
def _prepared(leaflet: str) -> Any:
    task = {"leaflet": leaflet, "language": "en-GB"}
    _build(task)
    file = FOLDER / "out" / _edition(task).output
    return _joining().prepare(file.read_bytes(), file.name)


def _joining() -> Any:
    return _module("leafpress.joining.join", "leafpress.enclosure.join")


def _join(task: Task) -> dict[str, Any]:
    """A letter and a leaflet that has been read already."""
    letter, leaflet = Path(task["letter"]).read_bytes(), _prepared(task["leaflet"])
    join = _joining().join
    every, took = measured(lambda: [join(letter, "letter.pdf", [leaflet]) for _ in range(_JOINS)])
    return {"ms": took["ms"] / _JOINS, "bytes": len(every[0].data)}


def _export(task: Task) -> dict[str, Any]:
    """The page and the words of an edition, for those who make one without leafpress."""
    from leafpress.pdf.engine import FONTS_CONF
    from leafpress.pdf.metadata import PROFILES
    from leafpress.plain.reading import read

    folder, markup = Path(task["to"]), _markup(task["leaflet"], task["language"])
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(markup.html, encoding="utf-8")
    for address, file in markup.resources.items():
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, folder / address)
    document = read(markup)
    blocks = [
        {
            "shape": str(block.shape),
            "level": block.level,
            "mark": block.mark,
            "group": block.group,
            "box": block.box,
            "lines": ["".join(piece.text for piece in line) for line in block.lines],
        }
        for block in document.blocks
    ]
    facts = {
        "title": markup.title,
        "language": document.language,
        "right_to_left": document.right_to_left,
        "blocks": blocks,
        "styles": [style.text for style in markup.styles],
        "variant": PROFILES[PROFILE].variant,
        "fonts": str(FONTS_CONF),
    }
    (folder / "edition.json").write_text(json.dumps(facts), encoding="utf-8")
    return {}


if __name__ == "__main__":
    answer({"build": _build, "layout": _layout, "join": _join, "export": _export})
