"""Records that somebody edits, removes, copies or merges: found, or harmless."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import MakeProject
from people import FIRST, MANAGER, SECOND, TODAY, approvals, decision, sign, sign_english

from leafpress.approval import records, sign_off, signing
from leafpress.approval.entry import Step
from leafpress.content.root import Root
from leafpress.findings import Problem

YESTERDAY = TODAY - datetime.timedelta(days=1)


@pytest.fixture
def signed(make_project: MakeProject) -> Path:
    root = make_project()
    sign_english(root)
    return root


def _entries(root: Path) -> list[Path]:
    return sorted(path for path in (root / "sign-offs" / "case").glob("0*.json"))


def _rules(root: Path, today: datetime.date = TODAY) -> list[str]:
    return [found.rule for found in records.read(Root(root), "case", today).findings]


def _edit_words(root: Path) -> None:
    path = _entries(root)[0]
    path.write_text(path.read_text().replace("Some words.", "Other words."))


def _edit_name(root: Path) -> None:
    path = _entries(root)[1]
    path.write_text(path.read_text().replace("Test Second", "Somebody Else"))


def _remove_first(root: Path) -> None:
    _entries(root)[0].unlink()


def _remove_last(root: Path) -> None:
    _entries(root)[-1].unlink()


def _remove_all_but_seal(root: Path) -> None:
    for path in _entries(root):
        path.unlink()


def _copy_from_another(root: Path) -> None:
    shutil.copytree(root / "sign-offs" / "case", root / "sign-offs" / "other")


def _break(root: Path) -> None:
    _entries(root)[0].write_text("{")


def _unknown_key(root: Path) -> None:
    path = _entries(root)[0]
    path.write_text(json.dumps({**json.loads(path.read_text()), "more": 1}))


def _rename(root: Path) -> None:
    path = _entries(root)[-1]
    path.rename(path.with_name(path.name.replace("0003", "0009")))


def _conflict(root: Path) -> None:
    seal = root / "sign-offs" / "case" / "seal.json"
    seal.write_text(f"<<<<<<< ours\n{seal.read_text()}=======\n{seal.read_text()}>>>>>>> theirs\n")


TAMPERED: dict[str, tuple[Callable[[Path], None], str]] = {
    "words edited": (_edit_words, "S002"),
    "name edited": (_edit_name, "S002"),
    "first entry removed": (_remove_first, "S004"),
    "last entry removed": (_remove_last, "S006"),
    "every entry removed": (_remove_all_but_seal, "S006"),
    "not JSON": (_break, "S001"),
    "a key that we do not know": (_unknown_key, "S001"),
    "renamed": (_rename, "S002"),
    "merge conflict in the seal": (_conflict, "S006"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_shows_and_nothing_counts(signed: Path, what: str) -> None:
    assert decision(signed).is_allowed
    tamper, rule = TAMPERED[what]
    tamper(signed)
    assert rule in _rules(signed)
    with pytest.raises(Problem) as caught:
        decision(signed)
    assert rule in {found.rule for found in caught.value.findings}


def test_entries_of_another_leaflet_do_not_count(signed: Path) -> None:
    _copy_from_another(signed)
    found = records.read(Root(signed), "other", TODAY).findings
    assert {each.rule for each in found} == {"S003"}


def test_a_day_that_is_to_come(signed: Path) -> None:
    assert "S005" in _rules(signed, YESTERDAY)


def test_a_clock_that_was_set_back(signed: Path) -> None:
    with pytest.raises(Problem) as caught:
        sign(signed, Step.CHECKED, FIRST, today=YESTERDAY)
    assert "S005" in {found.rule for found in caught.value.findings}


def test_two_people_who_sign_at_once(make_project: MakeProject) -> None:
    root = make_project()
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda by: sign(root, Step.CHECKED, by), [FIRST, SECOND] * 4))
    assert len({path for paths in written for path in paths}) == 8
    assert not records.read(Root(root), "case", TODAY).findings


def test_two_copies_that_are_merged(make_project: MakeProject, tmp_path: Path) -> None:
    """Each person signs in a copy of their own: git brings both entries together."""
    root = make_project()
    copy = tmp_path / "copy"
    shutil.copytree(root, copy, symlinks=True)
    sign(root, Step.CHECKED, FIRST)
    sign(copy, Step.CHECKED, SECOND)
    for path in (copy / "sign-offs" / "case").glob("0*.json"):
        shutil.copy(path, root / "sign-offs" / "case")
    assert _rules(root) == ["S006"]
    assert signing.reseal(Root(root), "case", TODAY) == 2
    assert _rules(root) == []
    sign(root, Step.APPROVED, MANAGER)
    assert [entry.entry for entry in approvals(root).records("case").entries] == [1, 1, 2]
    _entries(root)[0].unlink()
    assert "S004" in _rules(root)


def test_a_withdrawal_cannot_be_removed(signed: Path) -> None:
    own = approvals(signed)
    signing.append(
        Root(signed), sign_off.withdrawn(own, "case", "en-GB", MANAGER, "A number is wrong."), TODAY
    )
    assert not decision(signed).is_allowed
    _remove_last(signed)
    assert _rules(signed) == ["S006"]


def test_no_personal_data_is_asked_for(signed: Path) -> None:
    entry = json.loads(_entries(signed)[0].read_text())
    assert set(entry["by"]) == {"name", "role", "registered_with", "registration"}
