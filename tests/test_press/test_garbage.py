"""Workers look for garbage after an edition, never in it: that took up to a quarter of the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from conftest import MakeProject, order_for

from leafpress.press import pipeline, worker
from leafpress.press.edition import Edition, Status


@pytest.fixture
def collected() -> Iterator[list[int]]:
    """Which generation was looked through, each time that one was."""
    generations: list[int] = []

    def note(phase: str, facts: dict[str, int]) -> None:
        if phase == "start":
            generations.append(facts["generation"])

    gc.callbacks.append(note)
    yield generations
    gc.callbacks.remove(note)


def test_garbage_is_looked_for_once_an_edition(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch, collected: list[int]
) -> None:
    inside: list[int] = []
    build = pipeline.build

    def watched(*values, **named):  # type: ignore[no-untyped-def]
        collected.clear()
        outcome = build(*values, **named)
        inside.extend(collected)
        collected.clear()
        return outcome

    monkeypatch.setattr(pipeline, "build", watched)
    options = order_for(make_project())
    for _ in range(2):
        outcome = worker.build(worker.EditionJob(Edition("case", "en-GB", "a4"), options, None))
        assert outcome.status is Status.BUILT, outcome.findings
        assert inside == []
        assert collected[:1] == [2]
    assert gc.isenabled()
