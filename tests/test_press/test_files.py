"""Files are written whole or not at all."""

from __future__ import annotations

import copy
import errno
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from leafpress.findings import ExitCode, Problem
from leafpress.system.files import cannot_write, remove, write


def test_what_is_written(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b.txt", b"new")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"new"
    assert [each.name for each in (tmp_path / "a").iterdir()] == ["b.txt"]
    assert (tmp_path / "a" / "b.txt").stat().st_mode & 0o777 == 0o644


def test_full_disk(tmp_path: Path) -> None:
    """No room: the good file stays, nothing half written is left, exit code 5."""
    target = tmp_path / "good.pdf"
    target.write_bytes(b"good")
    code = (
        "import sys; from pathlib import Path\n"
        "from leafpress.findings import Problem\n"
        "from leafpress.system.files import write\n"
        "try: write(Path(sys.argv[1]), b'x' * 100_000, 'good.pdf')\n"
        "except Problem as problem: print(problem); sys.exit(problem.code)\n"
    )

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [sys.executable, "-c", code, str(target)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
    )
    assert done.returncode == ExitCode.CANNOT_WRITE, done.stderr
    assert "good.pdf: error B004: cannot write: file too large" in done.stdout
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [
        ("good.pdf", b"good")
    ]


def test_interrupted_while_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").write_bytes(b"old")

    def stop(_number: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "x", b"new")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("x", b"old")]


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="B004") as caught:
        write(tmp_path / "file" / "x", b"")
    assert caught.value.code == ExitCode.CANNOT_WRITE


def test_removing_empties_folders_but_not_more(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b" / "c", b"")
    write(tmp_path / "a" / "d", b"")
    remove(tmp_path / "a" / "b" / "c", tmp_path)
    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*")) == ["a", "a/d"]


@pytest.mark.parametrize("name", ["x" * 255, "ü" * 127, "\U0001f600" * 63])
def test_the_longest_names(name: str, tmp_path: Path) -> None:
    """The temporary file beside it has a name that is no longer."""
    write(tmp_path / name, b"data")
    assert (tmp_path / name).read_bytes() == b"data"


def test_what_cannot_be_written_says_why_as_data() -> None:
    """Also when a worker process hands it to its parent."""
    error = OSError(errno.ENOSPC, "No space left on device")
    problem = copy.copy(cannot_write("a file", error))  # as pickle does
    assert (problem.errno, problem.code) == (errno.ENOSPC, ExitCode.CANNOT_WRITE)
    assert "cannot write: no space left on device" in str(problem)
