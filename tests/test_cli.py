"""Commands, exit codes, and what stands on the terminal."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, TODAY, MakeProject, order_for, run_on_a_terminal, run_program
from conftest import run_build as build

from leafpress.findings import ExitCode
from leafpress.rules import rules


def test_build_then_nothing_to_do(make_project: MakeProject) -> None:
    """As a person does it, by a process each."""
    root = make_project()
    first = run_program(root, "-L", "en-GB")
    assert first.returncode == ExitCode.OK, first.stderr
    assert "[1/1] en-GB/case-a4.pdf: built, 1 page," in first.stdout
    second = run_program(root, "-L", "en-GB")
    assert second.stdout.startswith("1 unchanged (")


@pytest.mark.parametrize("language", ["en-GB", "en-gb", "English", "english"])
def test_a_language_by_its_name(language: str, make_project: MakeProject) -> None:
    done = build(make_project(), "check", "--language", language)
    assert "checked, 0 errors" in done.stdout
    assert done.returncode == ExitCode.OK


@pytest.mark.parametrize("language", ["el", "Greek", "Ελληνικά"])
def test_a_language_that_waits(language: str, make_project: MakeProject) -> None:
    done = build(make_project(), "--language", language)
    assert done.returncode == ExitCode.USAGE
    assert "Greek waits for its translations: `python build.py new-language el`" in done.stderr


def test_pseudo_languages_are_not_offered(make_project: MakeProject) -> None:
    root = make_project()
    done = build(root, "--language", "nonsense")
    assert "there are: en-GB, cy, pl, ur, bn\n" in done.stderr
    assert build(root, "check", "-L", "en-XA").returncode == ExitCode.OK


def test_languages_that_nobody_has_begun_are_told_once(make_project: MakeProject) -> None:
    done = build(make_project(), "check", "--leaflet", "case")
    assert done.stderr.count("T001") == 2
    assert "`case` is not translated into Welsh, Polish, Urdu and Bengali" in done.stderr
    assert "checked, 0 errors;" in done.stdout


def test_one_error(make_project: MakeProject) -> None:
    root = make_project()
    leaflet = root / "leaflets" / "case.yaml"
    leaflet.write_text(leaflet.read_text().replace("Some words.", "<b>Some</b> words."))
    assert "checked, 1 error;" in build(root, "check", "-L", "en-GB").stdout


def test_list_of_some(make_project: MakeProject) -> None:
    root = make_project()
    build(root, "-L", "en-GB", "--format", "text")
    lines = build(root, "list", "--leaflet", "case", "-L", "English").stdout.splitlines()
    assert lines[0] == "  case"
    assert {line.split()[0] for line in lines[1:]} == {"en-GB"}
    (text,) = [line for line in lines if line.split()[1:2] == ["text"]]
    assert text.endswith(" kB")


def test_verbose_shows_the_traceback_of_a_worker(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a worker of ours died of stands in another process: it has to be handed over."""
    from leafpress.cli import build as command
    from leafpress.cli.main import main
    from leafpress.press import pipeline, worker
    from leafpress.press.edition import Edition

    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(pipeline, "build", fail)
    root = make_project()
    outcome = worker.build(worker.EditionJob(Edition("case", "en-GB", "a4"), order_for(root), None))
    monkeypatch.setattr(command, "_build_stale", lambda *_arguments: [outcome])
    arguments = ["--project", str(root), "-L", "en-GB"]
    for verbose, shown in (([], False), (["--verbose"], True)):
        assert main(root, [*arguments, *verbose]) == ExitCode.OUR_BUG
        assert ("in fail" in capsys.readouterr().err) is shown


def test_no_leaflets(make_project: MakeProject) -> None:
    root = make_project()
    (root / "leaflets" / "case.yaml").unlink()
    done = build(root)
    assert done.returncode == ExitCode.FINDINGS
    assert "error L022" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--leaflet", "cse"),
        ("--language", "plz"),
        ("--format", "a5"),
        ("--profile", "ua9"),
        ("explain", "L999"),
    ],
)
def test_a_name_that_matches_nothing(arguments: tuple[str, ...], make_project: MakeProject) -> None:
    done = build(make_project(), *arguments)
    assert done.returncode == ExitCode.USAGE
    assert "error B007" in done.stderr
    assert "Traceback" not in done.stderr


