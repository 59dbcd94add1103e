"""The commands, as a person types them: what they print, and what they must not print."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, TODAY, Done, run_build, run_program
from office import Office, letter, row

from leafpress.cli.main import main
from leafpress.findings import ExitCode

SECRET = "ZZ987654"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A project with a clinic's file, and letters to a patient whose reference must stay unseen."""
    office = Office(tmp_path)
    codes = "enclosures:\n  codes:\n    MSK1: [back-pain]\n"
    facts = "name: A clinic\ntelephone: 020 7946 0000\nemail: a@clinic.example\n"
    (tmp_path / "clinic.yaml").write_text(facts + codes)
    return office


Enclose = Callable[..., Done]


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs a command in this process: starting Python anew takes longer than the run."""

    def run(root: Path, *arguments: str) -> Done:
        code = main(root, ["--date", str(TODAY), *arguments])
        return Done(arguments, code, *capfd.readouterr())

    return run


@pytest.fixture
def enclose(office: Office, command: Callable[..., Done]) -> Enclose:
    def run(*more: str, rows: list[dict[str, str]] | None = None) -> Done:
        list_ = office.list(*rows) if rows is not None else office.root / "list.csv"
        return command(office.root, "enclose", str(list_), *_folders(office), *more)

    return run


def _folders(office: Office) -> tuple[str, ...]:
    folders = ("--letters", str(office.letters), "--out", str(office.out))
    return (*folders, "--editions", str(office.editions))


def test_a_run_and_what_it_says(office: Office, enclose: Enclose) -> None:
    rows = [office.pair(SECRET), office.pair("A12345", need="audio"), row("b.pdf", "B12345")]
    done = run_build(office.root, "enclose", str(office.list(*rows)), *_folders(office))
    assert done.returncode == ExitCode.FINDINGS
    assert "3 rows in, 3 out: 1 finished, 2 refused, 0 repeated" in done.stdout
    assert "list.csv:3: error E052" in done.stderr
    assert "list.csv:4: error E042" in done.stderr
    for secret in (SECRET, "A12345", "B12345", "b.pdf", rows[0]["letter"]):
        assert secret not in done.stdout + done.stderr
    again = enclose()
    assert "nothing had to be done" in again.stdout


def test_references_are_shown_when_asked_for(office: Office, enclose: Enclose) -> None:
    done = enclose("--show-references", rows=[office.pair("A12345", need="audio")])
    assert "list.csv:2 (A12345): error E052" in done.stderr


def test_all_well(office: Office, enclose: Enclose) -> None:
    done = enclose(rows=[office.pair(SECRET, leaflets="", clinic="msk1")])
    assert done.returncode == ExitCode.OK, done.stderr
    assert "E063" not in done.stderr


def test_one_message_for_many_rows(office: Office, enclose: Enclose) -> None:
    rows = [office.pair(f"A{number:05d}", need="audio") for number in range(30)]
    done = enclose(rows=rows)
    assert done.stderr.count("error E052") == 1
    assert "list.csv:2: error E052" in done.stderr
    assert "(30 rows: 2, 3, 4" in done.stderr
    assert "21 and 10 more)" in done.stderr


def test_json(office: Office, enclose: Enclose) -> None:
    rows = [office.pair(SECRET), office.pair("A12345", language="Klingon")]
    done = enclose("--json", rows=rows)
    document = json.loads(done.stdout)
    assert document["counts"] == {"in": 2, "out": 2, "finished": 1, "refused": 1, "repeated": 0}
    assert [each["verdict"] for each in document["rows"]] == ["joined", "refused"]
    assert SECRET not in done.stdout + done.stderr
    assert document["exit"] == done.returncode == ExitCode.FINDINGS


def test_a_fault_of_ours_shows_no_patient(office: Office, enclose: Enclose) -> None:
    """An exception's message may quote what it was about."""
    rows = [office.pair(SECRET)]
    office.out.mkdir()
    (office.out / ".enclose").mkdir()
    (office.out / f"{SECRET}.pdf").mkdir()
    (office.out / f"{SECRET}.pdf" / "x").write_text("in the way")
    done = enclose(rows=rows)
    assert done.returncode != ExitCode.OK
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        (("--channel", "pigeon"), "B007"),
        (("--fallback", "nonsense"), "E059"),
        (("--mapping", "none.yaml"), "L001"),
        (("--letters", "none"), "E030"),
        (("--editions", "none"), "E047"),
    ],
)
def test_usage(arguments: tuple[str, str], rule: str, office: Office, enclose: Enclose) -> None:
    done = enclose(*arguments, rows=[office.pair("A12345")])
    assert done.returncode != ExitCode.OK
    assert f"error {rule}" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_folders(office: Office, command: Callable[..., Done]) -> None:
    done = command(office.root, "enclose", str(office.list()))
    assert done.returncode == ExitCode.USAGE
    assert "--letters" in done.stderr


