"""Whether an edition is still what its sources say: asked before it is given to anybody.

A build asks more (`freshness`): it also looks at the program, libraries and fonts. Here only the
project's own files count, so that an update of the machine does not stop a night's letters.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath

from leafpress.content.root import CLINIC, SOURCES, Root
from leafpress.press.edition import Memory
from leafpress.press.fingerprint import ABSENT, Glance, is_source
from leafpress.press.freshness import built_before, other_clinic
from leafpress.press.manifest import MEMORY, read_memories


@dataclass(frozen=True)
class SourceCheck:
    """The sources at hand, against those that the editions of a folder were built from.

    Args:
        folder: of the editions, with its manifest.
        root: of the project at hand.
        clinic: the clinic's file at hand.
    """

    folder: Path
    root: Root
    clinic: Path

    @cached_property
    def _memories(self) -> dict[str, Memory]:
        return read_memories(self.folder)

    @cached_property
    def _glance(self) -> Glance:
        return Glance(self.root)

    @cached_property
    def absent(self) -> tuple[str, ...]:
        """The folders of sources that are not here; none where the leaflets are."""
        missing = tuple(name for name in SOURCES if not self.root.holds(name))
        return missing if "leaflets" in missing else ()

    def faults(self, output: str, digest: str) -> Iterator[str]:
        """Why an edition is out of date, each as a clause; what is not here is not compared.

        Args:
            digest: of the edition, by its manifest.
        """
        memory = self._memories.get(output)
        if memory is None or memory.digest not in ("", digest):
            yield f"what it was built from is not known: {MEMORY} beside its manifest does not say"
            return
        yield from other_clinic(memory, self.clinic, self.root)
        yield from built_before(self._glance.changed_sources(self._at_hand(memory)))

    def unknown(self, output: str) -> tuple[str, ...]:
        """The folders and files that an edition was built from, and that are not here."""
        memory = self._memories.get(output)
        names = self._not_here(memory) if memory and self.absent else ()
        return tuple(sorted({_folder_of(name) for name in names}))

    @property
    def how(self) -> str:
        """How every edition of the folder is built and proven anew."""
        if self.absent:
            return "do so where the leaflets are, and copy the folder again"
        words = [self.root.command, "--prove"]
        if self.folder.resolve() != self.root.out.resolve():
            words += ["--out", shlex.quote(str(self.folder))]
        if self.clinic.resolve() != self.root.file(CLINIC).resolve():
            words += ["--clinic", shlex.quote(str(self.clinic))]
        return f"`{' '.join(words)}` does so for all that stands there"

    def _at_hand(self, memory: Memory) -> Memory:
        """The memory without what is not here."""
        if not self.absent:
            return memory
        gone = set(self._not_here(memory))
        inputs = {name: known for name, known in memory.inputs.items() if name not in gone}
        return replace(memory, inputs=inputs)

    def _not_here(self, memory: Memory) -> Iterator[str]:
        """The sources that were not copied along: whole folders, or a file beside the clinic's."""
        for name, known in memory.inputs.items():
            in_folder = PurePath(name).parts[0] in self.absent
            was_there = is_source(name, memory.clinic) and known != ABSENT
            if in_folder or (was_there and not self._glance.is_there(name)):
                yield name


def _folder_of(name: str) -> str:
    """A source's folder, as `leaflets/`; a file outside the folders of sources as it is."""
    first = PurePath(name).parts[0]
    return f"{first}/" if first in SOURCES else name
