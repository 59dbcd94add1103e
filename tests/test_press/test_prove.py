"""`build.py prove`: what is judged and written, and that nothing unchecked counts as a pass."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest
from conftest import MakeProject, run_program
from conftest import run_build as run

from leafpress.findings import ExitCode

EDITION = "en-GB/case-a4.pdf"
ENGLISH = ("-L", "en-GB")


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    """A small project whose English edition is built."""
    root = make_project()
    done = run(root, *ENGLISH)
    assert done.returncode == ExitCode.OK, done.stderr
    return root


def proof(root: Path) -> dict[str, object]:
    """What is written of the English edition."""
    file = root / "out" / "proof" / "en-GB-case-a4.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))


def verdicts(root: Path) -> dict[str, str]:
    """The verdict of each question."""
    answers = proof(root)["answers"]
    assert isinstance(answers, list)
    return {each["question"]: each["verdict"] for each in answers}


def index(root: Path) -> str:
    """The page about all editions."""
    return (root / "out" / "proof" / "index.html").read_text(encoding="utf-8")


def test_a_good_edition_passes(project: Path) -> None:
    done = run(project, *ENGLISH, "prove")
    assert done.returncode == ExitCode.OK, done.stderr
    assert done.stdout == "1 of 1 editions judged: 1 pass; see proof/index.html\n"
    assert proof(project)["verdict"] == "pass"
    assert set(verdicts(project).values()) == {"pass"}
    assert {"veraPDF: ua1", "veraPDF: 2a", "Tag tree"} <= set(verdicts(project))
    assert "1 pass, 0 fail, 0 not checked in full" in index(project)
    entry = json.loads((project / "out" / "manifest.json").read_text())["editions"][EDITION]
    assert entry["verdicts"] == {"ua1": "pass", "2a": "pass", "leafpress": "pass"}
    lists = (project / "out" / "proof" / "public-lists.html").read_text(encoding="utf-8")
    assert "PDFs that were judged: 1." in lists
    assert "134 of 137 pass, 0 fail, 3 are for a person alone" in lists
    assert "51 of 55 pass, 0 fail, 4 are for a person alone" in lists
    assert 'href="public-lists.html"' in index(project)


def test_prove_while_building(make_project: MakeProject) -> None:
    root = make_project()
    done = run(root, *ENGLISH, "--prove", "--strict")
    assert done.returncode == ExitCode.OK, done.stderr
    assert proof(root)["verdict"] == "pass"
    assert EDITION in index(root)


def test_what_is_found_is_said_everywhere(project: Path) -> None:
    """A file that was changed after it was built, and whose digest somebody made fit."""
    path = project / "out" / EDITION
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.pages[0].obj.Tabs
        del pdf.Root.Lang
        pdf.save(path)
    _believe(project)
    done = run(project, *ENGLISH, "prove")
    assert done.returncode == ExitCode.NOT_CONFORMING
    assert f"{EDITION}: error P044: the language is “” and should be “en-GB”" in done.stderr
    assert "1 editions judged: 1 fail" in done.stdout
    assert proof(project)["verdict"] == "fail"
    assert verdicts(project)["False or missing claim"] == "fail"
    assert "the language is “” and should be “en-GB”" in json.dumps(
        proof(project), ensure_ascii=False
    )
    assert "the tabulator key does not follow the reading order" in index(project)
    assert "0 pass, 1 fail, 0 not checked in full" in index(project)


def _believe(project: Path) -> None:
    """Write the digest of the file as it is now into the manifest."""
    import hashlib

    manifest = project / "out" / "manifest.json"
    data = json.loads(manifest.read_text())
    file = project / "out" / EDITION
    data["editions"][EDITION]["digest"] = hashlib.sha256(file.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(data))


def test_a_changed_file_is_not_judged(project: Path) -> None:
    """What is not as it was written is no edition of ours."""
    path = project / "out" / EDITION
    path.write_bytes(path.read_bytes() + b"\n")
    assert run(project, *ENGLISH, "prove").returncode == ExitCode.USAGE


def test_without_java(project: Path, tmp_path: Path) -> None:
    done = run_program(project, *ENGLISH, "prove", PATH=str(tmp_path))
    assert done.returncode == ExitCode.OK
    assert "1 editions judged: 1 not checked" in done.stdout
    assert proof(project)["verdict"] == "not checked"
    said = verdicts(project)
    assert said["veraPDF: ua1"] == said["veraPDF: 2a"] == "not checked"
    assert said["Text by another program: poppler"] == "not checked"
    assert said["Tag tree"] == "pass"
    assert "0 pass, 0 fail, 1 not checked in full" in index(project)
    strict = run_program(project, *ENGLISH, "prove", "--strict", PATH=str(tmp_path))
    assert strict.returncode == ExitCode.NOT_CONFORMING


def test_after_a_change_of_the_sources(project: Path) -> None:
    leaflet = project / "leaflets" / "case.yaml"
    leaflet.write_text(leaflet.read_text().replace("Some words.", "Other words."))
    done = run(project, *ENGLISH, "prove")
    assert done.returncode == ExitCode.OK
    assert proof(project)["verdict"] == "not checked"
    answers = proof(project)["answers"]
    assert isinstance(answers, list)
    words = next(each for each in answers if each["rule"] == "P040")
    assert (words["verdict"], words["figure"]) == (
        "not checked",
        "the sources have changed since the file was built",
    )
    assert "the sources have changed" in index(project)


def test_nothing_built(make_project: MakeProject) -> None:
    done = run(make_project(), *ENGLISH, "prove")
    assert done.returncode == ExitCode.USAGE
    assert "error B010: none of the editions asked for is built here" in done.stderr
    assert "Traceback" not in done.stderr


class _Tables(HTMLParser):
    """Counts what a page's tables have."""

    def __init__(self) -> None:
        super().__init__()
        self.tables = self.captions = self.unscoped = 0
        self.verdicts: list[str] = []
        self._in_verdict = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tables += tag == "table"
        self.captions += tag == "caption"
        given = dict(attrs)
        self.unscoped += tag == "th" and given.get("scope") not in {"row", "col"}
        self._in_verdict = tag == "td" and "class" in given

    def handle_data(self, data: str) -> None:
        if self._in_verdict:
            self.verdicts.append(data)
            self._in_verdict = False