def test_editions_that_there_cannot_be(make_project: MakeProject) -> None:
    """English beside English helps nobody."""
    done = build(make_project(), "--format", "bilingual", "--language", "en-GB")
    assert done.returncode == ExitCode.USAGE
    assert "error B012" in done.stderr
    assert "a language other than English" in done.stderr


def test_formats_of_the_clinic(make_project: MakeProject) -> None:
    root = make_project()
    clinic = root / "clinic.yaml"
    plain = clinic.read_text()
    clinic.write_text(plain + "formats:\n  - a4\n  - bilingual\n")
    done = build(root, "list")
    assert "  bilingual " in done.stdout
    assert "With English beside it, A4 landscape, 13 point\n" in done.stdout
    clinic.write_text(plain + "formats:\n  - a4\n  - bilingul\n")
    done = build(root)
    assert done.returncode == ExitCode.FINDINGS
    assert "clinic.yaml:6: error B007: there is no format `bilingul`" in done.stderr
    assert "did you mean `bilingual`?" in done.stderr


@pytest.mark.parametrize(
    "arguments", [("--date", "tomorrow"), ("--jobs", "0"), ("--nonsense",), ("dance",)]
)
def test_usage(arguments: tuple[str, ...], make_project: MakeProject) -> None:
    done = build(make_project(), *arguments)
    assert done.returncode == ExitCode.USAGE
    assert "Traceback" not in done.stderr


def test_findings_of_all_editions_at_once(make_project: MakeProject) -> None:
    root = make_project()
    leaflet = root / "leaflets" / "case.yaml"
    leaflet.write_text(
        leaflet.read_text().replace("title: One", "titel: One").replace("[a]", "[b]")
    )
    done = build(root)
    assert done.returncode == ExitCode.FINDINGS
    for rule in ("L010", "L011", "L030", "L033"):
        assert f"error {rule}" in done.stderr
    assert done.stderr.count("error L030") == 1  # said once, not once a language
    assert "Traceback" not in done.stderr


def test_strict(make_project: MakeProject) -> None:
    root = make_project()
    assert build(root, "-L", "en-GB,pl").returncode == ExitCode.OK  # no catalogue: a warning
    assert build(root, "-L", "en-GB,pl", "--strict").returncode == ExitCode.FINDINGS


def test_json(make_project: MakeProject) -> None:
    root = make_project()
    done = build(root, "-L", "en-GB,pl", "--json")
    said = json.loads(done.stdout)
    assert said["exit"] == 0
    assert [(each["output"], each["status"]) for each in said["editions"]] == [
        ("en-GB/case-a4.pdf", "built"),
        ("pl/case-a4.pdf", "not translated"),
    ]
    assert {each["rule"] for each in said["findings"]} == {"T001"}
    assert said["editions"][0]["entry"]["pages"] == 1


def test_explain_why(make_project: MakeProject) -> None:
    root = make_project()
    asked = ("-L", "en-GB", "--explain")
    assert "stale: it was not built before" in build(root, *asked).stdout
    assert not (root / "out").exists()
    build(root, "-L", "en-GB")
    assert "en-GB/case-a4.pdf: unchanged" in build(root, *asked).stdout
    style = root / "templates" / "styles" / "base.css"
    style.write_text(style.read_text() + "p { color: #111 }\n")
    assert "stale: templates/styles/base.css changed" in build(root, *asked).stdout


def test_manifest(make_project: MakeProject) -> None:
    root = make_project()
    build(root, "-L", "en-GB")
    entry = json.loads((root / "out" / "manifest.json").read_text())["editions"][
        "en-GB/case-a4.pdf"
    ]
    assert entry["size"] == (root / "out" / "en-GB" / "case-a4.pdf").stat().st_size
    assert entry["verdicts"] == {"ua1": "not checked", "2a": "not checked"}
    assert set(entry["versions"]) == {"weasyprint", "pydyf", "pango"}
    assert str(root) not in (root / "out" / "manifest.json").read_text()


