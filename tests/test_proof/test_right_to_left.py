"""What counts as read where lines run from the right, and what not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafpress.proof.text.pdf_readers import _as_written, from_page_order
from leafpress.proof.text.right_to_left import LinesFromRight, _turned, runs_from_right

BLOCK = "اتصل بـ 999 الآن، أو بـ NHS 111 (مجانًا) إذا كنت في خطر."


def _read(*pages: list[str], between: float = 3) -> LinesFromRight:
    return LinesFromRight.of(pages, between)


READ = {
    "as it is written": (["قبل", BLOCK, "بعد"], True),
    "over two lines": (["اتصل بـ 999 الآن، أو بـ", "NHS 111 (مجانًا) إذا كنت في خطر. بعد"], True),
    "numbers and brackets moved": (["اتصل بـ999 الآن، أو بـ111 NHS )مجانًا( إذا كنت في .خطر"], True),
    "a line read from its other end": (
        ["اتصل بـ 999 الآن، أو بـ", ".خطر في كنت إذا (اًمجان) NHS 111"],
        True,
    ),
    "the last sign alone in its line": ([BLOCK[:-1], "."], True),
    "a vowel mark lost": ([BLOCK.replace("ً", "")], False),
    "a letter lost": ([BLOCK.replace("خطر", "خط")], False),
    "a word torn": ([BLOCK.replace("كنت", "كن ت")], False),
    "two words glued": ([BLOCK.replace("كنت في", "كنتفي")], False),
    "a word lost": ([BLOCK.replace("كنت ", "")], False),
    "another number": ([BLOCK.replace("999", "998")], False),
    "a number lost": ([BLOCK.replace("111", "")], False),
    "a Latin word lost": ([BLOCK.replace("NHS", "")], False),
    "a sign lost": ([BLOCK.replace("،", "")], False),
    "lines in another order": (
        ["NHS 111 (مجانًا) إذا كنت في خطر.", "اتصل بـ 999 الآن، أو بـ"],
        False,
    ),
    "words in another order in their line": ([BLOCK.replace("كنت في", "في كنت")], True),
    "words in another order over lines": (
        ["اتصل بـ 999 الآن، أو بـ NHS 111 (مجانًا) إذا في", "كنت خطر."],
        False,
    ),
    "another word in a line within": (
        ["اتصل بـ 999", "الآن، أو كلمة بـ NHS 111", BLOCK[31:]],
        False,
    ),
    "nothing": ([], False),
}


@pytest.mark.parametrize("case", READ)
def test_every_word_letter_for_letter(case: str) -> None:
    lines, is_read = READ[case]
    assert _read(lines).holds(BLOCK) is is_read


def test_joiners_are_letters() -> None:
    words = "حرکت کمک می‌کند"
    assert _read([words]).holds(words)
    assert not _read([words.replace("\u200c", "")]).holds(words)
    assert not _read([words.replace("\u200c", " ")]).holds(words)


PAGES = (["أول", "واحد اثنان"], ["رأس الصفحة", "ثلاثة أربعة", "آخر"])


@pytest.mark.parametrize(("between", "is_read"), [(2, True), (1, False)])
def test_a_page_ends_within_a_block(between: float, *, is_read: bool) -> None:
    """What stands in the margins of pages is skipped, and no more than that."""
    assert _read(*PAGES, between=between).holds("واحد اثنان ثلاثة أربعة") is is_read


def test_in_pairs_the_other_half_may_stand_between() -> None:
    first = ["واحد اثنان", "نص آخر طويل جدا لا علاقة له"]
    assert _read(first, PAGES[1], between=float("inf")).holds("واحد اثنان ثلاثة")
    assert not _read(first, ["شيء آخر"], PAGES[1], between=float("inf")).holds("واحد اثنان ثلاثة")


ADDRESSES = [
    (["uk.nhs.www/ conditions/back-pain/"], True),
    (["www.nhs.uk/conditions/", "back-pain/"], True),
    (["www.nhs.uk/conditions/neck-pain/"], False),
]


@pytest.mark.parametrize(("lines", "is_read"), ADDRESSES)
def test_addresses(lines: list[str], *, is_read: bool) -> None:
    assert _read(lines).holds("www.nhs.uk/conditions/back-pain/") is is_read


_WORDS = st.lists(st.from_regex("[ابتثجح]([\u064b\u200c]?[درسع]){0,4}", fullmatch=True), min_size=1)


@given(_WORDS, st.integers(1, 5), st.randoms(use_true_random=False))
def test_lines_in_any_order_of_their_words(
    words: list[str], width: int, chance: random.Random
) -> None:
    """Whatever lines a block falls into, and however each is read, it is found."""
    block = " ".join(words)
    lines = [words[at : at + width] for at in range(0, len(words), width)]
    plain = [" ".join(line) for line in lines]
    assert LinesFromRight.of([plain], 0).holds(block)
    for line in lines:
        chance.shuffle(line)
    mixed = [" ".join(map(chance.choice((str, _turned)), line)) for line in lines]
    assert LinesFromRight.of([mixed], 0).holds(block)


def test_which_blocks_run_from_the_right() -> None:
    assert runs_from_right("اتصل بـ NHS 111")
    assert not runs_from_right("Ask for اردو")
    assert not runs_from_right("020 7946 0000")


POPPLER = {
    "\u202bیہ ایک \u202aNHS 111 \u202c ہے\u202c": "\u202bیہ ایک  NHS 111 ہے\u202c",
    "\u202bہے\u202c 2026 ،\u202bنومبر\u202c": "\u202bنومبر\u202c، 2026 \u202bہے\u202c",
    "\u202bُرئ\u202c\u202bق\u202c .": ". \u202bق\u202c\u202bُرئ\u202c",
    "NHS 111": "NHS 111",
}


@pytest.mark.parametrize("line", POPPLER)
def test_a_line_that_poppler_takes_for_one_from_the_left(line: str) -> None:
    """Such a line comes as it stands on the page, its last piece first (`pdftotext` 22.12)."""
    assert from_page_order(line, turned=True) == POPPLER[line]
    assert from_page_order(f"\f{line}", turned=True) == f"\f{POPPLER[line]}"


def test_pdfium_puts_a_mark_behind_the_sign_that_follows_its_word() -> None:
    assert _as_written("متدل،ّ أو") == "متدلّ، أو"
    assert _as_written("hip\ufffe and") == "hip- and"
