"""Ctrl-C and SIGTERM: 130 in every phase, in silence, and never taken for a fault."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ROOT

from leafpress.cli.main import main
from leafpress.findings import ExitCode
from leafpress.system import interruption
from leafpress.system.interruption import Interrupted, require_not_interrupted, stop_on_signal


def test_no_net_for_faults_catches_it() -> None:
    """Each `except Exception` of the program lets it through."""
    assert not issubclass(Interrupted, Exception)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_what_is_done(number: int) -> None:
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt), stop_on_signal():
        os.kill(os.getpid(), number)
    require_not_interrupted()
    assert signal.getsignal(number) is before


def test_a_signal_that_was_swallowed_is_raised_again() -> None:
    """As happens where Python calls a callback of its own, such as those of imports."""

    def swallowing() -> None:
        with stop_on_signal():
            with suppress(KeyboardInterrupt):
                os.kill(os.getpid(), signal.SIGTERM)
            require_not_interrupted()

    with pytest.raises(KeyboardInterrupt):
        swallowing()


def test_a_signal_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interruption, "_asked", [signal.SIGTERM])
    with pytest.raises(KeyboardInterrupt), stop_on_signal():
        pass


def test_a_fault_that_a_swallowed_signal_made_is_not_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Pydantic has swallowed one, and said that an address is not written as it should be."""
    (tmp_path / "clinic.yaml").write_text("no: clinic")
    arguments = ["watch-letters", "--clinic", str(tmp_path / "clinic.yaml"), str(tmp_path)]
    assert main(ROOT, arguments) == ExitCode.FINDINGS
    assert "error" in "".join(capsys.readouterr())
    monkeypatch.setattr(interruption, "_asked", [signal.SIGTERM])
    assert main(ROOT, arguments) == ExitCode.INTERRUPTED
    assert "".join(capsys.readouterr()) == ""


def test_a_signal_waits_while_it_is_held() -> None:
    """Also where other threads could take it: a mask of the main thread would not keep it."""
    done = []
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)

    def working() -> None:
        with stop_on_signal():
            with interruption.held():
                os.kill(os.getpid(), signal.SIGTERM)
                time.sleep(0.05)
                done.append("the whole of it")
            done.append("never")

    other.start()
    with pytest.raises(KeyboardInterrupt):
        working()
    ended.set()
    other.join()
    assert done == ["the whole of it"]
