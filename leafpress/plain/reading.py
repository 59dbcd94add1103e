"""From an edition's markup to its blocks, in the order in which they are heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from leafpress.pages.render import Markup
from leafpress.plain.document import Block, Document, Line, Piece, Shape
from leafpress.plain.inline import TAGS, WordReader, attribute, has_class, lines, numbers, tag
from leafpress.plain.table import filled_rows, heads, is_empty
from leafpress.translation.language import LANGUAGES

_UNHEARD = frozenset({"head", "style", "script", "template", "svg"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True)
class _Place:
    """Where a block stands: in which list, box and language."""

    language: str
    level: int = 0
    group: int = 0
    box: int = 0
    mark: str = ""


@dataclass
class _Reader:
    words: WordReader
    said: Mapping[str, str]
    groups: Iterator[int] = field(default_factory=lambda: count(1))
    boxes: Iterator[int] = field(default_factory=lambda: count(1))

    def element(self, element: Any, place: _Place) -> Iterator[Block]:
        """The blocks of an element that is not inline."""
        name = tag(element)
        if name in _UNHEARD or attribute(element, "class").startswith("running"):
            return
        place = replace(place, language=attribute(element, "lang") or place.language)
        if has_class(element, "box"):
            place = replace(place, box=next(self.boxes))
        if name in _READERS:
            yield from _READERS[name](self, element, place)
        elif name in _HEADINGS:
            yield from self._flow(element, place, Block(Shape.HEADING, (), _HEADINGS[name]))
        else:
            leads = has_class(element, "lead")
            yield from self._flow(element, place, Block(Shape.PARAGRAPH, (), leads=leads))

    def _flow(self, element: Any, place: _Place, like: Block) -> Iterator[Block]:
        """Words and blocks as they come; words become blocks like the one that is given."""
        pieces = [Piece(element.text or "", place.language)]
        for child in element:
            if tag(child) in TAGS:
                pieces += self.words.of(child, place.language)
            else:
                yield from self._block(pieces, place, like)
                if pieces and like.mark:  # only the first words of an item have its mark
                    like = replace(like, mark="")
                pieces = []
                yield from self.element(child, place)
            pieces.append(Piece(child.tail or "", place.language))
        yield from self._block(pieces, place, like)

    def _block(self, pieces: list[Piece], place: _Place, like: Block) -> Iterator[Block]:
        found, addresses = lines(pieces), tuple(self.words.addresses)
        self.words.addresses.clear()
        if found:
            where = replace(like, group=place.group, box=place.box)
            yield replace(where, lines=found, addresses=addresses)

    def items(self, element: Any, place: _Place) -> Iterator[Block]:
        """A list; its items are numbered, or have a dash."""
        group = place.group or next(self.groups)
        inside = replace(place, group=group, level=place.level + 1)
        items = [child for child in element if tag(child) == "li"]
        for number, item in enumerate(items, start=1):
            mark = f"{number}." if tag(element) == "ol" else "-"
            if attribute(item, "role") == "doc-endnote":
                mark = f"[{number}]"
            language = attribute(item, "lang") or place.language
            like = Block(Shape.ITEM, (), inside.level, mark)
            yield from self._flow(item, replace(inside, language=language), like)

    def definitions(self, element: Any, place: _Place) -> Iterator[Block]:
        """Words and what they mean: an item each, with a colon between them."""
        group = next(self.groups)
        term: list[Piece] = []
        for part in (each for each in element.iter() if tag(each) in {"dt", "dd"}):
            pieces = self._pieces(part, place.language)
            if tag(part) == "dt":
                term += [*pieces, Piece(_colon(place.language), place.language)]
                continue
            like = Block(Shape.ITEM, (), 1, "-")
            yield from self._block([*term, *pieces], replace(place, group=group), like)
            term = []

    def table(self, element: Any, place: _Place) -> Iterator[Block]:
        """A table: its caption, and an item a row whose lines are its cells."""
        for caption in (each for each in element if tag(each) == "caption"):
            yield from self._flow(caption, place, Block(Shape.PARAGRAPH, (), leads=True))
        place = replace(place, group=next(self.groups))
        if is_empty(element):
            write = [Piece(self.said["write"], place.language)]
            before = replace(place, group=0)
            yield from self._block(write, before, Block(Shape.PARAGRAPH, (), leads=True))
            for head in heads(element):
                like = Block(Shape.ITEM, (), 1, "-")
                yield from self._block(self._pieces(head, place.language), place, like)
            return
        names = [self._pieces(head, place.language) for head in heads(element)]
        for row in filled_rows(element):
            cells = [self._pieces(cell, place.language) for cell in row]
            like = Block(Shape.ITEM, (), 1)
            yield from self._block(_sentences(names, cells, place.language), place, like)

    def figure(self, element: Any, place: _Place) -> Iterator[Block]:
        """A figure: its caption and what it shows in one block, then its key."""
        captions = [each for each in element.iter() if tag(each) == "figcaption"]
        shown = [e for e in element.iter() if tag(e) == "img" and attribute(e, "alt").strip()]
        pieces = [piece for each in captions for piece in self._pieces(each, place.language)]
        if shown and pieces:
            pieces = [*_sentence(pieces, place.language), Piece("\n", place.language)]
        pieces += [Piece(attribute(each, "alt"), place.language) for each in shown]
        yield from self._picture(pieces, place)
        for child in (each for each in element.iter() if tag(each) in {"ol", "ul"}):
            yield from self.element(child, place)

    def image(self, element: Any, place: _Place) -> Iterator[Block]:
        """A picture by itself; nothing is said of one that is only decoration."""
        said = attribute(element, "alt") or attribute(element, "aria-label")
        if said.strip():
            yield from self._picture([Piece(said, place.language)], place)

    def _picture(self, pieces: list[Piece], place: _Place) -> Iterator[Block]:
        if pieces:
            before = Piece(f"{self.said['picture']} ", place.language)
            yield from self._block([before, *pieces], place, Block(Shape.PICTURE, ()))

    def _pieces(self, element: Any, language: str) -> list[Piece]:
        own = attribute(element, "lang") or language
        return [piece for piece in self.words.of(element, own) if piece.text]


_READERS = {
    "ul": _Reader.items,
    "ol": _Reader.items,
    "dl": _Reader.definitions,
    "table": _Reader.table,
    "figure": _Reader.figure,
    "img": _Reader.image,
}


_ENDS = frozenset(".!?:;…")


def _ends(language: str) -> dict[str, str]:
    """A language's own marks for English ones at the end of a sentence."""
    row = LANGUAGES.get(language)
    return dict(row.ends) if row else {}