def test_a_fallback_for_all_rows(office: Office, enclose: Enclose) -> None:
    rows = [office.pair(SECRET, language="Welsh"), office.pair("A12345", language="Klingon")]
    done = enclose("--fallback", "en-GB", rows=rows)
    assert "1 finished, 1 refused" in done.stdout
    assert "warning E066" in done.stderr


def test_a_draft_of_a_mapping(office: Office, command: Callable[..., Done]) -> None:
    done = command(
        office.root, "enclose", "--draft-mapping", str(ROOT / "docs" / "samples" / "list-pas.csv")
    )
    assert done.returncode == ExitCode.OK, done.stderr
    assert "  reference: 'Hospital No'" in done.stdout
    assert "  clinic: 'Session Code'" in done.stdout
    assert "RX100001" not in done.stdout


def test_a_channel_refuses(office: Office, enclose: Enclose) -> None:
    """A letter for print is checked for the channel; one for e-mail is not: nobody prints it."""
    rows = [office.pair("A12345"), office.pair("B12345", delivery="email")]
    done = enclose("--channel", "gov-notify", "--json", rows=rows)
    found = json.loads(done.stdout)["rows"]
    assert [each["verdict"] for each in found] == ["refused", "separate"]
    assert any(rule.startswith("P0") for rule in found[0]["rules"])


def test_watch_letters_once(office: Office, command: Callable[..., Done]) -> None:
    folder = office.root / "hot"
    folder.mkdir()
    for name, reference, need in (("one", SECRET, ""), ("two", "A12345", "audio")):
        (folder / f"{name}.pdf").write_bytes(letter(reference))
        sidecar = {"reference": reference, "leaflets": "back-pain", "need": need}
        (folder / f"{name}.json").write_text(json.dumps(sidecar))
    (folder / "waiting.pdf").write_bytes(letter("W12345"))
    (folder / "three.pdf").write_bytes(letter("C12345"))
    (folder / "three.json").write_text('{"referenc": "C12345"}')
    asked = ("watch-letters", str(folder), "--once", "--interval", "0.1")
    done = command(office.root, *asked, "--editions", str(office.editions))
    assert done.returncode == ExitCode.FINDINGS, done.stderr
    assert sorted(path.name for path in folder.iterdir() if path.name[0] != ".") == [
        "done",
        "refused",
        "waiting.pdf",
    ]
    assert sorted(path.name for path in (folder / "done" / "one").iterdir()) == [
        f"{SECRET}.pdf",
        "one.json",
        "one.pdf",
        "receipts.json",
    ]
    assert "E052" in (folder / "refused" / "two" / "reason.txt").read_text()
    assert "E041" in (folder / "refused" / "three" / "reason.txt").read_text()
    for secret in (SECRET, "A12345", "one.pdf"):
        assert secret not in done.stdout + done.stderr
    again = command(office.root, *asked, "--editions", str(office.editions))
    assert again.returncode == ExitCode.OK
    made = list((folder / "done").rglob("*"))
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_dir()} == {0o700}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("phase", ["starting", "serving", "waiting"])
def test_watch_letters_is_interrupted(phase: str, number: int, office: Office) -> None:
    """Exit code 130 and not a word, whatever it was doing; the letter is filed or lies there."""
    folder = office.root / "hot"
    folder.mkdir()
    (folder / "one.pdf").write_bytes(letter("A12345"))
    (folder / "one.json").write_text('{"reference": "A12345", "leaflets": "back-pain"}')
    command = [sys.executable, str(ROOT / "build.py"), "--project", str(office.root)]
    asked = ["watch-letters", str(folder), "--interval", "0.05", "--editions", str(office.editions)]
    service = subprocess.Popen(
        [*command, *asked], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    if phase != "starting":
        _wait_until(lambda: phase == "serving" or (folder / "done").exists())
        _wait_until((folder / ".work" / "lock").exists)
    else:
        time.sleep(0.3)
    service.send_signal(number)
    said, errors = service.communicate(timeout=30)
    assert service.returncode == ExitCode.INTERRUPTED
    assert errors == ""
    assert (folder / "one.pdf").exists() != (folder / "done" / "one" / "one.pdf").exists()
    assert said in ("", "letter 1: done\n")


def test_a_terminal_that_knows_few_letters(office: Office) -> None:
    (office.root / "hot").mkdir()
    for name in ("a.pdf", "a.JSON"):
        (office.root / "hot" / name).touch()
    asked = ("watch-letters", str(office.root / "hot"), "--once", "--interval", "0.05")
    folders = ("--editions", str(office.editions))
    done = run_program(office.root, *asked, *folders, PYTHONIOENCODING="ascii")
    assert done.returncode == ExitCode.OK, done.stderr
    assert "otherwise than its letter\\u2019s" in done.stdout


def _wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(300):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("that never happened")
