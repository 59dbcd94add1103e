"""What a clinician sent back of an English pack: a page for the author, who writes the English."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from leafpress.approval.approvals import Approvals
from leafpress.review.compare import Comparison, RowRemark
from leafpress.review.notes_at_rows import notes_at
from leafpress.review.returned import ReturnedFile
from leafpress.review.rows import one_line, rows
from leafpress.translation.language import LANGUAGES, SOURCE


def with_answers(approvals: Approvals, returned: ReturnedFile, found: Comparison) -> Comparison:
    """A comparison with what somebody wrote into the column of notes, as remarks."""
    return replace(found, remarks=(*found.remarks, *_in_notes(approvals, returned)))


def _in_notes(approvals: Approvals, returned: ReturnedFile) -> Iterator[RowRemark]:
    """What somebody wrote into the column of notes, as an answer to them."""
    notes, _ = notes_at(approvals, returned.subject)
    every = {row.number: row for row in rows(approvals, returned.subject, LANGUAGES[SOURCE])}
    for each in returned.rows:
        row = every.get(each.number)
        sent = one_line(" ".join(notes.get(row.english, ()))) if row else ""
        if row and each.notes_column != sent:
            yield RowRemark(row, each.notes_column.replace(sent, "", 1).strip())


def proposals(today: datetime.date, name: str, found: Comparison) -> Iterator[str]:
    """The lines of the page, in Markdown: each row that somebody said something about."""
    yield f"# {Path(name).name}, taken in on {today}\n"
    rows_said = {change.row.number: change.row for change in found.changes}
    rows_said |= {remark.row.number: remark.row for remark in found.remarks}
    for number, row in sorted(rows_said.items()):
        yield f"- Row {number}, {row.place}"
        yield f"  - words: {row.english}"
        for change in found.changes:
            if change.row.number == number:
                yield f"  - proposed: {change.words}"
        for remark in found.remarks:
            if remark.row.number == number:
                yield f"  - remark: {remark.text}"
    yield ""
