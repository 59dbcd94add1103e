"""Fonts of an installed program: taken from a folder or by npm, each by its digest."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from leafpress.content.root import Root
from leafpress.findings import ExitCode, Problem
from leafpress.installed import as_called
from leafpress.pages import font_files, fonts
from leafpress.rules import TABLE

FIRST = fonts.needed()[0]


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """A program without fonts, but with their lock."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, shipped)
    return Root(shipped)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Fonts of another machine: those that are needed."""
    folder = tmp_path / "other"
    for face in fonts.needed():
        target = folder / fonts.FOLDER / face.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(ROOT / fonts.FOLDER / face.file)
    licence = Path(fonts.FOLDER) / "vazirmatn" / "LICENSE_FONT"
    (folder / licence).parent.mkdir(exist_ok=True)
    shutil.copy(ROOT / licence, folder / licence)
    return folder


@pytest.mark.parametrize("inside", ["", "node_modules"])
def test_from_a_folder(root: Root, other: Path, inside: str) -> None:
    font_files.take(root, other / inside, fonts.needed())
    fonts.check(root.font_home)
    assert (root.font_home / fonts.FOLDER / "vazirmatn" / "LICENSE_FONT").is_file()


def test_a_folder_without_them(root: Root, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=f"B023: .*{Path(FIRST.file).name} is not there") as caught:
        font_files.take(root, tmp_path, fonts.needed())
    assert caught.value.code == ExitCode.MISSING


def test_another_font_of_the_same_name(root: Root, other: Path) -> None:
    path = other / fonts.FOLDER / FIRST.file
    path.unlink()
    path.write_bytes(b"not the one that was proven")
    with pytest.raises(Problem, match=r"B023: .* is not the one that it has to be"):
        font_files.take(root, other, fonts.needed())
    assert not (root.font_home / fonts.FOLDER / FIRST.file).exists()


def _npm(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "programs" / "npm"
    program.parent.mkdir()
    program.write_text(f"#!/bin/bash\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def test_npm_is_given_the_lock(
    root: Root, other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It runs no script of a package, and reads the digests that are shipped."""
    asked = tmp_path / "asked"
    script = f'echo "$@" >{asked}; cat package-lock.json >{asked}.lock; cp -rL {other}/* .'
    _npm(tmp_path, script, monkeypatch)
    font_files.fetch(root, fonts.IN_USE)
    fonts.check(root.font_home)
    assert asked.read_text().startswith("ci --omit=dev --ignore-scripts ")
    locked = json.loads(Path(f"{asked}.lock").read_text())["packages"]
    shipped = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert set(locked) == {"", *(f"{fonts.FOLDER}/{face.package}" for face in fonts.needed())}
    for name in set(locked) - {""}:
        assert locked[name]["integrity"] == shipped[name]["integrity"]
    asked.unlink()
    font_files.fetch(root, fonts.IN_USE)
    assert not asked.exists()


def test_only_what_a_language_needs_besides_is_fetched(
    root: Root, other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font_files.take(root, other, fonts.needed())
    lock = tmp_path / "lock"
    greek = f"{fonts.FOLDER}/noto-sans"
    script = f"cp package-lock.json {lock}; mkdir -p {greek}; cp -rL {ROOT / greek}/* {greek}"
    _npm(tmp_path, script, monkeypatch)
    scripts = fonts.scripts_of(["el"])
    font_files.fetch(root, scripts)
    fonts.check(root.font_home, scripts)
    assert set(json.loads(lock.read_text())["packages"]) == {"", greek}
    with pytest.raises(Problem, match="B002"):
        fonts.check(root.font_home, fonts.scripts_of(["zh-Hans"]))
    assert fonts.is_quotable("el", root.font_home)
    assert not fonts.is_quotable("zh-Hans", root.font_home)


def test_the_lock_has_every_font_and_fetches_unasked_what_each_build_needs() -> None:
    """`npm ci --omit=optional` fetches what is needed without a word in clinic.yaml."""
    project = json.loads((ROOT / "package.json").read_text())
    packages = {kind: set(project[kind]) for kind in ("dependencies", "optionalDependencies")}
    always = {f"@expo-google-fonts/{face.package}" for face in fonts.needed()}
    every = {f"@expo-google-fonts/{face.package}" for face in fonts.FACES}
    assert packages == {"dependencies": always, "optionalDependencies": every - always}


@pytest.mark.parametrize(
    ("script", "reason"),
    [("echo no route >&2; exit 1", "no route"), ("exit 7", "npm ended with 7")],
)
def test_npm_fails(
    root: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    _npm(tmp_path, script, monkeypatch)
    with pytest.raises(Problem, match=f"B023: .*{reason}"):
        font_files.fetch(root, fonts.IN_USE)


def test_without_npm(root: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problem, match=r"B023: .*npm is not installed"):
        font_files.fetch(root, fonts.IN_USE)


def test_an_installed_program_has_no_word_of_a_clone() -> None:
    said = as_called(TABLE.read_text(encoding="utf-8"), installed=True)
    assert "build.py" not in said
    assert "make setup" not in said
    assert "node_modules/ and" not in said
