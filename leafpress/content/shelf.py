"""Which leaflets there are, and what the clinic has built. Light: asked before anything is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from leafpress.content.root import Root

NOT_LEAFLETS = frozenset({"contacts"})
"""Files in `leaflets/` that hold no leaflet."""


_DEEPEST = 24
"""As `yaml_tree.MAX_DEPTH`, which is not imported here."""


def leaflet_ids(root: Root) -> list[str]:
    """The ids of the leaflets of the project in `root`."""
    stems = (path.stem for path in root.files("leaflets", "*.yaml"))
    return sorted(stem for stem in stems if stem not in NOT_LEAFLETS)


def has_easy_read(root: Root, leaflet: str) -> bool:
    """Whether the leaflet has words in easy read, by the first letters of its lines."""
    text = root.file(f"leaflets/{leaflet}.yaml").read_bytes()
    return re.search(rb"^easy_read:", text, re.MULTILINE) is not None


def clinic_formats(file: Path) -> tuple[tuple[str, int], ...]:
    """The formats that `clinic.yaml` has built, each with its line; none if it does not say."""
    return _names(file, "formats")


def clinic_languages(file: Path) -> tuple[str, ...]:
    """The tags of the languages that `clinic.yaml` names; none if it does not say."""
    return tuple(tag for tag, _ in _names(file, "languages"))


def _names(file: Path, key: str) -> tuple[tuple[str, int], ...]:
    """The words of a list in `clinic.yaml`, each with its line.

    A file that cannot be read says nothing here: it is reported where it is read in earnest.
    """
    try:
        data = file.read_bytes()
        if _is_deep(data):
            return ()
        return tuple(_listed(yaml.compose(data, Loader=yaml.CSafeLoader), key))
    except (OSError, yaml.YAMLError, UnicodeError):
        return ()


def _is_deep(data: bytes) -> bool:
    """Whether lists stand in lists so deep that libyaml's composer would run out of stack."""
    depth = 0
    for event in yaml.parse(data, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return True
    return False


def _listed(root: yaml.Node | None, wanted: str) -> Iterator[tuple[str, int]]:
    if not isinstance(root, yaml.MappingNode):
        return
    for key, value in root.value:
        if key.value == wanted and isinstance(value, yaml.SequenceNode):
            names = [entry for entry in value.value if isinstance(entry, yaml.ScalarNode)]
            yield from ((name.value, name.start_mark.line + 1) for name in names)
