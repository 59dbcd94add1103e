"""What a leaflet is: the shape of `leaflets/*.yaml`, frozen once read.

The same classes make `leaflets/leaflet.schema.json`, which editors use to complete and check
while an author types. Every text that a reader sees is typed by a role (`text.py`): that is
how extraction, translation and the pseudo-languages find all of them, and nothing else.
"""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field, StringConstraints, WithJsonSchema

from leafpress.content.base import DATE, VERSION, Address, Frozen, Id
from leafpress.content.blocks import Block, Heading
from leafpress.content.easy_read import EasyRead
from leafpress.content.text import SEARCHED, Role, Text

Day = datetime.date
Version = Annotated[str, StringConstraints(pattern=VERSION, max_length=20)]

Published = Annotated[
    str,
    StringConstraints(pattern=DATE),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": DATE}, {"type": "integer", "minimum": 1000}]}
    ),
]
"""A year, month or day. Editors take an unquoted year for a number."""

Title = Annotated[Text, Role("title of the leaflet", 60, markup=False, placeholders=False)]
Summary = Annotated[
    Text, Role("one-sentence summary under the title", 200, markup=False, placeholders=False)
]
Audience = Annotated[Text, Role("whom the leaflet is for", 200, markup=False, placeholders=False)]
OtherWord = Annotated[
    Text,
    Role(
        "other words by which people look for the leaflet",
        40,
        markup=False,
        placeholders=False,
        context=SEARCHED,
    ),
]
Maker = Annotated[Text, Role("who made the leaflet", 200, markup=False, placeholders=False)]

Tested = Annotated[
    Text, Role("how people it is for have tested it", 200, markup=False, placeholders=False)
]
Interests = Annotated[
    Text,
    Role("who paid for it, and interests of its makers", 200, markup=False, placeholders=False),
]


class Source(Frozen):
    """Where the facts come from. Printed at the end, in the language of the source."""

    id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    publisher: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    address: Address | None = Field(None, description="Left out: for a printed book.")
    date: Published | None = Field(
        None, description="When it was published or last changed: 2026, 2026-01 or 2026-01-19."
    )
    seen: Day | None = Field(None, description="The day somebody read it for this leaflet.")
    copy_only: bool = Field(
        False, description="Only a copy of it was read, or words about it. Not printed."
    )


class Section(Frozen):
    """A heading and what stands under it."""

    id: Id
    title: Heading
    safety: bool | None = Field(
        None, description="Whether wrong words anywhere in it could do harm: true for medicines."
    )
    sources: tuple[Id, ...] = ()
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]


class Leaflet(Frozen):
    """One subject, in the source language (en-GB)."""

    id: Id
    title: Title
    summary: Summary
    also: Annotated[tuple[OtherWord, ...], Field(max_length=20)] = Field(
        (), description="Other words that people use: the library finds it by them. Not printed."
    )
    audience: Audience
    made_by: Maker
    tested: Tested | None = Field(
        None, description="Who of those it is for read it, and when. Left out: “Not yet”."
    )
    interests: Interests | None = Field(
        None,
        description="Who paid for it, and interests of its makers. Left out: “Not stated yet”.",
    )
    version: Version
    date: Day
    review: Day = Field(description="After this day the leaflet is refused until it is reviewed.")
    notes_for_reviewers: tuple[str, ...] = Field((), description="Not printed.")
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    easy_read: EasyRead | None = Field(
        None, description="The words of the easy-read edition: see docs/easy-read.md."
    )


def printed(leaflet: Leaflet, *, easy_read: bool) -> Leaflet:
    """The leaflet with what one edition prints: its sections, or its words in easy read.

    `also` is never printed: a word of it that is not translated stops no edition.
    """
    easy = leaflet.easy_read
    own: dict[str, object] = {"also": (), "easy_read": None}
    if easy_read and easy is not None:
        own = {"also": (), "title": easy.title, "summary": easy.summary, "sections": ()}
    return leaflet.model_copy(update=own)
