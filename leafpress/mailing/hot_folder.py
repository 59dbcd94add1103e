"""A folder that is served: a letter and its sidecar in, the finished file out.

    FOLDER/NAME.pdf and FOLDER/NAME.json    in: a letter, and what a list would say of it
    FOLDER/done/NAME/                       out: the finished file, receipts, letter and sidecar
    FOLDER/refused/NAME/                    a letter that was refused, its sidecar and reason.txt

The folder is polled on purpose: network shares send no events. A file is taken once it has kept
its size and time from one look to the next, so that nothing is read while it is being written.
"""

from __future__ import annotations

import csv
import glob
import io
import json
import shutil
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.mailing.lists.mapping import FIELDS
from leafpress.mailing.order import Night, Order
from leafpress.mailing.output import folder as vault
from leafpress.mailing.run import enclose
from leafpress.rules import finding
from leafpress.system import files
from leafpress.system.processes import Interrupted, stop_on_signal

DONE, REFUSED, WORK, REASON = "done", "refused", ".work", "reason.txt"

_LARGEST = 100_000
"""Bytes of a sidecar: it says what one row of a list says."""

_NOT_KEPT = frozenset({"receipts.csv", "summary.html"})
"""Of one letter, `receipts.json` says it all."""

Stamp = tuple[int, int]


@dataclass
class Watch:
    """A folder that is served.

    Args:
        order: how letters are done; `order.list` is the folder.
        interval: seconds between looks.
        say: told a line for each letter, without its name.
    """

    order: Order
    interval: float
    say: Callable[[str], None]
    seen: dict[Path, Stamp] = field(default_factory=dict)
    number: int = 0

    @property
    def folder(self) -> Path:
        """The folder."""
        return self.order.list

    def serve(self, *, once: bool) -> int:
        """Serve until interrupted, or once what is there; how many letters were refused.

        Raises:
            Interrupted: after Ctrl-C or SIGTERM; the letter at hand is done again next time.
            Problem: the folder cannot be written to (B004), or is served already (E062).
        """
        refused = 0
        try:
            with stop_on_signal(), vault.locked(self.folder / WORK):
                self._look()
                while True:
                    time.sleep(self.interval)
                    refused += sum(self._serve(letter) for letter in self._look())
                    if once:
                        return refused
        except KeyboardInterrupt:
            raise Interrupted from None

    def _look(self) -> list[Path]:
        """The letters that have a sidecar, and have rested since the last look."""
        now = {path: stamp for path in sorted(self.folder.iterdir()) if (stamp := _stamp(path))}
        rested = {path for path, stamp in now.items() if self.seen.get(path) == stamp}
        self.seen = now
        return [
            path
            for path in sorted(rested)
            if path.suffix.casefold() == ".pdf" and _sidecar(path) in rested
        ]

    def _serve(self, letter: Path) -> bool:
        """Do one letter; whether it was refused."""
        self.number += 1
        if self._done_before(letter):
            self.say(f"letter {self.number}: done before")
            return False
        try:
            night = self._enclosed(letter)
            refused, reasons = not night.counts.done, night.findings
        except FileNotFoundError:
            return False  # somebody took the letter away again
        except Problem as problem:
            if problem.code == ExitCode.CANNOT_WRITE:
                raise
            refused, reasons = True, problem.findings
        except Interrupted:
            raise
        except Exception as error:  # the next letter has to be served all the same
            fault = finding("E061", Span("the letter"), problem=type(error).__name__)
            refused, reasons = True, (fault,)
        self._file(letter, REFUSED if refused else DONE, reasons if refused else ())
        self.say(f"letter {self.number}: {'refused, see refused/' if refused else 'done'}")
        return refused

    def _enclosed(self, letter: Path) -> Night:
        """Do the letter as a list of one row, in a folder of its own.

        Raises:
            Problem: the sidecar is not understood, or anything that stops a run.
        """
        work = self.folder / WORK / "letter"
        shutil.rmtree(work, ignore_errors=True)
        row = {**_row(_sidecar(letter)), "letter": letter.name}
        vault.private_folder(work / "in")
        _copy(letter, work / "in" / letter.name)
        files.write(work / "sidecar", _list(row), "the sidecar", mode=vault.PRIVATE_FILE)
        order = replace(self.order, list=work / "sidecar", letters=work / "in", jobs=1)
        return enclose(replace(order, out=work / "out"), lambda _number, _total: None)

    def _file(self, letter: Path, kind: str, reasons: tuple[Finding, ...]) -> None:
        """Put everything into one folder, move it to its place in one step, then clear the way in.

        Killed before that step, the letter is done again; killed after it, it is known as done.
        """
        stage = self.folder / WORK / "stage"
        shutil.rmtree(stage, ignore_errors=True)
        vault.private_folder(stage)
        vault.private_folder(self.folder / kind)
        for path in (letter, _sidecar(letter)):
            _copy(path, stage / path.name)
        if kind == DONE:
            self._take_outputs(stage)
        else:
            told = "\n".join(f"{each.rule}: {each.sentence}\n  {each.hint}" for each in reasons)
            files.write(stage / REASON, f"{told}\n".encode(), REASON, mode=vault.PRIVATE_FILE)
            shutil.rmtree(self.folder / kind / letter.stem, ignore_errors=True)
        stage.rename(_free(self.folder / kind, letter.stem))
        for path in (_sidecar(letter), letter):
            path.unlink(missing_ok=True)
        shutil.rmtree(self.folder / WORK / "letter", ignore_errors=True)

    def _take_outputs(self, stage: Path) -> None:
        out = self.folder / WORK / "letter" / "out"
        for path in sorted(out.rglob("*")):
            name = path.relative_to(out)
            if path.is_file() and name.parts[0] != vault.STATE and name.name not in _NOT_KEPT:
                vault.private_folder((stage / name).parent)
                _copy(path, stage / name)

    def _done_before(self, letter: Path) -> bool:
        """Whether a run that was killed has done this letter, and only left it lying here."""
        pair = (letter, _sidecar(letter))
        for folder in (self.folder / DONE).glob(f"{glob.escape(letter.stem)}*"):
            copies = [folder / path.name for path in pair]
            if all(map(_same, pair, copies)):
                for path in pair:
                    path.unlink(missing_ok=True)
                return True
        return False


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _copy(source: Path, target: Path) -> None:
    files.write(target, source.read_bytes(), "a copy of a letter", mode=vault.PRIVATE_FILE)


