"""What a heading says about its column: needs and languages, notes, or names of people and places.

The same word means different things in them: "Polish" is a language under "Main tongue" and under
"Alerts", and nobody's language under "Nationality" or "Site". `English` is a surname, too.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from leafpress.mailing.lists.normalise import normalise


class ColumnKind(StrEnum):
    """How the words of a column have to be taken."""

    NEEDS = "needs"
    """Needs, languages, flags: codes of two letters count, too."""
    NOTES = "notes"
    """Free text: a part of a cell counts where it is clear."""
    NAMES = "names"
    """People, places, origins: names of languages stand for something else."""
    OTHER = "other"
    """Nobody can tell."""


_BEGINNINGS = {
    ColumnKind.NEEDS: (
        "acces adjust alert flag need ais lang lng tongue dialect snomed disab impair communic "
        "format reads reading written braille interp"
    ),
    ColumnKind.NOTES: (
        "note comment remark special instruct detail info memo warning message free text other "
        "misc additional request require important caution marker"
    ),
    ColumnKind.NAMES: (
        "name surname forename firstname lastname patient px title initial consultant clinician "
        "doctor dr gp nurse therapist physio hcp seen booked contact kin nok carer parent guardian "
        "owner user staff secretar address street road town city county postcode site location "
        "venue building ward room hospital clinic place practice surgery department dept team "
        "trust school national ethnic country birth religio faith race origin citizen"
    ),
}
"""Beginnings of words in headings, the strongest kind first: "Patient's language" is about
languages, "Clinic notes" are notes."""

_WHOLE_WORDS = frozenset({"dr", "gp", "px", "ais", "lng", "nok", "race", "text", "free", "other"})
"""Those that have to be whole words: `drug` is no doctor."""

_EVERYDAY = """
    patient name, name, surname, forename, forenames, first name, first names, last name, family
    name, given name, given names, middle name, title, initials, dob, date of birth, birth date,
    age, sex, gender, address, address 1, address 2, address 3, address 4, address line 1, address
    line 2, address line 3, address line 4, town, city, county, postcode, post code, telephone,
    phone, mobile, tel, home phone, appointment date, appt date, appointment time, appt time, date,
    time, day, start, start time, end time, duration, length, consultant, clinician, doctor, seen
    by, gp, gp practice, gp name, site, location, venue, room, ward, department, hospital, building,
    no, nr, row, id, appointment id, slot, visit type, appointment type, booked by, booked on
"""


@cache
def everyday_headings() -> frozenset[str]:
    """Headings that most lists have and that nobody here needs, as `normalise` writes them.

    Their columns are passed over without a word, unless something in them is understood.
    """
    return frozenset(normalise(heading) for heading in _EVERYDAY.split(","))


@cache
def kind_of(heading: str) -> ColumnKind:
    """What kind of column a heading stands above."""
    words = normalise(heading).split()
    for kind, beginnings in _BEGINNINGS.items():
        if any(_begins(word, beginnings.split()) for word in words):
            return kind
    return ColumnKind.OTHER


def _begins(word: str, beginnings: list[str]) -> bool:
    for beginning in beginnings:
        if word == beginning:
            return True
        if word.startswith(beginning) and beginning not in _WHOLE_WORDS:
            return True
    return False
