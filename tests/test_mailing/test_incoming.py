"""The steps of the hot folder by themselves: looking, telling what is strange, putting back."""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hot import Hot, nothing, raising
from office import Office

from leafpress.findings import Problem, Span
from leafpress.mailing.batch import worker
from leafpress.mailing.incoming.look import PATIENCE, Watch, pairs
from leafpress.mailing.incoming.pair import put_back
from leafpress.mailing.incoming.strangers import REMEDIES, Reason
from leafpress.mailing.selection.letters import read_letter

COMPOSED = unicodedata.normalize("NFC", "Zoë")
DECOMPOSED = unicodedata.normalize("NFD", "Zoë")

STRANGERS: list[tuple[tuple[str, ...], dict[str, Reason]]] = [
    (("a.pdf", "a.json"), {}),
    (("A.PDF", "A.json"), {}),
    (("a.pdf", "a.JSON"), {"a.JSON": Reason.CAPITALS}),
    (("a.pdf", "A.json"), {"A.json": Reason.CAPITALS}),
    (("a.pdf", "a.pdf.json"), {"a.pdf.json": Reason.BOTH_ENDINGS}),
    (("a.pdf", "A.PDF.JSON"), {"A.PDF.JSON": Reason.BOTH_ENDINGS}),
    (("a.pdf", "a.json", "a.JSON"), {}),
    ((f"{COMPOSED}.pdf", f"{DECOMPOSED}.json"), {f"{DECOMPOSED}.json": Reason.SPELLING}),
    ((f"{DECOMPOSED}.pdf", f"{COMPOSED}.json"), {f"{COMPOSED}.json": Reason.SPELLING}),
    ((f"{DECOMPOSED}.pdf", f"{DECOMPOSED}.json"), {}),
    (("a.pdf", "a .json"), {"a .json": Reason.SPELLING}),
    (
        ("a.pdf", "a.PDF", "a.json"),
        {"a.pdf": Reason.TWO_LETTERS, "a.PDF": Reason.TWO_LETTERS},
    ),
    (("a.pdf",), {}),
    (("a.json",), {}),
    (("a.txt", ".a.pdf", ".hidden"), {}),
]

WAITING: list[tuple[str, Reason]] = [
    ("a.pdf", Reason.NO_SIDECAR),
    ("a.json", Reason.NO_LETTER),
    ("a.JSON", Reason.NO_LETTER),
    ("a.pdf.part", Reason.ENDING),
    ("a", Reason.ENDING),
    (".a.pdf", Reason.HIDDEN),
]


class Clock:
    """Seconds that a test moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _watched(folder: Path, names: tuple[str, ...]) -> tuple[Watch, Clock]:
    for name in names:
        (folder / name).touch()
    clock = Clock()
    watch = Watch(folder, frozenset({"done"}), clock=clock)
    for _ in range(2):
        watch.look()
    return watch, clock


@pytest.mark.parametrize(("names", "expected"), STRANGERS, ids="+".join)
def test_what_is_never_taken(
    names: tuple[str, ...], expected: dict[str, Reason], tmp_path: Path
) -> None:
    watch, _ = _watched(tmp_path, names)
    assert watch.new_strangers() == expected
    assert watch.new_strangers() == {}


@pytest.mark.parametrize(("name", "reason"), WAITING)
def test_what_only_waits_is_told_after_a_while(name: str, reason: Reason, tmp_path: Path) -> None:
    watch, clock = _watched(tmp_path, (name,))
    assert watch.new_strangers() == {}
    clock.now = PATIENCE
    assert watch.new_strangers() == {name: reason}
    assert watch.new_strangers() == {}


def test_folders_links_and_others(tmp_path: Path) -> None:
    (tmp_path / "done").mkdir()
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / ".folder").mkdir()
    (tmp_path / "link.pdf").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "link.json").touch()
    watch, _ = _watched(tmp_path, ())
    assert watch.new_strangers() == {
        "folder.pdf": Reason.FOLDER,
        "link.pdf": Reason.LINK,
        "pipe.pdf": Reason.OTHER,
    }


def test_every_reason_has_a_remedy() -> None:
    assert set(REMEDIES) == set(Reason)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"b.pdf", "b.json", "a.PDF", "a.json"}, [("a.PDF", "a.json"), ("b.pdf", "b.json")]),
        ({"a.pdf", "a.PDF", "a.json"}, []),
        ({".a.pdf", ".a.json"}, []),
        ({"a.pdf", "a.JSON"}, []),
        ({"a.b.pdf", "a.b.json"}, [("a.b.pdf", "a.b.json")]),
    ],
)
def test_pairs(names: set[str], expected: list[tuple[str, str]]) -> None:
    assert pairs(names) == expected


def test_a_letter_that_is_still_being_written_waits(tmp_path: Path) -> None:
    watch, _ = _watched(tmp_path, ())
    for text in ("one", "another"):
        for name in ("one.pdf", "one.json"):
            (tmp_path / name).write_text(text)
        assert watch.look() == []
    assert watch.look() == [("one.pdf", "one.json")]


def test_half_a_correction_is_taken_at_last(tmp_path: Path) -> None:
    """Where the other does not follow, it was meant so."""
    watch, _ = _watched(tmp_path, ("one.pdf", "one.json"))
    (tmp_path / "one.pdf").write_text("corrected")
    looks = [watch.look() for _ in range(6)]
    assert looks == [*[[]] * 5, [("one.pdf", "one.json")]]


def test_a_correction_that_began_while_nobody_looked(tmp_path: Path) -> None:
    """One half may have come before the service was there again; the other follows."""
    for name in ("one.pdf", "one.json"):
        (tmp_path / name).touch()
    watch = Watch(tmp_path, frozenset())
    watch.begin()
    assert [watch.look() for _ in range(3)] == [[]] * 3
    (tmp_path / "one.json").write_text("the other half")
    looks = [watch.look() for _ in range(6)]
    assert looks == [*[[]] * 5, [("one.pdf", "one.json")]]


# --- Putting back ---


@pytest.fixture(params=["second names", "no second names"])
def drive(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive that knows hard links, and one that does not."""

    def link(_path: Path, _target: Path) -> None:
        raise raising(errno.EPERM)

    if request.param == "no second names":
        monkeypatch.setattr(os, "link", link)


