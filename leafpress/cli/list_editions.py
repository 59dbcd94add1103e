"""`build.py list`: what there is, and what is built."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator

from leafpress import report
from leafpress.cli.command import command
from leafpress.cli.selection import chosen_languages, chosen_leaflets
from leafpress.cli.session import Session
from leafpress.content import originals
from leafpress.content.root import Root
from leafpress.content.shelf import clinic_formats, clinic_languages, leaflet_ids
from leafpress.findings import ExitCode
from leafpress.pages.formats import BUILT as USUAL
from leafpress.pages.formats import FORMATS
from leafpress.pdf.metadata import PROFILES
from leafpress.press.edition import BuildOptions, Edition, Entry
from leafpress.press.fingerprint import Glance
from leafpress.press.freshness import first_lines, other_profile, unmet_needs, why_stale
from leafpress.press.manifest import Manifest
from leafpress.translation.catalogue import path_of
from leafpress.translation.extract import TEMPLATES
from leafpress.translation.language import LANGUAGES, Language, built, is_offered


@command("leaflets", "languages", "clinic", "out", "profile", "today", "verbose")
def list_editions(session: Session) -> int:
    """List leaflets, languages, formats and profiles, and what is built."""
    asked = session.options.leaflets or session.options.languages
    listed = _editions(session) if asked else lines(session.build_options)
    for line in listed:
        print(line)
    report.show_findings(list(originals.findings(session.root)), sys.stderr)
    return ExitCode.OK


def _editions(session: Session) -> Iterator[str]:
    """The lines of the editions that were asked for, and nothing else."""
    options = session.build_options
    manifest = Manifest.read(options.out)
    usual = _usual(options)
    languages = chosen_languages(session)
    glance = Glance(options.root)
    for id_ in chosen_leaflets(session):
        listed = _listed(id_, languages, manifest, usual, languages)
        yield from _leaflet(listed, options, manifest, glance)


def _usual(options: BuildOptions) -> list[str]:
    """The formats that are built when nobody asks for one."""
    return [name for name, _ in clinic_formats(options.clinic)] or list(USUAL)


def lines(options: BuildOptions) -> Iterator[str]:
    """The lines that `build.py list` prints."""
    yield "Languages"
    chosen = built(clinic_languages(options.clinic))
    for tag, language in LANGUAGES.items():
        yield f"  {tag:<7} {language.native} ({_note(language, chosen, options.root)})"
    yield "Formats"
    usual = _usual(options)
    for id_, format_ in FORMATS.items():
        yield f"  {id_:<18} {format_.title}{'' if id_ in usual else ' (when asked for)'}"
    yield "Profiles"
    for id_, profile in PROFILES.items():
        yield f"  {id_:<8} {profile.title}"
    yield "Leaflets"
    manifest = Manifest.read(options.out)
    glance = Glance(options.root)
    for id_ in leaflet_ids(options.root):
        listed = _listed(id_, LANGUAGES, manifest, usual, chosen)
        yield from _leaflet(listed, options, manifest, glance)
    yield from own_lines(options.root)


def _note(language: Language, chosen: Collection[str], root: Root) -> str:
    """What is said of a language behind its own name."""
    if language.pseudo:
        return "for tests only"
    if language.tag in chosen:
        return language.english
    waits = "when asked for" if is_offered(language, root) else "without translations"
    return f"{language.english}; {waits}"


def _leaflet(
    editions: Iterator[Edition], options: BuildOptions, manifest: Manifest, glance: Glance
) -> Iterator[str]:
    """A line an edition, under the name of their leaflet."""
    leaflet = ""
    for edition in editions:
        if edition.leaflet != leaflet:
            leaflet = edition.leaflet
            yield f"  {leaflet}{_from(leaflet, options.root)}"
        state = _state(edition, options, manifest, glance)
        yield f"    {edition.language:<6} {edition.format:<18} {state}"


def _from(leaflet: str, root: Root) -> str:
    """Where a leaflet's file lies, if it is the clinic's own."""
    file = root.file(f"leaflets/{leaflet}.yaml")
    is_own = root.own is not None and file.is_relative_to(root.own)
    return f" ({root.shown(file)})" if is_own else ""


def own_lines(root: Root) -> Iterator[str]:
    """What lies in the clinic's folder, and what it stands in for; nothing without one."""
    if root.own is None:
        return
    yield f"From {root.label}; all other files are those that are shipped"
    for own in originals.own_files(root):
        yield f"  {own.name}: {own.state}"


def _listed(
    id_: str,
    languages: Iterable[str],
    manifest: Manifest,
    usual: list[str],
    chosen: Collection[str],
) -> Iterator[Edition]:
    """What the clinic has built, or is asked about, and what stands or stood there besides."""
    for tag in languages:
        is_chosen = tag in chosen and not LANGUAGES[tag].pseudo
        for format_ in FORMATS:
            edition = Edition(id_, tag, format_)
            is_usual = is_chosen and format_ in usual
            if is_usual or edition.output in {*manifest.entries, *manifest.withdrawn}:
                yield edition


def _state(edition: Edition, options: BuildOptions, manifest: Manifest, glance: Glance) -> str:
    entry = manifest.entries.get(edition.output)
    withdrawal = manifest.withdrawn.get(edition.output)
    if withdrawal:
        return f"withdrawn since {withdrawal.since}: {withdrawal.reason}"
    if entry:
        why = why_stale(edition.output, options, manifest, glance)
        return _standing(entry, (*why, *other_profile(entry, edition, options)))
    if needs := unmet_needs(edition, options.root):
        return f"not offered: it needs {', '.join(needs)}"
    if not _translated(LANGUAGES[edition.language], edition.leaflet, options):
        return "not translated"
    return "not built"


def _standing(entry: Entry, why: tuple[str, ...]) -> str:
    """What is said of an edition that stands there."""
    state = f"stale ({first_lines(why)})" if why else "fresh"
    verdicts = ", ".join(f"{flavour} {verdict}" for flavour, verdict in entry.verdicts.items())
    what = f"{state}: “{entry.title}”, version {entry.version}, {entry.extent}"
    return f"{what}; {verdicts}" if verdicts else what


def _translated(language: Language, leaflet: str, options: BuildOptions) -> bool:
    domains = (leaflet, TEMPLATES)
    return not language.is_translated or all(
        path_of(options.root, d, language).exists() for d in domains
    )
