"""The language that a patient reads, as the record has it in one place or in several.

Places: `Patient.communication`, UK Core's NHSCommunication at any depth, and whether an
interpreter is required. Places that agree are one; places that differ are unclear.
https://hl7.org/fhir/R4/patient-definitions.html#Patient.communication and UK Core's
Extension-UKCore-NHSCommunication.
"""

from __future__ import annotations

from dataclasses import dataclass

from leafpress.mailing.lists.fhir.declared import PROFICIENCY, WHOLE_EXTENSIONS
from leafpress.mailing.lists.fhir.values import (
    Resource,
    UnclearRecord,
    extension_name,
    extensions,
    objects,
    text,
    truth,
)
from leafpress.mailing.lists.fhir.words import as_concept, concept, language_of, spellings, tag_of
from leafpress.mailing.lists.mapping import Mapping
from leafpress.mailing.lists.normalise import normalise

_PARTS = frozenset(
    {
        "language",
        "preferred",
        "modeOfCommunication",
        "communicationProficiency",
        "interpreterRequired",
    }
)
"""What NHSCommunication may hold."""

_WRITTEN_MODES = frozenset({"RWR", "EWR"})
"""Received and expressed in writing (terminology.hl7.org, v3-LanguageAbilityMode)."""

_POOR = "P"
"""Of v3-LanguageAbilityProficiency; the others are excellent, fair and good."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One language of a patient.

    Args:
        word: as it is recorded; `tag` is what it means, as far as that is known.
        preferred: None where nobody said.
        not_read: it is recorded as spoken or signed only, or as poor.
    """

    word: str
    tag: str
    preferred: bool | None
    not_read: bool


def language(patient: Resource, mapping: Mapping) -> str:
    """The word for the language that a patient reads; empty where none is recorded.

    Raises:
        UnclearRecord: the record leaves it open.
    """
    own = [_spoken(communication, mapping) for communication in objects(patient, "communication")]
    of_nhs = [_of_nhs(extension, mapping) for extension in _nhs_communications(patient)]
    chosen = [_chosen(place) for place in (own, list(filter(None, of_nhs))) if place]
    if len({spoken.tag for spoken in chosen}) > 1:
        raise UnclearRecord("its language stands in two places, which differ")
    word = chosen[0].word if chosen else ""
    if not word and needs_interpreter(patient):
        raise UnclearRecord("an interpreter is required, and no language is recorded")
    return word


def needs_interpreter(patient: Resource) -> bool:
    """Whether any place says that an interpreter is required."""
    answers = [
        _boolean(extension)
        for extension in _own_extensions(patient)
        if extension_name(extension) == "patient-interpreterRequired"
    ]
    for communication in _nhs_communications(patient):
        answers += [_boolean(part) for part in _named(communication, "interpreterRequired")]
    return any(answers)


def _own_extensions(patient: Resource) -> list[Resource]:
    """Extensions of the patient at any depth; those of contacts are about somebody else."""
    own = {key: value for key, value in patient.items() if key != "contact"}
    return list(extensions(own, WHOLE_EXTENSIONS))


def _nhs_communications(patient: Resource) -> list[Resource]:
    own = _own_extensions(patient)
    return [extension for extension in own if extension_name(extension) == "NHSCommunication"]


def _named(extension: Resource, name: str) -> list[Resource]:
    return [part for part in objects(extension, "extension") if text(part, "url") == name]


def _boolean(extension: Resource) -> bool:
    answer = truth(extension, "valueBoolean")
    if answer is None:
        raise UnclearRecord("whether an interpreter is required is not clear")
    return answer


def _spoken(communication: Resource, mapping: Mapping) -> Spoken:
    word = language_of(as_concept(communication, "language"), mapping)
    poor, modes = False, []
    for extension in extensions(communication, WHOLE_EXTENSIONS):
        if extension_name(extension) == PROFICIENCY:
            poor = poor or _POOR in _codes(_named(extension, "level"))
            modes += _codes(_named(extension, "type"))
    preferred = truth(communication, "preferred")
    return Spoken(
        word, tag_of(word, mapping) or normalise(word), preferred, poor or _unwritten(modes)
    )


def _of_nhs(extension: Resource, mapping: Mapping) -> Spoken | None:
    """One language of UK Core's extension; None where it only asks for an interpreter."""
    parts = objects(extension, "extension")
    if any(text(part, "url") not in _PARTS for part in parts):
        raise UnclearRecord("its NHSCommunication says something that nothing reads")
    languages = _named(extension, "language")
    if len(languages) != 1:
        if languages or not _named(extension, "interpreterRequired"):
            raise UnclearRecord("its NHSCommunication names no language, or several")
        return None
    word = language_of(concept(languages[0]), mapping)
    preferred = [truth(part, "valueBoolean") for part in _named(extension, "preferred")]
    poor = _POOR in _codes(_named(extension, "communicationProficiency"))
    modes = _codes(_named(extension, "modeOfCommunication"))
    tag = tag_of(word, mapping) or normalise(word)
    return Spoken(word, tag, preferred[0] if preferred else None, poor or _unwritten(modes))


def _codes(parts: list[Resource]) -> list[str]:
    return [word for part in parts for word in spellings(concept(part))[:1]]


def _unwritten(modes: list[str]) -> bool:
    return bool(modes) and not _WRITTEN_MODES & set(modes)


def _chosen(place: list[Spoken]) -> Spoken:
    """The one language of a place: the preferred one, or the only one.

    Raises:
        UnclearRecord: there are several, or the one there is must not be taken for the patient's.
    """
    preferred = [spoken for spoken in place if spoken.preferred]
    candidates = {spoken.tag: spoken for spoken in reversed(preferred or place)}
    if len(candidates) > 1:
        which = "are recorded as preferred" if preferred else "are recorded, and none as preferred"
        raise UnclearRecord(f"several languages {which}")
    (spoken,) = candidates.values()
    if spoken.preferred is False:
        raise UnclearRecord("the only language that is recorded is not the preferred one")
    if spoken.not_read:
        raise UnclearRecord("its language is recorded as spoken, signed or poor, not as read")
    return spoken