def _colon(language: str) -> str:
    row = LANGUAGES.get(language)
    return row.colon if row else ": "


def _sentences(names: list[list[Piece]], cells: list[list[Piece]], language: str) -> list[Piece]:
    """A row in words: a line a cell, `head: words.`; empty cells are passed over."""
    found: list[Piece] = []
    for index, cell in enumerate(cells):
        if "".join(piece.text for piece in cell).strip():
            name = names[index] if index < len(names) else []
            head = [*name, Piece(_colon(language), language)] if name else []
            found += [*head, *_sentence(cell, language), Piece("\n", language)]
    return found


def _sentence(pieces: list[Piece], language: str) -> list[Piece]:
    """Words with a full stop, unless they end in one, or in a number to call or an address."""
    last = [piece for piece in pieces if piece.text.strip()][-1]
    ends = _ends(language)
    if last.call or last.text.rstrip()[-1] in {*_ENDS, *ends.values()}:
        return pieces
    return [*pieces, Piece(ends.get(".", "."), language)]


def read(markup: Markup) -> Document:
    """The blocks of an edition. What stands in the margins of pages is left out."""
    import tinyhtml5

    root = tinyhtml5.parse(markup.html)
    reader = _Reader(WordReader(numbers(root)), markup.said)
    blocks = tuple(reader.element(root, _Place(markup.language.tag)))
    right_to_left = markup.language.direction == "rtl"
    return Document(markup.language.tag, right_to_left, blocks, _version(root, reader))


def _version(root: Any, reader: _Reader) -> Line:
    """The words beside “Version and date”: of class `version`."""
    for place in (each for each in root.iter() if has_class(each, "version")):
        for meaning in (each for each in place.iter() if tag(each) == "dd"):
            return lines(list(reader.words.of(meaning, attribute(root, "lang"))))[0]
    return ()
