"""A served folder under everything that happens to one, at random, and what came of each pair.

`python -m benchmarks.hot_folder_chaos EDITIONS --minutes 10` needs a build that holds back-pain in
English and Urdu on A4. It is for Linux: pairs are exchanged in one step, so that it is known of
every letter whether a correction came before it was taken.

Each letter has a reference of its own, which its sidecar repeats: half of one pair and half of
another would be refused with E045, and is counted as mixed.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parents[1]
INTERVAL = 0.3
"""Seconds between looks."""

_AS_ANYBODY = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""Before the service's command where this is run by root: root can open everything otherwise."""

_SLICE = 0.05
"""Seconds: no step comes later than this after its time."""

_MOST_WAITING = 30
"""Pairs. On a busy machine the service is given time for those before others come."""

_NO_FOLDER = 2
"""Exit code where the folder is not there at the start: it may be a slip in its name."""

_EXCHANGE, _AT_CWD = 2, -100
"""`renameat2(2)`: RENAME_EXCHANGE and AT_FDCWD of Linux."""


@dataclass
class Dropped:
    """A pair that was put into the folder.

    Args:
        expected: done, refused, or told: it is never taken.
        overwritten: a correction came before it was taken.
    """

    reference: str
    name: str
    letter: bytes
    sidecar: bytes
    expected: str
    overwritten: bool = False


def _letter(reference: str) -> bytes:
    canvas = Canvas("", invariant=1)
    canvas.drawString(72, 700, f"Our reference: {reference}")
    return bytes(canvas.getpdfdata())


def _exchange(path: Path, target: Path) -> bool:
    """Put `path` at `target` in one step; whether something stood there: that is at `path` then."""
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(path), os.fsencode(target)
    while library.renameat2(_AT_CWD, names[0], _AT_CWD, names[1], _EXCHANGE):
        with suppress(FileExistsError):  # the service may put one back at this moment
            os.link(path, target)
            path.unlink()
            return False
    return True


