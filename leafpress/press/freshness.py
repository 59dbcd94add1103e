"""What there can be, and what need not be built again.

No heavy import: a build with nothing to do answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from leafpress.content.root import Root
from leafpress.content.shelf import has_easy_read
from leafpress.pages.formats import BUILT, FORMATS, Format, Requirement
from leafpress.press import fingerprint
from leafpress.press.edition import BuildOptions, Edition, Entry, Memory
from leafpress.press.fingerprint import Glance
from leafpress.press.manifest import Manifest
from leafpress.translation.language import LANGUAGES, SOURCE

if TYPE_CHECKING:
    from leafpress.content.clinic import Clinic  # heavy, and a build with nothing to do needs none

_MET: Mapping[Requirement, Callable[[Edition, Root], bool]] = {
    Requirement.TRANSLATION: lambda edition, _root: edition.language != SOURCE,
    Requirement.EASY_READ: lambda edition, root: has_easy_read(root, edition.leaflet),
    Requirement.BRAILLE_1: lambda edition, _root: bool(LANGUAGES[edition.language].braille[0]),
    Requirement.BRAILLE_2: lambda edition, _root: bool(LANGUAGES[edition.language].braille[1]),
}


def unmet_needs(edition: Edition, root: Root) -> tuple[Requirement, ...]:
    """What the edition's format needs and its leaflet or language does not have."""
    return tuple(need for need in FORMATS[edition.format].needs if not _MET[need](edition, root))


def linked_formats(edition: Edition, root: Root, clinic: Clinic) -> tuple[Format, ...]:
    """The other formats that a build makes of the edition's leaflet in its language.

    What a clinic builds once on request is not among them: its next build may not have it.
    """
    names = dict.fromkeys(clinic.formats or BUILT)
    others = [replace(edition, format=name) for name in names if name in FORMATS]
    offered = [each for each in others if each != edition and not unmet_needs(each, root)]
    return tuple(FORMATS[each.format] for each in offered)


def is_fresh(
    edition: Edition, options: BuildOptions, manifest: Manifest, glance: Glance | None = None
) -> bool:
    """Whether nothing that the edition was made from has changed since.

    Args:
        glance: at the project's files; where several editions are asked about, one for all.
    """
    entry = manifest.entries.get(edition.output)
    if entry is None or any(other_profile(entry, edition, options)):
        return False
    return not why_stale(edition.output, options, manifest, glance or Glance(options.root))


def why_stale(
    output: str, options: BuildOptions, manifest: Manifest, glance: Glance
) -> tuple[str, ...]:
    """Why an output that the manifest names is not what a build would make now; empty if it is.

    Each is a clause, such as "it was built before clinic.yaml changed".
    """
    entry, memory = manifest.entries[output], manifest.memories.get(output)
    if entry.stale and not entry.untried:
        return entry.stale
    if entry.review < options.today.isoformat():
        return (f"its review was due on {entry.review}",)
    if entry.is_past_trial(options.today):
        return (f"its trial ended on {entry.trial[-1]}",)
    if memory is None or not _is_intact(output, entry, memory, manifest.folder):
        return ("its file is not the one that was built",)
    return (
        *other_clinic(memory, options.clinic, options.root),
        *built_before(glance.changed(memory)),
    )


def other_profile(entry: Entry, edition: Edition, options: BuildOptions) -> Iterator[str]:
    """Says so, if an edition was built to claim something else than is asked for now."""
    profile = edition.profile(options)
    if entry.profile != profile:
        yield f"it claims {entry.profile}, and not {profile}"


def other_clinic(memory: Memory, clinic: Path, root: Root) -> Iterator[str]:
    """Says so, if an edition was built for another clinic's file."""
    name = fingerprint.name_of(clinic, root)
    if not memory.clinic:
        yield "it was built by an older version of leafpress"
    elif memory.clinic != name:
        yield f"it was built for {memory.clinic}, and not for {name}"


_NAMED = 3
"""Changed files that one sentence names."""


def built_before(changed: Iterable[str]) -> Iterator[str]:
    """Says so, if files have changed: their names, the first few."""
    names = list(changed)
    listed = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        listed += f" and {len(names) - _NAMED} more files"
    if names:
        yield f"it was built before {listed} changed"


def first_lines(sentences: Iterable[str]) -> str:
    """Sentences in one line: findings without their remedy."""
    return " ".join(sentence.partition("\n")[0] for sentence in sentences)


def _is_intact(output: str, entry: Entry, memory: Memory, folder: Path) -> bool:
    if memory.digest not in ("", entry.digest):
        return False
    return fingerprint.output_intact(memory, folder / output, entry.digest)


def known_memory(edition: Edition, options: BuildOptions, manifest: Manifest) -> Memory | None:
    """What is remembered of an edition whose output is the file that was written."""
    entry, memory = manifest.entries.get(edition.output), manifest.memories.get(edition.output)
    if entry is None or memory is None:
        return None
    return memory if _is_intact(edition.output, entry, memory, options.out) else None