def test_everybody_can_read_the_page(project: Path, tmp_path: Path) -> None:
    run_program(project, *ENGLISH, "prove", PATH=str(tmp_path))
    page = index(project)
    found = _Tables()
    found.feed(page)
    assert found.tables == found.captions == 2
    assert found.unscoped == 0
    # Each verdict is a word, and no rule of style gives it a colour.
    assert set(found.verdicts) == {"pass", "not checked"}
    style = page.partition("<style>")[2].partition("</style>")[0]
    coloured = re.findall(r"(?:fail|not|pass)[^{}]*{[^}]*(?:color|background)[^}]*}", style)
    assert coloured == []
    assert '<html lang="en-GB">' in page
    assert 'name="viewport"' in page


def test_a_partial_proof_adds(project: Path) -> None:
    """The page shows every file that is judged, and no proof of one that stands there no more."""
    run(project, *ENGLISH, "-f", "text", "--prove")
    run(project, *ENGLISH, "prove", "-f", "a4")
    assert "<h1>Proof of 2 editions</h1>" in index(project)
    assert "2 pass, 0 fail" in index(project)
    (project / "leaflets" / "other.yaml").write_text(
        (project / "leaflets" / "case.yaml").read_text()
    )
    (project / "leaflets" / "case.yaml").unlink()
    run(project, *ENGLISH, "-f", "text")
    assert "<h1>Proof of 0 editions</h1>" in index(project)
    assert list((project / "out" / "proof").glob("*.json")) == []
