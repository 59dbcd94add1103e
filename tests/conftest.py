"""What every test may use: projects to break, and references that can be written anew."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from running import (
    ROOT,
    TODAY,
    Done,
    done_once,
    run_build,
    run_on_a_terminal,
    run_program,
    shared_verapdf,
)

from leafpress.content.root import Root
from leafpress.press.edition import BuildOptions

__all__ = [
    "ROOT",
    "TODAY",
    "Done",
    "run_build",
    "run_on_a_terminal",
    "run_program",
    "shared_verapdf",
]
"""What tests import from here though `running` has it; besides what stands below."""

CASES = ROOT / "tests" / "cases"
REFERENCE = ROOT / "tests" / "reference"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that run a command in this process do so on that day, whenever they are run."""
    monkeypatch.setattr("leafpress.cli.session.clock", lambda: TODAY)


@pytest.fixture(autouse=True, scope="session")
def _done_once() -> Iterator[None]:
    """What costs much and is the same for every test of a process (`running.py`)."""
    with done_once():
        yield


def pytest_configure() -> None:
    """Hundreds of processes start: each would compile the program anew where nothing is written."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    gc.set_threshold(20_000, 20, 20)  # 700 by default: thousands of tests are looked at each time


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-reference", action="store_true", help="write references anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A skipped check must not look like a passed one: marks that skip are not allowed."""
    for item in items:
        if item.get_closest_marker("skip") or item.get_closest_marker("skipif"):
            raise pytest.UsageError(
                f"{item.nodeid} is skipped: let it fail and say what is missing"
            )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """A test that skips itself fails."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} skipped itself: {report.longrepr}"
    return report


class Reference:
    """Compares texts with files that a person has read; `--update-reference` writes them."""

    def __init__(self, update: bool) -> None:
        self._update = update

    def check(self, path: Path, actual: str) -> None:
        if self._update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8")
        assert path.exists(), f"{path} is missing: run pytest --update-reference, and read it"
        assert actual == path.read_text(encoding="utf-8"), f"differs from {path}"


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> Reference:
    return Reference(request.config.getoption("--update-reference"))


MakeProject = Callable[..., Path]


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """A small project: one leaflet `case`, the real templates and fonts, a plain clinic."""
    return lambda leaflet="leaflet.yaml": project_in(tmp_path / "project", leaflet)


def project_in(root: Path, leaflet: str) -> Path:
    """The project of `make_project` in a folder that is not there yet."""
    (root / "leaflets" / "figures").mkdir(parents=True)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    shutil.copytree(ROOT / "templates", root / "templates")
    shutil.copy(CASES / "base" / leaflet, root / "leaflets" / "case.yaml")
    shutil.copy(CASES / "base" / "picture.svg", root / "leaflets" / "figures")
    shutil.copy(CASES / "base" / "picture.svg", root / "leaflets" / "figures" / "picture.jpeg")
    shutil.copy(ROOT / "leaflets" / "contacts.yaml", root / "leaflets")
    pictograms = root / "leaflets" / "pictograms"
    pictograms.mkdir()
    shutil.copy(CASES / "base" / "pictograms.yaml", pictograms)
    for name in ("ambulance", "walking"):
        shutil.copy(ROOT / "leaflets" / "pictograms" / f"{name}.svg", pictograms)
    clinic = "name: A clinic\ntelephone: 020 7946 0000\nregion: england\n"
    (root / "clinic.yaml").write_text(clinic)
    return root


def allow_drafts(root: Path, until: str = "2027-11-28") -> None:
    """Let a project's drafts be given out for a trial: for tests of what comes after that gate."""
    trial = {"name": "Test Manager", "role": "manager", "until": until}
    lines = [f"  {key}: {value}\n" for key, value in trial.items()]
    with (root / "clinic.yaml").open("a", encoding="utf-8") as file:
        file.write("".join(["drafts_allowed_by:\n", *lines]))


def order_for(project: Path | Root, **changes: object) -> BuildOptions:
    """An order to build the project in a folder."""
    root = Root(project) if isinstance(project, Path) else project
    asked = {
        "root": root,
        "clinic": root.file("clinic.yaml"),
        "out": root.out,
        "profile": "ua1+a2a",
        "today": TODAY,
        **changes,
    }
    return BuildOptions(**asked)  # type: ignore[arg-type]


def of_the_machine() -> dict[str, str]:
    """The environment of other programs: ours points them at no fonts (`pdf/engine.py`)."""
    return {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every A4 edition of the shipped leaflets, built as `make` builds them."""
    return shared(tmp_path_factory, "built", _build_all)


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills once, whichever of the test processes needs it first."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"shared-{name}"
    done = folder.with_suffix(".made")
    with FileLock(folder.with_suffix(".lock")):
        if not done.exists():
            make(folder)
            done.touch()
    return folder


def _build_all(out: Path) -> None:
    done = run_build(ROOT, "--format", "a4", "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == "", "the shipped leaflets are built without a warning"
