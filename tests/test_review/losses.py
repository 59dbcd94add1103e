"""What a returned file may lose: a row a loss, the rule that has to say it, and how it happens."""

from __future__ import annotations

import copy
from typing import Any

from edits import (
    ENGLISH,
    NUMBER,
    XLIFF,
    Edit,
    double,
    drop,
    drop_column,
    empty,
    entry,
    hide,
    merge,
    picture_in,
    plain_target,
    replaced,
    slip,
    strike,
    swap,
    swap_targets,
    target_of,
    target_text,
    text,
    track,
    track_row,
    with_row,
    with_unit,
    word,
    xliff,
)

Loss = tuple[str, Edit]
"""The rule, and the edit."""

FEVER = "You have a high temperature"
CALL = "Call your GP"
LEGS = "You have pain, tingling"
HOSPITAL = "**{a-and-e}**"
DOSE = "Never take more"
WEEKS = "Usually 4 to 6"
TITLE = "Low back pain"
SUMMARY = "Most low back pain"

LAST_SENTENCE = "۔ کو-کوڈامول (co-codamol) میں پیراسیٹامول پہلے سے ہوتی ہے"
MOST_WORDS = " ہسپتال کا وہ حصہ ہے جو ہنگامی حالت میں مدد کرتا ہے"


def drop_element(unit: Any) -> None:
    target_of(unit).remove(target_of(unit)[0])


def unknown_element(unit: Any) -> None:
    target_of(unit)[0].set("id", "9")


def other_element(unit: Any) -> None:
    target_of(unit)[0].tag = f"{XLIFF}g"


def double_unit(unit: Any) -> None:
    unit.addnext(copy.deepcopy(unit))


def double_target(unit: Any) -> None:
    unit.append(copy.deepcopy(target_of(unit)))


def doctype(data: bytes) -> bytes:
    return data.replace(b"<xliff", b"<!DOCTYPE x [<!ENTITY e 'e'>]><xliff", 1)


def obsolete(entry: str) -> str:
    lines = [line for line in entry.splitlines() if not line.startswith("#")]
    return "\n".join(f"#~ {line}" for line in lines)


def untranslated(entry: str) -> str:
    return entry.split("msgstr", maxsplit=1)[0] + 'msgstr ""'


def in_exchange(data: bytes) -> bytes:
    one, other = "فوراً مدد لیں".encode(), "گھر پر یہ آزمائیں".encode()
    return data.replace(one, b"@").replace(other, one).replace(b"@", other)


WORD: dict[str, Loss] = {
    "a number": ("T013", replaced(FEVER, "38°C", "بہت")),
    "another number": ("T013", replaced(WEEKS, "6", "8")),
    "a placeholder": ("T010", replaced(CALL, "{111}", "111")),
    "strong words": ("T011", replaced(LEGS, "**", "")),
    "where a link leads": ("T012", replaced(LEGS, "#two", "#one")),
    "a term": ("T020", replaced(CALL, "GP", "ڈاکٹر")),
    "a sentence": ("S037", replaced(DOSE, LAST_SENTENCE, "")),
    "digits": ("S041", replaced(WEEKS, "4", "۴")),
    "a bracket": ("S037", replaced(FEVER, ")", "")),
    "half of the words": ("S037", replaced(HOSPITAL, MOST_WORDS, "")),
    "a row": ("S031", with_row(FEVER, drop)),
    "a row twice": ("S032", with_row(FEVER, double)),
    "a cell": ("S038", with_row(FEVER, empty)),
    "two cells in exchange": ("S036", word(lambda table: swap(table, TITLE, SUMMARY))),
    "cells that slipped": ("S036", word(slip)),
    "English": ("S034", replaced(FEVER, "38", "39", ENGLISH)),
    "a tracked deletion": ("S035", with_row(FEVER, track)),
    "a tracked insertion": ("S035", with_row(FEVER, lambda row: track(row, "w:ins"))),
    "hidden words": ("S040", with_row(FEVER, hide)),
    "a picture": ("S040", with_row(FEVER, picture_in)),
    "words struck through": ("S040", with_row(FEVER, strike)),
    "a tracked row": ("S035", with_row(FEVER, track_row)),
    "joined cells": ("S033", with_row(FEVER, merge)),
    "a number of a row": ("S033", replaced(FEVER, "", "x", NUMBER)),
    "a column": ("S030", word(drop_column)),
}

IN_XLIFF: dict[str, Loss] = {
    "a number": ("T013", with_unit(FEVER, target_text("38°C", "بہت"))),
    "a placeholder": ("T010", with_unit(CALL, drop_element)),
    "strong words and a link": ("T011", with_unit(LEGS, plain_target)),
    "an element of no text": ("S033", with_unit(CALL, unknown_element)),
    "an element of another kind": ("S033", with_unit(CALL, other_element)),
    "a term": ("T020", with_unit(CALL, target_text("GP", "ڈاکٹر"))),
    "a sentence": ("S037", with_unit(DOSE, target_text("۔ کو", " کو"))),
    "a unit": ("S031", with_unit(FEVER, lambda unit: unit.getparent().remove(unit))),
    "a unit twice": ("S032", with_unit(FEVER, double_unit)),
    "a target": ("S038", with_unit(FEVER, lambda unit: unit.remove(target_of(unit)))),
    "two targets": ("S030", with_unit(FEVER, double_target)),
    "targets in exchange": ("S036", xliff(swap_targets)),
    "English": ("S034", with_unit(FEVER, lambda unit: setattr(unit[0], "text", "Other."))),
    "an id": ("S033", with_unit(FEVER, lambda unit: unit.set("id", "99-00000000"))),
    "the leaflet": ("S030", xliff(lambda root: root[0].set("original", "other"))),
    "the language": ("S030", xliff(lambda root: root[0].set("target-language", "xx"))),
    "a document type": ("S030", doctype),
    "its end": ("S030", lambda data: data[:-30]),
}

IN_PO: dict[str, Loss] = {
    "a number": ("T013", text("38°C یا", "یا")),
    "a placeholder": ("T010", text("(GP) یا {111}", "(GP) یا")),
    "strong words": ("T011", text("**دونوں**", "دونوں")),
    "where a link leads": ("T012", text("[دوسرا حصہ](#two)", "[دوسرا حصہ](#one)")),
    "a term": ("T020", text("فیملی ڈاکٹر (GP)", "فیملی ڈاکٹر")),
    "a sentence": ("S037", text("نہ لیں۔ کو", "نہ لیں کو")),
    "an entry": ("S031", entry(FEVER, lambda _entry: "")),
    "an entry that is obsolete": ("S031", entry(FEVER, obsolete)),
    "an entry twice": ("S032", entry(FEVER, lambda entry: f"{entry}\n\n{entry}")),
    "a translation": ("S038", entry(FEVER, untranslated)),
    "translations in exchange": ("S036", in_exchange),
    "English": ("S034", text("temperature (38", "temperature (39")),
    "a guess": ("S043", entry(FEVER, lambda entry: f"#, fuzzy\n{entry}")),
    "words that are English": ("T016", text('"فوراً مدد لیں"', '"Get help now"')),
    "the language": ("S030", text("Language: ur", "Language: xx")),
    "its characters": ("S030", text("charset=utf-8", "charset=iso-8859-1")),
    "its encoding": ("S030", lambda data: data.decode().encode("utf-16")),
    "a quote": ("S030", text('msgstr "فوراً مدد لیں"', 'msgstr "فوراً مدد لیں')),
}
