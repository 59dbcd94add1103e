"""`build.py status`: where every leaflet stands between draft and approved."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from leafpress import report
from leafpress.approval import overview
from leafpress.approval.approvals import approvals_of
from leafpress.approval.overview import GivenCodes, LeafletRow, Overview, PartRow
from leafpress.approval.proofreading import code_of
from leafpress.cli.command import command
from leafpress.cli.list_editions import own_lines
from leafpress.cli.session import Session
from leafpress.content import originals
from leafpress.content.clinic import Clinic
from leafpress.content.root import Root
from leafpress.findings import ExitCode
from leafpress.pages.formats import FORMATS
from leafpress.plain.liblouis import version
from leafpress.translation.language import LANGUAGES, built


@command("clinic", "today", "as_json", "verbose")
def status(session: Session) -> int:
    """Say where each leaflet stands, and what it needs before it may be given out.

    The exit code is 1 while something that the clinic gives out is not ready.
    """
    options = session.build_options
    approvals = approvals_of(options.project(), options.today)
    found = overview.of(approvals, _braille(approvals.clinic))
    code = ExitCode.FINDINGS if found.findings or found.given_out else ExitCode.OK
    if session.quiet:
        print(json.dumps(_data(found, session.root), indent=1, default=str, ensure_ascii=False))
        return code
    report.show_findings([*found.findings, *originals.findings(session.root)], sys.stderr)
    for line in (*_lines(found), *own_lines(session.root)):
        print(line)
    return code


def _braille(clinic: Clinic) -> GivenCodes:
    """What makes the braille that the clinic gives out, by language; asks no liblouis for none.

    Raises:
        Problem: liblouis is missing (B001, exit code 3).
    """
    formats = (FORMATS[id_] for id_ in clinic.formats or () if id_ in FORMATS)
    grades = [format_.grade for format_ in formats if format_.grade]
    codes = {
        tag: [code_of(tag, grade, version()) for grade in grades]
        for tag in built(clinic.languages or ())
    }
    return {tag: tuple(filter(None, every)) for tag, every in codes.items()}


def _data(found: Overview, root: Root) -> dict[str, Any]:
    return {
        "parts": [asdict(row) for row in found.parts],
        "leaflets": [asdict(row) for row in found.leaflets],
        "not_ready": [list(pair) for pair in found.given_out],
        "findings": [str(each) for each in (*found.findings, *originals.findings(root))],
        "own": [asdict(own) for own in originals.own_files(root)],
    }


def _lines(found: Overview) -> Iterator[str]:
    subject = ""
    for row in found.parts:
        if row.leaflet != subject:
            subject = row.leaflet
            yield from ("", _heading(subject))
        yield from _part(row)
    yield ""
    for leaflet in found.leaflets:
        yield from _leaflet(leaflet)
    yield from _end(found)


def _heading(subject: str) -> str:
    return "The words of all leaflets (shared)" if subject == "shared" else subject


def _part(row: PartRow) -> Iterator[str]:
    language = LANGUAGES[row.language].english
    yield f"  {language:10} {row.part:10} {row.state:14} {'; '.join(row.signed_by)}".rstrip()
    for missing in row.missing:
        # Which part it is about stands in the line above.
        yield f"             needs: {missing.partition(': ')[2] or missing}"


def _leaflet(row: LeafletRow) -> Iterator[str]:
    due = " (soon: have it reviewed)" if row.is_due else ""
    yield f"{row.leaflet}: review due {row.review}{due}; {row.open_notes} notes for a clinician"
    if row.unverified:
        yield f"  sources that were not seen themselves: {', '.join(row.unverified)}"


def _end(found: Overview) -> Iterator[str]:
    if found.given_out:
        pairs = len(found.given_out)
        yield ""
        yield f"{pairs} that the clinic gives out (leaflet and language) may not be given out yet."
    elif not found.findings:
        yield "Everything that the clinic gives out is ready."
