"""`build.py list`: what there is, and what is built."""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.content.shelf import leaflet_ids
from leafpress.pages.formats import BUILT as FORMATS_BUILT
from leafpress.pages.formats import FORMATS
from leafpress.pdf.metadata import PROFILES
from leafpress.press.edition import Edition, Order
from leafpress.press.fresh import is_fresh
from leafpress.press.manifest import Manifest
from leafpress.translation.catalogue import path_of
from leafpress.translation.extract import TEMPLATES
from leafpress.translation.language import BUILT, LANGUAGES, Language


def lines(order: Order) -> Iterator[str]:
    """The lines that `build.py list` prints."""
    yield "Languages"
    for tag, language in LANGUAGES.items():
        note = "for tests only" if tag not in BUILT else language.english
        yield f"  {tag:<6} {language.native} ({note})"
    yield "Formats"
    for id_, format_ in FORMATS.items():
        yield f"  {id_:<6} {format_.title}{'' if id_ in FORMATS_BUILT else ' (when asked for)'}"
    yield "Profiles"
    for id_, profile in PROFILES.items():
        yield f"  {id_:<8} {profile.title}"
    yield "Leaflets"
    manifest = Manifest.read(order.out)
    for id_ in leaflet_ids(order.root):
        yield from _leaflet(id_, order, manifest)


def _leaflet(id_: str, order: Order, manifest: Manifest) -> Iterator[str]:
    yield f"  {id_}"
    for tag in BUILT:
        for format_ in FORMATS_BUILT:
            yield f"    {tag:<6} {format_:<4} {_state(Edition(id_, tag, format_), order, manifest)}"


def _state(edition: Edition, order: Order, manifest: Manifest) -> str:
    entry = manifest.entries.get(edition.output)
    if not _translated(LANGUAGES[edition.language], edition.leaflet, order):
        return "not translated"
    if entry is None:
        return "not built"
    state = "fresh" if is_fresh(edition, order, manifest) else "stale"
    verdicts = ", ".join(f"{flavour} {verdict}" for flavour, verdict in entry.verdicts.items())
    return f"{state}: “{entry.title}”, version {entry.version}, {entry.extent}; {verdicts}"


def _translated(language: Language, leaflet: str, order: Order) -> bool:
    locales = order.root / "locales"
    domains = (leaflet, TEMPLATES)
    return not language.is_translated or all(
        path_of(locales, d, language).exists() for d in domains
    )
