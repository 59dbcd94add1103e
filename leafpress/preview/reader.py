"""The project as it stands now: what has not changed since the last look is not read again."""

from __future__ import annotations

from pathlib import Path, PurePath

from leafpress.content.pictograms import PLACE
from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.content.shelf import NOT_LEAFLETS
from leafpress.press.edition import BuildOptions

Stamps = dict[str, tuple[int, int]]
"""Size and modification time in nanoseconds of each file, by its whole path."""


class ProjectReader:
    """Reads a project again and again. Catalogues, templates and fonts have caches of their own."""

    def __init__(self) -> None:
        self._project: Project | None = None
        self._stamps: Stamps = {}

    def read(self, options: BuildOptions) -> Project:
        """The project of these options, with what is known not to have changed."""
        stamps, before = _stamps(options), self._project
        changed = _changed(self._stamps, stamps)
        self._stamps = stamps
        if before is None or before.root != options.root:
            self._project = options.project()
        else:
            self._project = before.again(*_unchanged(before, changed))
        return self._project


def _stamps(options: BuildOptions) -> Stamps:
    """Of every file that leaflets and the clinic are read from."""
    beside = (path for path in options.clinic.parent.glob("*") if path.is_file())
    files = [*options.root.files("leaflets"), *beside]
    return {str(path): _stamp(path) for path in files}


def _stamp(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError:  # gone since it was listed
        return (-1, -1)
    return state.st_size, state.st_mtime_ns


def _changed(before: Stamps, now: Stamps) -> dict[str, bool]:
    """The files that are not what they were, and whether each was there before and is now."""
    names = before.keys() | now.keys()
    differing = [name for name in names if before.get(name) != now.get(name)]
    return {name: name in before and name in now for name in differing}


def _unchanged(project: Project, changed: dict[str, bool]) -> tuple[list[str], list[str]]:
    """The parts and the leaflets of a project that no change concerns."""
    leaflets = {name: _leaflet_id(project.root, name) for name in changed}
    others = [project.root.name(Path(name)) for name, id_ in leaflets.items() if not id_]
    parts = ["contacts", "clinic"]
    if not any(PurePath(name).is_relative_to(PLACE) for name in others):
        parts += ["pictograms", "words_of_pictograms"]
    if "leaflets/contacts.yaml" in others:
        parts.remove("contacts")
    in_place = all(changed[name] for name, id_ in leaflets.items() if id_)
    if not in_place or not all(_is_picture(name) for name in others):
        parts.remove("clinic")
    if others:  # a figure, a number to call, a pictogram: each leaflet may have it
        return parts, []
    return parts, [id_ for id_ in project.leaflet_ids() if id_ not in leaflets.values()]


def _is_picture(name: str) -> bool:
    """Whether a file lies where only leaflets have their pictures."""
    path = PurePath(name)
    return path.is_relative_to("leaflets") and len(path.parts) > 2


def _leaflet_id(root: Root, name: str) -> str:
    """Which leaflet a file is; empty if it is none."""
    path = Path(name)
    is_leaflet = path.parent in root.each("leaflets") and path.suffix == ".yaml"
    return path.stem if is_leaflet and path.stem not in NOT_LEAFLETS else ""
