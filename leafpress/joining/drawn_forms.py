"""Forms with tagged content: which there are, and how often pages draw each.

A form whose content has tags of its own is drawn once (ISO 32000-1, 14.7.4.3): drawn twice, one
tag would have two pieces of content. Glyphs of a Type 3 font, patterns and soft masks are drawn
as often as a letter or a tile stands there, so that tags in them say nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pikepdf import Dictionary, Stream

from leafpress.joining.marked_content import Owner, Shown, exact
from leafpress.pdf_objects import (
    UNREADABLE,
    Excess,
    ObjectRef,
    dictionaries_at,
    dictionary_at,
    entries_of,
    object_ref,
    value_at,
)

OFTEN = "a form with tagged content is drawn more than once"
REPEATED = "there is tagged content in glyphs, patterns or masks"
"""What may be wrong, in words."""

UNPACKED = 100_000_000
"""Bytes of all forms, glyphs and patterns of one input; a map as a drawing has ten million."""


@dataclass(frozen=True, slots=True)
class _Below:
    """A stream that a page, or another stream, may draw.

    Args:
        name: of a form in the resources; "" for what is drawn otherwise.
        repeated: whether it is drawn as often as a letter or a tile stands there.
    """

    stream: Stream
    name: str = ""
    repeated: bool = False


@dataclass(slots=True, eq=False)
class DrawnForms:
    """The forms with tagged content of some pages.

    Attributes:
        forms: by reference, with their marks.
        times: how often each is drawn: 0, 1, or 2 for more than once.
        faults: what is wrong with how they are drawn.
        unpacked: how many bytes were read so far.
    """

    forms: dict[ObjectRef, tuple[Stream, Shown]] = field(default_factory=dict)
    times: Counter[ObjectRef] = field(default_factory=Counter)
    faults: dict[str, None] = field(default_factory=dict)
    unpacked: int = 0

    def unpack(self, stream: Stream) -> bytes:
        """The operators of a stream.

        Raises:
            pikepdf.PdfError: it cannot be unpacked.
            Excess: all together are longer than any letter's.
        """
        data = bytes(stream.read_bytes())
        self.unpacked += len(data)
        if self.unpacked > UNPACKED:
            raise Excess(f"forms of more than {UNPACKED} bytes")
        return data


def drawn_forms(pages: Sequence[Dictionary]) -> DrawnForms:
    """Follow what `pages` draw.

    Raises:
        pikepdf.PdfError: content that draws such a form cannot be parsed.
        Excess: too much in one list, or unpacked.
    """
    found = DrawnForms()
    below: dict[ObjectRef, list[_Below]] = {}
    waiting: list[tuple[Owner, bool]] = [(page, False) for page in pages]
    owners: dict[ObjectRef, Owner] = {}
    while waiting:
        owner, repeated = waiting.pop()
        if owner.objgen in below:
            continue
        owners[owner.objgen] = owner
        below[owner.objgen] = list(_streams_below(owner, repeated=repeated))
        for item in below[owner.objgen]:
            _note(item, found)
            waiting.append((item.stream, item.repeated))
    if found.forms:
        _count(pages, _draws(owners, below, found), found)
    return found


def _note(item: _Below, found: DrawnForms) -> None:
    """Keep a stream with numbers of tagged content."""
    marks = _marks(item.stream, found)
    if marks is None:
        return
    if item.repeated:
        found.faults[REPEATED] = None
    found.forms[item.stream.objgen] = item.stream, marks


def _marks(stream: Stream, found: DrawnForms) -> Shown | None:
    """The marks of a stream; None without numbers, and where nobody can read it."""
    try:
        if b"BDC" not in found.unpack(stream):
            return None
        marks = exact(stream)
    except UNREADABLE:
        return None
    return marks if marks.numbers else None


def _streams_below(owner: Owner, *, repeated: bool) -> Iterator[_Below]:
    """What `owner` may draw, by its resources and its annotations."""
    resources = dictionary_at(owner, "/Resources")
    for name, thing in entries_of(dictionary_at(resources, "/XObject")).items():
        if isinstance(thing, Stream) and thing.get("/Subtype") == "/Form":
            yield _Below(thing, name, repeated)
    for stream in _drawn_often(resources):
        yield _Below(stream, repeated=True)
    if isinstance(owner, Dictionary):
        for annotation in dictionaries_at(owner, "/Annots"):
            yield from (_Below(stream) for stream in _looks(annotation))


def _drawn_often(resources: Dictionary | None) -> Iterator[Stream]:
    """Patterns, the glyphs of Type 3 fonts with what these draw, and soft masks."""
    yield from _streams(dictionary_at(resources, "/Pattern"))
    for font in entries_of(dictionary_at(resources, "/Font")).values():
        yield from _streams(dictionary_at(font, "/CharProcs"))
        yield from _streams(dictionary_at(dictionary_at(font, "/Resources"), "/XObject"))
    for state in entries_of(dictionary_at(resources, "/ExtGState")).values():
        group = value_at(dictionary_at(state, "/SMask"), "/G")
        if isinstance(group, Stream):
            yield group


def _streams(holder: Dictionary | None) -> Iterator[Stream]:
    for thing in entries_of(holder).values():
        if isinstance(thing, Stream):
            yield thing


def _looks(annotation: Dictionary) -> list[Stream]:
    """The streams by which an annotation is shown: each once, whatever its states."""
    found: dict[ObjectRef, Stream] = {}
    for look in entries_of(dictionary_at(annotation, "/AP")).values():
        states = [look] if isinstance(look, Stream) else list(_streams_of(look))
        found.update((stream.objgen, stream) for stream in states)
    return list(found.values())


def _streams_of(states: object) -> Iterator[Stream]:
    return _streams(states if isinstance(states, Dictionary) else None)


def _draws(
    owners: Mapping[ObjectRef, Owner],
    below: Mapping[ObjectRef, list[_Below]],
    found: DrawnForms,
) -> dict[ObjectRef, Counter[ObjectRef]]:
    """How often each page and stream draws each stream; also tells of forms inside content."""
    draws: dict[ObjectRef, Counter[ObjectRef]] = {}
    for ref, items in below.items():
        counts = draws[ref] = Counter(item.stream.objgen for item in items if not item.name)
        forms = {item.name: item.stream.objgen for item in items if item.name}
        for name, fault in exact(owners[ref]).drawn if forms else ():
            form = forms.get(name)
            if form is None:
                continue
            counts[form] += 1
            if fault and form in found.forms:
                found.faults[fault] = None
    return draws


def _count(
    pages: Sequence[Dictionary],
    draws: Mapping[ObjectRef, Counter[ObjectRef]],
    found: DrawnForms,
) -> None:
    """Count from the pages down. More than twice says no more than twice: so no circle lasts."""
    waiting = [object_ref(page) for page in pages]
    while waiting:
        for ref, count in draws[waiting.pop()].items():
            more = min(count, 2 - found.times[ref])
            found.times[ref] += more
            waiting += [ref] * more
    if any(found.times[ref] > 1 for ref in found.forms):
        found.faults[OFTEN] = None
