"""What stands in the output folder besides what a build was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import TODAY, MakeProject, order_for, run_build

from leafpress.content.root import Root
from leafpress.findings import ExitCode
from leafpress.press.edition import Edition, Entry, Memory
from leafpress.press.expiry import withdraw_expired
from leafpress.press.manifest import Manifest
from leafpress.press.standing import Selected, mark, prune, standing, strangers
from leafpress.system import digest

ENTRY = Entry(
    leaflet="case",
    language="en-GB",
    format="text",
    profile="",
    title="A leaflet",
    version="1.0",
    date="2026-01-01",
    review="2027-01-01",
    digest=digest.of_bytes(b"words"),
    size=5,
    pages=0,
    verdicts={"leafpress": "pass"},
    versions={},
)
TEXT = "en-GB/case-text.txt"


@pytest.fixture
def root(make_project: MakeProject) -> Path:
    return make_project()


def _put(root: Path, **changes: str) -> tuple[Manifest, str]:
    """A manifest of one edition, which stands there."""
    entry = replace(ENTRY, **changes)  # type: ignore[arg-type]
    output = f"{entry.language}/{entry.leaflet}-{entry.format}.txt"
    path = root / "out" / output
    path.parent.mkdir(parents=True)
    path.write_bytes(b"words")
    state = path.stat()
    memory = Memory({}, {}, (state.st_size, state.st_mtime_ns), "clinic.yaml")
    manifest = Manifest(root / "out")
    manifest.put(output, entry, memory)
    return manifest, output


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"leaflet": "gone"}, "the leaflet was deleted"),
        ({"language": "el"}, "it is not made in this language any more"),
        ({"format": "parchment"}, "it is not made in this format any more"),
        ({"format": "easy-read"}, "it has no words for this format any more"),
        ({"format": "bilingual"}, "it has no words for this format any more"),
    ],
)
def test_what_no_row_makes_any_more(changes: dict[str, str], reason: str, root: Path) -> None:
    manifest, output = _put(root, **changes)
    stranger = (root / "out" / output).with_name("notes.txt")
    stranger.write_text("mine")
    assert prune(manifest, Root(root), TODAY) == [output]
    assert not (root / "out" / output).exists()
    assert stranger.exists()
    assert manifest.entries == manifest.memories == {}
    assert (manifest.withdrawn[output].reason, manifest.withdrawn[output].since) == (
        reason,
        TODAY.isoformat(),
    )
    manifest.save()
    assert Manifest.read(root / "out").withdrawn == manifest.withdrawn


def test_a_file_that_is_not_ours_is_never_removed(root: Path) -> None:
    """Somebody has written into it: it is left, and told of."""
    manifest, output = _put(root, leaflet="gone")
    (root / "out" / output).write_text("my notes")
    prune(manifest, Root(root), TODAY)
    assert (root / "out" / output).read_text() == "my notes"
    assert [(each.rule, each.span.file) for each in strangers(manifest, Root(root))] == [
        ("B013", output)
    ]


def test_a_name_that_leads_out_of_the_folder(root: Path) -> None:
    manifest, output = _put(root, leaflet="gone")
    outside = root / "words.txt"
    outside.write_bytes(b"words")
    manifest.entries["../words.txt"] = manifest.entries.pop(output)
    prune(manifest, Root(root), TODAY)
    assert outside.exists()


def test_a_file_that_no_manifest_names(root: Path) -> None:
    """A build that was killed left it, or the manifest was deleted."""
    manifest, output = _put(root)
    (root / "out" / "en-GB" / "price-list.pdf").touch()
    assert list(strangers(manifest, Root(root))) == []
    assert [each.span.file for each in strangers(Manifest(root / "out"), Root(root))] == [output]


def test_what_stands_is_refreshed(root: Path) -> None:
    manifest, output = _put(root)
    text = Edition("case", "en-GB", "text")
    assert standing(manifest, Selected(), Root(root)) == [text]
    assert standing(manifest, Selected(languages=frozenset({"en-GB"})), Root(root)) == [text]
    assert standing(manifest, Selected(languages=frozenset({"ur"})), Root(root)) == []
    assert standing(manifest, Selected(formats=frozenset({"a4"})), Root(root)) == []
    (root / "out" / output).unlink()
    assert standing(manifest, Selected(), Root(root)) == []  # somebody does not want it any more


def test_what_was_withdrawn_comes_back(root: Path) -> None:
    """Its leaflet is reviewed: who needs it in this format shall have it again."""
    manifest, output = _put(root)
    withdraw_expired(manifest, date(2027, 1, 2))
    assert not (root / "out" / output).exists()
    assert manifest.withdrawn[output].since == "2027-01-02"
    assert standing(manifest, Selected(), Root(root)) == [Edition("case", "en-GB", "text")]
    manifest.put(output, ENTRY, Memory({}, {}))
    assert manifest.withdrawn == {}


def test_on_the_day_of_its_review_it_is_still_good(root: Path) -> None:
    manifest, _ = _put(root)
    withdraw_expired(manifest, date(2027, 1, 1))
    assert manifest.withdrawn == {}


def _another_clinic(root: Path, manifest: Manifest) -> None:
    manifest.memories[TEXT] = replace(manifest.memories[TEXT], clinic="other.yaml")


def _a_changed_input(root: Path, manifest: Manifest) -> None:
    inputs = {f"leaflets/{number}.yaml": (1, 1, "0") for number in range(5)}
    manifest.memories[TEXT] = replace(manifest.memories[TEXT], inputs=inputs)


def _a_changed_file(root: Path, manifest: Manifest) -> None:
    (root / "out" / TEXT).write_bytes(b"xxxxx")


def _another_build(root: Path, manifest: Manifest) -> None:
    manifest.memories[TEXT] = replace(manifest.memories[TEXT], digest="0" * 64)


def _nothing_remembered(root: Path, manifest: Manifest) -> None:
    del manifest.memories[TEXT]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_another_clinic, "it was built for other.yaml, and not for clinic.yaml"),
        (
            _a_changed_input,
            "it was built before leaflets/0.yaml, leaflets/1.yaml, leaflets/2.yaml and 2 more"
            " files changed",
        ),
        (_a_changed_file, "its file is not the one that was built"),
        (_another_build, "its file is not the one that was built"),
        (_nothing_remembered, "its file is not the one that was built"),
    ],
)
def test_marked_where_nobody_built_it(
    change: Callable[[Path, Manifest], None], why: str, root: Path
) -> None:
    manifest, _ = _put(root)
    mark(manifest, order_for(root))
    assert manifest.entries[TEXT].stale == ()
    change(root, manifest)
    mark(manifest, order_for(root))
    assert (manifest.entries[TEXT].stale, manifest.entries[TEXT].untried) == ((why,), True)


def test_a_trial_that_is_over(root: Path) -> None:
    manifest, output = _put(root)
    trial = ("A. Person", "manager", TODAY.isoformat())
    manifest.entries[output] = replace(manifest.entries[output], trial=trial)
    mark(manifest, order_for(root))
    assert manifest.entries[output].stale == ()
    mark(manifest, order_for(root, today=TODAY + timedelta(days=1)))
    assert manifest.entries[output].stale == (f"its trial ended on {TODAY}",)


def test_a_mark_goes_with_its_reason(root: Path) -> None:
    manifest, output = _put(root)
    kept = manifest.memories[output]
    _another_clinic(root, manifest)
    mark(manifest, order_for(root))
    manifest.memories[output] = kept
    mark(manifest, order_for(root))
    assert manifest.entries[output].stale == ()


def test_what_failed_keeps_its_findings(root: Path) -> None:
    manifest, output = _put(root)
    failed = replace(manifest.entries[output], stale=("a mistake",))
    manifest.entries[output] = failed
    mark(manifest, order_for(root))
    assert manifest.entries[output] == failed


@pytest.fixture
def outdated(root: Path) -> Path:
    """A project whose text was built and proven on request, before the clinic had a new number."""
    done = run_build(root, "-L", "en-GB", "-f", "text", "--prove")
    assert done.returncode == ExitCode.OK, done.stderr
    clinic = root / "clinic.yaml"
    clinic.write_text(clinic.read_text().replace("7946 0000", "7946 1111"))
    return root


def _read(root: Path, name: str) -> str:
    return (root / "out" / name).read_text(encoding="utf-8")


def test_marked_by_a_build_of_something_else(outdated: Path) -> None:
    run_build(outdated, "-L", "en-GB", "-f", "web")
    why = "it was built before clinic.yaml changed"
    entry = json.loads(_read(outdated, "manifest.json"))["editions"][TEXT]
    assert entry["stale"] == [why]
    assert f"do not hand out.</span> {why}" in _read(outdated, "index.html")
    assert "pass; out of date" in _read(outdated, "proof/index.html")
    assert f"text               stale ({why}): “A leaflet”" in run_build(outdated, "list").stdout


def test_refreshed_by_a_build_that_names_no_format(outdated: Path) -> None:
    done = run_build(outdated, "-L", "en-GB")
    assert done.stdout.splitlines()[-1].startswith("2 built")
    assert f"{TEXT}: built" in done.stdout
    assert "1111" in _read(outdated, TEXT)
    assert json.loads(_read(outdated, "manifest.json"))["editions"][TEXT]["stale"] == []
    proof = _read(outdated, "proof/index.html")
    assert f"Not judged since they were built: en-GB/case-a4.pdf, {TEXT}." in proof
    assert not (outdated / "out" / "proof" / "en-GB-case-text.json").exists()


def test_what_is_unchanged_is_only_counted(outdated: Path) -> None:
    """A comment is read, and nothing has to be built for it."""
    run_build(outdated, "-L", "en-GB")
    with (outdated / "clinic.yaml").open("a") as file:
        file.write("# a note\n")
    lines = run_build(outdated, "-L", "en-GB").stdout.splitlines()
    assert lines[-1].startswith("2 unchanged (")
    assert [line for line in lines[:-1] if "time left" not in line] == []
