"""What stands in the output folder besides what a build was asked for, and what may stay there.

Editions that were built on request at some time are refreshed with the others, what nothing makes
any more is withdrawn, and what nobody builds now is marked. No heavy import, as in `freshness`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from leafpress.content.root import Root
from leafpress.content.shelf import leaflet_ids
from leafpress.findings import Finding, Span
from leafpress.pages.formats import FORMATS
from leafpress.press.edition import BuildOptions, Edition, Entry, Withdrawal
from leafpress.press.expiry import withdrawal_of
from leafpress.press.fingerprint import Glance
from leafpress.press.freshness import unmet_needs, why_stale
from leafpress.press.manifest import Manifest
from leafpress.rules import finding
from leafpress.translation.language import LANGUAGES, is_offered


@dataclass(frozen=True, slots=True)
class Selected:
    """What a command line names of each kind; None where it leaves that open."""

    leaflets: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    formats: frozenset[str] | None = None

    def has(self, edition: Edition) -> bool:
        """Whether it means the edition, or leaves it open."""
        kinds = (
            (self.leaflets, edition.leaflet),
            (self.languages, edition.language),
            (self.formats, edition.format),
        )
        return all(names is None or name in names for names, name in kinds)


def standing(manifest: Manifest, selected: Selected, root: Root) -> list[Edition]:
    """The editions that stand here, whoever asked for them: a build refreshes them too.

    What was withdrawn is among them: it comes back once its leaflet is reviewed. What somebody has
    deleted is not.
    """
    ids = frozenset(leaflet_ids(root))
    editions = []
    rows: dict[str, Entry | Withdrawal] = {**manifest.entries, **manifest.withdrawn}
    for output, row in rows.items():
        edition = Edition(row.leaflet, row.language, row.format)
        wanted = selected.has(edition) and not _why_not_made(edition, ids, root)
        if wanted and (output in manifest.withdrawn or (manifest.folder / output).exists()):
            editions.append(edition)
    return sorted(editions)


def _why_not_made(edition: Edition, leaflets: frozenset[str], root: Root) -> str:
    """Why no row of our tables makes such an edition any more, as a clause; empty if one does."""
    if edition.leaflet not in leaflets:
        return "the leaflet was deleted"
    language = LANGUAGES.get(edition.language)
    if language is None or not is_offered(language, root):
        return "it is not made in this language any more"
    if edition.format not in FORMATS:
        return "it is not made in this format any more"
    if unmet_needs(edition, root):
        return "it has no words for this format any more"
    return ""


def prune(manifest: Manifest, root: Root, today: datetime.date) -> list[str]:
    """Withdraw the outputs that nothing makes any more. Returns their names."""
    gone = []
    ids = frozenset(leaflet_ids(root))
    for output, entry in list(manifest.entries.items()):
        edition = Edition(entry.leaflet, entry.language, entry.format)
        reason = _why_not_made(edition, ids, root)
        if reason:
            manifest.withdraw(output, withdrawal_of(entry, today, reason))
            gone.append(output)
    return gone


def mark(manifest: Manifest, options: BuildOptions) -> None:
    """Let the manifest say of each edition whether it is out of date, also where nobody built it.

    One whose file somebody has deleted is forgotten.
    """
    glance = Glance(options.root)
    for output, entry in list(manifest.entries.items()):
        if not (manifest.folder / output).exists():
            manifest.forget(output)
        elif entry.untried or not entry.stale:
            stale = why_stale(output, options, manifest, glance)
            manifest.entries[output] = replace(entry, stale=stale, untried=bool(stale))


def strangers(manifest: Manifest, root: Root) -> Iterator[Finding]:
    """Files that are called like editions, and that the manifest does not name (B013).

    They are what a build that was killed left behind, or a file of ours that somebody has changed.
    """
    ids = {*leaflet_ids(root), *(row.leaflet for row in manifest.withdrawn.values())}
    names = [f"{id_}-{format_}.{row.kind}" for id_ in ids for format_, row in FORMATS.items()]
    for folder in sorted(_folders(manifest)):
        for name in sorted({file.name for file in folder.iterdir()} & set(names)):
            output = f"{folder.name}/{name}"
            if output not in manifest.entries:
                yield finding("B013", Span(output))


def _folders(manifest: Manifest) -> Iterator[Path]:
    """The folders of languages that there are, or were."""
    tags = {*LANGUAGES, *(row.language for row in manifest.withdrawn.values())}
    for tag in tags:
        folder = manifest.folder / tag
        if folder.is_dir():
            yield folder
