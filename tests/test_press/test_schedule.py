"""Workers: one that dies or hangs fails one edition, and the others go on."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest
import workers
from conftest import order_for

from leafpress.findings import ExitCode
from leafpress.press import pipeline, schedule, worker
from leafpress.press.edition import Edition, Outcome, Status
from leafpress.press.manifest import Manifest
from leafpress.system.interruption import Interrupted
from leafpress.system.work import at_most_a_core_each


def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *leaflets: str) -> dict[str, Outcome]:
    monkeypatch.setattr(schedule, "worker", workers)
    editions = [Edition(leaflet, "en-GB", "a4") for leaflet in leaflets]
    manifest = Manifest(tmp_path)
    build = schedule.Build(order_for(tmp_path), manifest, 2, lambda _running, _outcome: None)
    outcomes = build.run(editions)
    return {outcome.edition.leaflet: outcome for outcome in outcomes}


def test_a_worker_that_dies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = _run(tmp_path, monkeypatch, "a", "b", "dies", "c", "leaves", "d")
    assert len(outcomes) == 6
    assert [each.sentence for each in outcomes["dies"].findings] == [
        "the process that built this edition died (signal SIGKILL)"
    ]
    assert "exit code 9" in outcomes["leaves"].findings[0].sentence
    assert not any(outcomes[each].findings for each in "abcd")


def test_a_worker_that_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "SECONDS", 2)
    outcomes = _run(tmp_path, monkeypatch, "a", "hangs", "b")
    assert [each.rule for each in outcomes["hangs"].findings] == ["B006"]
    assert not outcomes["a"].findings
    assert not outcomes["b"].findings


def test_one_edition_is_built_in_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[tuple[int, str]] = []

    def build(job: worker.EditionJob) -> Outcome:
        built.append((os.getpid(), tempfile.gettempdir()))
        return Outcome(job.edition, Status.FRESH)

    monkeypatch.setattr(workers, "build", build)
    before = tempfile.gettempdir()
    assert not _run(tmp_path, monkeypatch, "a")["a"].findings
    ((process, folder),) = built
    assert process == os.getpid()
    assert folder != before == tempfile.gettempdir()
    assert not Path(folder).exists(), "what was written on the way is gone, as a worker's is"


def test_one_edition_that_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "SECONDS", 0.2)
    assert [each.rule for each in _run(tmp_path, monkeypatch, "hangs")["hangs"].findings] == [
        "B006"
    ]
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_one_edition_that_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(_job: worker.EditionJob) -> Outcome:
        os.kill(os.getpid(), signal.SIGTERM)
        raise AssertionError("it is still running")

    monkeypatch.setattr(workers, "build", build)
    with pytest.raises(Interrupted):
        _run(tmp_path, monkeypatch, "a")


def test_a_fault_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "build", workers.faulty)
    outcome = worker.build(
        worker.EditionJob(Edition("a", "en-GB", "a4"), order_for(tmp_path), None)
    )
    assert [each.rule for each in outcome.findings] == ["B008"]
    assert outcome.code == ExitCode.OUR_BUG
    assert "ZeroDivisionError" in outcome.reasons[0]


def test_no_more_workers_than_editions() -> None:
    assert at_most_a_core_each(8, 3) == 3
    assert at_most_a_core_each(1, 30) == 1
    assert at_most_a_core_each(None, 30) >= 1
