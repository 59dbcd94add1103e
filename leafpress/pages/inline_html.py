"""Texts as HTML: inline markup, contacts, and pieces that keep their own order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markdown_it.token import Token
from markupsafe import Markup, escape

from leafpress.content import inline
from leafpress.content.contacts import Contact
from leafpress.content.region import Directory
from leafpress.pages import measure
from leafpress.pages.formats import Format
from leafpress.translation.language import Language
from leafpress.translation.typography import is_left_to_right, segments

_NAMED = re.compile(r"%\((\w+)\)[sd]")

_TAGS = {
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
}
_CLOSED_BY_OPENER = {"link_close", "span_close"}
"""What closes such a token depends on what opened it."""


class InlineHtml:
    """Turns the texts of one edition into HTML."""

    def __init__(
        self,
        language: Language,
        directory: Directory,
        format_: Format,
        notes: frozenset[str] = frozenset(),
    ) -> None:
        self.language = language
        self._directory = directory
        self._notes = notes
        self._format = format_

    def html(self, text: str) -> Markup:
        """A text with its markup; `{999}` becomes the name of the service, as a link."""
        return Markup("").join(self._tokens(inline.parse(text).tokens))

    def plain(self, text: str) -> Markup:
        """A text without markup and links, for headings."""
        return Markup("").join(self._pieces(self.words(text)))

    def words(self, text: str) -> str:
        """A text as words only, for alternative text, bookmarks and metadata."""
        return inline.PLACEHOLDER.sub(
            lambda match: str(self._directory[match[1]].short), inline.plain(text)
        )

    def message(self, text: str, values: Mapping[str, object]) -> Markup:
        """A template's own words; `%(name)s` becomes the value of that name, escaped."""
        pieces = _NAMED.split(text)
        return Markup("").join(
            escape(values[piece]) if index % 2 else Markup("").join(self._pieces(piece))
            for index, piece in enumerate(pieces)
        )

    def _tokens(self, tokens: tuple[Token, ...]) -> Iterator[Markup]:
        closers: list[str] = []
        in_link = False
        for token in tokens:
            in_link = (in_link or token.type == "link_open") and token.type != "link_close"
            if token.type == "text":
                yield from self._text(token.content, in_link)
            elif token.type == "link_open":
                opener, closer = self._link(str(token.attrs["href"]))
                closers.append(closer)
                yield opener
            elif token.type in _CLOSED_BY_OPENER:
                yield Markup(closers.pop())  # made here
            elif token.type == "span_open":
                opener, closer = _span(token)
                closers.append(closer)
                yield opener
            else:
                yield Markup(_TAGS.get(token.type, ""))  # constants

    def _link(self, href: str) -> tuple[Markup, str]:
        if href[:1] == "#" and href[1:] in self._notes:
            # The blank keeps the number apart from the word for those who hear or copy it.
            opener = '<sup>&nbsp;<a role="doc-noteref" href="{}">'
            return Markup(opener).format(href), "</a></sup>"
        return Markup('<a href="{}">').format(href), self._printed(href) + "</a>"

    def _printed(self, href: str) -> str:
        """On paper a link is no use without its address, and here no line marks it as a link."""
        if not self._format.large or not href.startswith("https://"):
            return ""
        where = measure.jointed(href.removeprefix("https://"))
        return f' <span dir="ltr">({where})</span>'

    def _text(self, text: str, in_link: bool) -> Iterator[Markup]:
        pieces = inline.PLACEHOLDER.split(text)
        for index, piece in enumerate(pieces):
            if index % 2 and not in_link:
                yield self.contact(self._directory[piece])
            elif index % 2:
                yield escape(self._directory[piece].short)
            else:
                yield from self._pieces(piece)

    def _pieces(self, text: str) -> Iterator[Markup]:
        for segment in segments(text, self.language):
            attributes = ' dir="ltr"' * segment.isolate + ' class="together"' * segment.together
            if attributes:
                yield Markup("<span{}>{}</span>").format(Markup(attributes), segment.text)
            else:
                yield escape(segment.text)

    def contact(self, contact: Contact) -> Markup:
        """The name of a service inside a sentence: a link that calls it, if it has a number."""
        return self._calling(contact, str(contact.short))

    def named(self, contact: Contact) -> Markup:
        """The name of a service and its number, of which one is a link that calls it."""
        name, number = str(contact.name), contact.telephone
        if not number or number in name:
            return self._calling(contact, name)
        return Markup("{} {}").format(self.plain(name), self._calling(contact, number))

    def _calling(self, contact: Contact, words: str) -> Markup:
        if not contact.telephone:
            return self.plain(words)
        direction = self._direction(words)
        href = "tel:" + contact.telephone.replace(" ", "")
        template = '<a class="call{}" href="{}"{}>{}</a>'
        long = " long" if len(words) > measure.NAME else ""
        # A name of two scripts (“NHS 111، آپشن 2”) keeps the order of its Latin piece.
        name = words if direction else Markup("").join(self._pieces(words))
        return Markup(template).format(long, href, direction, name)

    def _direction(self, text: str) -> Markup:
        mirrored = self.language.direction == "rtl" and is_left_to_right(text)
        return Markup(' dir="ltr"' if mirrored else "")


def _span(token: Token) -> tuple[Markup, str]:
    if "abbr" in token.attrs:
        return Markup('<abbr title="{}">').format(token.attrs["abbr"]), "</abbr>"
    return Markup('<span lang="{}">').format(token.attrs["lang"]), "</span>"
