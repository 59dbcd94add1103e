"""The note that answers at once: everything that could change the answer makes it worthless."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest
from conftest import ROOT, TODAY, MakeProject, order_for, project_in, run_program

from leafpress import installed
from leafpress.cli import last_time
from leafpress.cli.last_time import AskedNow, repeated
from leafpress.cli.looked_at import Look, RunNote
from leafpress.cli.main import main
from leafpress.findings import ExitCode
from leafpress.press.edition import Memory
from leafpress.press.fingerprint import ABSENT
from leafpress.press.manifest import Manifest

HEAVY = {"click", "collections", "dataclasses", "enum", "json", "pathlib", "re", "typing", "yaml"}
"""What the door must not import: each takes as long as half of Python's start, or longer."""

Capture = pytest.CaptureFixture[str]


class Desk:
    """Somebody who runs the program again and again, by its door."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.words = ["--project", str(root), "--date", str(TODAY), "-L", "en-GB", "-f", "text"]

    def asked(self) -> AskedNow:
        asked = AskedNow(self.words)
        asked.started += 60  # as if what was just written had stood there for long
        return asked

    def run(self) -> int:
        """The ordinary way."""
        with chdir(self.root):
            return main(ROOT, self.words, self.asked())

    def answered(self) -> int | None:
        """The short way; None if there is none."""
        with chdir(self.root):
            return repeated(self.asked())

    def leave_note(self) -> None:
        """What a run with nothing to do leaves."""
        order = order_for(self.root)
        manifest = Manifest.read(order.out)
        with chdir(self.root):
            note = RunNote.begun(self.asked(), order, manifest)
            note.make_room()
            note.leave((0, "", "1 unchanged ({:.1f} s)"), manifest)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that is built."""
    root: Path = project_in(tmp_path_factory.mktemp("finished") / "project", "leaflet.yaml")
    assert Desk(root).run() == ExitCode.OK
    return root


@pytest.fixture
def desk(finished: Path, tmp_path: Path) -> Desk:
    """A project with nothing to do, and a note that says so."""
    root = tmp_path / "project"
    shutil.copytree(finished, root, symlinks=True)
    desk = Desk(root)
    desk.leave_note()
    assert desk.answered() == ExitCode.OK
    return desk


def test_from_run_to_run(make_project: MakeProject, capfd: Capture) -> None:
    desk = Desk(make_project())
    assert desk.run() == ExitCode.OK
    assert desk.answered() is None, "a run that built something leaves no note"
    assert desk.run() == ExitCode.OK
    capfd.readouterr()
    assert desk.answered() == ExitCode.OK
    assert re.fullmatch(r"1 unchanged \(.*\d\.\d s\)\n", capfd.readouterr().out)


def _change(name: str) -> Callable[[Desk], None]:
    """A file is changed in place, and has its old size and its old time afterwards."""

    def change(desk: Desk) -> None:
        path = desk.root / name
        state, data = path.stat(), path.read_bytes()
        path.write_bytes(data.swapcase())
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
        assert path.stat().st_size == state.st_size

    return change


def _add(name: str) -> Callable[[Desk], None]:
    def add(desk: Desk) -> None:
        (desk.root / name).parent.mkdir(parents=True, exist_ok=True)
        (desk.root / name).write_text("words")

    return add


def _remove(name: str) -> Callable[[Desk], None]:
    return lambda desk: (desk.root / name).unlink()


