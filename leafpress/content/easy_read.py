"""The easy-read edition of a leaflet: its own short words, with one picture a sentence.

After the UK government's guidance on easy read (GOV.UK, "Accessible communication formats";
Department of Health, "Making written information easier to understand for people with learning
disabilities", 2010): one idea a sentence, 10 to 15 words, a picture beside each, 24 pages or fewer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from leafpress.content.base import Frozen, Id, Regions
from leafpress.content.blocks import Heading
from leafpress.content.text import Role, Text

Words = Annotated[Text, Role("sentence of the easy-read edition", 120)]
EasyTitle = Annotated[
    Text, Role("title of the easy-read edition", 60, markup=False, placeholders=False)
]
EasySummary = Annotated[
    Text, Role("sentence under the easy-read title", 120, markup=False, placeholders=False)
]


USUAL_CALLS: Mapping[str, tuple[str, ...]] = {"now": ("999",), "today": ("111",)}
"""Whom a box calls that names nobody, by its urgency."""


class Sentence(Frozen):
    """One idea: a picture and a sentence of 15 words or fewer."""

    picture: Id = Field(description="An id from leaflets/pictograms/pictograms.yaml.")
    text: Words
    regions: Regions = ()


class EasySection(Frozen):
    """A heading and its sentences."""

    title: Heading
    kind: Literal["words"] | None = Field(
        None, description="words: hard words explained, before their first use. Never urgent."
    )
    urgency: Literal["now", "today"] | None = Field(
        None, description="For the signs of an emergency: printed as a box."
    )
    call: tuple[Id, ...] = Field(
        (),
        description="Whom the box tells to call, by ids from leaflets/contacts.yaml. Left out: 999 "
        "for now; your GP or 111 for today.",
    )
    sentences: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    evidence: tuple[str, ...] = Field(
        (), description="Numbers of statements in the fact sheet that reviewers use. Not printed."
    )
    review: Annotated[str, StringConstraints(min_length=1)] | None = Field(
        None, description="What a clinician still has to check here. Not printed."
    )

    safety: bool | None = Field(
        None, description="Whether wrong words here could do harm. Left out: where it is urgent."
    )

    @property
    def calls(self) -> tuple[str, ...]:
        """Whom its box tells to call; nobody, if it is no box."""
        return self.call or USUAL_CALLS.get(self.urgency or "", ())


class EasyRead(Frozen):
    """What a leaflet says in easy read. Emergencies come first, as everywhere."""

    title: EasyTitle
    summary: EasySummary
    picture: Id = Field(description="A pictogram beside the title.")
    sections: Annotated[tuple[EasySection, ...], Field(min_length=1)]