@pytest.mark.usefixtures("drive")
def test_put_back_overwrites_nothing(tmp_path: Path) -> None:
    place, home = tmp_path / "place", tmp_path / "home"
    for folder, text in ((place, "old"), (home, "new")):
        folder.mkdir()
        (folder / "one.pdf").write_text(text)
    (place / "one.json").write_text("old")
    assert not put_back(place, home)
    assert (home / "one.pdf").read_text() == "new"
    assert (home / "one.json").read_text() == "old"
    assert [path.name for path in place.iterdir()] == ["one.pdf"]
    (home / "one.pdf").unlink()
    assert put_back(place, home)
    assert not place.exists()


# --- What is said ---


@pytest.fixture
def hot(tmp_path: Path) -> Hot:
    return Hot(Office(tmp_path))


def test_what_is_never_taken_is_told_once(hot: Hot) -> None:
    """Without names; those stand in a file, until nothing is strange any more."""
    hot.write("secret.pdf", b"")
    hot.write("secret.JSON", b"")
    notices: list[str] = []
    path = hot.folder / "refused" / "not-taken.txt"
    rename = (hot.folder / "secret.JSON").rename
    hot.run(
        nothing,
        nothing,
        nothing,
        lambda: notices.append(path.read_text()),
        lambda: rename(hot.folder / "secret.txt"),
        nothing,
    )
    assert len(hot.said) == 1
    assert hot.said[0].startswith("the folder: warning E084: 1 file is not taken: a sidecar whose")
    assert "secret" not in hot.said[0]
    assert notices[0].startswith("secret.JSON\n")
    assert not path.exists()


def test_a_file_that_cannot_be_moved(hot: Hot, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays, is told once, and the others are served."""
    rename = Path.rename

    def refusing(path: Path, target: Path) -> Path:
        if path.name == "one.json":
            raise raising(errno.EPERM)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refusing)
    hot.put("one")
    hot.put("two")
    hot.run(*[nothing] * 5)
    assert hot.left == ["one.json", "one.pdf"]
    assert hot.filed("done") == ["two"]
    assert (
        sum("E084: 2 files are not taken: a file that the system" in own for own in hot.said) == 1
    )


# --- Letters of a list ---


@pytest.mark.parametrize(
    ("number", "rule"), [(errno.ENOENT, "E042"), (errno.EACCES, "E085"), (errno.EIO, "E085")]
)
def test_a_letter_that_cannot_be_opened(
    number: int, rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(_path: Path, _mode: str) -> Iterator[Callable[[], object]]:
        raise raising(number)

    monkeypatch.setattr(Path, "open", refusing)
    with pytest.raises(Problem) as caught:
        read_letter(tmp_path / "a.pdf", Span("the list", 2))
    assert [own.rule for own in caught.value.findings] == [rule]


def test_an_edition_that_could_not_be_read_is_read_again(tmp_path: Path) -> None:
    """A drive that was away for one row is there for the next."""
    path = tmp_path / "back-pain-a4.pdf"
    assert worker._edition(path) == (b"", "")
    path.write_bytes(b"an edition")
    assert worker._edition(path)[0] == b"an edition"
