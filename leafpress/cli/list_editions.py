"""`build.py list`: what there is, and what is built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leafpress.cli.command import command
from leafpress.cli.selection import chosen_languages, chosen_leaflets
from leafpress.cli.session import Session
from leafpress.content.shelf import clinic_formats, leaflet_ids
from leafpress.findings import ExitCode
from leafpress.pages.formats import BUILT as USUAL
from leafpress.pages.formats import FORMATS
from leafpress.pdf.metadata import PROFILES
from leafpress.press.edition import BuildOptions, Edition
from leafpress.press.freshness import is_fresh, unmet_needs
from leafpress.press.manifest import Manifest
from leafpress.translation.catalogue import path_of
from leafpress.translation.extract import TEMPLATES
from leafpress.translation.language import BUILT, LANGUAGES, Language


@command("leaflets", "languages", "clinic", "out", "profile", "today", "verbose")
def list_editions(session: Session) -> int:
    """List leaflets, languages, formats and profiles, and what is built."""
    asked = session.options.leaflets or session.options.languages
    listed = _editions(session) if asked else lines(session.build_options)
    for line in listed:
        print(line)
    return ExitCode.OK


def _editions(session: Session) -> Iterator[str]:
    """The lines of the editions that were asked for, and nothing else."""
    options = session.build_options
    manifest = Manifest.read(options.out)
    usual = _usual(options)
    languages = chosen_languages(session)
    for id_ in chosen_leaflets(session):
        yield from _leaflet(id_, languages, options, manifest, usual)


def _usual(options: BuildOptions) -> list[str]:
    """The formats that are built when nobody asks for one."""
    return [name for name, _ in clinic_formats(options.clinic)] or list(USUAL)


def lines(options: BuildOptions) -> Iterator[str]:
    """The lines that `build.py list` prints."""
    yield "Languages"
    for tag, language in LANGUAGES.items():
        note = "for tests only" if tag not in BUILT else language.english
        yield f"  {tag:<6} {language.native} ({note})"
    yield "Formats"
    usual = _usual(options)
    for id_, format_ in FORMATS.items():
        yield f"  {id_:<18} {format_.title}{'' if id_ in usual else ' (when asked for)'}"
    yield "Profiles"
    for id_, profile in PROFILES.items():
        yield f"  {id_:<8} {profile.title}"
    yield "Leaflets"
    manifest = Manifest.read(options.out)
    for id_ in leaflet_ids(options.root):
        yield from _leaflet(id_, BUILT, options, manifest, usual)


def _leaflet(
    id_: str,
    languages: Iterable[str],
    options: BuildOptions,
    manifest: Manifest,
    usual: list[str],
) -> Iterator[str]:
    yield f"  {id_}"
    for tag in languages:
        for format_ in FORMATS:
            edition = Edition(id_, tag, format_)
            if format_ in usual or edition.output in manifest.entries:
                yield f"    {tag:<6} {format_:<18} {_state(edition, options, manifest)}"


def _state(edition: Edition, options: BuildOptions, manifest: Manifest) -> str:
    entry = manifest.entries.get(edition.output)
    if needs := unmet_needs(edition, options.root):
        return f"not offered: it needs {', '.join(needs)}"
    if not _translated(LANGUAGES[edition.language], edition.leaflet, options):
        return "not translated"
    if entry is None:
        return "not built"
    state = "fresh" if is_fresh(edition, options, manifest) else "stale"
    verdicts = ", ".join(f"{flavour} {verdict}" for flavour, verdict in entry.verdicts.items())
    what = f"{state}: “{entry.title}”, version {entry.version}, {entry.extent}"
    return f"{what}; {verdicts}" if verdicts else what


def _translated(language: Language, leaflet: str, options: BuildOptions) -> bool:
    locales = options.root / "locales"
    domains = (leaflet, TEMPLATES)
    return not language.is_translated or all(
        path_of(locales, d, language).exists() for d in domains
    )
