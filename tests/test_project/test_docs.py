"""The documentation: every command runs, every example builds, every link leads somewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import CASES, ROOT, TODAY, MakeProject, order_for

from leafpress.content.root import Root
from leafpress.content.shelf import leaflet_ids
from leafpress.press.edition import Edition, Status
from leafpress.press.pipeline import build

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "tests" / "README.md"])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:python build\.py|python tests/|pybabel|make)\b[^`]*)`")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")

SET_UP = {"make", "make test", "make lock", "make setup", "make serve"}
"""Commands that install: `.ci/run` runs them. Here make only says what it would do."""


def _commands(page: Path) -> list[str]:
    """The commands of a page, in order, each once."""
    text = page.read_text()
    blocks = [block for language, block in FENCE.findall(text) if language == "sh"]
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return list(dict.fromkeys([*filter(None, lines), *INLINE.findall(FENCE.sub("", text))]))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the project stands for every page: what one has built, the next finds fresh."""
    return tmp_path_factory.mktemp("docs") / "project"


def _unnamed() -> set[str]:
    """Leaflets and languages that no command names: they are done as the others are.

    That all of them are built and right is found by the tests of what is shipped (`built`).
    """
    named = set(re.findall(r"[\w-]+", " ".join(c for page in PAGES for c in _commands(page))))
    folders = {path.name for path in (ROOT / "locales").iterdir() if path.is_dir()}
    return {*leaflet_ids(Root(ROOT)), *folders} - named


@pytest.fixture(scope="module")
def shipped() -> frozenset[str]:
    """The files that a clinic has, without those of what no command names."""
    listed = ["git", "ls-files", "-co", "--exclude-standard"]
    names = subprocess.check_output(listed, cwd=ROOT, text=True).splitlines()
    left_out = _unnamed()
    return frozenset(
        name
        for name in names
        if (ROOT / name).is_file() and not {*Path(name).with_suffix("").parts} & left_out
    )


@pytest.fixture
def copy(place: Path, shipped: frozenset[str]) -> Path:
    """The project as a clinic has it; of the pages before, only `out/` and bytecode are left."""
    place.mkdir(exist_ok=True)
    _remove_strangers(place, shipped)
    for name in shipped:
        if not _is_as_shipped(place / name, ROOT / name):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, place / name)
    if not (place / "node_modules").exists():
        (place / "node_modules").symlink_to(ROOT / "node_modules")
    clinic = (place / "clinic.yaml").read_text()
    # One format is enough to show that a command does what the page says.
    (place / "clinic.yaml").write_text(re.sub(r"(?m)^formats:\n(  - .*\n)+", "", clinic))
    return place


def _remove_strangers(place: Path, shipped: frozenset[str]) -> None:
    """Remove the files that commands wrote."""
    for folder, folders, files in os.walk(place):
        folders[:] = [name for name in folders if name not in _LEFT]
        paths = [(Path(folder) / name).relative_to(place) for name in files]
        for path in paths:
            if path.as_posix() not in shipped:
                (place / path).unlink()


_LEFT = {"out", "__pycache__", "node_modules"}


def _is_as_shipped(path: Path, original: Path) -> bool:
    """Whether nothing was done to a copied file: its time and size are those of its original."""
    if not path.exists():
        return False
    states = [each.stat() for each in (path, original)]
    return states[0].st_mtime_ns == states[1].st_mtime_ns and states[0].st_size == states[1].st_size


_ENDS = {"python build.py serve": 130}
"""Commands that go on until somebody ends them, and what they then come to."""


def _as_run(command: str, root: Path) -> list[str]:
    words = command.replace("/tmp/leaflets", str(root / "elsewhere"))
    if re.split(" (?:ARGS|OWN)=", command)[0] in {*SET_UP, "make build"}:
        return ["make", "-n", *_quoted(words)[1:]]
    if command.startswith("pybabel"):
        return [sys.executable, "-m", "babel.messages.frontend", *words.split()[1:]]
    dated = ["--date", str(TODAY)] if "build.py" in command and "--date" not in command else []
    script, *rest = words.split()[1:]
    until_ctrl_c = ["timeout", "--preserve-status", "--signal=INT", "10"]
    ended = until_ctrl_c if command in _ENDS else []
    return [*ended, sys.executable, script, *dated, *rest]


