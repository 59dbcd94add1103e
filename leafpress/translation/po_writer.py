"""Catalogues as gettext wants them, in the shape that Babel gives them.

Babel's own writer breaks the English of before (`#|`) in the middle of a string, and forgets that
an obsolete guess was a guess: `msgfmt` refuses the first, and the second would come back as sound.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from babel.messages import Catalog, Message
from babel.messages.pofile import normalize

from leafpress.translation.po_lines import FUZZY

WIDTH = 100
"""Columns of a line, as the catalogues have had from the start."""

_LONGEST_REFERENCE = WIDTH - len("#: ")


def as_po(catalog: Catalog) -> bytes:
    """The bytes of a POT or PO file."""
    header, *messages = catalog
    blocks = [f"{catalog.header_comment}\n{_flags(header)}{_words(header, catalog)}"]
    blocks += [_live(message, catalog) for message in messages]
    blocks += [_obsolete(message, catalog) for message in catalog.obsolete.values()]
    return "\n".join([*blocks, ""]).encode()


def _live(message: Message, catalog: Catalog) -> str:
    auto = (line for comment in message.auto_comments for line in _wrapped("#. ", comment))
    previous = zip(("msgid", "msgid_plural"), message.previous_id, strict=False)
    return "".join(
        [
            *_comments(message),
            *auto,
            *_wrapped("#: ", " ".join(_references(message))),
            _flags(message),
            *(_string(keyword, text, "#| ") for keyword, text in previous),
            _words(message, catalog),
        ]
    )


def _obsolete(message: Message, catalog: Catalog) -> str:
    guess = f"#, {FUZZY}\n" if message.fuzzy else ""
    return "".join([*_comments(message), guess, _words(message, catalog, "#~ ")])


def _comments(message: Message) -> Iterator[str]:
    for comment in message.user_comments:
        yield from _wrapped("# ", comment)


def _wrapped(prefix: str, text: str) -> Iterator[str]:
    for line in textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False):
        yield f"{prefix}{line}\n"


def _references(message: Message) -> list[str]:
    places = sorted(message.locations, key=lambda place: (place[0], place[1] or -1))
    return list(dict.fromkeys(f"{file}:{line}" for file, line in places))


def _flags(message: Message) -> str:
    return f"#, {', '.join(sorted(message.flags))}\n" if message.flags else ""


def _words(message: Message, catalog: Catalog, prefix: str = "") -> str:
    context = _string("msgctxt", message.context, prefix) if message.context else ""
    if not isinstance(message.id, (list, tuple)):
        english = _string("msgid", message.id, prefix)
        return context + english + _string("msgstr", str(message.string or ""), prefix)
    singular, plural = message.id
    lines = [context, _string("msgid", singular, prefix), _string("msgid_plural", plural, prefix)]
    strings = dict(enumerate(message.string or ()))
    forms = range(catalog.num_plurals)
    lines += [_string(f"msgstr[{form}]", strings.get(form, ""), prefix) for form in forms]
    return "".join(lines)


def _string(keyword: str, text: str, prefix: str) -> str:
    return f"{prefix}{keyword} {normalize(text, prefix=prefix, width=WIDTH)}\n"
