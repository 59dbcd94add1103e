"""How long is left, by what editions took last time: known, partly known, and not known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leafpress.press.edition import Edition, Outcome, Status
from leafpress.press.times import FILE, Left, TimeLeft, Times

EN, PL, UR = (Edition("back-pain", tag, "a4") for tag in ("en-GB", "pl", "ur"))
NECK = Edition("neck-pain", "en-GB", "a4")
WEB = Edition("back-pain", "en-GB", "web")

EXPECTED = {
    "itself": ({EN: 2.0, NECK: 9.0}, EN, 2.0),
    "its format in its language": ({EN: 2.0, UR: 6.0}, NECK, 2.0),
    "its format": ({EN: 2.0, UR: 6.0}, PL, 4.0),
    "another format says nothing": ({WEB: 2.0}, EN, None),
    "nothing": ({}, EN, None),
}


@pytest.mark.parametrize(("known", "edition", "seconds"), EXPECTED.values(), ids=EXPECTED)
def test_expected(known: dict[Edition, float], edition: Edition, seconds: float | None) -> None:
    assert Times(known).expected(edition) == seconds


def test_the_last_time_counts() -> None:
    times = Times({EN: 2.0})
    times.put(EN, 4.0)
    assert times.expected(EN) == times.expected(NECK) == 4.0


LEFT = {
    "nobody knows": ({}, [EN, PL], 1, Left(None)),
    "one after another": ({EN: 2.0, PL: 3.0}, [EN, PL], 1, Left(5.0)),
    "side by side": ({EN: 2.0, PL: 2.0, UR: 2.0}, [EN, PL, UR], 2, Left(3.0)),
    "as long as the longest": ({EN: 1.0, UR: 8.0}, [EN, UR], 2, Left(8.0)),
    "partly": ({EN: 2.0}, [EN, WEB], 1, Left(2.0, whole=False)),
    "nothing is left": ({}, [], 2, Left(0.0)),
}


@pytest.mark.parametrize(("known", "editions", "processes", "left"), LEFT.values(), ids=LEFT)
def test_left(
    known: dict[Edition, float], editions: list[Edition], processes: int, left: Left
) -> None:
    assert TimeLeft(editions, Times(known), processes, lambda: 0.0).left == left


def _built(edition: Edition, seconds: float, status: Status = Status.BUILT) -> Outcome:
    return Outcome(edition, status, seconds=seconds)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_as_it_goes() -> None:
    """What is being built counts down; what this run has learned counts."""
    clock = Clock()
    time_left = TimeLeft([EN, WEB, NECK], Times({EN: 4.0}), 1, clock)
    assert time_left.left == Left(8.0, whole=False)
    time_left.note([EN], None)
    clock.now = 3.0
    assert time_left.left == Left(5.0, whole=False)
    clock.now = 40.0
    assert time_left.left == Left(4.0, whole=False), "longer than last time, and never less than 0"
    time_left.note([], _built(EN, 41.0))
    time_left.note([], _built(WEB, 1.0))
    assert time_left.left == Left(41.0)


def test_a_slower_machine() -> None:
    """Twice as slow as last time; the first of a process, which warms up, says nothing of that."""
    times = Times({EN: 1.0, PL: 2.0, UR: 3.0})
    time_left = TimeLeft([EN, PL, UR], times, 1, lambda: 0.0)
    time_left.note([], _built(EN, 100.0))
    assert time_left.left == Left(5.0)
    time_left.note([], _built(PL, 4.0))
    assert time_left.left == Left(6.0)


def test_what_fails_teaches_nothing() -> None:
    time_left = TimeLeft([EN, PL], Times({PL: 2.0}), 1, lambda: 0.0)
    time_left.note([], _built(EN, 0.1, Status.FAILED))
    assert time_left.left == Left(2.0)


def test_kept_and_read(tmp_path: Path) -> None:
    standing = [EN.output, UR.output]
    Times({PL: 1.0, UR: 2.0}).keep(tmp_path, [_built(EN, 3.25)], standing)
    assert Times.read(tmp_path).seconds == {EN: 3.25, UR: 2.0}


def test_nothing_built_nothing_written(tmp_path: Path) -> None:
    Times({EN: 1.0}).keep(tmp_path, [_built(EN, 3.0, Status.FRESH)], [EN.output])
    assert list(tmp_path.iterdir()) == []


BROKEN = {
    "cut": '{"form": 1, "seco',
    "another form": '{"form": 99, "seconds": {}}',
    "no rows": '{"form": 1}',
    "a list": "[]",
    "a name of two words": '{"form": 1, "seconds": {"back-pain ur": 1}}',
    "less than nothing": '{"form": 1, "seconds": {"back-pain ur a4": -1}}',
    "no number": '{"form": 1, "seconds": {"back-pain ur a4": NaN}}',
    "words": '{"form": 1, "seconds": {"back-pain ur a4": "long"}}',
    "a format of later": '{"form": 1, "seconds": {"back-pain ur a5": 1}}',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_not_ours(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text)
    assert Times.read(tmp_path).seconds == {}


def test_a_folder_where_nobody_may_write(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    Times({}).keep(tmp_path, [_built(EN, 3.0)], [EN.output])
    assert (tmp_path / FILE).is_dir()


def test_the_file_is_plain(tmp_path: Path) -> None:
    Times({}).keep(tmp_path, [_built(EN, 3.0)], [EN.output])
    document = json.loads((tmp_path / FILE).read_bytes())
    assert document == {"form": 1, "seconds": {"back-pain en-GB a4": 3.0}}
