"""The store of what to remember: each file once, older forms read, nothing written for nothing."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from leafpress.press import memories
from leafpress.press.edition import Memory
from leafpress.press.manifest import MEMORY, Manifest

NAMES = [f"leaflets/{letter}.yaml" for letter in "abcdefg"]
STAMPS = st.tuples(st.integers(-1, 3), st.integers(-1, 3), st.sampled_from(["", "a", "b"]))
MEMORIES = st.builds(
    Memory,
    st.dictionaries(st.sampled_from(NAMES), STAMPS),
    st.dictionaries(st.sampled_from(["the page", "leafpress"]), st.sampled_from(["1", "2"])),
    st.tuples(st.integers(), st.integers()),
    st.sampled_from(["", "clinic.yaml"]),
    st.sampled_from(["", "d"]),
)


@given(st.dictionaries(st.sampled_from(["x.pdf", "y.pdf", "z.pdf"]), MEMORIES))
def test_what_is_remembered_comes_back(known: dict[str, Memory]) -> None:
    document = json.loads(json.dumps(memories.as_document(known)))
    assert memories.from_document(document) == known


@given(st.sets(st.integers(0, 30)))
def test_runs(numbers: set[int]) -> None:
    runs = [*memories._runs(sorted(numbers))]
    assert [n for first, last in runs for n in range(first, last + 1)] == sorted(numbers)
    assert all(before[1] + 1 < after[0] for before, after in pairwise(runs))


def test_each_file_once() -> None:
    same = dict.fromkeys(NAMES, (1, 2, "a"))
    other = {**same, NAMES[0]: (1, 3, "b")}
    known = {"x": Memory(same, {}), "y": Memory(dict(same), {}), "z": Memory(other, {})}
    document = memories.as_document(known)
    assert len(document["files"]) == len(NAMES) + 1
    assert len(document["sets"]) == 2
    back = memories.from_document(document)
    assert back["x"].inputs is back["y"].inputs


def test_an_older_form_is_read_and_written_anew(tmp_path: Path) -> None:
    memory = Memory({"clinic.yaml": (1, 2, "a")}, {"the page": "1"}, (3, 4), "clinic.yaml", "d")
    (tmp_path / "manifest.json").write_text('{"form": 2, "editions": {}, "withdrawn": {}}')
    (tmp_path / MEMORY).write_text(json.dumps({"form": 2, "editions": {"x": asdict(memory)}}))
    manifest = Manifest.read(tmp_path)
    assert manifest.memories == {"x": memory}
    manifest.save()
    assert json.loads((tmp_path / MEMORY).read_text())["form"] == memories.FORM
    assert Manifest.read(tmp_path).memories == {"x": memory}


def test_nothing_is_written_when_nothing_has_changed(tmp_path: Path) -> None:
    Manifest(tmp_path, memories={"x": Memory({}, {})}).save()
    manifest = Manifest.read(tmp_path)
    before = {path: path.stat().st_ino for path in tmp_path.iterdir()}
    manifest.save()
    assert {path: path.stat().st_ino for path in tmp_path.iterdir()} == before
    manifest.memories["x"] = Memory({}, {"the page": "1"})
    manifest.save()
    assert (tmp_path / MEMORY).stat().st_ino != before[tmp_path / MEMORY]
    (tmp_path / MEMORY).unlink()
    manifest.save()
    assert Manifest.read(tmp_path).memories == manifest.memories
