"""What an edition needs before it is given out, by the rule of the clinic: a table of steps."""

from __future__ import annotations

from dataclasses import dataclass

from leafpress.approval.entry import Step
from leafpress.approval.messages import SHARED, Part
from leafpress.content.clinic import HandOut
from leafpress.translation.language import SOURCE


@dataclass(frozen=True, slots=True)
class Requirement:
    """One step that has to be done.

    Args:
        subject: a leaflet, or the words that all of them share.
        others: people of that step must not have done this one: revising is a second person's.
        optional: it is not asked for, but pages say so where it is done.
    """

    subject: str
    part: Part
    language: str
    step: Step
    people: int = 1
    others: Step | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """An edition, as far as signing it goes.

    Args:
        figures: whether the leaflet has any.
    """

    leaflet: str
    language: str
    easy_read: bool
    figures: bool


def of_edition(wanted: Wanted, rule: HandOut) -> tuple[Requirement, ...]:
    """Every step that an edition needs, in the order in which they are done."""
    own = Part.EASY_READ if wanted.easy_read else Part.WORDS
    printed = [(wanted.leaflet, own), (SHARED, Part.WORDS)]
    drawn = [(wanted.leaflet, Part.FIGURES)] if wanted.figures and not wanted.easy_read else []
    steps = [
        Requirement(subject, part, SOURCE, Step.CHECKED, rule.words)
        for subject, part in (*printed, *drawn)
    ]
    if wanted.language != SOURCE:
        for subject, part in printed:
            steps += _translation(subject, part, wanted.language, rule)
    if rule.approval:
        steps.append(Requirement(wanted.leaflet, own, wanted.language, Step.APPROVED))
    return tuple(steps)


def of_part_in(subject: str, part: Part, language: str, rule: HandOut) -> tuple[Requirement, ...]:
    """Every step that one part needs in one language; the last one is of that part."""
    if language == SOURCE:
        steps = [Requirement(subject, part, SOURCE, Step.CHECKED, rule.words)]
    else:
        steps = _translation(subject, part, language, rule)
    if rule.approval and subject != SHARED and part is not Part.FIGURES:
        steps.append(Requirement(subject, part, language, Step.APPROVED))
    return tuple(steps)


def _translation(subject: str, part: Part, language: str, rule: HandOut) -> list[Requirement]:
    """A translator, and a second person who revises (ISO 17100, 5.3.1 and 5.3.3)."""
    facts = (subject, part, language)
    alone = rule.translation != "two"
    return [
        Requirement(*facts, Step.TRANSLATED, optional=rule.translation == "machine"),
        Requirement(*facts, Step.REVISED, others=Step.TRANSLATED, optional=alone),
    ]
