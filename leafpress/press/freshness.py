"""What there can be, and what need not be built again.

No heavy import: a build with nothing to do answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from leafpress.content.shelf import has_easy_read
from leafpress.pages.formats import FORMATS, Requirement
from leafpress.press import fingerprint
from leafpress.press.edition import BuildOptions, Edition, Memory
from leafpress.press.manifest import Manifest
from leafpress.translation.language import LANGUAGES, SOURCE

_MET: Mapping[Requirement, Callable[[Edition, Path], bool]] = {
    Requirement.TRANSLATION: lambda edition, _root: edition.language != SOURCE,
    Requirement.EASY_READ: lambda edition, root: has_easy_read(root, edition.leaflet),
    Requirement.BRAILLE_1: lambda edition, _root: bool(LANGUAGES[edition.language].braille[0]),
    Requirement.BRAILLE_2: lambda edition, _root: bool(LANGUAGES[edition.language].braille[1]),
}


def unmet_needs(edition: Edition, root: Path) -> tuple[Requirement, ...]:
    """What the edition's format needs and its leaflet or language does not have."""
    return tuple(need for need in FORMATS[edition.format].needs if not _MET[need](edition, root))


def is_fresh(edition: Edition, options: BuildOptions, manifest: Manifest) -> bool:
    """Whether nothing that the edition was made from has changed since."""
    entry, memory = manifest.entries.get(edition.output), manifest.memories.get(edition.output)
    if entry is None or memory is None or entry.stale or entry.profile != edition.profile(options):
        return False
    if entry.review < options.today.isoformat() or str(options.clinic) not in memory.inputs:
        return False
    path = options.out / edition.output
    return fingerprint.output_intact(memory, path) and not any(fingerprint.changed_inputs(memory))


def known_memory(edition: Edition, options: BuildOptions, manifest: Manifest) -> Memory | None:
    """What is remembered of an edition whose output is the file that was written."""
    memory = manifest.memories.get(edition.output)
    path = options.out / edition.output
    return memory if memory and fingerprint.output_intact(memory, path) else None


def prune(manifest: Manifest, leaflets: list[str]) -> list[str]:
    """Drop the outputs of leaflets that no longer exist. Returns what was dropped."""
    gone = [name for name, entry in manifest.entries.items() if entry.leaflet not in leaflets]
    for name in gone:
        manifest.drop(name)
    return gone
