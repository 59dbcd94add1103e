"""A folder that is served: what is taken when, that nothing is done twice, mixed or lost."""

from __future__ import annotations

import dataclasses
import datetime
import errno
import json
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from stat import S_ISDIR

import pytest
from hot import Hot, nothing, raising
from office import Office, letter

from leafpress.findings import ExitCode, Problem, Span
from leafpress.mailing.incoming import archive, pair, serving
from leafpress.mailing.options import MailingOptions
from leafpress.mailing.output import folder as output
from leafpress.mailing.run import RunResult, enclose
from leafpress.rules import finding


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def hot(built: Office, tmp_path: Path) -> Hot:
    office = Office(tmp_path, build=False)
    office.editions = built.editions
    return Hot(office)


def test_a_letter_is_done(hot: Hot) -> None:
    hot.put("one", leaflets=["back-pain", "neck-pain"])
    assert hot.once() == 0
    done = hot.folder / "done" / "one"
    assert {path.name for path in done.iterdir()} == {
        "A12345.pdf",
        "one.json",
        "one.pdf",
        "receipts.json",
    }
    receipt = json.loads((done / "receipts.json").read_text())["receipts"][0]
    assert receipt["letter"] == "one.pdf"
    assert hot.said == ["letter 1: done"]
    assert hot.left == []


def test_killed_between_done_and_cleared(hot: Hot) -> None:
    """The letter lies there again: it is known as done, and not done twice."""
    hot.put("one")
    kept = {path.name: path.read_bytes() for path in hot.folder.iterdir()}
    hot.once()
    for name, data in kept.items():
        hot.write(name, data)
    hot.once()
    assert hot.said == ["letter 1: done", "letter 1: done before"]
    assert hot.filed("done") == ["one"]
    assert hot.left == []


def test_killed_while_it_was_served(hot: Hot) -> None:
    """What lies below `.work/` is served first, whatever has come to stand under its name."""
    hot.put("one", "first")
    place = hot.folder / ".work" / "taken" / "1"
    place.mkdir(parents=True)
    for name in hot.left:
        (hot.folder / name).rename(place / name)
    hot.put("one", "second")
    hot.once()
    assert hot.filed("done") == ["one", "one-2"]
    assert (hot.folder / "done" / "one" / "one.pdf").read_bytes() == letter("A12345", "first")


def test_killed_while_it_was_taken(hot: Hot) -> None:
    """Half a pair is put back; where its name has been given to another, it is told."""
    place = hot.folder / ".work" / "taken"
    for number, name in enumerate(("one.pdf", "two.pdf"), start=1):
        (place / str(number)).mkdir(parents=True)
        (place / str(number) / name).write_bytes(letter("A12345", "first"))
    hot.put("two", "second")
    hot.once()
    assert hot.left == ["one.pdf"]
    assert hot.filed("done") == ["two"]
    assert "E087" in hot.reason("two")
    assert (hot.folder / "refused" / "two" / "two.pdf").read_bytes() == letter("A12345", "first")


def test_another_letter_by_the_same_name(hot: Hot) -> None:
    for text in ("first", "second"):
        hot.put("one", text)
        hot.once()
    assert hot.filed("done") == ["one", "one-2"]


def test_a_letter_called_as_its_output(hot: Hot) -> None:
    """Letters are often named after the reference: both stand in the archive."""
    hot.put("A12345")
    hot.once()
    done = hot.folder / "done" / "A12345"
    assert (done / "came-in" / "A12345.pdf").read_bytes() == letter("A12345", "")
    assert (done / "A12345.pdf").read_bytes() != letter("A12345", "")


def test_refused_and_mended(hot: Hot) -> None:
    hot.put("one", need="audio")
    assert hot.once() == 1
    assert "E052" in hot.reason("one")
    hot.put("one")
    assert hot.once() == 0


def test_refusals_are_kept(hot: Hot) -> None:
    """Only one that is over makes room: the same pair, or one taken out to be mended."""
    for text in ("first", "first", "second"):
        hot.put("one", text, need="audio")
        hot.once()
    assert hot.filed("refused") == ["one", "one-2"]
    for name in ("one.pdf", "one.json"):
        (hot.folder / "refused" / "one" / name).rename(hot.folder / name)
    hot.once()
    assert hot.filed("refused") == ["one", "one-2"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"reference": 3.5}', '{"reference": "\\ud800"}'])
def test_sidecars_that_are_none(text: str, hot: Hot) -> None:
    hot.put("one")
    hot.write("one.json", text.encode())
    assert hot.once() == 1
    assert "E041" in hot.reason("one")