def test_prove(make_project: MakeProject) -> None:
    root = make_project()
    assert build(root, "-L", "en-GB", "--prove", "--strict").returncode == ExitCode.OK
    entry = json.loads((root / "out" / "manifest.json").read_text())["editions"][
        "en-GB/case-a4.pdf"
    ]
    assert entry["verdicts"] == {"ua1": "pass", "2a": "pass", "leafpress": "pass"}


def test_prove_without_java(
    make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    root = make_project()
    done = build(root, "-L", "en-GB", "--prove")
    assert done.returncode == ExitCode.OK
    assert "review P021: not checked against ua1, 2a: there is no Java" in done.stderr
    strict = build(root, "-L", "en-GB", "--prove", "--strict")
    assert strict.returncode == ExitCode.NOT_CONFORMING


def test_a_folder_that_cannot_be_written(make_project: MakeProject) -> None:
    root = make_project()
    (root / "out").write_text("a file stands here")
    done = build(root, "-L", "en-GB")
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert "error B004: cannot write" in done.stderr
    assert (root / "out").read_text() == "a file stands here"


def test_a_read_only_folder(make_project: MakeProject) -> None:
    """Root may write anywhere but into /proc; others not into a folder of mode 500."""
    root = make_project()
    out = Path("/proc/leafpress")
    if os.getuid():
        out = root / "out"
        out.mkdir(mode=0o500)
    done = build(root, "-L", "en-GB", "--out", str(out))
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert "error B004: cannot write" in done.stderr
    assert "Traceback" not in done.stderr


def test_explain_a_rule(make_project: MakeProject) -> None:
    done = build(make_project(), "explain", "L012")
    assert done.returncode == ExitCode.OK
    assert "Figure without alternative text" in done.stdout
    assert "WCAG 2.2, 1.1.1" in done.stdout


def test_every_rule_can_be_explained(make_project: MakeProject) -> None:
    listed = build(make_project(), "explain").stdout
    assert [line.split()[0] for line in listed.splitlines()] == list(rules())


def test_check_lays_nothing_out(make_project: MakeProject) -> None:
    root = make_project()
    done = build(root, "-L", "en-GB", "check")
    assert done.returncode == ExitCode.OK, done.stderr
    assert re.fullmatch(
        r"1 edition checked, 0 errors; reading grade: case -?\d+\.\d\n", done.stdout
    )
    assert not (root / "out").exists()


def test_check_names_the_hardest_sentences(make_project: MakeProject) -> None:
    root = make_project()
    leaflet = root / "leaflets" / "case.yaml"
    hard = "Immobilisation notwithstanding, physiotherapeutic interventions remain advisable."
    leaflet.write_text(leaflet.read_text().replace("Some words.", hard))
    done = build(root, "-L", "en-GB", "check", "--leaflet", "case")
    head, first, *_ = done.stdout.splitlines()
    assert head == "case, hardest to read, each with its grade:"
    assert first.endswith(f"  leaflets/case.yaml:17:15: {hard}")
    assert "hardest" not in build(root, "-L", "en-GB", "check").stdout


def test_new_and_list(make_project: MakeProject) -> None:
    root = make_project()
    assert build(root, "new", "knee-pain").returncode == ExitCode.OK
    assert build(root, "-l", "knee-pain", "-L", "en-GB").returncode == ExitCode.OK
    listed = build(root, "list").stdout
    assert "fresh: “Knee pain”, version 0.1, 2 pages" in listed
    assert "not translated" in listed


def test_extract(make_project: MakeProject) -> None:
    root = make_project()
    done = build(root, "extract")
    assert "locales/case.pot: written" in done.stdout
    assert "locales/cy/LC_MESSAGES/leafpress.po: written" in done.stdout
    assert "written" not in build(root, "extract").stdout


def test_no_colour_where_nobody_looks(make_project: MakeProject) -> None:
    done = run_program(make_project(), "-l", "nothing")
    assert "\x1b" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_on_a_terminal(
    environment: dict[str, str], coloured: bool, make_project: MakeProject
) -> None:
    root = make_project()
    leaflet = root / "leaflets" / "case.yaml"
    leaflet.write_text(leaflet.read_text().replace("title: One", "titel: One"))
    plain = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    words = ("--project", str(root), "check", "-L", "en-GB")
    done = run_on_a_terminal({**plain, "TERM": "xterm", **environment}, *words)
    assert done.returncode == ExitCode.FINDINGS
    assert "error" in done.stdout
    assert ("\x1b[31;1m" in done.stdout) is coloured


@pytest.fixture
def five(make_project: MakeProject) -> tuple[str, ...]:
    """A build of five long leaflets in English."""
    root = make_project("long.yaml")
    case = (root / "leaflets" / "case.yaml").read_text()
    for name in ("b", "c", "d", "e"):
        other = case.replace("id: case\n", f"id: case-{name}\n")
        (root / "leaflets" / f"case-{name}.yaml").write_text(other)
    return ("--project", str(root), "--format", "a4", "-L", "en-GB", "--date", str(TODAY))


def _start(out: Path, arguments: tuple[str, ...]) -> subprocess.Popen[str]:
    command = [sys.executable, "build.py", *arguments, "--out", str(out), "--jobs", "2"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted(number: signal.Signals, tmp_path: Path, five: tuple[str, ...]) -> None:
    """Ctrl-C while building: good files, no pieces, exit code 130; then the rest is built."""
    out = tmp_path / "out"
    process = _start(out, five)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("[2/"):
            break
    os.killpg(process.pid, number) if number is signal.SIGINT else process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == ExitCode.INTERRUPTED, errors
    assert "interrupted: what was finished is kept" in errors
    assert "Traceback" not in errors
    files = [path for path in out.rglob("*") if path.is_file() and path.suffix != ".json"]
    editions = [path for path in files if path.suffix == ".pdf"]
    assert editions
    others = {path.name for path in files if path.parent == out}
    assert others <= {"index.html", "choose.html", "library.csv"}
    assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in editions)
    claimed = json.loads((out / "manifest.json").read_text())["editions"]
    again = subprocess.run(
        [sys.executable, "build.py", *five, "--out", str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{len(claimed)} unchanged" in again.stdout
    assert len(list(out.rglob("*.pdf"))) == 5


def test_a_killed_worker(tmp_path: Path, five: tuple[str, ...]) -> None:
    """Some other program kills a worker: one failed edition, exit code 1, the others built."""
    out = tmp_path / "out"
    process = _start(out, five)
    victim = _worker(process.pid)
    os.kill(victim, signal.SIGKILL)
    said, errors = process.communicate(timeout=120)
    assert process.returncode == ExitCode.FINDINGS
    assert errors.count("error B005") == 1
    assert said.count(": built") == 4


def _worker(parent: int) -> int:
    """A grandchild of the build that has been working for a moment."""
    for _ in range(600):
        time.sleep(0.05)
        children = _children(parent)
        workers = [each for child in children for each in _children(child)]
        busy = [each for each in workers if _seconds(each) > 0.5]
        if busy:
            return busy[0]
    raise AssertionError("no worker was seen")


def _children(process: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{process}/task").iterdir()
        return [int(each) for task in tasks for each in (task / "children").read_text().split()]
    except OSError:
        return []


def _seconds(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return int(fields[11]) / os.sysconf("SC_CLK_TCK")


def test_a_command_shows_its_own_options_only() -> None:
    done = build(ROOT, "extract", "--help")
    assert "--date" in done.stdout
    assert "--channel" not in done.stdout


def test_options_stand_before_a_command_or_after_it(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    before = build(ROOT, "--out", str(tmp_path / "out"), "prove")
    after = build(ROOT, "prove", "--out", str(tmp_path / "out"))
    assert (before.returncode, before.stderr) == (after.returncode, after.stderr)
    assert str(tmp_path / "out") in before.stderr
