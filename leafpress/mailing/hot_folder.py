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
import shutil
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.mailing.lists.mapping import FIELDS
from leafpress.mailing.lists.sidecar import LARGEST, read_sidecar
from leafpress.mailing.options import MailingOptions
from leafpress.mailing.output import folder as output
from leafpress.mailing.run import RunResult, enclose
from leafpress.rules import finding
from leafpress.system import digest, files
from leafpress.system.processes import Interrupted, stop_on_signal

DONE, REFUSED, WORK, REASON = "done", "refused", ".work", "reason.txt"

_NOT_KEPT = frozenset({"receipts.csv", "summary.html"})
"""Of one letter, `receipts.json` says it all."""

Stamp = tuple[int, int]


@dataclass
class HotFolder:
    """A folder that is served.

    Args:
        options: how letters are done; `options.appointments` is the folder.
        interval: seconds between looks.
        say: told a line for each letter, without its name.
    """

    options: MailingOptions
    interval: float
    say: Callable[[str], None]
    seen: dict[Path, Stamp] = field(default_factory=dict)
    number: int = 0

    @property
    def folder(self) -> Path:
        """The folder."""
        return self.options.appointments

    def serve(self, *, once: bool) -> int:
        """Serve until interrupted, or once what is there; how many letters were refused.

        Raises:
            Interrupted: after Ctrl-C or SIGTERM; the letter at hand is done again next time.
            Problem: the folder cannot be written to (B004), or is served already (E062).
        """
        refused = 0
        try:
            with stop_on_signal(), output.locked(self.folder / WORK):
                self._poll()
                while True:
                    time.sleep(self.interval)
                    for letter in self._poll():
                        refused += self._process(letter)
                    if once:
                        return refused
        except KeyboardInterrupt:
            raise Interrupted from None

    def _poll(self) -> list[Path]:
        """The letters that have a sidecar, and have rested since the last look."""
        stamps = {}
        for path in self.folder.iterdir():
            stamp = _stamp(path)
            if stamp:
                stamps[path] = stamp
        rested = {path for path, stamp in stamps.items() if self.seen.get(path) == stamp}
        self.seen = stamps
        letters = sorted(path for path in rested if path.suffix.casefold() == ".pdf")
        return [letter for letter in letters if _sidecar(letter) in rested]

    def _process(self, letter: Path) -> bool:
        """Do one letter; whether it was refused."""
        self.number += 1
        if self._done_before(letter):
            self.say(f"letter {self.number}: done before")
            return False
        try:
            result = self._enclose(letter)
            refused, reasons = not result.counts.done, result.findings
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
        if refused:
            self._file(letter, REFUSED, reasons)
            self.say(f"letter {self.number}: refused, see refused/")
        else:
            self._file(letter, DONE, ())
            self.say(f"letter {self.number}: done")
        return refused

    def _enclose(self, letter: Path) -> RunResult:
        """Do the letter as a list of one row, in a folder of its own.

        Raises:
            Problem: the sidecar is not understood, or anything that stops a run.
        """
        work = self.folder / WORK / "letter"
        shutil.rmtree(work, ignore_errors=True)
        row = _row(letter)
        output.private_folder(work / "in")
        _copy(letter, work / "in" / letter.name)
        list_ = work / "sidecar"
        files.write(list_, _list(row), "the sidecar", mode=output.PRIVATE_FILE)
        options = replace(
            self.options, appointments=list_, letters=work / "in", out=work / "out", jobs=1
        )
        return enclose(options, lambda _number, _total: None)

    def _file(self, letter: Path, kind: str, reasons: tuple[Finding, ...]) -> None:
        """Put everything into one folder, move it to its place in one step, then clear the way in.

        Killed before that step, the letter is done again; killed after it, it is known as done.
        """
        stage = self.folder / WORK / "stage"
        shutil.rmtree(stage, ignore_errors=True)
        output.private_folder(stage)
        output.private_folder(self.folder / kind)
        for path in (letter, _sidecar(letter)):
            _copy(path, stage / path.name)
        if kind == DONE:
            self._take_outputs(stage)
        else:
            lines = [f"{reason.rule}: {reason.sentence}\n  {reason.hint}\n" for reason in reasons]
            files.write(stage / REASON, "".join(lines).encode(), REASON, mode=output.PRIVATE_FILE)
            shutil.rmtree(self.folder / kind / letter.stem, ignore_errors=True)
        stage.rename(_free(self.folder / kind, letter.stem))
        for path in (_sidecar(letter), letter):
            path.unlink(missing_ok=True)
        shutil.rmtree(self.folder / WORK / "letter", ignore_errors=True)

    def _take_outputs(self, stage: Path) -> None:
        out = self.folder / WORK / "letter" / "out"
        for path in sorted(out.rglob("*")):
            name = path.relative_to(out)
            if name.parts[0] == output.STATE or name.name in _NOT_KEPT:
                continue
            if path.is_file():
                output.private_folder((stage / name).parent)
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
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    return digest.of_file(one) == digest.of_file(other)


def _copy(source: Path, target: Path) -> None:
    files.copy(source, target, "a copy of a letter", mode=output.PRIVATE_FILE)


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
    path = folder / name
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}"
    return path


def _row(letter: Path) -> dict[str, str]:
    """What a letter's sidecar says: the fields of a list's row, by our names.

    Raises:
        Problem: it is larger than it may be, or cannot be understood (E041).
    """
    with _sidecar(letter).open("rb") as file:
        return read_sidecar(file.read(LARGEST + 1), letter.name)


def _list(row: dict[str, str]) -> bytes:
    """A list of one row, as CSV, with the columns that every list may have."""
    text = io.StringIO()
    csv.writer(text).writerows([FIELDS, [row.get(field, "") for field in FIELDS]])
    return text.getvalue().encode()
