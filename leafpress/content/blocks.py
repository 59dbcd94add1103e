"""The pieces of a leaflet: one class a kind. Adding a kind is a class here and a template."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from leafpress.content.base import FileName, Frozen, Id, Regions
from leafpress.content.entries import (
    Cell,
    Entry,
    ListItem,
    LocalRow,
    Row,
    Sign,
    Step,
    StepEntry,
)
from leafpress.content.text import Role, Text

Heading = Annotated[Text, Role("heading", 60, markup=False, placeholders=False)]
BoxTitle = Annotated[Text, Role("heading of a box", 80, markup=False)]
Paragraph = Annotated[Text, Role("paragraph", 600)]
Lead = Annotated[Text, Role("sentence that leads into a list", 200)]
HowSoon = Annotated[Text, Role("how soon to act, in an emergency box", 60)]
Caption = Annotated[Text, Role("caption", 160)]
ColumnHead = Annotated[Text, Role("head of a table column", 40)]
Alternative = Annotated[
    Text,
    Role("alternative text: read out in place of a picture", 320, markup=False, placeholders=False),
]
KeyEntry = Annotated[Text, Role("entry in the key of a picture", 120)]
Dose = Annotated[Text, Role("how often to do an exercise", 120)]
StopWhen = Annotated[Text, Role("when to stop an exercise", 200)]
Term = Annotated[Text, Role("word that is explained", 60)]
Meaning = Annotated[Text, Role("meaning of a word", 300)]
NoteText = Annotated[Text, Role("note", 400)]
PeopleText = Annotated[Text, Role("sentence beside a picture of 100 people", 200)]
Prompt = Annotated[Text, Role("words before a line to write on", 100)]


class BlockBase(Frozen):
    """What every block may say besides its content."""

    id: Id | None = Field(None, description="So that `[words](#id)` can lead here.")
    sources: tuple[Id, ...] = Field((), description="Ids from the leaflet's `sources`.")
    evidence: tuple[str, ...] = Field(
        (), description="Numbers of statements in the fact sheet that reviewers use. Not printed."
    )
    review: Annotated[str, StringConstraints(min_length=1)] | None = Field(
        None, description="What a clinician still has to check here. Not printed."
    )
    regions: Regions = ()
    safety: bool | None = Field(
        None, description="Whether wrong words here could do harm. Left out: by the kind of block."
    )


class HeadingBlock(BlockBase):
    """A heading inside a section: level 3 under the section's own heading, then 4."""

    kind: Literal["heading"]
    text: Heading
    level: Annotated[int, Field(ge=3, le=4)] = 3


class ParagraphBlock(BlockBase):
    """One idea, in three sentences or fewer."""

    kind: Literal["paragraph"]
    text: Paragraph


class ListBlock(BlockBase):
    """A list with bullets."""

    kind: Literal["list"]
    intro: Lead | None = None
    items: Annotated[tuple[ListItem, ...], Field(min_length=1)]


class StepsBlock(BlockBase):
    """A numbered list: things to do in this order."""

    kind: Literal["steps"]
    intro: Lead | None = None
    items: Annotated[tuple[StepEntry, ...], Field(min_length=1)]


class KeyPointsBlock(BlockBase):
    """What a reader should remember: four lines at most, after the emergency boxes."""

    kind: Literal["key-points"]
    items: Annotated[tuple[Entry, ...], Field(min_length=1)]


class QuestionsBlock(BlockBase):
    """Questions for the reader to take to an appointment."""

    kind: Literal["questions"]
    intro: Lead | None = None
    items: Annotated[tuple[Entry, ...], Field(min_length=1)]


class NotKnownBlock(BlockBase):
    """What nobody knows yet, said honestly."""

    kind: Literal["not-known"]
    items: Annotated[tuple[Entry, ...], Field(min_length=1)]


class Note(Frozen):
    """A note: `[1](#id)` in a text leads to it."""

    id: Id
    text: NoteText


class NotesBlock(BlockBase):
    """Numbered notes. In a text, `[1](#id)` is printed small and raised, and leads to its note."""

    kind: Literal["notes"]
    items: Annotated[tuple[Note, ...], Field(min_length=1)]


class WarningBlock(BlockBase):
    """A box for what could do harm."""

    kind: Literal["warning"]
    title: BoxTitle
    text: Paragraph | None = None
    items: tuple[Entry, ...] = ()


