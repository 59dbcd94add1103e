"""Whether two checkouts make the same bytes: editions, joined files, nights.

    python -m benchmarks.same_bytes OLD NEW
    python -m benchmarks.same_bytes record CHECKOUT FILE.json FOLDER
    python -m benchmarks.same_bytes compare OLD.json NEW.json

Each checkout is run by its own `build.py` and `.venv`; leafpress is not imported here, so that
its modules may be called anything. FOLDER keeps all that was made: editions there are built anew
only where they are stale, all else always.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import appointments
from benchmarks.letters import LETTERS

DAY, JOBS = "2026-11-22", "2"

REFERENCE = "RX100000"
"""Whose letters are joined by hand."""

LEAFLETS: dict[str, tuple[str, ...]] = {
    "ur": ("ur/back-pain-a4.pdf",),
    "pl": ("pl/neck-pain-large-print-24.pdf",),
    "easy": ("en-GB/cannabis-medicines-easy-read.pdf",),
    "cy-bilingual": ("cy/back-pain-bilingual.pdf",),
    "bn-and-booklet": ("bn/neck-pain-a4.pdf", "en-GB/back-pain-booklet-pages.pdf"),
}
"""What goes behind each kind of letter."""

PROOFS: tuple[tuple[str, ...], ...] = (
    ("--leaflet", "back-pain,neck-pain", "--format", "a4,large-print-18"),
    (
        *("--leaflet", "back-pain", "--language", "en-GB"),
        *("--format", "large-print-24,easy-read,text,braille-2"),
    ),
)
"""What is proven, as a night's run gives out nothing else. One leaflet stays unproven."""

NIGHTS: dict[str, tuple[str, ...]] = {
    "joined": ("--fhir",),
    "separate": ("--as", "separate", "--fallback", "en-GB/a4", "--fhir"),
    "eml": ("--as", "eml", "--fallback", "large print"),
    "strict": ("--strict", "--channel", "gov-notify", "--fallback", "a4", "--show-references"),
}
"""Options of each run of the list."""

LEFT_OUT: dict[str, str] = {
    "editions/.memory.json": "inputs' paths and times, and digests of the program; but `the page`"
    " (the markup before layout) is compared",
    "editions/.times.json": "how long editions took",
    "editions/manifest.json: reasons": "why an edition was built in that folder: its history",
    "editions/index.html: last line": "a digest that names classes of the program",
    "nights/*/.enclose": "keys made of the program's digest, and times of letters",
    "seconds on the terminal": "commands are asked for --json, which has none",
}
"""What is made and not compared, and why."""

Digests = dict[str, str]
"""SHA-256 in hex, by name."""


CLINIC = "clinic.yaml"
"""The clinic's file in the folder of what is made."""


@dataclass(frozen=True)
class Making:
    """A checkout at work.

    Args:
        folder: below it is everything that is made; names are relative to it in all outputs.
        languages: of the editions that are built; empty for all.
    """

    checkout: Path
    folder: Path
    languages: tuple[str, ...] = ()

    @property
    def editions(self) -> Path:
        """Where the editions are."""
        return self.folder / "editions"

    def run(self, *arguments: str) -> tuple[int, bytes]:
        """Run `build.py`; its exit code, and what it said, as JSON.

        Python's search begins in the checkout, whatever checkout the `.venv` was made for.

        Raises:
            SystemExit: it could not do it at all (exit codes from 2, but not "does not conform").
        """
        python, program = self.checkout / ".venv/bin/python", self.checkout / "build.py"
        # Before a command: there every option is taken, also one that the command does not use.
        shared = ("--date", DAY, "--jobs", JOBS, "--json", "--clinic", CLINIC)
        command = [str(python), str(program), *shared, *arguments]
        environment = {**os.environ, "PYTHONPATH": str(self.checkout)}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, check=False
        )
        if done.returncode not in (0, 1, 4):
            sys.exit(f"{' '.join(command)}: {done.returncode}\n{done.stderr.decode()}")
        return done.returncode, done.stdout + done.stderr


