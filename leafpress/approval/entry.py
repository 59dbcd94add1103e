"""One sign-off: what somebody checked, said in their own name, and bound to the one before it."""

from __future__ import annotations

import datetime
import json
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from leafpress.approval.messages import SignedMessage, SignedPart
from leafpress.content.base import Frozen, Id, Region
from leafpress.system import digest

Line = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Remarks = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)]
Hex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{20,64}$")]


class Step(StrEnum):
    """What a person does with a part of a leaflet."""

    IN_REVIEW = "in review"
    """Somebody has begun."""
    CHECKED = "checked"
    """A clinician has read the English, easy read or figures."""
    TRANSLATED = "translated"
    """A translator answers for the words, whoever or whatever drafted them."""
    REVISED = "revised"
    """A second person has compared them with the English (ISO 17100, 5.3.3)."""
    PROOFREAD = "proofread"
    """A braille reader has read the braille."""
    APPROVED = "approved"
    """The person who answers for what the clinic gives out lets it go out."""
    WITHDRAWN = "withdrawn"
    """It must not be given out any more."""


class Agreement(StrEnum):
    """What a person came to."""

    AGREED = "agreed"
    NOT_AGREED = "not agreed"


class Person(Frozen):
    """Who signed, as they wrote it. No address, no telephone: none is asked for."""

    name: Line
    role: Line
    registered_with: Line | None = Field(None, description="Such as GMC, NMC, HCPC or CIOL.")
    registration: Line | None = Field(None, description="The number there.")

    @property
    def key(self) -> str:
        """What makes two people the same one."""
        return " ".join(self.name.casefold().split())


class BrailleCode(Frozen):
    """What makes words into braille: another table, or another liblouis, may make other cells."""

    grade: Literal[1, 2]
    table: Line
    liblouis: Line

    def __str__(self) -> str:
        return f"grade {self.grade}, {self.table} of liblouis {self.liblouis}"


class NoteAnswer(Frozen):
    """A note that the author left for a clinician, and what was said to it."""

    note: str
    answer: Remarks


class SignedWords(Frozen):
    """A message as it was when it was signed, so that later ones can be held against it."""

    digest: Hex
    english: str
    words: str
    place: str = ""
    safety: bool = False

    @classmethod
    def of(cls, message: SignedMessage) -> SignedWords:
        """What is kept of a message."""
        return cls(
            digest=message.digest,
            english=message.english,
            words=message.words,
            place=message.place,
            safety=message.safety,
        )


class SignOff(Frozen):
    """One entry of the records.

    Args:
        entry: its number: 1 for a leaflet's first. Two people who signed at once in two copies of
            the project have the same number.
        part: which part of the leaflet; of a withdrawal none: it is the whole leaflet.
        braille: of braille that was proofread, what made it.
        before: SHA-256 over all entries with the number before; "" for the first.
        digest: SHA-256 over everything else in it.
    """

    entry: Annotated[int, Field(ge=1, le=9999)]
    leaflet: Id
    part: SignedPart | None
    language: Line
    step: Step
    version: Line
    region: Region
    date: datetime.date
    by: Person
    outcome: Agreement = Agreement.AGREED
    remarks: Remarks = ""
    answers: tuple[NoteAnswer, ...] = ()
    messages: tuple[SignedWords, ...] = ()
    braille: BrailleCode | None = None
    before: str = ""
    digest: str = ""

    def sealed(self) -> SignOff:
        """The same entry with its digest."""
        return self.model_copy(update={"digest": self.computed_digest()})

    def computed_digest(self) -> str:
        """The digest that belongs to what it says."""
        # Entries of before there was such a field keep their digest.
        absent = {"braille"} if self.braille is None else set()
        fields = self.model_dump(mode="json", exclude={"digest", *absent})
        return digest.of_text(json.dumps(fields, sort_keys=True, ensure_ascii=False))

    @property
    def file(self) -> str:
        """Its file's name: number, step and language, and enough of its digest to be unlike."""
        what = [self.step.replace(" ", "-"), *filter(None, (self.part,)), self.language]
        return f"{self.entry:04}-{'-'.join(what)}-{self.digest[:8]}.json"

    def as_json(self) -> bytes:
        """Its file, to be read by people and compared line by line."""
        fields: dict[str, Any] = self.model_dump(mode="json", exclude_defaults=True)
        return (json.dumps(fields, indent=1, ensure_ascii=False) + "\n").encode()
