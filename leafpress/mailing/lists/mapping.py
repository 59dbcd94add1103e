"""The mapping file: which column of a clinic's list is which, and what its own codes mean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from leafpress.content.base import Frozen
from leafpress.content.load import load
from leafpress.content.yaml_tree import Path as TreePath
from leafpress.content.yaml_tree import Tree
from leafpress.findings import Finding, Problem, errors
from leafpress.mailing.lists.languages import find_language
from leafpress.mailing.lists.needs import NOTHING, find_need
from leafpress.mailing.lists.normalise import normalise
from leafpress.rules import finding

Heading = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Word = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]

FIELDS = (
    "letter",
    "reference",
    "language",
    "need",
    "leaflets",
    "clinic",
    "delivery",
    "fallback",
    "email",
)
"""What a list may say of an appointment. Needed: reference, and leaflets or clinic."""

DELIVERIES = {
    "print": ("print", "post", "letter", "paper", "printed", "mail", "posted"),
    "email": ("email", "e mail", "electronic mail"),
    "portal": ("portal", "app", "nhs app", "patient portal", "download", "online"),
}
"""Ways of delivery, and the words that mean them."""


class Columns(Frozen):
    """The headings of the list, by what they hold. Cells of several needs are put together."""

    letter: Heading | None = Field(None, description="The letter's file.")
    reference: Heading = Field("reference", description="The reference, as in the letter.")
    language: Heading | None = Field(None, description="The language that the patient reads.")
    need: Heading | tuple[Heading, ...] | None = Field(None, description="Recorded needs.")
    leaflets: Heading | None = Field(None, description="Leaflets, parted by semicolons.")
    clinic: Heading | None = Field(None, description="The clinic's code, as in clinic.yaml.")
    delivery: Heading | None = Field(None, description="print, email or portal.")
    fallback: Heading | None = Field(None, description="What may be given instead.")
    email: Heading | None = Field(None, description="The patient's address, for .eml files.")

    def headings(self, field: str) -> tuple[str, ...]:
        """The headings of one field."""
        value: str | tuple[str, ...] | None = getattr(self, field)
        if value is None or isinstance(value, tuple):
            return value or ()
        return (value,)


class Mapping(Frozen):
    """A mapping file."""

    columns: Columns
    sheet: Heading | None = Field(None, description="The sheet of a workbook.")
    letter_file: Word = Field(
        "{letter}", description="The letter's file name, made of {letter} and {reference}."
    )
    default_language: Word = Field("en-GB", description="For rows that name no language.")
    languages: dict[str, Word] = Field({}, description="Your words or codes: our language tags.")
    needs: dict[str, Word] = Field({}, description="Your words or codes: a code or word of ours.")
    deliveries: dict[str, Word] = Field({}, description="Your words: print, email or portal.")
    reference_system: Word | None = Field(
        None, description="Of a FHIR Bundle: the system of the identifier that letters show."
    )
    ignore: tuple[Heading, ...] = Field(
        (), description="Headings and names in Bundles that are left unread on purpose."
    )


_OWN_NAMES: dict[str, tuple[str, ...]] = {
    **{field: (field,) for field in FIELDS},
    "letter": ("letter", "letter file"),
    "reference": ("reference", "patient reference"),
    "need": ("need", "needs", "recorded need"),
    "leaflets": ("leaflets", "leaflet"),
    "clinic": ("clinic", "clinic code"),
    "email": ("email", "email address", "e-mail address"),
}

STANDARD = Mapping.model_validate({"columns": {}}).model_copy(
    update={"columns": Columns.model_construct(**_OWN_NAMES)}  # type: ignore[arg-type]  # several names each
)
"""What is taken for granted without a mapping file: columns with our own names."""


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file.

    Raises:
        Problem: everything that is wrong with it (L-rules, E034, E075).
    """
    loaded = load(path, path.name, Mapping, (_known_tables, _letter_file, _nothing_twice))
    if loaded.model is None:
        raise Problem(*errors(loaded.findings))
    return loaded.model


def _known_tables(tree: Tree) -> Iterator[Finding]:
    checks = {
        "languages": find_language,
        "needs": lambda word: find_need(word) or normalise(word) in NOTHING,
        "deliveries": find_delivery,
    }
    for table, known in checks.items():
        for _, words in tree.each(table, dict):
            for own, meaning in words.items():
                if not known(str(meaning)):
                    span = tree.span((table, own))
                    yield finding("E034", span, meaning=meaning, table=table)
    for path, tag in tree.each("default_language", str):
        if not find_language(tag):
            yield finding("E034", tree.span(path), meaning=tag, table="languages")


def _letter_file(tree: Tree) -> Iterator[Finding]:
    for path, pattern in tree.each("letter_file", str):
        bare = pattern.replace("{letter}", "").replace("{reference}", "")
        if bare == pattern or "{" in bare or "}" in bare:
            yield finding("E034", tree.span(path), meaning=pattern, table="letter files")


def _nothing_twice(tree: Tree) -> Iterator[Finding]:
    """A heading stands for one thing, and so does a word of the clinic's own."""
    places = [*_headings(tree, ("columns",)), *_headings(tree, ("ignore",))]
    yield from _twice(tree, places)
    for table in ("languages", "needs", "deliveries"):
        for _, words in tree.each(table, dict):
            yield from _twice(tree, [(str(word), (table, word)) for word in words])


def _headings(tree: Tree, path: TreePath) -> Iterator[tuple[str, TreePath]]:
    """Every text below a place, and where it stands."""
    value = tree.value(path)
    if isinstance(value, str):
        yield value, path
    elif isinstance(value, dict):
        for key in value:
            yield from _headings(tree, (*path, key))
    elif isinstance(value, list):
        for place in range(len(value)):
            yield from _headings(tree, (*path, place))


def _twice(tree: Tree, places: list[tuple[str, TreePath]]) -> Iterator[Finding]:
    earlier: dict[str, TreePath] = {}
    for name, path in places:
        first = earlier.setdefault(normalise(name), path)
        if first != path:
            where = f"under {_words(first)} and under {_words(path)}"
            yield finding("E075", tree.span(path), name=name, where=where)


def _words(path: TreePath) -> str:
    """A place without the numbers of lists: `columns.need`."""
    return "`" + ".".join(key for key in path if isinstance(key, str)) + "`"


def find_delivery(word: str) -> str | None:
    """The way of delivery that a word means."""
    spelling = normalise(word)
    return next((way for way, words in DELIVERIES.items() if spelling in words), None)
