"""Needs, languages and references: what is understood, and that nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafpress.mailing.lists.languages import find_language, why_not
from leafpress.mailing.lists.needs import NOTHING, read_needs
from leafpress.mailing.lists.normalise import normalise, split_cell
from leafpress.mailing.selection import patient_reference
from leafpress.translation.language import LANGUAGES


@pytest.mark.parametrize(
    ("text", "format_id"),
    [
        ("", ""),
        ("None", ""),
        ("796161000000101", "easy-read"),
        ("796161000000101 | Easyread |", "easy-read"),
        ("EASY READ", "easy-read"),
        ("957331000000109", "large-print-20"),
        ("957351000000102", "large-print-24"),
        ("957371000000106", "large-print-28"),
        ("11", "large-print-18"),
        ("Large print", "large-print-18"),
        ("large print 20pt", "large-print-20"),
        ("At least 24 point", "large-print-24"),
        ("font size 28", "large-print-28"),
        ("22 pt", "large-print-24"),
        ("16 point", "large-print-16"),
        ("large print; 28 point", "large-print-28"),
        ("936681000000100", "braille-1"),
        ("936661000000109", "braille-2"),
        ("Braille", "braille-2"),
        ("braille; braille grade 1", "braille-1"),
        ("12", "braille-2"),
        ("easy read; interpreter required", "easy-read"),
        ("yellow on black", "a4-yellow-on-black"),
    ],
)
def test_needs(text: str, format_id: str) -> None:
    found = read_needs(text)
    assert (found.format, found.problem, found.unknown) == (format_id, "", ())


@pytest.mark.parametrize(
    "text", ["audio", "13", "936601000000105", "BSL", "32 point", "easy read; braille", "Moon"]
)
def test_needs_that_cannot_be_met(text: str) -> None:
    assert read_needs(text).problem


@pytest.mark.parametrize("text", ["large", "14", "10 pt", "7.96161E+14", "see notes", "easy", "18"])
def test_needs_that_are_not_understood(text: str) -> None:
    assert read_needs(text).unknown


@pytest.mark.parametrize(("text", "way"), [("945751000000106", "portal"), ("by e-mail", "email")])
def test_needs_about_delivery(text: str, way: str) -> None:
    assert read_needs(text).delivery == way


def test_a_clinics_own_words() -> None:
    assert read_needs("LP-24; ER", {"lp 24": "24 point", "er": "none"}).format == "large-print-24"


@given(st.text(max_size=40))
def test_no_words_are_taken_for_nothing(text: str) -> None:
    """What is not in the table is unknown: no text at all turns into "no need" by accident."""
    found = read_needs(text)
    nothing = all(normalise(piece) in NOTHING for piece in [text, *split_cell(text)][1:] or [text])
    assert found.needs or found.unknown or nothing


@given(st.integers(16, 28))
def test_print_is_never_smaller_than_asked(points: int) -> None:
    found = read_needs(f"{points} pt")
    assert int(found.format.removeprefix("large-print-")) >= points


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("ur", "ur"),
        ("UR-pk", "ur"),
        ("Urdu", "ur"),
        ("اردو", "ur"),
        ("urd", "ur"),
        ("Polski", "pl"),
        ("English", "en-GB"),
        ("en", "en-GB"),
        ("en-US", "en-GB"),
        ("Cymraeg", "cy"),
        ("বাংলা", "bn"),
        ("Bengali (with Sylheti and Chatgaya)", "bn"),
        ("Panjabi", "pa"),
        ("Persian or Farsi", "fa"),
        ("zh-Hans", "zh-Hans"),
    ],
)
def test_languages(text: str, tag: str) -> None:
    assert find_language(text) == tag


@pytest.mark.parametrize(
    "text", ["", "BSL", "interpreter required", "Chinese", "zh", "pa-Arab", "en-XA", "Klingon", "u"]
)
def test_languages_that_are_not_known(text: str) -> None:
    assert find_language(text) is None
    assert why_not(text)


def test_every_language_by_its_names() -> None:
    for tag, row in LANGUAGES.items():
        if not row.pseudo:
            assert {find_language(each) for each in (tag, row.english, row.native)} == {tag}


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Ref: A12.", "A12"),
        ("Ref:A12", "a12"),
        ("(A12345)", "A12345"),
        ("NHS 943 476 5919", "9434765919"),
        ("NHS 943-476-5919 x", "943 476 5919"),
        ("NHS 9434765919", "943 476 5919"),
        ("ref ab-1234", "AB1234"),
        ("ref AB 1234", "ab1234"),
        ("ref AB-12-\n34", "AB-12-34"),
        ("ref AB12\ufffe345", "AB12345"),
        ("ref ١٢٣٤٥٦", "123456"),
        ("12345, and", "12345"),
        ("RX1/2345", "RX1/2345"),
        ("A\u200b12345", "A12345"),
        ("Ａ１２３４５", "A12345"),
        ("Ref 7946\nDear", "7946"),
    ],
)
def test_references_that_are_there(text: str, own: str) -> None:
    assert patient_reference.holds(patient_reference.readings(text), own)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Ref: A123.", "A12"),
        ("Ref: A12-3", "A12"),
        ("Ref: A12/3", "A12"),
        ("Ref: BA12", "A12"),
        ("Ref: A12-\n34", "A12"),
        ("94347659190", "943 476 5919"),
        ("on 12/03/1234", "1234"),
        ("1,234 people", "234"),
        ("tel 020 7946 0000", "7946"),
        ("ref AB12-345", "AB12345"),
        ("ref A12-34", "A1234"),
        ("0012345", "12345"),
        ("12345.6", "12345"),
        ("RX1 2345", "RX1/2345"),
        ("А12345", "A12345"),  # a Cyrillic А
    ],
)
def test_references_that_are_not_there(text: str, own: str) -> None:
    assert not patient_reference.holds(patient_reference.readings(text), own)


@given(st.from_regex(r"[A-Z]{1,2}[0-9]{3,7}", fullmatch=True), st.sampled_from("0123456789ABC"))
def test_a_reference_is_no_part_of_a_longer_one(own: str, more: str) -> None:
    assert patient_reference.holds(patient_reference.readings(f"Our reference: {own}. Dear"), own)
    assert not patient_reference.holds(
        patient_reference.readings(f"Our reference: {own}{more}. Dear"), own
    )
    assert not patient_reference.holds(
        patient_reference.readings(f"Our reference: {more}{own}. Dear"), own
    )


@given(st.text(min_size=1, max_size=100))
def test_file_names_are_safe(own: str) -> None:
    name = patient_reference.file_name(own)
    assert name.isascii()
    assert not set(name) & set('/\\:*?"<>|.\n\r\t\0')
    assert name == name.strip()
    assert 0 < len(name) <= 70


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_two_references_have_two_names(one: str, other: str) -> None:
    assert (patient_reference.file_name(one) == patient_reference.file_name(other)) == (
        one == other
    )


@pytest.mark.parametrize("own", ["", "-", "12", "123", "A1", "Smith", "2026"])
def test_references_that_prove_nothing(own: str) -> None:
    assert patient_reference.weakness(own)
