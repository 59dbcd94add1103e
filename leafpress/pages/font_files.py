"""Fetching the fonts that a clinic's languages need: by digest, into a folder where they stay.

npm fetches them, as the machine's own settings say from where: `package-lock.json` names the
packages by digest, and no address. Only files that are in the table of `fonts` are taken, and the
licences, which have to go with them.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from leafpress.content.root import Root
from leafpress.findings import ExitCode, Problem, Span
from leafpress.installed import CALLED
from leafpress.pages import fonts
from leafpress.pages.fonts import Face
from leafpress.rules import finding
from leafpress.system.digest import of_file
from leafpress.system.files import copy

_NPM = ("npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund")
_NETWORK = ("--loglevel=error", "--fetch-retries=1", "--fetch-timeout=30000")
"""Without a network npm would try for minutes, and say nothing."""

_SCOPE = "@expo-google-fonts"


def fetch(root: Root, scripts: Collection[str]) -> None:
    """Have npm fetch the fonts of some scripts, those that are not there, and keep them.

    Raises:
        Problem: npm is missing or fails (B023), with exit code 3; a font cannot be written (B004).
    """
    lacking = [face for face in fonts.needed(scripts) if not fonts.is_there(root.font_home, face)]
    packages = sorted({face.package for face in lacking})
    if not packages:
        return
    with tempfile.TemporaryDirectory(prefix="leafpress-") as name:
        folder = Path(name)
        for file, text in _locked(root, packages).items():
            (folder / file).write_text(text, encoding="utf-8")
        _run_npm(folder)
        take(root, folder, lacking)


def _locked(root: Root, packages: list[str]) -> dict[str, str]:
    """What is shipped of npm's two files, for some packages only: a script may weigh 60 MB."""
    lock = json.loads((root.shipped / "package-lock.json").read_text(encoding="utf-8"))
    rows = {package: lock["packages"][f"{fonts.FOLDER}/{package}"] for package in packages}
    wanted = {f"{_SCOPE}/{package}": row["version"] for package, row in rows.items()}
    project = {"name": lock["name"], "private": True, "dependencies": wanted}
    kept = {f"{fonts.FOLDER}/{package}": _required(row) for package, row in rows.items()}
    lock = {**lock, "packages": {"": project, **kept}}
    return {"package.json": json.dumps(project), "package-lock.json": json.dumps(lock)}


def _required(row: dict[str, object]) -> dict[str, object]:
    """A package of the lock as one that has to be there."""
    return {key: value for key, value in row.items() if key != "optional"}


def take(root: Root, source: Path, needed: Collection[Face]) -> None:
    """Keep the fonts of a folder that holds `node_modules/`, or is that folder.

    Others of ours are taken if they are there.

    Raises:
        Problem: one that is needed is missing there, or another font (B023), with exit code 3.
    """
    folder = source if (source / fonts.FOLDER).is_dir() else source.parent
    for face in fonts.FACES:
        path = folder / fonts.FOLDER / face.file
        if path.is_file() and of_file(path) == face.sha256:
            _keep(path, root.font_home / fonts.FOLDER / face.file)
        elif face in needed:
            fault = "is not the one that it has to be" if path.is_file() else "is not there"
            raise _problem(f"in {source} the file {path.name} {fault}")
    for licence in _licences(folder / fonts.FOLDER):
        name = licence.relative_to(folder)
        _keep(licence, root.font_home / name)


def _keep(path: Path, target: Path) -> None:
    if not target.is_file() or of_file(target) != of_file(path):
        copy(path, target, str(target))


def _licences(folder: Path) -> Iterator[Path]:
    packages = {face.package for face in fonts.FACES}
    for package in sorted(packages):
        yield from sorted((folder / package).glob("LICENSE*"))


def _run_npm(folder: Path) -> None:
    command = [*_NPM, *_NETWORK, "--cache", str(folder / ".npm")]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise _problem("npm is not installed") from error
    except subprocess.CalledProcessError as error:
        said = " ".join(error.stderr.split()) or f"npm ended with {error.returncode}"
        raise _problem(said[:200]) from error


def _problem(reason: str) -> Problem:
    problem = finding("B023", Span("package-lock.json"), reason=reason, command=CALLED)
    return Problem(problem, code=ExitCode.MISSING)