def editions(making: Making) -> Digests:
    """Every file of the build, and of the proofs."""
    found = _files(making.editions)
    found.pop("manifest.json")
    if making.languages:  # the page for staff shows what else there is, and what is proven
        return {name: digest for name, digest in found.items() if name != "index.html"}
    shelf = making.editions / "index.html"
    shown = shelf.read_bytes().rstrip(b"\n").rpartition(b"\n")[0]
    return found | {"index.html": _sha(shown)}


def manifest(making: Making) -> Digests:
    """What the manifest says of each edition."""
    rows = json.loads((making.editions / "manifest.json").read_bytes())["editions"]
    return {
        name: _sha_of({key: value for key, value in row.items() if key != "reasons"})
        for name, row in rows.items()
    }


def markup(making: Making) -> Digests:
    """The digest of each edition's markup before layout, where the build remembers one."""
    document = json.loads((making.editions / ".memory.json").read_bytes())
    table = document.get("ingredients")  # versions before form 3 have them in each row
    pages = {}
    for name, row in document["editions"].items():
        own = row["ingredients"]
        ingredients = own if table is None else dict(table[number] for number in own)
        pages[name] = str(ingredients.get("the page"))
    return pages


def inputs(making: Making) -> Digests:
    """The list and the letters: whether both sides were given the same."""
    appointments.write(making.folder / "inputs")
    return _files(making.folder / "inputs")


def joined(making: Making) -> Digests:
    """Each kind of letter with each set of leaflets: the file, and what was said."""
    folder = making.folder / "joined"
    folder.mkdir()
    found: Digests = {}
    for kind, maker in LETTERS.items():
        (folder / f"{kind}.pdf").write_bytes(maker(REFERENCE))
        for name, leaflets in LEAFLETS.items():
            behind = [f"editions/{each}" for each in leaflets]
            target = f"joined/{kind}+{name}.pdf"
            said = making.run("join", f"joined/{kind}.pdf", *behind, "-o", target)
            found[f"{kind}+{name} said"] = _sha_of([said[0], said[1].decode()])
    return found | _files(folder)


def nights(making: Making) -> Digests:
    """The list, done in each way: all outputs, receipts and summaries, and what was said."""
    found: Digests = {}
    for name, options in NIGHTS.items():
        where = ("--letters", "inputs/letters", "--editions", "editions", "--out", f"nights/{name}")
        code, said = making.run("enclose", "inputs/list.csv", *where, *options)
        found[f"{name} said"] = _sha_of([code, said.decode()])
    return found | _files(making.folder / "nights")


PARTS: dict[str, Callable[[Making], Digests]] = {
    "editions": editions,
    "manifest": manifest,
    "markup": markup,
    "inputs": inputs,
    "joined": joined,
    "nights": nights,
}
"""What is recorded, in order: the build's first."""


TRIAL = """
drafts_allowed_by: {name: Nobody, role: a comparison of two checkouts, until: 2027-11-24}
"""
"""Drafts are joined for the comparison. A checkout that knows no sign-offs joins them without."""


def write_clinic(making: Making) -> None:
    """The checkout's clinic, which lets drafts out where that has to be said."""
    own = making.checkout / "clinic.yaml"
    words = own.read_text(encoding="utf-8")
    trial = TRIAL if "drafts_allowed_by" in words else ""
    (making.folder / CLINIC).write_text(words + trial, encoding="utf-8")
    for logo in own.parent.glob("clinic-logo.*"):
        shutil.copy(logo, making.folder)


def build(making: Making) -> None:
    """Build all editions, and prove those that the list needs."""
    languages = [part for tag in making.languages for part in ("--language", tag)]
    making.run("--format", "all", "--out", "editions", *languages)
    for proof in () if languages else PROOFS:
        making.run("prove", "--out", "editions", *proof)


