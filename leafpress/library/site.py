"""The library for staff: `out/index.html`, `choose.html` for patients, `library.csv`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from leafpress.findings import Finding
from leafpress.installed import as_called
from leafpress.library import previews, sheet
from leafpress.library.changed import copies_before, notes
from leafpress.library.facts import Library
from leafpress.library.last_line import ends_with, last_line
from leafpress.library.previews import Previews
from leafpress.library.shelf import ListedLeaflet, Shelves, in_order, shelves
from leafpress.system.files import write

if TYPE_CHECKING:
    from leafpress.press.edition import BuildOptions
    from leafpress.press.manifest import Manifest

FILE, CHOOSER, TABLE = "index.html", "choose.html", "library.csv"
_COUNTS = "given.html"
"""What `build.py given` writes, if somebody has asked for it."""
_HERE = Path(__file__).parent
_SOURCES = ("site.html", "choose.html", "library.css", "library.js")


def update(manifest: Manifest, options: BuildOptions) -> tuple[Finding, ...]:
    """Write the pages, unless they already show what the manifest says; what was wrong.

    Raises:
        Problem: one cannot be written (B004, exit code 5).
    """
    pictures = previews.update(manifest)
    shelf = shelves(manifest, options.today)
    shown = f"{options.today}{shelf}{pictures.files}{copies_before(manifest)}"
    mark = _mark(manifest, options, shown)
    pages = [manifest.folder / name for name in (FILE, CHOOSER)]
    stand = (manifest.folder / TABLE).exists() and all(ends_with(page, mark) for page in pages)
    if not stand:
        _write(_library(manifest, options, shelf, pictures), manifest.folder, mark)
    return pictures.findings


def _mark(manifest: Manifest, options: BuildOptions, shown: str) -> str:
    """The last line of the pages: a digest of everything that they are made of."""
    templates = [(_HERE / name).read_text(encoding="utf-8") for name in _SOURCES]
    clinic = options.clinic.read_text(encoding="utf-8") if options.clinic.exists() else ""
    sources = {
        f"{name} {digest}"
        for memory in manifest.memories.values()
        for name, (_size, _time, digest) in memory.inputs.items()
        if name.startswith(("leaflets/", "locales/", "sign-offs/"))
    }
    more = (_is_proven(manifest), _is_counted(manifest))
    made_of = f"{templates}{clinic}{more}{sorted(sources)}{shown}"
    return last_line(made_of)


def _is_proven(manifest: Manifest) -> bool:
    return (manifest.folder / "proof" / FILE).exists()


def _is_counted(manifest: Manifest) -> bool:
    return (manifest.folder / _COUNTS).exists()


def _library(
    manifest: Manifest, options: BuildOptions, shelf: Shelves, pictures: Previews
) -> Library:
    from leafpress.content.project import Project  # heavy, and not needed when nothing has changed
    from leafpress.library.other_words import other_words

    project = Project.at(options.root, options.clinic)
    clinic = project.clinic.model
    first = (clinic.languages if clinic else None) or ()
    listed = (*shelf.to_hand_out, *shelf.not_yet)
    ready, others = in_order(shelf.to_hand_out, first), in_order(shelf.not_yet, first)
    ordered = replace(shelf, to_hand_out=ready, not_yet=others)
    ids = tuple(dict.fromkeys(leaflet.id for leaflet in listed))
    shown = {id_: _languages_of(id_, listed) for id_ in ids}
    return Library(
        ordered,
        options.root,
        options.today,
        clinic,
        dict(other_words(project, shown)),
        pictures.files,
        _is_proven(manifest),
        _is_counted(manifest),
        dict(notes(project, options.today, ids)) if clinic else {},
        copies_before(manifest),
    )


def _languages_of(leaflet: str, listed: Iterable[ListedLeaflet]) -> tuple[str, ...]:
    """The languages in which a leaflet stands on one shelf or another, each once."""
    groups = (group for own in listed if own.id == leaflet for group in own.groups)
    return tuple(dict.fromkeys(group.language.tag for group in groups))


def _write(library: Library, folder: Path, mark: str) -> None:
    from leafpress.library.page import pages

    path = folder / FILE
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    write(folder / TABLE, sheet.table(library))
    for name, text in zip((CHOOSER, FILE), pages(library, before), strict=True):
        write(folder / name, (as_called(text) + mark).encode())
