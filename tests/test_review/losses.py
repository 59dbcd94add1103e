"""What a returned file may lose: a row a loss, the rule that has to say it, and how it happens."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from docx.oxml import OxmlElement
from edits import (
    ENGLISH,
    NUMBER,
    REMARK,
    WORDS,
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
    row_of,
    set_words,
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

URDU = "کمر کے نچلے حصے کا درد زیادہ تر بہتر ہو جاتا ہے۔"
GERMAN = "Die meisten Rückenschmerzen werden von selbst wieder besser."
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


def move_words(row: Any) -> None:
    """The translation written into the column of remarks."""
    words = row.cells[WORDS].text
    set_words(row.cells[WORDS], "")
    row.cells[REMARK].text = words


def join_below(table: Any) -> None:
    """Two cells, one below the other, joined."""
    rows = list(table.rows)
    at = next(n for n, row in enumerate(rows) if row.cells[ENGLISH].text.startswith(FEVER))
    rows[at].cells[WORDS].merge(rows[at + 1].cells[WORDS])


def other_code(data: bytes) -> bytes:
    """A changed row with the code of another."""

    def change(table: Any) -> None:
        one, other = row_of(table, FEVER).cells[NUMBER], row_of(table, CALL).cells[NUMBER]
        one.paragraphs[1].runs[0].text = other.paragraphs[1].text

    return word(change)(replaced(FEVER, "بخار", "تیز بخار")(data))


def nested_table(row: Any) -> None:
    row.cells[WORDS].add_table(1, 1)


def field(row: Any) -> None:
    run = row.cells[WORDS].paragraphs[0].add_run()
    run._r.append(OxmlElement("w:fldChar"))


def unit_text(change: Callable[[str], str]) -> Callable[[Any], None]:
    def edit(unit: Any) -> None:
        target = target_of(unit)
        target.text = change(target.text)

    return edit


def set_state(state: str) -> Callable[[Any], None]:
    return lambda unit: target_of(unit).set("state", state)


def set_target_language(unit: Any) -> None:
    target_of(unit).set("{http://www.w3.org/XML/1998/namespace}lang", "ar")


def double_file(root: Any) -> None:
    root.append(copy.deepcopy(root[0]))


def half_open(unit: Any) -> None:
    """A pair of marks of which a tool has written the first half as text."""
    bold = next(child for child in target_of(unit) if child.get("ctype") == "bold")
    words, behind = bold.text or "", bold.tail or ""
    target_of(unit).remove(bold)
    target_of(unit).text = f"**{words}{behind}"


MEMORY = (
    b'<?xml version="1.0"?><tmx version="1.4"><header/><body><tu><tuv xml:lang="en-GB">'
    b'<seg>Adults.</seg></tuv><tuv xml:lang="ur"><seg>x</seg></tuv></tu></body></tmx>'
)
SECOND = (
    b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"><file id="f"/></xliff>'
)


def joined_with_next(data: bytes) -> bytes:
    """An entry whose head was deleted, so that its words hang on to the entry before."""
    entries = data.decode().split("\n\n")
    at = next(n for n, each in enumerate(entries) if f'msgid "{FEVER}' in each)
    entries[at] = entries[at].partition("msgstr ")[2]
    return "\n\n".join(entries[:at]).encode() + b"\n" + "\n\n".join(entries[at:]).encode()


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
    "a placeholder under another name": ("T010", replaced(CALL, "{111}", "{112}")),
    "a placeholder in capitals": ("T010", replaced(HOSPITAL, "{a-and-e}", "{A-and-E}")),
    "half of the markup": ("T011", replaced(LEGS, "دونوں**", "دونوں")),
    "a negation": ("T035", replaced(DOSE, "کبھی نہ لیں", "کبھی لیں")),
    "both": ("T036", replaced(LEGS, "**دونوں**", "**ان**")),
    "its language": ("T034", replaced(SUMMARY, URDU, GERMAN)),
    "numbers of two rows in exchange": ("S034", word(lambda t: swap(t, FEVER, CALL, NUMBER))),
    "English of two rows in exchange": ("S034", word(lambda t: swap(t, FEVER, CALL, ENGLISH))),
    "words in the column of remarks": ("S038", with_row(FEVER, move_words)),
    "a cell joined with the one below": ("S038", word(join_below)),
    "the code of another row": ("S039", other_code),
    "a table in a cell": ("S040", with_row(FEVER, nested_table)),
    "a field": ("S040", with_row(FEVER, field)),
    "a tracked move": ("S035", with_row(FEVER, lambda row: track(row, "w:moveFrom"))),
    "its length": ("T014", replaced(TITLE, "درد", "درد " * 40)),
    "a sign of direction": ("L006", replaced(FEVER, "(", "\u202e(")),
    "the words of HTML": ("T015", replaced(FEVER, "بخار", "<b>بخار</b>")),
    "words that stay English": ("T016", replaced("Get help now", "فوراً مدد لیں", "Get help now")),
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
    "digits": ("S041", with_unit(WEEKS, target_text("4", "۴"))),
    "another number": ("T013", with_unit(WEEKS, target_text("6", "8"))),
    "half of the markup": ("T011", with_unit(LEGS, half_open)),
    "a negation": ("T035", with_unit(DOSE, target_text("کبھی نہ لیں", "کبھی لیں"))),
    "a state of unfinished words": ("S043", with_unit(FEVER, set_state("needs-translation"))),
    "a state of words to adapt": ("S043", with_unit(FEVER, set_state("needs-adaptation"))),
    "another language": ("S039", xliff(lambda root: root[0].set("target-language", "pl"))),
    "the language of a target": ("S030", with_unit(FEVER, set_target_language)),
    "the source's language": ("S030", xliff(lambda root: root[0].set("source-language", "pl"))),
    "the file for a memory": ("S030", lambda _data: MEMORY),
    "its version": ("S030", lambda _data: SECOND),
    "itself, twice": ("S030", xliff(double_file)),
    "its characters": ("S034", lambda data: data.decode("latin-1").encode()),
    "its length": ("T014", with_unit(TITLE, unit_text(lambda words: words * 5))),
    "a sign of direction": ("L006", with_unit(FEVER, target_text("(", "\u202e("))),
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
    "another number": ("T013", text("4 سے 6", "4 سے 8")),
    "digits": ("S041", text("4 سے 6", "۴ سے 6")),
    "a placeholder under another name": ("T010", text("(GP) یا {111}", "(GP) یا {112}")),
    "half of the markup": ("T011", text("**دونوں**", "**دونوں")),
    "a negation": ("T035", text("کبھی نہ لیں", "کبھی لیں")),
    "its context": ("S034", entry(FEVER, lambda e: e.replace("msgid", 'msgctxt "x"\nmsgid', 1))),
    "the head of an entry": ("S031", joined_with_next),
    "its own encoding": ("S034", lambda data: data.decode("latin-1").encode()),
    "its header": ("S030", lambda data: data.partition(b"\n\n")[2]),
    "its leaflet": ("S030", text("Project-Id-Version: case", "Project-Id-Version: other")),
    "its end": ("S030", lambda data: data[: data.rindex(b"msgstr")]),
    "its length": ("T014", text("بالغ افراد۔", "بالغ افراد۔ " * 40)),
    "a quote": ("S030", text('msgstr "فوراً مدد لیں"', 'msgstr "فوراً مدد لیں')),
}
