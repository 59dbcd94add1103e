"""A first mapping for a list that nobody has mapped yet: proposed from its headings.

Only headings are shown. What stands in the cells is the patients'.
"""

from __future__ import annotations

from functools import cache

from leafpress.mailing.lists.heading_kinds import everyday_headings
from leafpress.mailing.lists.normalise import normalise

_GUESSES = {
    "letter": """
        letter file, letter, file name, filename, file, document, document name,
        pdf, letter name
    """,
    "reference": """
        reference, patient reference, patient ref, ref, hospital number, hospital
        no, nhs number, nhs no, mrn, pas number, patient id, unit number, crn,
        patient number, district number, k number
    """,
    "language": """
        language, preferred language, patient language, spoken language, main
        language, language code, written language, first language, lang
    """,
    "need": """
        need, needs, recorded need, recorded needs, communication need,
        communication needs, accessible information, ais, ais need, ais code,
        reasonable adjustment, reasonable adjustments, information format, preferred
        format, alert, flags, accessibility, adjustment, adjustments, snomed, snomed
        code, format, information need, information needs, accessible format,
        accessible information need
    """,
    "leaflets": """
        leaflets, leaflet, enclosures, enclosure, leaflet codes, information
        leaflets
    """,
    "clinic": """
        clinic, clinic code, specialty, clinic name, service, service code, session
        code, speciality
    """,
    "delivery": """
        delivery, delivery method, channel, send by, contact method, preferred
        contact, correspondence preference, dispatch
    """,
    "fallback": """
        fallback, instead, if not available, alternative format
    """,
    "email": """
        email address, e mail address, patient email, email
    """,
}
"""Headings that patient systems use, by what they hold."""


def guess_field(heading: str) -> str | None:
    """What a column with this heading most likely holds; None if nobody can tell."""
    return _fields().get(normalise(heading)) if heading else None


@cache
def _fields() -> dict[str, str]:
    """The first field of each heading, as `normalise` writes it."""
    fields: dict[str, str] = {}
    for field, names in _GUESSES.items():
        for name in names.split(","):
            fields.setdefault(normalise(name), field)
    return fields


def propose_mapping(headings: list[str]) -> str:
    """A mapping file for these headings, with comments, as YAML."""
    columns: dict[str, str] = {}
    for heading in headings:
        field = guess_field(heading)
        if field and field not in columns:
            columns[field] = heading
    left = [heading for heading in headings if heading and heading not in columns.values()]
    lines = [
        "# Proposed from the headings of your list. Please look at every line:",
        "# what is mapped wrongly puts the wrong leaflet behind a letter.",
        "columns:",
        *(_line(field, columns.get(field)) for field in _GUESSES),
        "",
        "# Where the letter's file is named after the reference:",
        "# letter_file: '{reference}.pdf'",
        "",
        "# Your own codes for languages and needs:",
        "# languages: {URD: ur, POL: pl}",
        "# needs: {LP: large print, ER: easy read}",
    ]
    everyday = [heading for heading in left if normalise(heading) in everyday_headings()]
    strange = [heading for heading in left if heading not in everyday]
    if everyday:
        lines += ["", "# Columns that nobody needs here:", "ignore:"]
        lines += [f"  - {_quoted(heading)}" for heading in everyday]
    if strange:
        lines += ["", "# Look at these. Name them above if they say what a patient needs or reads;"]
        lines += ["# if not, write them under `ignore:`. Until then every run tells them:"]
        lines += [f"#  - {_quoted(heading)}" for heading in strange]
    return "\n".join(lines) + "\n"


def _line(field: str, heading: str | None) -> str:
    if heading is None:
        return f"  # {field}: no heading looks like it"
    return f"  {field}: {_quoted(heading)}"


def _quoted(heading: str) -> str:
    escaped = heading.replace("'", "''").replace("\n", " ").replace("\r", " ")
    return f"'{escaped}'"