def _replace(desk: Desk) -> None:
    """Another file takes the place of one, with its size and time: only its number tells."""
    path = desk.root / "clinic.yaml"
    shutil.copy2(path, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


CHANGES = {
    "words": _change("leaflets/case.yaml"),
    "a template": _change("templates/leaflet.html"),
    "a style sheet": _change("templates/styles/a4.css"),
    "the clinic's file": _change("clinic.yaml"),
    "the clinic's file, replaced": _replace,
    "a picture": _change("leaflets/figures/picture.svg"),
    "an output": _change("out/en-GB/case-text.txt"),
    "the manifest": _change("out/manifest.json"),
    "the memory": _change("out/.memory.json"),
    "a page for staff": _change("out/index.html"),
    "an output is gone": _remove("out/en-GB/case-text.txt"),
    "the memory is gone": _remove("out/.memory.json"),
    "a page for staff is gone": _remove("out/choose.html"),
    "a file of words is gone": _remove("leaflets/contacts.yaml"),
    "a new leaflet": _add("leaflets/another.yaml"),
    "a new template": _add("templates/styles/another.css"),
    "a new catalogue": _add("locales/pl/LC_MESSAGES/case.po"),
    "a first sign-off": _add("sign-offs/case/1.json"),
    "a new table of languages": _add("locales/languages.toml"),
    "a stranger among the outputs": _add("out/en-GB/case-a4.pdf"),
    "a stranger in a new folder": _add("out/ur/case-a4.pdf"),
    "proofs": _add("out/proof/index.html"),
    "a copy that was given out": _add("out/current/issued.jsonl"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_files(desk: Desk, change: Callable[[Desk], None]) -> None:
    change(desk)
    assert desk.answered() is None


def test_a_change_of_a_sign_off(desk: Desk) -> None:
    _add("sign-offs/case/note.txt")(desk)
    desk.leave_note()
    assert desk.answered() == ExitCode.OK
    _change("sign-offs/case/note.txt")(desk)
    assert desk.answered() is None


def test_inputs_outside_of_the_folders(finished: Path, tmp_path: Path) -> None:
    """Fonts and libraries are inputs of pages that are laid out."""
    font = tmp_path / "font.woff2"
    memory = Memory({str(font): ABSENT}, {})
    order, manifest = order_for(finished), Manifest(finished / "out", memories={"x": memory})
    before = Look.at(order, manifest)
    assert Look.at(order, manifest) == before
    font.touch()
    assert Look.at(order, manifest) != before


def test_a_change_of_the_program(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "code.py").write_text("pass")
    monkeypatch.setattr(installed, "PACKAGE", package)
    desk.leave_note()
    assert desk.answered() == ExitCode.OK
    (package / "code.py").write_text("....")
    assert desk.answered() is None


def test_another_folder_of_the_clinic(make_project: MakeProject, tmp_path: Path) -> None:
    """The clinic's own folder lies over what is shipped: its first file of a kind counts."""
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(make_project() / "clinic.yaml", own)
    desk = Desk(tmp_path / "project")
    desk.words += ["--own", str(own)]
    for _ in range(2):
        assert desk.run() == ExitCode.OK
    assert desk.answered() == ExitCode.OK
    (own / "templates").mkdir()
    assert desk.answered() is None


def _arguments(desk: Desk, _patch: pytest.MonkeyPatch) -> None:
    desk.words += ["--strict"]


def _variable(name: str) -> Callable[[Desk, pytest.MonkeyPatch], None]:
    return lambda _desk, patch: patch.setenv(name, "another")


def _day(_desk: Desk, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("leafpress.cli.last_time.time.strftime", lambda _form: "2031-01-01")


def _terminal(_desk: Desk, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("leafpress.cli.last_time._is_terminal", lambda _stream: True)


def _python(_desk: Desk, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys, "version", "4.0")


CIRCUMSTANCES = {
    "arguments": _arguments,
    "day": _day,
    "terminal": _terminal,
    "Python": _python,
    "no colour": _variable("NO_COLOR"),
    "language of the machine": _variable("LC_ALL"),
    "completion": _variable("_BUILD_COMPLETE"),
}


@pytest.mark.parametrize("change", CIRCUMSTANCES.values(), ids=CIRCUMSTANCES)
def test_other_circumstances(
    desk: Desk,
    change: Callable[[Desk, pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change(desk, monkeypatch)
    assert desk.answered() is None


def test_another_place(desk: Desk, tmp_path: Path) -> None:
    with chdir(tmp_path):
        assert repeated(desk.asked()) is None


def test_variables_that_count() -> None:
    """Whatever our code asks the environment for."""
    code = "\n".join(path.read_text() for path in installed.PACKAGE.rglob("*.py"))
    names = set(re.findall(r'environ(?:\.get)?[\[(]"(\w+)"', code)) - {"FONTCONFIG_FILE"}
    assert names
    assert names <= last_time.VARIABLES


@pytest.mark.parametrize(
    "more",
    [["--json"], ["--explain"], ["--prove"], ["--channel", "email"], ["--timings"]],
)
def test_what_is_never_answered_by_a_note(desk: Desk, more: list[str]) -> None:
    desk.words += more
    desk.run()
    assert desk.answered() is None


def test_findings_are_repeated(desk: Desk, capfd: Capture) -> None:
    """A file that stands there and is nobody's is said each time, and so is the exit code."""
    _add("out/en-GB/case-a4.pdf")(desk)
    desk.words += ["--strict"]
    assert desk.run() == ExitCode.FINDINGS
    ordinary = capfd.readouterr()
    assert "B013" in ordinary.err
    assert desk.answered() == ExitCode.FINDINGS
    short = capfd.readouterr()
    assert short.err == ordinary.err
    assert short.out.partition("(")[0] == ordinary.out.partition("(")[0]


def test_a_broken_note(desk: Desk) -> None:
    note = desk.root / "out" / ".last-time" / "note"
    whole = note.read_bytes()
    for length in (0, 1, len(whole) // 2, len(whole) - 1):
        note.write_bytes(whole[:length])
        assert desk.answered() is None
    note.write_bytes(whole)
    assert desk.answered() == ExitCode.OK
    note.write_bytes(b"\xff" * 10)
    assert desk.answered() is None


def test_what_changes_meanwhile(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved after it was read: the next run has to see it."""
    from leafpress.cli import build

    def finish(*_arguments: object) -> None:
        _change("leaflets/case.yaml")(desk)

    (desk.root / "out" / ".last-time" / "note").unlink()
    monkeypatch.setattr(build, "_finish_files", finish)
    assert desk.run() == ExitCode.OK
    assert desk.answered() is None


def test_what_changed_just_before(desk: Desk) -> None:
    """It may change once more, and have the same time and size where clocks are coarse."""
    (desk.root / "out" / ".last-time" / "note").unlink()
    os.utime(desk.root / "leaflets" / "case.yaml")
    with chdir(desk.root):
        main(ROOT, desk.words, AskedNow(desk.words))
    assert desk.answered() is None


def test_nothing_is_written(desk: Desk) -> None:
    def state() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in (desk.root / "out").rglob("*")}

    before = state()
    assert desk.answered() == ExitCode.OK
    assert state() == before


def test_the_door_imports_nothing(make_project: MakeProject) -> None:
    root = make_project()
    words = ["-L", "en-GB", "-f", "text"]
    run_program(root, *words)
    time.sleep(2.1)
    run_program(root, *words)
    command = [sys.executable, "-X", "importtime", "-c", "pass"]
    bare = subprocess.run(command, capture_output=True, text=True, check=True)
    done = run_program(root, *words, PYTHONPROFILEIMPORTTIME="1")
    assert "click" in _imported(done.stderr), "the variable is one of those that count"
    done = run_program(root, *words, PYTHONPROFILEIMPORTTIME="1")
    assert done.stdout.startswith("1 unchanged")
    ours = {name for name in _imported(done.stderr) if name.startswith("leafpress")}
    assert ours == {"leafpress", "leafpress.cli", "leafpress.cli.door", "leafpress.cli.last_time"}
    assert _imported(done.stderr) - ours - _imported(bare.stderr) <= {"__future__"}
    assert not HEAVY & _imported(done.stderr)


def _imported(times: str) -> set[str]:
    """The modules in what Python writes about the time that imports take."""
    return {line.rpartition("|")[2].strip() for line in times.splitlines() if "|" in line}