@dataclass
class Chaos:
    """One run.

    Args:
        whole: names of pairs that nobody is still writing.
        events: how often each thing happened.
        faults: what must never happen.
    """

    home: Path
    editions: Path
    dice: random.Random
    dropped: list[Dropped] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    events: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    steps: list[tuple[float, Callable[[], object]]] = field(default_factory=list)
    service: subprocess.Popen[bytes] | None = None

    @property
    def folder(self) -> Path:
        """The folder that is served."""
        return self.home / "hot"

    @property
    def _is_away(self) -> bool:
        return (self.home / "away").exists()

    # --- The service ---

    def start(self) -> None:
        """Start the service."""
        asked = ("--editions", str(self.editions), "--interval", str(INTERVAL))
        program = (sys.executable, str(ROOT / "build.py"), "watch-letters", str(self.folder))
        powers = () if os.getuid() else _AS_ANYBODY
        command = [*powers, *program, *asked]
        with (self.home / "said.txt").open("ab") as said, (self.home / "err.txt").open("ab") as err:
            self.service = subprocess.Popen(
                command, cwd=ROOT, stdout=said, stderr=err, start_new_session=True
            )

    def stop(self, number: int, *, everywhere: bool = False) -> None:
        """Stop it by a signal; `everywhere`: sent to all its processes, as a terminal does."""
        service = self.service
        if service is None or service.poll() is not None:
            return
        (os.killpg if everywhere else os.kill)(service.pid, number)
        code = service.wait(60)
        expected = -signal.SIGKILL if number == signal.SIGKILL else 130
        if code not in (expected, _NO_FOLDER):
            self.faults.append(f"exit code {code} after signal {number}")

    def check_alive(self) -> None:
        """Note that it has stopped by itself, and start it again."""
        code = self.service.poll() if self.service else None
        if code is None:
            return
        if code == _NO_FOLDER:
            self.events["started while the folder was away: ended with 2"] += 1
        else:
            self.faults.append(f"it stopped by itself: exit code {code}")
        self.start()

    def restart(self) -> None:
        """A signal at any moment, and a new start."""
        choice = self.dice.choice((signal.SIGINT, signal.SIGTERM, signal.SIGTERM, signal.SIGKILL))
        self.events[choice.name] += 1
        self.stop(choice, everywhere=self.dice.random() < 0.5)
        self.start()

    # --- What happens to the folder ---

    def _new(self, name: str, expected: str = "done") -> Dropped:
        reference = f"RX{len(self.dropped):06d}"
        facts = {"reference": reference, "leaflets": "back-pain"}
        facts["language"] = self.dice.choice(("en-GB", "ur"))
        if expected == "refused":
            facts["need"] = "audio"
        own = Dropped(reference, name, _letter(reference), json.dumps(facts).encode(), expected)
        self.dropped.append(own)
        return own

    def _name(self) -> str:
        number = len(self.dropped)
        kinds = ("n{}", "n{}", "long{}" + "x" * 235, "ü{}" * 25, "a:b*{}", "end{}. ", "RX{:06d}")
        return self.dice.choice(kinds).replace("{}", str(number)).format(number)

    def drop(self) -> None:
        """A pair as a careful program puts it there: each file in one step."""
        self.events["drop"] += 1
        self._put(self._new(self._name()))

    def drop_refused(self) -> None:
        """A pair that has to be refused."""
        self.events["drop that is refused"] += 1
        self._put(self._new(self._name(), "refused"))

    def drop_unreadable(self) -> None:
        """A letter that the service may not open, but move."""
        self.events["unreadable letter"] += 1
        own = self._new(self._name(), "refused")
        self._put(own, mode=0)

    def drop_slowly(self) -> None:
        """A letter written in place, piece by piece; its sidecar last."""
        self.events["letter written slowly"] += 1
        own = self._new(self._name())
        pieces = 5
        size = len(own.letter) // pieces + 1
        path = self.folder / f"{own.name}.pdf"

        def write(number: int) -> None:
            with path.open("ab") as file:
                file.write(own.letter[number * size : (number + 1) * size])

        for number in range(pieces):
            self._later(number * 0.2, partial(write, number))
        self._later(pieces * 0.2, lambda: self._place(own, "json"))

    def correct(self) -> None:
        """Another pair under a name of late; often its sidecar comes a little later."""
        if not self.whole:
            return
        self.events["correction"] += 1
        own = self._new(self.dice.choice(self.whole[-8:]))
        self.whole.remove(own.name)
        self._place(own, "pdf")
        wait = self.dice.choice((0, 0, 0.1, 0.5, 1.0))
        self._later(wait, lambda: self._finish(own))

    def strange(self) -> None:
        """What is never taken."""
        self.events["never taken"] += 1
        own = self._new(f"strange{len(self.dropped)}", "told")
        (self.folder / f"{own.name}.pdf").write_bytes(own.letter)
        ending = self.dice.choice((".JSON", ".pdf.json"))
        (self.folder / f"{own.name}{ending}").write_bytes(own.sidecar)

    def go_away(self) -> None:
        """The folder is away for a while; sometimes a bare one stands in its place."""
        self.events["folder away"] += 1
        self.folder.rename(self.home / "away")
        bare = self.dice.random() < 0.4
        if bare:
            self.folder.mkdir()
        self._later(self.dice.uniform(0.2, 4), self.come_back)

    def come_back(self) -> None:
        """It is there again."""
        if self.folder.exists():
            self.folder.rename(self.home / f"bare-{time.monotonic_ns()}")
        (self.home / "away").rename(self.folder)

    def _put(self, own: Dropped, mode: int = 0o644) -> None:
        self._place(own, "pdf", mode)
        self._finish(own)

    def _finish(self, own: Dropped) -> None:
        self._place(own, "json")
        self.whole.append(own.name)

    def _place(self, own: Dropped, ending: str, mode: int = 0o644) -> None:
        """Put one file there in one step; an earlier one of that name comes back to us."""
        beside = self.home / "beside"
        beside.write_bytes(own.letter if ending == "pdf" else own.sidecar)
        beside.chmod(mode)
        if _exchange(beside, self.folder / f"{own.name}.{ending}"):
            self._note_overwritten(beside.read_bytes())
            beside.unlink()

    def _note_overwritten(self, data: bytes) -> None:
        for own in self.dropped:
            if data in (own.letter, own.sidecar):
                own.overwritten = True
                self.events["overwritten before it was taken"] += 1

    def _later(self, seconds: float, step: Callable[[], object]) -> None:
        self.steps.append((time.monotonic() + seconds, step))

    # --- The run ---

    def run(self, minutes: float) -> None:
        """Let things happen, then let it come to rest."""
        self.start()
        end = time.monotonic() + minutes * 60
        while time.monotonic() < end:
            self._happen()
            self._wait(self.dice.uniform(0.05, 0.8))
        while self.steps:
            self._wait(0.1)
        self._rest()
        self.stop(signal.SIGTERM)

    def _happen(self) -> None:
        if self._is_away or len(self._waiting()) > _MOST_WAITING:
            return
        events = (self.drop, self.drop_refused, self.drop_slowly, self.correct, self.strange)
        rare = (self.drop_unreadable, self.go_away, self.restart)
        weights = (30, 8, 8, 25, 2, 2, 4, 4)
        self.dice.choices((*events, *rare), weights)[0]()

    def _wait(self, seconds: float) -> None:
        """Let time pass, and do what is due when it is due."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _SLICE))
            self._do_what_is_due()

    def _do_what_is_due(self) -> None:
        """Nobody can write into a folder that is away: that waits until it is back."""
        self.check_alive()
        now = time.monotonic()
        for step in sorted(self.steps, key=lambda own: own[0]):
            is_return = step[1] == self.come_back
            if step[0] > now or (self._is_away and not is_return):
                continue
            self.steps.remove(step)
            step[1]()
            if is_return:
                return  # what has waited for the folder comes next time

    def _rest(self, seconds: float = 300) -> None:
        """Wait until nothing is left to take."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._waiting():
            self._wait(0.5)

    def _waiting(self) -> list[str]:
        taken = list((self.folder / ".work" / "taken").glob("*"))
        here = {path.name for path in self.folder.iterdir()}
        pairs = [own for own in self.dropped if {f"{own.name}.pdf", f"{own.name}.json"} <= here]
        return [*map(str, taken), *(own.name for own in pairs)]

    # --- The count ---

    def count(self) -> Counter[str]:
        """What became of every pair."""
        outcomes: Counter[str] = Counter()
        filed = {"done": Counter(self._done()), "refused": Counter(self._refused())}
        for own in self.dropped:
            outcomes[self._outcome(own, filed)] += 1
        return outcomes

    def _outcome(self, own: Dropped, filed: dict[str, Counter[str]]) -> str:
        done, refused = filed["done"][own.reference], filed["refused"][own.reference]
        if own.expected == "told":
            there = (self.folder / f"{own.name}.pdf").is_file()
            return "never taken, and lies there" if there else self._fault(own, "gone")
        if done > 1:
            return self._fault(own, "done twice")
        if done and refused:
            return self._fault(own, "done and refused")
        if done or refused:
            wrong = bool(done) != (own.expected == "done") and not own.overwritten
            replaced = refused and own.reference in self._replaced()
            if wrong and not replaced:
                return self._fault(own, f"not {own.expected}")
            return "done" if done else "refused"
        return self._unfiled(own)

    def _unfiled(self, own: Dropped) -> str:
        if own.overwritten:
            return "overwritten before it was taken"
        return "waiting still" if self._waits(own) else self._fault(own, "lost")

    def _waits(self, own: Dropped) -> bool:
        """Whether it lies there whole: the service had no time for it."""
        places = [self.folder, *(self.folder / ".work" / "taken").glob("*")]
        return any(
            (place / f"{own.name}.pdf").is_file()
            and (place / f"{own.name}.pdf").read_bytes() == own.letter
            and (place / f"{own.name}.json").is_file()
            and (place / f"{own.name}.json").read_bytes() == own.sidecar
            for place in places
        )

    def _fault(self, own: Dropped, what: str) -> str:
        self.faults.append(f"{own.reference} ({own.name[:20]}): {what}")
        return what

    def _done(self) -> Iterator[str]:
        """The references of what is done; its letter, sidecar, receipt and output have to agree."""
        by_letter = {own.letter: own for own in self.dropped}
        for folder in self._filed("done"):
            receipt = json.loads((folder / "receipts.json").read_bytes())["receipts"][0]
            files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
            own = next((by_letter[data] for data in files if data in by_letter), None)
            if own is None:
                self.faults.append(f"{folder.name[:20]}: no letter of ours")
                continue
            facts = json.loads(own.sidecar)
            same = own.sidecar in files and (folder / f"{own.reference}.pdf").is_file()
            same &= receipt["letter_digest"] == hashlib.sha256(own.letter).hexdigest()
            if not same or receipt["language"] != facts["language"]:
                self.faults.append(f"{own.reference}: mixed")
            yield own.reference

    def _refused(self) -> Iterator[str]:
        by_part = {own.letter: own for own in self.dropped}
        by_part |= {own.sidecar: own for own in self.dropped}
        for folder in self._filed("refused"):
            files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
            owners = {by_part[data].reference for data in files if data in by_part}
            if len(owners) != 1 or "E045" in (folder / "reason.txt").read_text():
                self.faults.append(f"{folder.name[:20]}: mixed: {sorted(owners)}")
            yield from owners

    def _filed(self, kind: str) -> list[Path]:
        return [path for path in (self.folder / kind).glob("*") if path.is_dir()]

    def reasons(self) -> Iterator[str]:
        """The rules by which pairs were refused."""
        for folder in self._filed("refused"):
            yield (folder / "reason.txt").read_text().partition(":")[0]

    def _replaced(self) -> set[str]:
        """Those of which only half was left when it was to be taken (E087)."""
        halves = set()
        for folder in self._filed("refused"):
            if "E087" in (folder / "reason.txt").read_text():
                files = {path.read_bytes() for path in folder.iterdir()}
                halves |= {
                    own.reference for own in self.dropped if {own.letter, own.sidecar} & files
                }
        return halves


