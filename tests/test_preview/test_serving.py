"""`build.py serve` as a person starts it: the address, what is saved, and the end."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest
from conftest import ROOT, MakeProject, run_build
from previews import started

from leafpress.cli.main import main
from leafpress.content.root import Root
from leafpress.preview import extra
from leafpress.preview.watching import watch


def test_it_tells_of_what_is_saved_and_ends_with_ctrl_c(
    make_project: MakeProject, tmp_path: Path
) -> None:
    root, scratch = make_project(), tmp_path / "scratch"
    scratch.mkdir()
    with started(root, TMPDIR=str(scratch)) as served:
        with urllib.request.urlopen(f"{served.address}/changes", timeout=20) as changes:  # noqa: S310  # ours
            assert changes.readline() == b"retry: 1000\n"
            path = root / "leaflets" / "case.yaml"
            path.write_text(path.read_text().replace("Some words.", "Other words."))
            said = [changes.readline().decode() for _ in range(3)]
            assert said[1] == "event: saved\n"
            assert json.loads(said[2].removeprefix("data: ")) == ["leaflets/case.yaml"]
            page = f"{served.address}/edition/en-GB/case-web.html"
            with urllib.request.urlopen(page, timeout=20) as answer:  # noqa: S310  # ours
                assert b"Other words." in answer.read()
            assert served.end(signal.SIGINT) == 130
        assert served.process.stderr is not None
        assert served.process.stderr.read() == ""
    assert list(scratch.iterdir()) == []
    assert not (root / "out").exists()


def test_a_port_that_is_taken(make_project: MakeProject) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run_build(make_project(), "serve", "--port", str(port))
    assert done.returncode == 2
    assert "S051" in done.stderr
    assert str(port) in done.stderr


def test_without_its_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(extra, "PACKAGES", ("starlette", "no_such_package"))
    assert main(ROOT, ["serve"]) == 3
    said = capsys.readouterr().err
    assert "S050" in said
    assert "no_such_package" in said
    assert "starlette" not in said
    assert "Traceback" not in said


def test_no_other_command_needs_them() -> None:
    code = "import sys, leafpress.cli.main, leafpress.cli.serve; print(*sys.modules)"
    done = subprocess.run(
        [str(ROOT / ".venv/bin/python"), "-c", code], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert not set(extra.PACKAGES) & set(done.stdout.split())


SAVED = [
    ("own/leaflets/back-pain.yaml", True),
    ("own/leaflets/.back-pain.yaml.swp", False),
    ("own/leaflets/back-pain.yaml~", False),
    ("own/leaflets/4913", False),
    ("own/leaflets/figures/a.svg", True),
    ("own/clinic.yaml", True),
    ("own/logo.png", True),
    ("shipped/templates/styles/a4.css", True),
    ("shipped/locales/pl/LC_MESSAGES/back-pain.po", True),
    ("shipped/locales/back-pain.pot", False),
    ("shipped/out/en-GB/back-pain-a4.pdf", False),
]


def test_what_counts_as_saved(tmp_path: Path) -> None:
    for name, _ in SAVED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    root = Root.at(tmp_path / "shipped", tmp_path / "own")
    expected = {tmp_path / name for name, counts in SAVED if counts}
    assert asyncio.run(_saved(root, tmp_path)) == expected


async def _saved(root: Root, folder: Path) -> set[Path]:
    """What is told while every file of `SAVED` is written."""
    told: set[Path] = set()
    stop = asyncio.Event()
    assert root.own is not None
    watching = asyncio.create_task(watch(root, root.own / "clinic.yaml", told.update, stop))
    await asyncio.sleep(0.5)
    for name, _ in SAVED:
        (folder / name).write_text("words")
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.7)
    stop.set()
    await watching
    return told


def test_a_folder_that_a_clinic_makes_meanwhile(tmp_path: Path) -> None:
    for folder in ("shipped/leaflets", "own/leaflets"):
        (tmp_path / folder).mkdir(parents=True)
    root = Root.at(tmp_path / "shipped", tmp_path / "own")
    path = tmp_path / "own" / "templates" / "leaflet.html"
    assert path in asyncio.run(_saved_later(root, path))


async def _saved_later(root: Root, path: Path) -> set[Path]:
    told: set[Path] = set()
    stop = asyncio.Event()
    watching = asyncio.create_task(watch(root, root.file("clinic.yaml"), told.update, stop))
    await asyncio.sleep(0.3)
    path.parent.mkdir()
    for number in range(30):
        await asyncio.sleep(0.1)
        path.write_text(f"words {number}")
        if path in told:
            break
    stop.set()
    await watching
    return told
