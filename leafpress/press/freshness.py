"""What need not be built again. No heavy import: a build with nothing to do answers at once."""

from __future__ import annotations

from leafpress.press import fingerprint
from leafpress.press.edition import Edition, Memory, Order
from leafpress.press.manifest import Manifest


def is_fresh(edition: Edition, order: Order, manifest: Manifest) -> bool:
    """Whether nothing that the edition was made from has changed since."""
    entry, memory = manifest.entries.get(edition.output), manifest.memories.get(edition.output)
    if entry is None or memory is None or entry.stale or entry.profile != edition.profile(order):
        return False
    if entry.review < order.today.isoformat() or str(order.clinic) not in memory.inputs:
        return False
    path = order.out / edition.output
    return fingerprint.output_intact(memory, path) and not any(fingerprint.changed_inputs(memory))


def known_memory(edition: Edition, order: Order, manifest: Manifest) -> Memory | None:
    """What is remembered of an edition whose output is the file that was written."""
    memory = manifest.memories.get(edition.output)
    path = order.out / edition.output
    return memory if memory and fingerprint.output_intact(memory, path) else None


def prune(manifest: Manifest, leaflets: list[str]) -> list[str]:
    """Drop the outputs of leaflets that no longer exist. Returns what was dropped."""
    gone = [name for name, entry in manifest.entries.items() if entry.leaflet not in leaflets]
    for name in gone:
        manifest.drop(name)
    return gone