class EmergencyBlock(BlockBase):
    """Signs, whom to call and how soon. The first one has to stand on page 1."""

    kind: Literal["emergency"]
    title: BoxTitle
    urgency: Literal["now", "today"] = "now"
    call: Annotated[tuple[Id, ...], Field(min_length=1)] = Field(
        description="Ids from leaflets/contacts.yaml: whom to call."
    )
    how_soon: HowSoon | None = Field(
        default=None, description="Leave it out where the title says how soon, as “Call {999} now”."
    )
    intro: Lead | None = None
    signs: Annotated[tuple[Sign, ...], Field(min_length=1)] = Field(
        description="Signs, or groups of them: each a `heading` and its `signs`."
    )
    after: Paragraph | None = None


class TableBlock(BlockBase):
    """A table. The first cell of each row is its head."""

    kind: Literal["table"]
    caption: Caption
    columns: Annotated[tuple[ColumnHead, ...], Field(min_length=2, max_length=5)]
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]

    @property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """Every row's cells, whatever its regions."""
        return tuple(row.cells if isinstance(row, LocalRow) else row for row in self.rows)


class People(Frozen):
    """How many of the people something happens to, and the sentence that says so."""

    count: Annotated[int, Field(ge=0, le=100)]
    text: PeopleText


class PeopleBlock(BlockBase):
    """Two groups of 100 people, drawn: in each, those to whom something happens are filled in."""

    kind: Literal["people"]
    caption: Caption
    out_of: Annotated[int, Field(ge=100, le=100)]
    groups: Annotated[tuple[People, ...], Field(min_length=2, max_length=2)]


class Picture(Frozen):
    """An SVG or PNG file beside the leaflet, and what it says to someone who cannot see it."""

    file: FileName = Field(description="A file in leaflets/figures/.")
    alt: Alternative | None = None
    decorative: bool = False


class FigureBlock(BlockBase, Picture):
    """A picture with numbers on it, and a key of words under it."""

    kind: Literal["figure"]
    caption: Caption
    key: tuple[KeyEntry, ...] = Field((), description="Entry 1 explains number 1, and so on.")
    width: Literal["full", "half", "side"] = Field(
        "full", description="half: beside its key. side: text that follows runs beside it."
    )


class ExerciseBlock(BlockBase):
    """One exercise."""

    kind: Literal["exercise"]
    title: BoxTitle
    figure: Picture
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    how_often: Dose
    stop_when: StopWhen


class ContactsBlock(BlockBase):
    """Whom to ask, with numbers from leaflets/contacts.yaml."""

    kind: Literal["contacts"]
    caption: Caption | None = None
    contacts: Annotated[tuple[Id, ...], Field(min_length=1)]


class Definition(Frozen):
    """A word and what it means."""

    term: Term
    meaning: Meaning


class DefinitionsBlock(BlockBase):
    """Words explained."""

    kind: Literal["definitions"]
    items: Annotated[tuple[Definition, ...], Field(min_length=1)]


class WriteIn(Frozen):
    """Words, and empty lines after them."""

    text: Prompt
    lines: Annotated[int, Field(ge=1, le=8)] = 1


class LinesBlock(BlockBase):
    """Lines to write on."""

    kind: Literal["lines"]
    intro: Lead | None = None
    items: Annotated[tuple[WriteIn, ...], Field(min_length=1)]


class DiaryBlock(BlockBase):
    """An empty table to fill in by hand."""

    kind: Literal["diary"]
    caption: Caption
    columns: Annotated[tuple[ColumnHead, ...], Field(min_length=2, max_length=7)]
    rows: Annotated[int, Field(ge=1, le=20)]
    ticks: bool = Field(
        False, description="Cells are ticked, not written in: columns are as narrow as their heads."
    )


class SourcesBlock(BlockBase):
    """The list of the leaflet's sources."""

    kind: Literal["sources"]


Block = Annotated[
    HeadingBlock
    | ParagraphBlock
    | ListBlock
    | StepsBlock
    | NotesBlock
    | WarningBlock
    | EmergencyBlock
    | KeyPointsBlock
    | QuestionsBlock
    | NotKnownBlock
    | TableBlock
    | PeopleBlock
    | FigureBlock
    | ExerciseBlock
    | ContactsBlock
    | DefinitionsBlock
    | LinesBlock
    | DiaryBlock
    | SourcesBlock,
    Field(discriminator="kind"),
]
