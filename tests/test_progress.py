"""What is shown while something is built: words about time, plain lines, and a bar."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from conftest import ROOT, TODAY, MakeProject, run_build, run_on_a_terminal

from leafpress.findings import ExitCode
from leafpress.press.edition import Edition, Outcome, Status
from leafpress.press.times import FILE, Left, TimeLeft, Times
from leafpress.progress import Lines, Tally, in_words, left_line

WORDS = {
    0.2: "1 s",
    1: "1 s",
    8.2: "9 s",
    10: "10 s",
    41: "45 s",
    89: "90 s",
    90: "2 min",
    700: "12 min",
    3599: "60 min",
    3600: "1 h",
    4500: "1 h 20 min",
    86_400: "24 h",
}


@pytest.mark.parametrize(("seconds", "words"), WORDS.items())
def test_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


LINES = {
    "time left: not known yet": Left(None),
    "time left: about 40 s": Left(38.0),
    "time left: at least 40 s": Left(38.0, whole=False),
    "time left: less than a second": Left(0.0),
}


@pytest.mark.parametrize(("line", "left"), LINES.items())
def test_left_line(line: str, left: Left) -> None:
    assert left_line(left) == line


def test_at_least_nothing_is_no_knowledge() -> None:
    assert left_line(Left(0.0, whole=False)) == "time left: not known yet"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def _editions(count: int) -> list[Edition]:
    return [Edition(f"leaflet-{number}", "en-GB", "text") for number in range(count)]


def test_plain_lines() -> None:
    """One about time at the start and every half minute, one for each outcome, none at the end."""
    clock, stream, editions = Clock(), io.StringIO(), _editions(4)
    time_left = TimeLeft(editions, Times({}), 1, clock)
    with Lines(stream, len(editions), time_left, clock) as lines:
        for edition in editions:
            lines.show((edition,), None)
            clock.now += 20
            lines.show((edition,), None)
            lines.show((), Outcome(edition, Status.BUILT, seconds=20))
    assert stream.getvalue().splitlines() == [
        "0 of 4 done, time left: not known yet",
        "[1/4] en-GB/leaflet-0-text.txt: built",
        "1 of 4 done, time left: about 40 s",
        "[2/4] en-GB/leaflet-1-text.txt: built",
        "[3/4] en-GB/leaflet-2-text.txt: built",
        "3 of 4 done, time left: less than a second",
        "[4/4] en-GB/leaflet-3-text.txt: built",
    ]


def test_of_one_edition_nothing_is_said_about_time() -> None:
    (edition,) = _editions(1)
    stream = io.StringIO()
    with Lines(stream, 1, TimeLeft([edition], Times({}), 1, Clock()), Clock()) as lines:
        lines.show((edition,), None)
    assert stream.getvalue() == ""


def test_a_tally_in_plain_lines() -> None:
    clock, stream = Clock(), io.StringIO()
    with Tally(stream, "letters", clock, as_bar=False) as tally:
        for number in range(1, 101):
            clock.now += 1
            tally.show(number, 100)
    assert stream.getvalue().splitlines() == [
        "letters: 30 of 100 done, time left: about 70 s",
        "letters: 60 of 100 done, time left: about 40 s",
        "letters: 90 of 100 done, time left: about 10 s",
    ]


@pytest.fixture
def two(make_project: MakeProject) -> Path:
    """A project with two leaflets."""
    root = make_project()
    other = (root / "leaflets" / "case.yaml").read_text().replace("id: case\n", "id: other\n")
    (root / "leaflets" / "other.yaml").write_text(other)
    return root


def _on_a_terminal(root: Path, *arguments: str, **environment: str) -> str:
    """What is written to a terminal of 80 columns."""
    words = ["--project", str(root), "--date", str(TODAY), "-L", "en-GB", "-f", "text"]
    kept = {name: own for name, own in os.environ.items() if name not in _WITHOUT}
    terminal = {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "80"}
    done = run_on_a_terminal({**kept, **terminal, **environment}, *words, *arguments)
    assert done.returncode == ExitCode.OK, done.stdout
    return done.stdout


_WITHOUT = {"NO_COLOR", "LEAFPRESS_PLAIN"}
_COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9][0-9;]*m")
_MOVES = re.compile(r"\x1b\[[0-9;?]*[A-HJKhl]")
"""What moves the cursor, or hides it: a screen reader hears such a line again and again."""


def test_a_bar(two: Path) -> None:
    text = _on_a_terminal(two)
    assert _MOVES.search(text)
    assert _COLOUR.search(text)
    assert "0/2" in text
    assert "time left: not known yet" in text
    assert "case en-GB text" in text
    assert "[2/2]" in text


def test_a_bar_without_colour(two: Path) -> None:
    text = _on_a_terminal(two, NO_COLOR="1")
    assert _MOVES.search(text)
    assert not _COLOUR.search(text)


PLAIN: dict[str, tuple[list[str], dict[str, str]]] = {
    "option": (["--plain"], {}),
    "variable": ([], {"LEAFPRESS_PLAIN": "1"}),
    "terminal": ([], {"TERM": "dumb"}),
}


@pytest.mark.parametrize(("arguments", "environment"), PLAIN.values(), ids=PLAIN)
def test_nothing_moves(arguments: list[str], environment: dict[str, str], two: Path) -> None:
    text = _on_a_terminal(two, *arguments, **environment)
    assert "\x1b" not in text
    first, *others = text.splitlines()
    assert first == "0 of 2 done, time left: not known yet"
    assert len(others) == 3


def test_the_second_time_it_is_known(two: Path) -> None:
    asked = ("-L", "en-GB", "-f", "text")
    assert "time left: not known yet" in run_build(two, *asked).stdout
    kept = two / "out" / FILE
    before = kept.stat()
    assert run_build(two, *asked).stdout.startswith("2 unchanged")
    assert kept.stat() == before
    for edition in (two / "out" / "en-GB").iterdir():
        edition.unlink()
    again = run_build(two, *asked).stdout
    assert re.match(r"0 of 2 done, time left: (about \d+ s|less than a second)\n", again), again


def test_for_a_program_nothing_is_shown(two: Path) -> None:
    done = run_build(two, "-L", "en-GB", "-f", "text", "--json")
    assert done.stdout.startswith("{")
    assert done.stderr == ""
