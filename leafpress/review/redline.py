"""A page that shows what has changed since a translation was signed last."""

from __future__ import annotations

import datetime
from pathlib import Path

from leafpress.approval.approvals import Approvals
from leafpress.approval.history import as_html, changed_parts
from leafpress.templating import pages_for_staff
from leafpress.translation.language import Language

_PAGE = Path(__file__).with_name("redline.html")


def page(approvals: Approvals, subject: str, language: Language, made: datetime.date) -> str:
    """The page: old and new words, marked and said.

    Raises:
        Problem: the records have errors.
    """
    every = changed_parts(approvals, subject)
    parts = tuple(part for part in every if part.language == language.tag)
    entries = approvals.records(subject).entries
    signed = [entry for entry in entries if entry.language == language.tag and entry.messages]
    template = pages_for_staff().from_string(_PAGE.read_text(encoding="utf-8"))
    return template.render(
        subject=subject,
        language=language,
        made=made,
        parts=parts,
        changes=as_html(parts),
        signed=signed[-1:],
    )
