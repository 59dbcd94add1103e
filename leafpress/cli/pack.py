"""`build.py pack`: all leaflets in a language as one PDF, with a contents page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from leafpress.cli.command import command
from leafpress.cli.join import JoinRequest, join_files
from leafpress.cli.options import REPORTING
from leafpress.cli.selection import chosen_languages, chosen_leaflets
from leafpress.cli.session import Session
from leafpress.content.project import Project
from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.library.pack_contents import PackFacts, PackRow, contents
from leafpress.mailing.selection.editions import AvailableEditions, ChosenEdition
from leafpress.pages.formats import FORMATS, Kind
from leafpress.press.edition import Entry
from leafpress.press.hand_out import SourceCheck
from leafpress.report import counted
from leafpress.rules import finding
from leafpress.translation.language import LANGUAGES

_STANDARD = "a4"
_FOLDER = "packs"


@command("leaflets", "languages", "formats", "profile", "clinic", "out", "today", *REPORTING)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where to write  [default: packs]",
)
def pack(session: Session, folder: Path | None) -> int:
    """Put the leaflets of a language into one PDF, with a contents page: for a ward's folder.

    Only what may be handed out goes in; the file is called as packs/ur-a4.pdf.
    """
    format_ = _format(session)
    target = (folder or session.root.home / _FOLDER).absolute()
    lines = [_pack(session, tag, format_, target) for tag in chosen_languages(session)]
    return session.finish([], "\n".join(lines), session.code())


def _format(session: Session) -> str:
    """The one format of the pack.

    Raises:
        Problem: several, or one that there is not or that has no pages in order (S048).
    """
    formats = session.options.formats or (_STANDARD,)
    known = [name for name, row in FORMATS.items() if row.kind is Kind.PDF and not row.folded]
    if len(formats) > 1 or formats[0] not in known:
        problem = finding("S048", Span(", ".join(formats)), known=", ".join(known))
        raise Problem(problem, code=ExitCode.USAGE)
    return formats[0]


def _pack(session: Session, tag: str, format_: str, folder: Path) -> str:
    """Write one pack; a line about it.

    Raises:
        Problem: a leaflet that was named may not be handed out (S049), or none of all (S047).
    """
    options = session.build_options
    sources = SourceCheck(options.out, options.root, options.clinic)
    available = AvailableEditions.read(options.out, session.giving_day, sources)
    chosen = list(_chosen(session, available, tag, format_))
    session.findings += available.findings()
    if not chosen:
        named = {"language": LANGUAGES[tag].english, "format": format_}
        nothing = finding("S047", Span(f"{tag}-{format_}.pdf"), **named)
        raise Problem(*session.findings, nothing)
    entries = [available.entries[each.leaflet, tag, format_][1] for each in chosen]
    facts = _facts(options.project(), entries, str(session.giving_day))
    page = contents(facts, options.root, entries[0].profile)
    target = folder / f"{tag}-{format_}.pdf"
    session.findings += _join(page, chosen, target, strict=session.options.strict)
    pages = counted(sum(entry.pages for entry in entries), "page")
    their = "its" if len(chosen) == 1 else "their"
    leaflets = counted(len(chosen), "leaflet")
    return f"{session.root.shown(target)}: {leaflets}, {pages}, and {their} contents"


def _chosen(
    session: Session, available: AvailableEditions, tag: str, format_: str
) -> Iterator[ChosenEdition]:
    """The editions that may be handed out; what is left out is named (S046).

    Raises:
        Problem: one that the command line names may not be (S049).
    """
    for leaflet in chosen_leaflets(session):
        edition = available.find(leaflet, tag, format_, Span(f"{tag}/{leaflet}-{format_}.pdf"))
        if isinstance(edition, ChosenEdition):
            yield edition
        elif session.options.leaflets:
            raise Problem(_refused("S049", edition))
        else:
            session.findings.append(_refused("S046", edition))


def _refused(rule: str, fault: Finding) -> Finding:
    return finding(rule, fault.span, problem=fault.sentence)


def _facts(project: Project, entries: list[Entry], today: str) -> PackFacts:
    """What the contents page says.

    Raises:
        Problem: clinic.yaml has errors.
    """
    clinic = project.clinic.model
    if clinic is None:
        raise Problem(*project.clinic.findings)
    rows = tuple(_row(project, entry) for entry in entries)
    last_days = [entry.review for entry in entries]
    last_days += [entry.trial[-1] for entry in entries if entry.trial]
    language, title = LANGUAGES[entries[0].language], FORMATS[entries[0].format].title
    return PackFacts(clinic.name, language, title, today, min(last_days), rows)


def _row(project: Project, entry: Entry) -> PackRow:
    leaflet = project.leaflet(entry.leaflet).model
    english = str(leaflet.title) if leaflet else entry.leaflet
    return PackRow(entry.title, english, entry.version, entry.pages, entry.review, entry.given_as)


def _join(
    page: bytes, chosen: list[ChosenEdition], target: Path, *, strict: bool
) -> tuple[Finding, ...]:
    """Put the editions behind their contents page; warnings.

    Raises:
        Problem: as `join_files`.
    """
    with tempfile.TemporaryDirectory() as scratch:
        first = Path(scratch) / "contents.pdf"
        first.write_bytes(page)
        paths = tuple(str(each.path) for each in chosen)
        _, found = join_files(JoinRequest(str(first), paths, target, target.parent, strict))
    return found
