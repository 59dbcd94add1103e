"""`clinic.yaml`: the one file that every clinic edits."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from leafpress.content.base import EMAIL, PERSON, Address, FileName, Frozen, Id, Region
from leafpress.content.contacts import Contact, Telephone
from leafpress.content.text import Role, Text

Line = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Email = Annotated[str, StringConstraints(pattern=EMAIL, max_length=120)]
PerLanguage = dict[str, Annotated[str, StringConstraints(min_length=1, max_length=240)]]

PersonName = Annotated[Line, StringConstraints(pattern=PERSON)]
"""A name has two letters at least, of any script."""

LONGEST_TRIAL = datetime.timedelta(days=366)
"""A trial ends within a year of any day on which it counts: our own choice."""

SOURCE_LANGUAGE = "en-GB"

_PLAIN = Role("the clinic's own words", 400, markup=False, placeholders=False)


class Enclosures(Frozen):
    """Which leaflets go behind the letters of which clinic (`build.py enclose`)."""

    codes: dict[Line, Annotated[tuple[Id, ...], Field(min_length=1)]] = Field(
        default_factory=dict,
        description="The codes of your patient system, and the leaflets that each stands for.",
    )


class HandOut(Frozen):
    """What a leaflet needs before it is given out. Left out, everything is asked for."""

    words: Literal[1, 2] = Field(2, description="How many clinicians have to check the words.")
    translation: Literal["two", "one", "machine"] = Field(
        "two",
        description="two: a named translator and another person who revises. one: a named "
        "translator. machine: nobody; every page says that a machine translated it.",
    )
    approval: bool = Field(True, description="Whether somebody has to approve it for the clinic.")
    small_changes: Literal["mark", "refuse"] = Field(
        "mark",
        description="What becomes of a leaflet in which words that are not about safety have "
        "changed since they were checked: marked on every page, or not given out.",
    )
    braille: Literal["proofread", "machine"] = Field(
        "proofread",
        description="proofread: a named braille reader has read it. machine: nobody; the file "
        "says so at its beginning, and each receipt.",
    )
    print_names: bool = Field(True, description="Whether pages say who checked them.")


class Trial(Frozen):
    """Who lets drafts be given out, and until when: for a trial with people who know."""

    name: PersonName
    role: Line
    until: datetime.date

    @classmethod
    def latest(cls, today: datetime.date) -> datetime.date:
        """The latest last day that may be set on a day."""
        return today + LONGEST_TRIAL

    def is_running(self, today: datetime.date) -> bool:
        """Whether it lets drafts out on a day: not after its end, and not for years."""
        return today <= self.until <= self.latest(today)


class Clinic(Frozen):
    """Whose leaflet it is.

    Words that only the clinic can say (`out_of_hours`) are one text in English, or one a
    language: `{en-GB: …, pl: …}`. A language that is missing prints the English, marked as such.
    """

    name: Line
    short_name: Annotated[Line, StringConstraints(max_length=30)] | None = Field(
        None, description="The name where there is little room: in sentences and tables."
    )
    address: tuple[Line, ...] = ()
    telephone: Telephone
    out_of_hours: PerLanguage | Line | None = Field(
        None, description="Printed under the number; `{111}` prints the service in your region."
    )
    gp_out_of_hours: Telephone | None = Field(
        None, description="Northern Ireland: the number of your patients' GP out of hours."
    )
    email: Email | None = None
    web: Address | None = None
    logo: FileName | None = Field(None, description="An SVG or PNG file beside clinic.yaml.")
    logo_alt: Line | None = Field(None, description="What the logo says, if not the clinic's name.")
    region: Region = "england"
    formats: Annotated[tuple[Id, ...], Field(min_length=1)] | None = Field(
        None,
        description="What is built when nobody asks for a format: see `python build.py list`.",
    )
    languages: Annotated[tuple[Line, ...], Field(min_length=1)] | None = Field(
        None,
        description="Your patients' languages, commonest first: in this order they stand in the "
        "library. Those that are built anyhow and not named follow; others are built where they "
        "are named.",
    )
    urdu_type: Literal["naskh", "nastaliq"] = Field(
        "naskh",
        description="Nastaliq is what many Urdu readers like best. It takes more pages, and the "
        "text of its PDFs cannot be searched or copied in web browsers; web pages can.",
    )
    leaflet_address: Address | None = Field(
        None,
        description="Web address of a leaflet, with {leaflet} and {language} in it: printed as a "
        "QR code and in letters.",
    )
    current_address: Address | None = Field(
        None,
        description="Web address of the pages of `out/current/`, with {code} in it: printed, so "
        "that readers see whether their copy is current.",
    )
    enclosures: Enclosures | None = Field(None, description="Leaflets behind letters.")
    hand_out: HandOut = Field(
        default_factory=HandOut, description="What a leaflet needs before it is given out."
    )
    drafts_allowed_by: Trial | None = Field(
        None, description="For a trial only: printed on every page, in the library and on receipts."
    )

    def out_of_hours_in(self, language: str) -> tuple[str, str] | None:
        """(language, words) for readers of `language`; None if the clinic says nothing."""
        words = self.out_of_hours
        if not words:
            return None
        if isinstance(words, str):
            return SOURCE_LANGUAGE, words
        found = language if language in words else SOURCE_LANGUAGE
        return (found, words[found]) if found in words else None

    def address_of(self, leaflet: str, language: str) -> str | None:
        """Web address of one leaflet in one language."""
        if self.leaflet_address is None:
            return None
        return self.leaflet_address.replace("{leaflet}", leaflet).replace("{language}", language)

    def for_copy(self, code: str) -> Clinic:
        """The clinic whose `current_address` is that of one copy."""
        if self.current_address is None:
            return self
        address = self.current_address.replace("{code}", code)
        return self.model_copy(update={"current_address": address})

    def as_contact(self) -> Contact:
        """The clinic as the contact `clinic`, which every leaflet may name, in short.

        In a list its name begins a line: "the pain service" is "The pain service" there.
        """
        short = self.short_name or self.name
        return Contact.model_construct(
            id="clinic",
            name=Text(short[:1].upper() + short[1:], _PLAIN),
            short=Text(short, _PLAIN),
            telephone=self.telephone,
            email=self.email,
            web=self.web,
            purpose=Text("", _PLAIN),
        )
