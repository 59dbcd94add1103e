"""Which leaflets there are, by their files. Light: asked before anything is read."""

from __future__ import annotations

from pathlib import Path

NOT_LEAFLETS = frozenset({"contacts"})
"""Files in `leaflets/` that hold no leaflet."""


def leaflet_ids(root: Path) -> list[str]:
    """The ids of the leaflets of the project in `root`."""
    stems = (path.stem for path in (root / "leaflets").glob("*.yaml"))
    return sorted(stem for stem in stems if stem not in NOT_LEAFLETS)
