"""Judging finished files, and entering the verdicts into the manifest."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from leafpress.findings import Finding, Verdict
from leafpress.pdf.metadata import PROFILES
from leafpress.press.manifest import Manifest
from leafpress.proof import conformance


def prove(outputs: list[str], manifest: Manifest) -> list[Finding]:
    """Judge the outputs that have no verdict yet. A verdict holds for a file's digest only."""
    files = {name: _file(name, manifest) for name in outputs if _open(name, manifest)}
    found: list[Finding] = []
    for name, result in conformance.prove(files):
        entry, memory = manifest.entries[name], manifest.memories[name]
        manifest.put(name, replace(entry, verdicts=result.verdicts), memory)
        found += result.findings
    return found


def _file(name: str, manifest: Manifest) -> tuple[Path, tuple[str, ...]]:
    return manifest.folder / name, PROFILES[manifest.entries[name].profile].flavours


def _open(name: str, manifest: Manifest) -> bool:
    """Whether the output is there as it was written, and is not known to pass."""
    entry, path = manifest.entries.get(name), manifest.folder / name
    if entry is None or not path.exists():
        return False
    same = hashlib.sha256(path.read_bytes()).hexdigest() == entry.digest
    return not (same and set(entry.verdicts.values()) == {str(Verdict.PASS)})
