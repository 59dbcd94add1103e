"""A returned gettext catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from babel.messages import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from leafpress.approval.messages import SHARED
from leafpress.findings import Span
from leafpress.review.returned import Known, ReturnedFile, ReturnedRow, unreadable
from leafpress.review.rows import Key, ReviewRow, one_line, sources_of, strings_of
from leafpress.translation import po_lines
from leafpress.translation.extract import TEMPLATES

_FIELD = re.compile(r'"(Project-Id-Version|Language): *([^\\"]*)\\n"')

_LINE_END = re.compile(r"\r\n?")
"""How Windows and old Macs end a line: tools there may write the file anew."""

_CHARSET = re.compile(r'"Content-Type:[^"]*charset=([\w-]+)')


def read_catalogue_file(data: bytes, name: str, known: Known) -> ReturnedFile:
    """A returned PO file.

    Raises:
        Problem: it is no gettext catalogue in UTF-8 (S030).
    """
    try:
        text = _LINE_END.sub("\n", data.decode("utf-8-sig"))
        entries = po_lines.entries(text)
        charset = _CHARSET.search(text)
        if charset and charset[1].lower().replace("-", "") != "utf8":
            raise unreadable(name, f"its header says that it is in {charset[1]}")
        catalog = read_po(BytesIO(text.encode()), abort_invalid=True)
    except po_lines.NotGettext as error:
        raise unreadable(name, f"line {error.line}: {error.problem}") from error
    except (PoFileError, LookupError, ValueError) as error:
        raise unreadable(name, f"it is no gettext catalogue in UTF-8: {error}") from error
    fields = dict(_FIELD.findall(text))
    domain = fields.get("Project-Id-Version", "").split(" ")[0]
    subject = SHARED if domain == TEMPLATES else domain
    language = fields.get("Language", "").strip().replace("_", "-")
    rows = {row.key: row for row in known(subject, language)}
    found = tuple(_rows(catalog, entries, rows, name))
    return ReturnedFile(name, subject, language, found)


def _rows(
    catalog: Catalog, entries: list[po_lines.PoEntry], rows: dict[Key, ReviewRow], name: str
) -> Iterator[ReturnedRow]:
    """A row a plural form. What stands twice is read twice, so that it shows."""
    messages = {(m.context or None, sources_of(m)[0]): m for m in catalog if m.id}
    for entry in entries:
        message = messages.get((entry.context or None, entry.message))
        if message is not None and entry.message:
            for form in range(len(strings_of(message))):
                line = entry.lines.get(form, entry.line)
                yield _row(message, form, rows, Span(name, line))


def _row(message: Message, form: int, rows: dict[Key, ReviewRow], place: Span) -> ReturnedRow:
    sources = sources_of(message)
    row = rows.get((message.context or None, sources[0], form))
    english = sources[-1] if form else sources[0]
    return ReturnedRow(
        place,
        row.number if row else 0,
        "",
        one_line(english),
        one_line(strings_of(message)[form]),
        one_line(" ".join(_remarks(message, row))),
        confirmed=not message.fuzzy,
        unfinished=message.fuzzy,
    )


def _remarks(message: Message, row: ReviewRow | None) -> list[str]:
    """The translator's comments that were not there before."""
    old = row.comments if row else ()
    return [comment for comment in message.user_comments if comment not in old]