def _quoted(command: str) -> list[str]:
    import shlex

    return shlex.split(command)


_RUN: set[str] = set()
"""Commands that another page has shown to run: each is run once."""


@pytest.mark.parametrize("page", [page for page in PAGES if _commands(page)], ids=lambda p: p.name)
def test_commands_run(page: Path, copy: Path) -> None:
    """One after another, as a reader of the page would type them."""
    environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "PYTHONPATH": str(copy)}
    commands = [command for command in _commands(page) if command not in _RUN]
    for command in commands:
        _RUN.add(command)
        done = subprocess.run(
            _as_run(command, copy),
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        said = (done.stdout + done.stderr)[:2000]
        assert done.returncode == _ENDS.get(command, 0), f"{command}\n{said}"


def test_there_are_commands() -> None:
    commands = {command for page in PAGES for command in _commands(page)}
    assert {
        "make",
        "make test",
        "python build.py check",
        "python build.py new knee-pain",
    } <= commands


def _examples() -> list[str]:
    text = (ROOT / "docs" / "authors.md").read_text()
    return [block for language, block in FENCE.findall(text) if language == "yaml"]


def _indented(block: str) -> str:
    return "".join(f"      {line}\n" for line in block.splitlines())


@pytest.mark.parametrize("block", [each for each in _examples() if each.startswith("- kind")])
def test_examples_of_blocks_build(block: str, make_project: MakeProject) -> None:
    """Put into a small leaflet, each example is laid out without a finding."""
    root = make_project()
    shutil.copytree(
        ROOT / "leaflets" / "figures", root / "leaflets" / "figures", dirs_exist_ok=True
    )
    base = (CASES / "base" / "leaflet.yaml").read_text()
    paragraph = "      - kind: paragraph\n        text: Some words.\n"
    assert paragraph in base
    kept = base if "kind: sources" not in block else base.replace("      - kind: sources\n", "")
    (root / "leaflets" / "case.yaml").write_text(kept.replace(paragraph, _indented(block)))
    outcome = build(Edition("case", "en-GB", "a4"), order_for(root), None)
    assert outcome.status is Status.BUILT, outcome.findings
    assert outcome.findings == ()


def test_the_head_and_sections_build(make_project: MakeProject) -> None:
    head, sections = _examples()[:2]
    root = make_project()
    (root / "leaflets" / "knee-pain.yaml").write_text(head + sections)
    outcome = build(Edition("knee-pain", "en-GB", "a4"), order_for(root), None)
    assert outcome.findings == ()


def test_every_kind_has_an_example() -> None:
    shown = {block["kind"] for text in _examples()[2:] for block in yaml.safe_load(text)}
    files = {path.stem for path in (ROOT / "templates" / "blocks").glob("*.html")}
    kinds = {name for name in files if not name.endswith("-as-list")}  # of narrow pages
    assert shown == kinds


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", re.sub(r"`[^`]*`", "", page.read_text()))
    for target in LINK.findall(text):
        if "://" not in target and target != "…":
            assert (page.parent / target).exists(), target


def test_every_file_is_named_in_its_room() -> None:
    """ARCHITECTURE.md: a stranger finds each file under the room that it is in."""
    rooms = re.split(r"(?m)^  (?=[a-z_]+/ )", (ROOT / "ARCHITECTURE.md").read_text())
    words = {room.partition("/")[0]: set(re.findall(r"[a-z_]+", room)) for room in rooms}
    package = ROOT / "leafpress"
    modules = [path.relative_to(package) for path in package.rglob("[a-z]*.py")]
    lacking = [
        str(path) for path in modules if path.parts[1:] and path.stem not in words[path.parts[0]]
    ]
    assert len(modules) > 200
    assert lacking == []


def test_lengths() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text().splitlines()) <= 150


def test_rules_page_is_current() -> None:
    import generate

    for path, text in generate.generated():
        assert path.read_text() == text, f"{path}: run python tests/generate.py"
