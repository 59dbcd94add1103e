"""What lies in the folder and will never be taken as it stands, and why: told, and told once.

A letter alone waits for its sidecar, and a file of another ending may be on its way to a better
name: they are told after a while. Where no waiting helps, they are told at once.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath


class Reason(StrEnum):
    """Why something is not taken, as messages say it."""

    FOLDER = "a folder: letters in it are not looked at"
    LINK = "a link: only the file itself is taken, never what a link points to"
    OTHER = "neither a file nor a folder"
    CAPITALS = "a sidecar whose name is written otherwise than its letter’s, or not with .json"
    BOTH_ENDINGS = "a sidecar with .pdf.json at its end, where .json alone has to stand"
    SPELLING = "a sidecar whose name looks like its letter’s, but is spelt with other characters"
    TWO_LETTERS = "one of two letters that have the same sidecar"
    NO_SIDECAR = "a letter without a sidecar"
    NO_LETTER = "a sidecar without a letter"
    HIDDEN = "a letter or sidecar whose name begins with a dot"
    ENDING = "neither a .pdf nor a .json"
    STUCK = "a file that the system does not let us move"


REMEDIES: Mapping[Reason, str] = {
    Reason.FOLDER: "put letter and sidecar beside it, not into it",
    Reason.LINK: "put the file itself there",
    Reason.OTHER: "take it away",
    Reason.CAPITALS: "name it like the letter, letter for letter, with .json in small letters",
    Reason.BOTH_ENDINGS: "name it NAME.json, beside NAME.pdf",
    Reason.SPELLING: "name letter and sidecar by the same program (Unicode NFC or NFD, not both)",
    Reason.TWO_LETTERS: "give each letter a name and a sidecar of its own",
    Reason.NO_SIDECAR: "put its sidecar beside it: the same name with .json",
    Reason.NO_LETTER: "put its letter beside it: the same name with .pdf",
    Reason.HIDDEN: "give it a name that begins with a letter or digit",
    Reason.ENDING: "take it away, or give it the right ending",
    Reason.STUCK: "let the service's user move and delete files in the folder",
}
"""What a person can do about each."""

_WAITING = {".pdf": Reason.NO_SIDECAR, ".json": Reason.NO_LETTER}

_OF_KIND = {"folder": Reason.FOLDER, "link": Reason.LINK, "other": Reason.OTHER}


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in its parts: `ending` in small letters with its dot."""

    name: str
    stem: str
    ending: str

    @classmethod
    def of(cls, name: str) -> _Name:
        path = PurePath(name)
        return cls(name, path.stem, path.suffix.casefold())

    @property
    def is_hidden(self) -> bool:
        """Whether it begins with a dot, as files do that are not finished."""
        return self.name.startswith(".")

    @property
    def stems(self) -> tuple[str, ...]:
        """What the letter of a sidecar with this name may be called, roughly."""
        inner = PurePath(self.stem)
        stems = [self.stem]
        if inner.suffix.casefold() == ".pdf":
            stems.append(inner.stem)
        return tuple(map(_rough, stems))


def _rough(stem: str) -> str:
    """A name without what people do not see as a difference."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", stem).casefold()).strip()


def strangers(kinds: Mapping[str, str], own: frozenset[str], old: set[str]) -> dict[str, Reason]:
    """What is never taken as it stands, and why.

    Args:
        kinds: what stands under each name of the folder: file, folder, link or other.
        own: names that are ours.
        old: names that have stood there so long that they do not only wait.
    """
    names = [name for name, kind in kinds.items() if kind == "file" and name not in own]
    files = _Files.of(map(_Name.of, names))
    reasons = {}
    for name, kind in kinds.items():
        reason = files.reason(name, is_old=name in old) if kind == "file" else _OF_KIND[kind]
        if reason and name not in own and (kind == "file" or not name.startswith(".")):
            reasons[name] = reason
    return reasons


@dataclass(frozen=True)
class _Files:
    """The files of a folder, as pairs are found among them.

    Args:
        letters: by their stems; capitals of `.pdf` do not matter.
        sidecars: stems of files with `.json`, in small letters.
        lonely: the stems of letters without a sidecar, by how they look.
    """

    letters: Mapping[str, int]
    sidecars: frozenset[str]
    lonely: Mapping[str, str]

    @classmethod
    def of(cls, files: Iterable[_Name]) -> _Files:
        shown = [file for file in files if not file.is_hidden]
        letters = Counter(file.stem for file in shown if file.ending == ".pdf")
        sidecars = frozenset(file.stem for file in shown if file.name.endswith(".json"))
        lonely = {_rough(stem): stem for stem in letters if stem not in sidecars}
        return cls(letters, sidecars, lonely)

    def reason(self, name: str, *, is_old: bool) -> Reason | None:
        """Why a file is never taken; None where it is, or only waits."""
        file = _Name.of(name)
        certain = self._certain(file)
        if certain or not is_old or self._has_met(file):
            return certain
        if file.is_hidden:
            return Reason.HIDDEN if file.ending in _WAITING else None
        return _WAITING.get(file.ending, Reason.ENDING)

    def _certain(self, file: _Name) -> Reason | None:
        """What no waiting helps."""
        if file.is_hidden or self._has_met(file):
            return None
        if file.ending == ".pdf" and self.letters[file.stem] > 1:
            return Reason.TWO_LETTERS
        return self._why_apart(file) if file.ending == ".json" else None

    def _has_met(self, file: _Name) -> bool:
        """Whether it is one of a pair."""
        if file.is_hidden or self.letters.get(file.stem) != 1:
            return False
        return file.stem in self.sidecars and (file.ending == ".pdf" or file.name.endswith(".json"))

    def _why_apart(self, sidecar: _Name) -> Reason | None:
        """Why a sidecar does not meet the letter that it is meant for; None where there is none."""
        meant = next((stem for stem in sidecar.stems if stem in self.lonely), None)
        if meant is None:
            return None
        if meant != _rough(sidecar.stem):
            return Reason.BOTH_ENDINGS
        letter = self.lonely[meant]
        same_letters = letter.casefold() == sidecar.stem.casefold()
        return Reason.CAPITALS if same_letters else Reason.SPELLING
