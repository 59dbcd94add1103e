"""Which words could do harm when they are wrong: those of boxes, doses and numbers to call.

A leaflet may say so itself (`safety:` of a section, of a block, of a part of easy read); what it
leaves open follows from the block. Such words are held strictly: changed since they were checked,
nothing that prints them is given out.
"""

from __future__ import annotations

import re

from leafpress.content import inline
from leafpress.content.blocks import BlockBase, ContactsBlock, EmergencyBlock, WarningBlock
from leafpress.content.easy_read import EasySection
from leafpress.content.model import Section

BOXES = (EmergencyBlock, WarningBlock, ContactsBlock)
"""Blocks that are about safety by what they are."""

STOP = "when to stop an exercise"
"""The role of words that say when to stop."""

DOSE = re.compile(r"\d\s*(?:mg|milligrams?|micrograms?|mcg|µg|g|grams?|ml|millilitres?|%)\b")
"""How much of a medicine, as leaflets write it."""


def of_block(section: Section, block: BlockBase) -> bool:
    """Whether all words of a block are about safety."""
    if block.safety is not None:
        return block.safety
    return bool(section.safety) or isinstance(block, BOXES)


def of_easy_section(section: EasySection) -> bool:
    """Whether all words of a part of easy read are about safety."""
    if section.safety is not None:
        return section.safety
    return section.urgency is not None


def of_words(english: str, role: str) -> bool:
    """Whether words are about safety wherever they stand: numbers to call, doses, when to stop."""
    return role == STOP or bool(inline.parse(english).placeholders) or bool(DOSE.search(english))
