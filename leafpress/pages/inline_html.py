"""Texts as HTML: inline markup, contacts, and pieces that keep their own order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from markdown_it.token import Token
from markupsafe import Markup

from leafpress.content import inline
from leafpress.content.contacts import Contact
from leafpress.content.region import Directory
from leafpress.pages import abbreviations, measure
from leafpress.pages.formats import Format
from leafpress.pages.inline_order import InlinePiece, of_words, ordered, whole
from leafpress.translation.direction import OPAQUE, isolated
from leafpress.translation.language import Language, direction_of
from leafpress.translation.typography import is_left_to_right

_NAMED = re.compile(r"%\((\w+)\)[sd]")

_MARKS = {
    "strong_open": (Markup("<strong>"), Markup("</strong>")),
    "em_open": (Markup("<em>"), Markup("</em>")),
}
_OPENERS = {*_MARKS, "link_open", "span_open"}
_CLOSERS = {"strong_close", "em_close", "link_close", "span_close"}


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
        return self._line(inline.parse(text).tokens, self.language)

    def plain(self, text: str) -> Markup:
        """A text without markup and links, for headings."""
        return self._words(self.words(text))

    def words(self, text: str) -> str:
        """A text as words only, to be measured or set."""
        return inline.PLACEHOLDER.sub(
            lambda match: str(self._directory[match[1]].short), inline.plain(text)
        )

    def alone(self, text: str) -> str:
        """A text, or a page's own words, for places without markup: attributes and metadata."""
        words = text.striptags() if isinstance(text, Markup) else self.words(text)
        return isolated(words, self.language.direction)

    def message(self, text: str, values: Mapping[str, object]) -> Markup:
        """A template's own words; `%(name)s` becomes the value of that name, escaped."""
        pieces = _NAMED.split(text)
        line = [
            _value(values[piece]) if index % 2 else of_words(piece)
            for index, piece in enumerate(pieces)
        ]
        return ordered(line, self.language)

    def _line(
        self, tokens: Iterable[Token], language: Language, *, in_link: bool = False
    ) -> Markup:
        return ordered(list(self._tokens(tokens, in_link=in_link)), language)

    def _tokens(self, tokens: Iterable[Token], *, in_link: bool) -> Iterator[InlinePiece]:
        closers: list[InlinePiece] = []
        rest = iter(tokens)
        for token in rest:
            in_link = (in_link or token.type == "link_open") and token.type != "link_close"
            if "lang" in token.attrs:
                quoted = list(_to_its_end(rest))
                yield from self._quote(str(token.attrs["lang"]), quoted, in_link=in_link)
            elif token.type == "text":
                yield from self._text(token.content, in_link)
            elif token.type in _OPENERS:
                opener, closer = self._element(token)
                closers.append(closer)
                yield opener
            elif token.type in _CLOSERS:
                yield closers.pop()

    def _element(self, token: Token) -> tuple[InlinePiece, InlinePiece]:
        """What opens an element, and what closes it."""
        if token.type == "link_open":
            return self._link(str(token.attrs["href"]))
        if token.type == "span_open":
            return self._abbreviation(str(token.attrs["abbr"]))
        opener, closer = _MARKS[token.type]
        return InlinePiece("", opener, 1), InlinePiece("", closer, -1)

    def _abbreviation(self, long: str) -> tuple[InlinePiece, InlinePiece]:
        title = isolated(long, self.language.direction)
        opener = abbreviations.opener(title, self.language.tag)
        closer = abbreviations.closer(Markup(" {}").format(self._words(f"({long})")))
        return InlinePiece("", opener, 1), InlinePiece(OPAQUE, Markup("</abbr>") + closer, -1)

    def _quote(self, tag: str, tokens: list[Token], *, in_link: bool) -> Iterator[InlinePiece]:
        """A phrase of another language, in its own direction."""
        direction = direction_of(tag, "".join(token.content for token in tokens))
        if direction == self.language.direction:
            yield InlinePiece("", Markup('<span lang="{}">').format(tag), 1)
            yield from self._tokens(tokens, in_link=in_link)
            yield InlinePiece("", Markup("</span>"), -1)
            return
        language = replace(self.language, direction=direction)
        words = self._line(tokens, language, in_link=in_link)
        yield whole(Markup('<span lang="{}" dir="{}">{}</span>').format(tag, direction, words))

    def _link(self, href: str) -> tuple[InlinePiece, InlinePiece]:
        if href[:1] == "#" and href[1:] in self._notes:
            # The blank keeps the number apart from the word for those who hear or copy it.
            opener = Markup('<sup>&nbsp;<a role="doc-noteref" href="{}">').format(href)
            return InlinePiece(OPAQUE, opener, 1), InlinePiece(OPAQUE, Markup("</a></sup>"), -1)
        printed = self._printed(href)
        closer = InlinePiece(OPAQUE if printed else "", printed + Markup("</a>"), -1)
        return InlinePiece("", Markup('<a href="{}">').format(href), 1), closer

    def _printed(self, href: str) -> Markup:
        """On paper a link is no use without its address, and here no line marks it as a link."""
        if not self._format.large or not href.startswith("https://"):
            return Markup("")
        where = measure.jointed(href.removeprefix("https://"))
        return Markup(' <span dir="ltr">({})</span>').format(where)

    def _text(self, text: str, in_link: bool) -> Iterator[InlinePiece]:
        pieces = inline.PLACEHOLDER.split(text)
        for index, piece in enumerate(pieces):
            if index % 2 and not in_link:
                yield whole(self.contact(self._directory[piece]))
            elif index % 2:
                yield of_words(str(self._directory[piece].short))
            elif piece:
                yield of_words(piece)

    def _words(self, text: str) -> Markup:
        return ordered([of_words(text)], self.language)

    def contact(self, contact: Contact) -> Markup:
        """A service inside a sentence: its short name, and its number, which is a link."""
        return self._with_number(contact, str(contact.short))

    def named(self, contact: Contact) -> Markup:
        """The name of a service and its number, of which one is a link that calls it."""
        return self._with_number(contact, str(contact.name))

    def _with_number(self, contact: Contact, name: str) -> Markup:
        number = contact.telephone
        if not number or number in name:
            return self._calling(contact, name)
        words = self.plain(name)
        if contact.id == "clinic":  # a name of its own, which no browser should translate
            words = Markup('<span translate="no">{}</span>').format(words)
        return Markup("{} {}").format(words, self._calling(contact, number))

    def _calling(self, contact: Contact, words: str) -> Markup:
        if not contact.telephone:
            return self.plain(words)
        direction = self._direction(words)
        href = "tel:" + contact.telephone.replace(" ", "")
        template = '<a class="call{}" href="{}"{}>{}</a>'
        long = " long" if len(words) > measure.NAME else ""
        # A name of two scripts (“NHS 111، آپشن 2”) keeps the order of its Latin piece.
        name = words if direction else self._words(words)
        return Markup(template).format(long, href, direction, name)

    def _direction(self, text: str) -> Markup:
        mirrored = self.language.direction == "rtl" and is_left_to_right(text)
        return Markup(' dir="ltr"' if mirrored else "")


def _to_its_end(rest: Iterator[Token]) -> Iterator[Token]:
    """What stands in a span that has begun; takes its end away, too."""
    depth = 1
    for token in rest:
        depth += (token.type == "span_open") - (token.type == "span_close")
        if not depth:
            return
        yield token


def _value(value: object) -> InlinePiece:
    """A value of a template: finished markup, or words."""
    return whole(value) if isinstance(value, Markup) else of_words(str(value))