def _stamp(path: Path) -> Stamp | None:
    """Size and time of a file that may be taken."""
    try:
        state = path.lstat()
    except OSError:
        return None
    plain = stat.S_ISREG(state.st_mode) and not path.name.startswith(".")
    return (state.st_size, state.st_mtime_ns) if plain else None


def _sidecar(letter: Path) -> Path:
    return letter.with_suffix(".json")


def _free(folder: Path, name: str) -> Path:
    """A name in a folder that nothing has: `NAME`, or `NAME-2`, `NAME-3` and so on."""
    names = (name, *(f"{name}-{number}" for number in range(2, 1_000_000)))
    return next(path for each in names if not (path := folder / each).exists())


def _row(sidecar: Path) -> dict[str, str]:
    """What a sidecar says: the fields of a list's row, by our names.

    Raises:
        Problem: it is not a JSON object of texts by these names (E041).
    """
    place = Span("the sidecar")
    try:
        data = json.loads(sidecar.read_bytes()[:_LARGEST].decode("utf-8-sig"))
        json.dumps(data, ensure_ascii=False).encode()  # no halves of characters
    except (ValueError, RecursionError):
        raise Problem(finding("E041", place, problem="its sidecar is not JSON")) from None
    if isinstance(data, dict) and isinstance(data.get("leaflets"), list):
        data["leaflets"] = "; ".join(map(str, data["leaflets"]))
    if not isinstance(data, dict) or not all(isinstance(v, str) for v in data.values()):
        raise Problem(finding("E041", place, problem="its sidecar is not an object of texts"))
    if strange := sorted(set(data) - set(FIELDS)):
        known = ", ".join(field for field in FIELDS if field != "letter")
        problem = f"its sidecar has {len(strange)} names that are not known; known are {known}"
        raise Problem(finding("E041", place, problem=problem))
    return data


def _list(row: dict[str, str]) -> bytes:
    """A list of one row, as CSV, with the columns that every list may have."""
    text = io.StringIO()
    csv.writer(text).writerows([FIELDS, [row.get(field, "") for field in FIELDS]])
    return text.getvalue().encode()
