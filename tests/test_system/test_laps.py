"""The watch of stages: what it gives out is never more than what has passed."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from leafpress.system.laps import Laps, Stage

_LAPS = st.lists(
    st.tuples(st.integers(0, 10**12), st.lists(st.sampled_from([*Stage]), unique=True, max_size=4))
)
"""Nanoseconds that pass, and the stages that are done then."""


def _clock(laps: list[tuple[int, list[Stage]]]) -> Iterator[int]:
    now = 7
    yield now
    for passed, _stages in laps:
        now += passed
        yield now
    while True:
        yield now


@given(_LAPS)
def test_no_more_than_has_passed(laps: list[tuple[int, list[Stage]]]) -> None:
    ticks = _clock(laps)
    watch = Laps[Stage](lambda: next(ticks))
    for _passed, stages in laps:
        watch.done(*stages)
    passed = sum(nanoseconds for nanoseconds, _stages in laps)
    assert sum(watch.microseconds.values()) <= round(watch.seconds * 1e6) <= passed / 1000
    owned = sum(nanoseconds for nanoseconds, stages in laps if stages)
    lost = 5 * len(laps) + len(Stage) * 1000
    assert sum(watch.microseconds.values()) * 1000 >= owned - lost, "only what rounding takes"


def test_a_stage_that_comes_again() -> None:
    ticks = iter([0, 3_000, 5_000, 12_000])
    watch = Laps[Stage](lambda: next(ticks))
    watch.done(Stage.TAGS)
    watch.done(Stage.WRITE)
    watch.done(Stage.TAGS)
    assert watch.microseconds == {Stage.TAGS: 10, Stage.WRITE: 2}


def test_what_several_share() -> None:
    ticks = iter([0, 9_000, 10_000])
    watch = Laps[str](lambda: next(ticks))
    watch.done("a", "b", "c")
    watch.done()
    assert watch.microseconds == {"a": 3, "b": 3, "c": 3}
