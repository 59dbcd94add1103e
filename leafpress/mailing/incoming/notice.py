"""What is said of the folder, and of what lies in it and is not taken: names only in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.mailing.incoming.look import Watch
from leafpress.mailing.incoming.pair import private
from leafpress.mailing.incoming.strangers import REMEDIES, Reason
from leafpress.mailing.output.folder import PRIVATE_FILE
from leafpress.rules import finding
from leafpress.system import files

FILE = "not-taken.txt"

_FOLDER = Span("the folder")


def strangers(reasons: Mapping[str, Reason]) -> Iterator[Finding]:
    """A warning for each reason, without names (E084).

    Args:
        reasons: why each file is not taken, by its name.
    """
    for reason, count in Counter(reasons.values()).items():
        counted = "1 file is" if count == 1 else f"{count} files are"
        facts = {"files": counted, "reason": reason, "remedy": REMEDIES[reason]}
        yield finding("E084", _FOLDER, **facts)


def tell_strangers(watch: Watch, refused: Path, say: Callable[[str], None]) -> None:
    """Say what will never be taken, and write its names where only staff can read them.

    Args:
        refused: the folder that the names are written into.
    """
    before = watch.told
    for own in strangers(watch.new_strangers()):
        say(str(own))
    if watch.told != before:
        _write(watch.told, refused)


def _write(reasons: Mapping[str, Reason], refused: Path) -> None:
    path = refused / FILE
    with suppress(OSError, Problem):
        private(path.parent)
        if reasons:
            files.write(path, names(reasons), FILE, mode=PRIVATE_FILE)
        else:
            path.unlink(missing_ok=True)


def names(reasons: Mapping[str, Reason]) -> bytes:
    """Every name that is not taken, with the reason and what to do: for a file that staff read."""
    lines = [f"{name}\n  {reason}; {REMEDIES[reason]}\n" for name, reason in reasons.items()]
    return "".join(sorted(lines)).encode(errors="surrogateescape")


def trouble(problem: str) -> tuple[Finding, ...]:
    """That the folder, or a letter in it, cannot be served now (E086)."""
    return (finding("E086", _FOLDER, problem=problem),)


def away(error: OSError) -> Problem:
    """That the folder cannot be used now (E086), or that its disk is full (B004)."""
    if error.errno in files.FULL:
        return files.cannot_write(str(_FOLDER), error)
    problem = trouble(f"it cannot be used ({words(error)})")
    return Problem(*problem, code=ExitCode.CANNOT_WRITE, errno=error.errno)


def words(error: OSError) -> str:
    """What the system says."""
    return (error.strerror or type(error).__name__).lower()