def test_a_sidecar_of_any_size_is_not_read(hot: Hot) -> None:
    """It is refused by its first bytes, and goes to `refused/` without being in memory."""
    hot.put("one")
    with (hot.folder / "one.json").open("r+b") as file:
        file.truncate(64_000_000)
    tracemalloc.start()
    try:
        assert hot.once() == 1
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8_000_000
    assert "larger than 100,000 bytes" in hot.reason("one")
    assert (hot.folder / "refused" / "one" / "one.json").stat().st_size == 64_000_000


# --- Nothing is mixed ---


def _during_the_work(monkeypatch: pytest.MonkeyPatch, event: Callable[[], object]) -> None:
    """Have something happen once, while the first letter is worked on."""
    events = [event]

    def interrupted(options: MailingOptions, show: Callable[[int, int], None]) -> RunResult:
        if events:
            events.pop()()
        return enclose(options, show)

    monkeypatch.setattr(serving, "enclose", interrupted)


def test_corrected_while_it_is_served(hot: Hot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Monday's letter is filed beside what was made of it; Tuesday's is served after it."""
    hot.put("one", "Monday")
    _during_the_work(monkeypatch, lambda: hot.put("one", "Tuesday", language="ur"))
    hot.run(nothing, nothing, nothing, nothing)
    for folder, text, language in (("one", "Monday", "en-GB"), ("one-2", "Tuesday", "ur")):
        done = hot.folder / "done" / folder
        assert (done / "one.pdf").read_bytes() == letter("A12345", text)
        receipt = json.loads((done / "receipts.json").read_text())["receipts"][0]
        assert receipt["language"] == language
        sidecar = json.loads((done / "one.json").read_text())
        assert sidecar.get("language", "en-GB") == language
    assert hot.left == []


def test_written_to_while_it_is_served(hot: Hot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that kept the file open: what was read is filed, what it wrote is served again."""
    hot.put("one", "Monday")
    handle = os.open(hot.folder / "one.pdf", os.O_WRONLY)
    _during_the_work(monkeypatch, lambda: os.write(handle, letter("A12345", "Tuesday")))
    hot.run(*[nothing] * 8)
    os.close(handle)
    letters = [(hot.folder / "done" / name / "one.pdf").read_bytes() for name in ("one", "one-2")]
    assert letters[0] == letter("A12345", "Monday")
    assert letters[1].startswith(letter("A12345", "Tuesday"))
    assert hot.said[0] == "letter 1: done; it has changed since, and is served again"


def test_replaced_while_it_is_taken(hot: Hot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the two moves: Monday's letter never meets Tuesday's sidecar."""
    hot.put("one", "Monday", language="pl")
    rename = Path.rename
    moved: list[Path] = []

    def slow(path: Path, target: Path) -> Path:
        if path.name == "one.json" and not moved:
            moved.append(path)
            hot.put("one", "Tuesday", language="ur")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", slow)
    hot.run(nothing, nothing, nothing, nothing)
    done = hot.folder / "done" / "one"
    assert (done / "one.pdf").read_bytes() == letter("A12345", "Tuesday")
    assert json.loads((done / "one.json").read_text())["language"] == "ur"
    assert "E087" in hot.reason("one")
    assert (hot.folder / "refused" / "one" / "one.pdf").read_bytes() == letter("A12345", "Monday")


def test_half_a_correction_waits_for_the_other(hot: Hot) -> None:
    hot.put("one", "Monday")
    tuesday = json.dumps({"reference": "A12345", "leaflets": "back-pain", "language": "ur"})
    hot.run(
        lambda: hot.write("one.pdf", letter("A12345", "Tuesday")),
        nothing,
        nothing,
        lambda: hot.write("one.json", tuesday.encode()),
        nothing,
        nothing,
    )
    done = hot.folder / "done" / "one"
    assert (done / "one.pdf").read_bytes() == letter("A12345", "Tuesday")
    assert (done / "A12345.pdf").is_file()
    assert hot.filed("done") == ["one"]
    assert json.loads((done / "one.json").read_text())["language"] == "ur"


def test_half_a_correction_from_before_the_start_waits_for_the_other(hot: Hot) -> None:
    hot.hold = 5
    hot.put("one", "Monday")
    hot.write("one.pdf", letter("A12345", "Tuesday"))
    tuesday = json.dumps({"reference": "A12345", "leaflets": "back-pain", "language": "ur"})
    hot.run(nothing, nothing, lambda: hot.write("one.json", tuesday.encode()), *[nothing] * 6)
    assert hot.filed("done") == ["one"]
    done = hot.folder / "done" / "one"
    assert json.loads((done / "one.json").read_text())["language"] == "ur"


# --- Nothing stops it but a full disk ---


def test_a_folder_that_goes_away(hot: Hot) -> None:
    away = hot.folder.with_name("away")
    hot.run(
        nothing,
        lambda: hot.folder.rename(away),
        nothing,
        nothing,
        lambda: away.rename(hot.folder),
        lambda: hot.put("one"),
        nothing,
        nothing,
    )
    assert [line.partition("\n")[0] for line in hot.said] == [
        "the folder: warning E086: it cannot be used (no such file or directory)",
        "the folder can be used again",
        "letter 1: done",
    ]


def test_a_folder_that_goes_away_while_a_letter_is_served(
    hot: Hot, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = hot.folder.with_name("away")
    hot.put("one")
    _during_the_work(monkeypatch, lambda: hot.folder.rename(away))
    hot.run(nothing, nothing, nothing, lambda: away.rename(hot.folder), nothing, nothing)
    assert hot.filed("done") == ["one"]
    assert hot.said[-1] == "letter 1: done"


@pytest.mark.parametrize("number", [errno.ESTALE, errno.EIO, errno.EACCES, errno.ENOTCONN])
def test_a_drive_that_fails(number: int, hot: Hot, monkeypatch: pytest.MonkeyPatch) -> None:
    scan, failures = os.scandir, [raising(number), raising(number)]

    def flaky(path: object) -> object:
        if failures and path == hot.folder:
            raise failures.pop()
        return scan(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", flaky)
    hot.put("one")
    hot.run(*[nothing] * 6)
    assert hot.filed("done") == ["one"]
    assert sum("E086" in line for line in hot.said) == 1


def test_files_of_another_device_than_their_folder(
    hot: Hot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container, on overlayfs: found by running the unit of systemd there."""
    real = Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        result = real(path, follow_symlinks=follow_symlinks)
        device = 1 if S_ISDIR(result.st_mode) else 2
        finer = {"st_mtime_ns": result.st_mtime_ns}
        return os.stat_result([*result[:2], device, *result[3:10]], finer)

    monkeypatch.setattr(Path, "stat", stat)
    hot.put("one")
    assert hot.once() == 0
    assert hot.filed("done") == ["one"]


def test_an_empty_folder_in_its_place_is_not_filed_into(
    hot: Hot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drive that is gone leaves the bare folder on which it was mounted."""
    away = hot.folder.with_name("away")

    def unmounted() -> None:
        hot.folder.rename(away)
        hot.folder.mkdir()

    def mounted() -> None:
        hot.folder.rename(hot.folder.with_name("bare"))
        away.rename(hot.folder)

    hot.put("one")
    _during_the_work(monkeypatch, unmounted)
    hot.run(nothing, nothing, nothing, mounted, nothing, nothing)
    assert hot.filed("done") == ["one"]
    assert not (hot.folder.with_name("bare") / "done").exists()


@pytest.mark.parametrize(
    "name", ["x" * 244, "x" * 250, "ü" * 120, 'a:b*c?"<>|', "trailing. ", "new\nline", "b\udcff"]
)
def test_names(name: str, hot: Hot) -> None:
    hot.put(name)
    hot.put("other")
    assert hot.once() == 0
    assert len(hot.filed("done")) == 2
    assert hot.left == []
    hot.put(name, "corrected")
    assert hot.once() == 0
    assert len(hot.filed("done")) == 3


def test_a_name_that_the_drive_does_not_take(hot: Hot, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def picky(path: Path, target: Path) -> Path:
        if target.name.endswith("."):
            raise raising(errno.EINVAL)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", picky)
    hot.put("one.")
    hot.once()
    (name,) = hot.filed("done")
    done = hot.folder / "done" / name
    assert name.startswith("letter-")
    assert (done / "letter.pdf").read_bytes() == letter("A12345", "")
    assert (done / "name.txt").read_text() == "one..pdf\n"


def test_a_letter_that_cannot_be_opened(hot: Hot, monkeypatch: pytest.MonkeyPatch) -> None:
    read = pair._read

    def locked(path: Path, most: int) -> bytes:
        if path.name == "one.pdf":
            raise pair.UnreadablePair(errno.EACCES, "Permission denied")
        return read(path, most)

    monkeypatch.setattr(pair, "_read", locked)
    hot.put("one")
    hot.put("two")
    assert hot.once() == 1
    assert "E085: the letter, or its sidecar, cannot be opened: permission denied" in hot.reason(
        "one"
    )
    assert {path.name for path in (hot.folder / "refused" / "one").iterdir()} == {
        "one.json",
        "one.pdf",
        "reason.txt",
    }
    assert hot.filed("done") == ["two"]


@pytest.mark.parametrize("kind", ["refused", "done"])
def test_a_file_where_a_folder_has_to_be(kind: str, hot: Hot) -> None:
    """The others are served; the letter is filed as soon as it can be."""
    blocked = hot.folder / kind
    blocked.write_text("in the way")
    hot.put("one", need="audio")
    hot.put("two")
    hot.run(nothing, nothing, nothing, blocked.unlink, nothing, nothing, nothing, nothing, nothing)
    assert hot.filed("refused") == ["one"]
    assert hot.filed("done") == ["two"]
    assert sum("E086" in line for line in hot.said) == 1


def test_a_file_where_a_refusal_has_to_be(hot: Hot) -> None:
    (hot.folder / "refused").mkdir()
    (hot.folder / "refused" / "one").write_text("in the way")
    hot.put("one", need="audio")
    assert hot.once() == 1
    assert hot.filed("refused") == ["one", "one-2"]


def test_no_editions_is_no_letters_fault(hot: Hot) -> None:
    """All wait until the build is there again; it is said once."""
    built, hot.office.editions = hot.office.editions, hot.office.root / "none"
    hot.put("one")
    hot.run(*[nothing] * 6, lambda: hot.office.editions.symlink_to(built), nothing, nothing)
    assert hot.filed("refused") == []
    assert hot.filed("done") == ["one"]
    assert sum("E047" in line for line in hot.said) == 1


def test_the_day_is_asked_for_each_letter(hot: Hot) -> None:
    """A service runs for weeks: an edition that has expired since is not given out."""
    office = hot.office
    late = office.options(hot.folder, letters=hot.folder, today=office.options(hot.folder).today)
    later = dataclasses.replace(late, today=late.today + datetime.timedelta(days=500))
    hot.put("one")
    assert hot.service(renewed=lambda: later).serve(once=True) == 1
    assert "E055" in hot.reason("one")


def _cannot_write(number: int) -> Problem:
    problem = finding("B004", Span("x"), reason=os.strerror(number))
    return Problem(problem, code=ExitCode.CANNOT_WRITE, errno=number)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_stops_it(number: int, hot: Hot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The letter stays where it is, to be done when there is room again."""

    def full(_order: object, _show: object) -> RunResult:
        raise _cannot_write(number)

    monkeypatch.setattr(serving, "enclose", full)
    hot.put("one")
    with pytest.raises(Problem) as caught:
        hot.once()
    assert caught.value.code == ExitCode.CANNOT_WRITE
    assert caught.value.findings[0].rule == "B004"
    assert hot.left == ["one.json", "one.pdf"]


def test_a_full_disk_where_it_is_filed(hot: Hot, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise raising(errno.ENOSPC)

    monkeypatch.setattr(archive, "_write", full)
    hot.put("one")
    with pytest.raises(Problem) as caught:
        hot.once()
    assert caught.value.findings[0].rule == "B004"
    assert hot.left == ["one.json", "one.pdf"]


def test_what_else_cannot_be_written_is_tried_again(
    hot: Hot, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [_cannot_write(errno.EMFILE)]

    def failing(options: MailingOptions, show: Callable[[int, int], None]) -> RunResult:
        if failures:
            raise failures.pop()
        return enclose(options, show)

    monkeypatch.setattr(serving, "enclose", failing)
    hot.put("one")
    hot.run(nothing, nothing, nothing, nothing)
    assert hot.filed("done") == ["one"]
    assert sum("E086" in line for line in hot.said) == 1


def test_interrupted_while_a_letter_is_served(hot: Hot, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_order: object, _show: object) -> RunResult:
        raise KeyboardInterrupt

    monkeypatch.setattr(serving, "enclose", interrupt)
    hot.put("one")
    hot.run(nothing, nothing)
    assert hot.left == ["one.json", "one.pdf"]
    assert hot.said == []


def test_a_drive_without_locks(hot: Hot, monkeypatch: pytest.MonkeyPatch) -> None:
    take_lock = output.take_lock

    def unsupported(folder: Path) -> int:
        if folder.name == ".work":
            raise raising(errno.ENOLCK)
        return take_lock(folder)

    monkeypatch.setattr(output, "take_lock", unsupported)
    hot.put("one")
    (hot.folder / ".work").mkdir()
    (hot.folder / ".work" / "lock").touch()
    hot.once()
    assert hot.filed("done") == ["one"]
    assert "knows no locks" in hot.said[0]