def record(making: Making, file: Path, built: Path | None = None) -> None:
    """Write the digests of everything that a checkout makes.

    Args:
        built: the `editions` of another record, to be used in place of a build: then only what is
            made from them is recorded.
    """
    making.folder.mkdir(parents=True, exist_ok=True)
    write_clinic(making)
    for name in ("inputs", "joined", "nights"):
        shutil.rmtree(making.folder / name, ignore_errors=True)
    if making.editions.is_symlink():
        making.editions.unlink()
    wanted = ["editions", "markup"] if making.languages else list(PARTS)
    if built:
        making.editions.symlink_to(built)
        wanted = ["inputs", "joined", "nights"]
    else:
        build(making)
    parts = {name: PARTS[name](making) for name in wanted}
    for name, digests in parts.items():
        print(f"{name}: {len(digests)} digests", flush=True)
    git = ("git", "-C", str(making.checkout), "describe", "--always", "--dirty", "--abbrev=40")
    commit = subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()
    document = {"commit": commit, "day": DAY, "parts": parts}
    file.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n")


def compare(old: Path, new: Path, *, partly: bool = False) -> int:
    """Print what differs between two records; the exit code.

    Args:
        partly: whether `new` is a part only: what it lacks is not missed.
    """
    before, after = _parts(old), _parts(new)
    equal = wrong = 0
    for part in PARTS:
        lines = list(_differences(before.get(part, {}), after.get(part, {}), partly=partly))
        same = before.get(part, {}).items() & after.get(part, {}).items()
        print(f"{part}: {len(same)} equal, {len(lines)} not")
        print("".join(f"  {line}\n" for line in lines), end="")
        equal, wrong = equal + len(same), wrong + len(lines)
    for name, reason in LEFT_OUT.items():
        print(f"not compared: {name} ({reason})")
    return 0 if equal and not wrong else 1


def _differences(old: Digests, new: Digests, *, partly: bool) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield from [f"{name} is missing in the new"] * (not partly)
        elif name not in old:
            yield f"{name} is only in the new"
        elif old[name] != new[name]:
            yield f"{name} differs"


def _parts(file: Path) -> dict[str, Digests]:
    return dict(json.loads(file.read_bytes())["parts"])


def _files(folder: Path) -> Digests:
    """Every file below a folder, but those whose path has a part that begins with a dot."""
    paths = (each for each in sorted(folder.rglob("*")) if each.is_file())
    named = ((each.relative_to(folder), each) for each in paths)
    shown = ((name, each) for name, each in named if not any(p[0] == "." for p in name.parts))
    return {name.as_posix(): _sha(each.read_bytes()) for name, each in shown}


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sha_of(value: Any) -> str:
    return _sha(json.dumps(value, sort_keys=True).encode())


def both(old: Path, new: Path) -> int:
    """Record two checkouts in turn, and compare them; the exit code."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        record(Making(old.absolute(), folder / "old"), folder / "old.json")
        record(Making(new.absolute(), folder / "new"), folder / "new.json")
        return compare(folder / "old.json", folder / "new.json")


def main(arguments: list[str]) -> int:
    """What was asked for on the command line; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="+")
    command = arguments[0] if arguments and arguments[0] in ("record", "compare") else ""
    if command == "record":
        parser.add_argument("--editions", type=Path, help="of another record: nothing is built")
        parser.add_argument("--language", action="append", default=[], help="build only these")
    if command == "compare":
        parser.add_argument("--partly", action="store_true", help="what NEW lacks is not missed")
    asked = parser.parse_args(arguments[1:] if command else arguments)
    paths: list[Path] = [each.absolute() for each in asked.paths]
    if command == "record" and len(paths) == 3:
        checkout, file, folder = paths
        built = asked.editions.absolute() if asked.editions else None
        record(Making(checkout, folder, tuple(asked.language)), file, built)
        return 0
    if command == "compare" and len(paths) == 2:
        return compare(paths[0], paths[1], partly=asked.partly)
    if not command and len(paths) == 2:
        return both(paths[0], paths[1])
    return parser.error(f"{len(paths)} paths are not what this takes")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