def main() -> int:
    """Run it, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("editions", type=Path, help="a build")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    # A shell lets what it starts behind itself ignore it, and so would the service.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with TemporaryDirectory(prefix="hot-folder-", ignore_cleanup_errors=True) as home:
        chaos = Chaos(Path(home), asked.editions.absolute(), random.Random(asked.seed))  # noqa: S311  # no secret
        chaos.folder.mkdir()
        chaos.run(asked.minutes)
        outcomes = chaos.count()
        errors = "".join(filter(_is_ours, (chaos.home / "err.txt").read_text().splitlines(True)))
        reasons = Counter(chaos.reasons())
        said = Counter(_kind(line) for line in (chaos.home / "said.txt").read_text().splitlines())
    tables = {"events": chaos.events, "pairs": outcomes, "refused for": reasons, "said": said}
    for title, counts in tables.items():
        print(f"{title} ({counts.total()}):")
        print("".join(f"  {number:6}  {what}\n" for what, number in counts.most_common()), end="")
    print(f"on standard error: {errors or 'nothing'}")
    print("\n".join(chaos.faults) or "no faults")
    return 1 if chaos.faults or errors else 0


def _is_ours(line: str) -> bool:
    """Not what Python says after `kill -9`, nor what a start without its folder says."""
    expected = ("resource_tracker", "error E030", "hint: check the name of the file")
    return not any(words in line for words in expected)


def _kind(line: str) -> str:
    head, _, rest = line.partition(": ")
    return rest if head.startswith("letter ") else line.strip()[:110]


if __name__ == "__main__":
    sys.exit(main())
