"""Whether an edition is still what its sources say: asked before it is given to anybody.

A build asks more (`freshness`): it also looks at the program, libraries and fonts. Here only the
project's own files count, so that an update of the machine does not stop a night's letters.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from leafpress.press.edition import Memory
from leafpress.press.fingerprint import SOURCES, Glance
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
    root: Path
    clinic: Path

    @cached_property
    def _memories(self) -> dict[str, Memory]:
        return read_memories(self.folder)

    @cached_property
    def _glance(self) -> Glance:
        return Glance(self.root)

    @cached_property
    def absent(self) -> tuple[str, ...]:
        """The folders of sources that are not here: only the editions were copied."""
        return tuple(name for name in SOURCES if not (self.root / name).is_dir())

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
        """The folders with sources of an edition that are not here, and may have changed."""
        memory = self._memories.get(output)
        names = memory.inputs if memory else ()
        return tuple(folder for folder in self.absent if any(_below(folder, names)))

    @property
    def command(self) -> str:
        """The command that builds and proves every edition of the folder anew."""
        words = ["python", "build.py", "--prove"]
        if self.folder.resolve() != (self.root / "out").resolve():
            words += ["--out", str(self.folder)]
        if self.clinic.resolve() != (self.root / "clinic.yaml").resolve():
            words += ["--clinic", str(self.clinic)]
        return shlex.join(words)

    def _at_hand(self, memory: Memory) -> Memory:
        """The memory without what is not here."""
        if not self.absent:
            return memory
        gone = {name for folder in self.absent for name in _below(folder, memory.inputs)}
        inputs = {name: known for name, known in memory.inputs.items() if name not in gone}
        return replace(memory, inputs=inputs)


def _below(folder: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name.startswith(f"{folder}/"):
            yield name
