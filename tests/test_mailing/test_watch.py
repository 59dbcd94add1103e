"""A folder that is served: what is taken when, and that nothing is done twice."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from office import Office, letter

from leafpress.findings import Problem
from leafpress.mailing.hot_folder import HotFolder
from leafpress.mailing.run import RunResult


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    (tmp_path / "hot").mkdir()
    return office


def _watch(office: Office) -> tuple[HotFolder, list[str]]:
    said: list[str] = []
    hot = office.root / "hot"
    return HotFolder(office.options(hot, letters=hot), 0.05, said.append), said


def _put(office: Office, name: str, data: bytes, **sidecar: object) -> None:
    hot = office.root / "hot"
    (hot / f"{name}.pdf").write_bytes(data)
    facts = {"reference": "A12345", "leaflets": "back-pain", **sidecar}
    (hot / f"{name}.json").write_text(json.dumps(facts))


def test_a_letter_is_done(office: Office) -> None:
    watch, said = _watch(office)
    _put(office, "one", letter("A12345"), leaflets=["back-pain", "neck-pain"])
    assert watch.serve(once=True) == 0
    done = office.root / "hot" / "done" / "one"
    assert {each.name for each in done.iterdir()} >= {"A12345.pdf", "one.pdf", "receipts.json"}
    assert said == ["letter 1: done"]
    assert not list((office.root / "hot").glob("[!.]*.*"))


def test_a_letter_that_is_still_being_written_waits(office: Office) -> None:
    watch, _ = _watch(office)
    _put(office, "one", letter("A12345"))
    assert watch._poll() == []
    _put(office, "one", letter("A12345", "more"))
    assert watch._poll() == []
    assert [each.name for each in watch._poll()] == ["one.pdf"]


def test_killed_between_done_and_cleared(office: Office) -> None:
    """The letter lies there again: it is known as done, and not done twice."""
    _put(office, "one", letter("A12345"))
    hot = office.root / "hot"
    kept = {path.name: path.read_bytes() for path in hot.iterdir()}
    _watch(office)[0].serve(once=True)
    for name, data in kept.items():
        (hot / name).write_bytes(data)
    watch, said = _watch(office)
    watch.serve(once=True)
    assert said == ["letter 1: done before"]
    assert [each.name for each in (hot / "done").iterdir()] == ["one"]
    assert not list(hot.glob("[!.]*.*"))


def test_another_letter_by_the_same_name(office: Office) -> None:
    for text in ("first", "second"):
        _put(office, "one", letter("A12345", text))
        _watch(office)[0].serve(once=True)
    names = sorted(each.name for each in (office.root / "hot" / "done").iterdir())
    assert names == ["one", "one-2"]


def test_refused_and_mended(office: Office) -> None:
    hot = office.root / "hot"
    _put(office, "one", letter("A12345"), need="audio")
    assert _watch(office)[0].serve(once=True) == 1
    assert "E052" in (hot / "refused" / "one" / "reason.txt").read_text()
    _put(office, "one", letter("A12345"))
    assert _watch(office)[0].serve(once=True) == 0


@pytest.mark.parametrize("text", ["", "[]", "{", '{"reference": 3.5}', '{"reference": "\\ud800"}'])
def test_sidecars_that_are_none(text: str, office: Office) -> None:
    _put(office, "one", letter("A12345"))
    (office.root / "hot" / "one.json").write_text(text)
    assert _watch(office)[0].serve(once=True) == 1
    assert "E041" in (office.root / "hot" / "refused" / "one" / "reason.txt").read_text()


def test_a_sidecar_of_any_size_is_not_read(office: Office) -> None:
    """It is refused by its first bytes, and goes to `refused/` without being in memory."""
    _put(office, "one", letter("A12345"))
    with (office.root / "hot" / "one.json").open("r+b") as file:
        file.truncate(64_000_000)
    watch, _ = _watch(office)
    tracemalloc.start()
    try:
        assert watch.serve(once=True) == 1
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8_000_000
    refused = office.root / "hot" / "refused" / "one"
    assert "larger than 100,000 bytes" in (refused / "reason.txt").read_text()
    assert (refused / "one.json").stat().st_size == 64_000_000


def test_a_full_disk_stops_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The letter stays where it is, to be done when there is room again."""
    from leafpress.findings import ExitCode, Span
    from leafpress.mailing import hot_folder as module
    from leafpress.rules import finding

    def full(_order: object, _show: object) -> RunResult:
        raise Problem(finding("B004", Span("x"), reason="full"), code=ExitCode.CANNOT_WRITE)

    monkeypatch.setattr(module, "enclose", full)
    _put(office, "one", letter("A12345"))
    with pytest.raises(Problem):
        _watch(office)[0].serve(once=True)
    assert (office.root / "hot" / "one.pdf").is_file()
