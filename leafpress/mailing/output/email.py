"""E-mails with letter and leaflets attached (RFC 5322), ready for the clinic's mail program.

They are drafts: nothing is sent. `X-Unsent` makes Outlook open them for editing. The same row
makes the same bytes, so the parts' boundary comes from what is attached.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import PurePath

from leafpress.content.email_address import address_fault
from leafpress.findings import Problem, Span
from leafpress.mailing.output.email_text import EmailWords, Title
from leafpress.rules import finding
from leafpress.system import digest

_TYPES = {".pdf": ("application", "pdf"), ".html": ("text", "html"), ".txt": ("text", "plain")}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of an e-mail or of a row's folder. Letters have no title."""

    name: str
    data: bytes
    title: Title | None = None


def message(
    files: list[Attachment],
    recipient: str,
    sender: Sender,
    words: dict[str, EmailWords],
    span: Span,
) -> bytes:
    """An e-mail with files attached. Subject and words name no patient.

    Args:
        files: the letter first.
        words: what it says, by language: all of them, one after the other.
        recipient: an address, or "" where the list has none: the clinic fills it in.

    Raises:
        Problem: the recipient is no address (E059).
    """
    fault = address_fault(recipient) if recipient else ""
    if fault:
        problem = f"its e-mail address is none ({fault})"
        raise Problem(finding("E059", span, problem=problem))
    email = EmailMessage(policy=SMTP)
    email["From"] = sender.header
    if recipient:
        email["To"] = Address(addr_spec=recipient)
    first, *_ = words.values()
    email["Subject"] = " / ".join(own.subject_in(first.language) for own in words.values())
    email["Date"] = format_datetime(sender.time)
    email["X-Unsent"] = "1"
    titles = [file.title for file in files if file.title]
    email.set_content("\n\n".join(own.body(titles) for own in words.values()))
    for file in files:
        main, sub = _TYPES.get(PurePath(file.name).suffix, ("application", "octet-stream"))
        email.add_attachment(file.data, maintype=main, subtype=sub, filename=file.name)
    email["Content-Language"] = ", ".join(words)  # RFC 3282
    mark = digest.of_bytes(b"\0".join(file.data for file in files))[:32]
    email.set_boundary(f"leafpress-{mark}")
    return email.as_bytes()


class Sender:
    """Who writes: the clinic.

    Args:
        address: its e-mail address, or "".
    """

    def __init__(self, name: str, address: str, day: datetime.date) -> None:
        local, _, domain = (address or "clinic@invalid").partition("@")
        self.header = Address(" ".join(name.split()), local, domain)
        self.time = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
