"""Who signed what, and what has changed since: as lines, and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup as Safe

from leafpress.approval import changes
from leafpress.approval.approvals import Approvals
from leafpress.approval.changes import Change, RedlinePiece
from leafpress.approval.entry import Agreement, SignOff
from leafpress.approval.messages import SignedPart
from leafpress.findings import Problem
from leafpress.templating import pages_for_staff
from leafpress.translation.language import LANGUAGES

_PAGE = Path(__file__).with_name("history.html")
_CHANGES = Path(__file__).with_name("changed_parts.html")


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change, with what was taken out and put in."""

    kind: str
    safety: bool
    pieces: tuple[RedlinePiece, ...]

    @classmethod
    def of(cls, change: Change) -> ShownChange:
        """As a reader sees it."""
        old = change.old.words if change.old else ""
        new = change.new.words if change.new else ""
        pieces = changes.redline(old, new) if old and new else _whole(old, new)
        return cls(change.kind, change.safety, pieces)


def _whole(old: str, new: str) -> tuple[RedlinePiece, ...]:
    return (RedlinePiece("out", old) if old else RedlinePiece("in", new),)


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part of which something has changed since it was signed last.

    Args:
        changes: none where the part as it is now has errors, and was not compared.
    """

    title: str
    language: str
    direction: str
    changes: tuple[ShownChange, ...]


def signed_last(approvals: Approvals, subject: str) -> dict[tuple[SignedPart, str], SignOff]:
    """The newest sign-off of each part in each language that holds words and agrees to them."""
    newest: dict[tuple[SignedPart, str], SignOff] = {}
    for entry in approvals.records(subject).entries:
        if entry.part and entry.messages and entry.outcome is Agreement.AGREED:
            newest[entry.part, entry.language] = entry
    return newest


def changed_parts(approvals: Approvals, subject: str) -> Iterator[ChangedPart]:
    """Each part that was signed and is not as it was then."""
    for (part, tag), entry in signed_last(approvals, subject).items():
        found = _changes(approvals, subject, part, entry)
        language = LANGUAGES[tag]
        title = f"{part} in {language.english}"
        if found is None:
            yield ChangedPart(f"{title} (has errors, and was not compared)", tag, "ltr", ())
        elif found:
            yield ChangedPart(title, tag, language.direction, found)


def _changes(
    approvals: Approvals, subject: str, part: SignedPart, entry: SignOff
) -> tuple[ShownChange, ...] | None:
    """What changed; None where what is there now cannot be read, which `check` tells."""
    try:
        now = approvals.messages(subject, part, entry.language)
    except Problem:
        return None
    return tuple(ShownChange.of(change) for change in changes.between(entry.messages, now))


def lines(approvals: Approvals, subject: str) -> Iterator[str]:
    """The history as text."""
    entries = approvals.records(subject).entries
    if not entries:
        yield f"{subject}: nobody has signed anything."
    for entry in entries:
        yield _line(entry)
    for part in changed_parts(approvals, subject):
        yield f"Changed since it was signed: {part.title}"
        for change in part.changes:
            mark = " (about safety)" if change.safety else ""
            yield f"  {change.kind}{mark}: {' '.join(map(_piece, change.pieces))}"


def _line(entry: SignOff) -> str:
    made = f" ({entry.braille})" if entry.braille else ""
    what = f"{entry.part or 'the leaflet'}{made}, {LANGUAGES[entry.language].english}"
    number = f" ({entry.by.registered_with} {entry.by.registration})"
    who = f"{entry.by.name}, {entry.by.role}{number if entry.by.registered_with else ''}"
    outcome = "" if entry.outcome is Agreement.AGREED else f", {entry.outcome}"
    remarks = f": {entry.remarks}" if entry.remarks else ""
    return f"{entry.entry:>4}  {entry.date}  {entry.step}: {what}; {who}{outcome}{remarks}"


_MARKS = {"out": "[-{}-]", "in": "{{+{}+}}", "kept": "{}"}


def _piece(piece: RedlinePiece) -> str:
    return _MARKS[piece.kind].format(piece.text)


def page(approvals: Approvals, subject: str) -> str:
    """The history as a page."""
    template = pages_for_staff().from_string(_PAGE.read_text(encoding="utf-8"))
    return template.render(
        leaflet=subject,
        today=approvals.today,
        entries=approvals.records(subject).entries,
        changes=as_html(tuple(changed_parts(approvals, subject)), "Changed since: "),
        names={tag: language.english for tag, language in LANGUAGES.items()},
    )


def as_html(parts: tuple[ChangedPart, ...], heading: str = "") -> Safe:
    """Old and new words, marked and said in words too: a piece of a page.

    Args:
        heading: what stands before the title of each part.
    """
    template = pages_for_staff().from_string(_CHANGES.read_text(encoding="utf-8"))
    filled = template.render(parts=parts, heading=heading)
    return Safe(filled)  # noqa: S704  # a template of ours, which escapes every value
