"""A wheel in an environment of its own: its command, its files, and its whole main job."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import CASES, ROOT, TODAY, allow_drafts, of_the_machine
from test_joining import producers

from leafpress.findings import ExitCode
from leafpress.system import digest, portable

SHIPPED = (
    "CHANGELOG.md",
    "clinic-logo.svg",
    "clinic.yaml",
    "docs",
    "leaflets",
    "locales",
    "package-lock.json",
    "package.json",
    "templates",
)
EDITION = ("--leaflet", "case", "--language", "en-GB", "--format", "a4")


@dataclass(frozen=True)
class Installed:
    """The program, as pip has installed it, and an empty folder to work in."""

    wheel: Path
    environment: Path
    place: Path

    @property
    def package(self) -> Path:
        (package,) = self.environment.glob("lib/python*/site-packages/leafpress")
        return package

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command as somebody who has never seen the clone."""
        machine = {key: of_the_machine()[key] for key in ("PATH", "LANG") if key in os.environ}
        own = {"HOME": str(self.place), "XDG_CACHE_HOME": str(self.place / "cache")}
        command = [str(self.environment / "bin" / "leafpress"), *arguments]
        return subprocess.run(
            command,
            cwd=self.place,
            env={**machine, **own},
            capture_output=True,
            text=True,
            check=False,
        )


def _tracked(*names: str) -> list[str]:
    listed = ["git", "ls-files", "-co", "--exclude-standard", *names]
    files = subprocess.check_output(listed, cwd=ROOT, text=True).splitlines()
    return [name for name in files if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build a wheel of what git knows, and install it, all without a network.

    The packages that it needs come from the environment of the tests, which holds those of the
    lock; its `leafpress.pth` is not read there, so that the clone is out of reach.
    """
    folder = tmp_path_factory.mktemp("installed")
    source = folder / "source"
    for name in _tracked():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, source / name)
    offline = ["--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]
    pip = [sys.executable, "-m", "pip"]
    make = [
        *pip,
        "wheel",
        *offline,
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(source),
    ]
    subprocess.run(make, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    python = ["--python", str(environment)]
    subprocess.run([*pip, *python, "install", *offline, str(wheel)], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    place = folder / "place"
    place.mkdir()
    return Installed(wheel, environment, place)


def test_the_wheel_holds_everything_but_fonts(installed: Installed) -> None:
    names = set(zipfile.ZipFile(installed.wheel).namelist())
    program = set(_tracked("leafpress"))
    shipped = {f"leafpress/shipped/{name}" for name in _tracked(*SHIPPED)}
    assert program - names == set()
    assert shipped - names == set()
    beside = {name for name in names - program - shipped if ".dist-info/" not in name}
    assert beside == set()
    assert not [name for name in names if name.endswith((".ttf", ".otf", ".woff", ".woff2"))]


def test_an_sdist_holds_what_a_wheel_is_made_of() -> None:
    lines = (ROOT / "MANIFEST.in").read_text().splitlines()
    named = {name for line in lines for name in line.split()[1:]}
    assert {"leafpress", *SHIPPED} <= named
    assert all(f'"{name}"' in (ROOT / "setup.py").read_text() for name in SHIPPED)


def test_without_a_folder_nothing_is_written(installed: Installed) -> None:
    done = installed.run()
    assert done.returncode == ExitCode.USAGE
    assert "leafpress: error B021" in done.stderr
    assert "`leafpress start our-clinic`" in done.stderr


def test_it_speaks_of_its_own_commands(installed: Installed) -> None:
    said = installed.run("explain", "B002").stdout + installed.run("--help").stdout
    assert "run `leafpress fonts`" in said
    assert "Usage: leafpress" in said
    assert "build.py" not in said


def test_the_main_job(installed: Installed) -> None:
    """A folder, fonts, an edition that is proven, and that edition behind a letter."""
    before = _digests(installed.package)
    assert installed.run("start", "clinic").returncode == ExitCode.OK
    clinic = installed.place / "clinic"
    assert "leafpress --own clinic" in (clinic / "README.md").read_text()
    assert "build.py" not in (clinic / "README.md").read_text()
    allow_drafts(clinic)
    shutil.copy(CASES / "base" / "leaflet.yaml", clinic / "leaflets" / "case.yaml")
    shutil.copytree(CASES / "base", clinic / "leaflets" / "figures", ignore=_no_picture)

    without = installed.run("--own", "clinic", *EDITION)
    assert without.returncode == ExitCode.MISSING
    assert "B002" in without.stderr
    fonts = installed.run("fonts", "--from", str(ROOT / "node_modules"))
    assert fonts.returncode == ExitCode.OK, fonts.stderr
    assert str(installed.place / "cache" / "leafpress" / "fonts") in fonts.stdout

    dated = ("--date", TODAY.isoformat())
    built = installed.run("--own", "clinic", *EDITION, *dated, "--prove")
    assert built.returncode == ExitCode.OK, built.stdout + built.stderr
    library = (clinic / "out" / "index.html").read_text(encoding="utf-8")
    assert "@font-face" in library, "its titles are set in fonts of ours"
    (installed.place / "letter.pdf").write_bytes(producers.reportlab())
    parts = ("letter.pdf", "en-GB/case-a4", "--output", "joined.pdf")
    joined = installed.run("--own", "clinic", "join", *parts, *dated)
    assert joined.returncode == ExitCode.OK, joined.stdout + joined.stderr
    assert (installed.place / "joined.pdf").read_bytes().startswith(b"%PDF-")

    assert _digests(installed.package) == before, "an installed program leaves its files alone"
    paths = [path.relative_to(clinic / "out").as_posix() for path in clinic.glob("out/**/*")]
    assert "en-GB/case-a4.pdf" in paths
    assert [path for path in paths if portable.why_not(path)] == []
    assert list(portable.twins(paths)) == []


def _no_picture(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.startswith("picture.")]


def _digests(package: Path) -> dict[str, str]:
    files = [path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return {path.relative_to(package).as_posix(): digest.of_file(path) for path in files}
