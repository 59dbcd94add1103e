"""E-mails with letter and leaflets attached (RFC 5322), ready for the clinic's mail program.

They are drafts: nothing is sent. `X-Unsent` makes Outlook open them for editing. The same row
makes the same bytes, so the parts' boundary comes from what is attached.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from leafpress.findings import Problem, Span
from leafpress.mailing.output.email_text import Words
from leafpress.rules import finding

_ADDRESS = re.compile(r"[^\s@<>,;:\"\\()\[\]]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
"""One address and nothing else: no second recipient, no line end that starts another header."""

_TYPES = {".pdf": ("application", "pdf"), ".html": ("text", "html"), ".txt": ("text", "plain")}


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address."""
    return text.isascii() and _ADDRESS.fullmatch(text) is not None


def message(
    files: list[tuple[str, bytes, str]],
    recipient: str,
    sender: Sender,
    words: dict[str, Words],
    place: Span,
) -> bytes:
    """An e-mail with files attached. Subject and words name no patient.

    Args:
        files: name, bytes and title; the letter first.
        words: what it says, by language: all of them, one after the other.
        recipient: an address, or "" where the list has none: the clinic fills it in.

    Raises:
        Problem: the recipient is no address (E059).
    """
    if recipient and not is_address(recipient):
        raise Problem(finding("E059", place, problem="its e-mail address is none"))
    email = EmailMessage(policy=SMTP)
    email["From"] = sender.header
    if recipient:
        email["To"] = Address(addr_spec=recipient)
    email["Subject"] = " / ".join(each.subject for each in words.values())
    email["Date"] = format_datetime(sender.time)
    email["X-Unsent"] = "1"
    titles = [title for _, _, title in files[1:]]
    email.set_content("\n\n".join(each.body(titles) for each in words.values()))
    for name, data, _ in files:
        main, sub = _TYPES.get("." + name.rpartition(".")[2], ("application", "octet-stream"))
        email.add_attachment(data, maintype=main, subtype=sub, filename=name)
    email["Content-Language"] = ", ".join(words)  # RFC 3282
    mark = hashlib.sha256(b"\0".join(data for _, data, _ in files)).hexdigest()[:32]
    email.set_boundary(f"leafpress-{mark}")
    return email.as_bytes()


class Sender:
    """Who writes: the clinic.

    Args:
        address: its e-mail address, or "".
    """

    def __init__(self, name: str, address: str, day: datetime.date) -> None:
        local, _, domain = (address or "clinic@invalid").partition("@")
        self.header = Address(name, local, domain)
        self.time = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
