"""Who is measured beside whom: a process each, which stays and is asked again and again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent
COMMIT = "c3a9d5f"
"""Version 0.1."""

Answer = dict[str, Any]


@dataclass
class Side:
    """One of those that are measured.

    Args:
        name: as the table calls it.
        checkout: of leafpress; None for other programs.
        once: a command that writes one PDF and ends; empty where a command of leafpress does.
        command: of the process that answers; empty where it is not there.
        lacking: why nothing is measured; empty if it is.
    """

    name: str
    checkout: Path | None = None
    command: list[str] = field(default_factory=list)
    once: list[str] = field(default_factory=list)
    lacking: str = ""
    _process: subprocess.Popen[str] | None = None
    _errors: Path = Path(os.devnull)

    def start(self, errors: Path) -> None:
        """Start the process; what it says on standard error goes into a file."""
        self._errors = errors
        if self.command:
            with errors.open("w") as file:
                self._process = subprocess.Popen(
                    self.command,
                    env=environment(self.checkout),
                    cwd=self.checkout or ROOT,
                    text=True,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=file,
                )

    def stop(self) -> None:
        """Let it end, and wait for it."""
        if self._process:
            self._process.communicate()

    def ask(self, work: str, **task: str) -> Answer:
        """What one piece of work took.

        Raises:
            SystemExit: the process has ended.
        """
        if self._process is None or not self._process.stdin or not self._process.stdout:
            return {"none": self.lacking}
        try:
            self._process.stdin.write(json.dumps({"work": work, **task}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise SystemExit(f"{self.name} came to an end:\n{self._errors.read_text()}")
        return dict(json.loads(line))


def environment(checkout: Path | None) -> dict[str, str]:
    """Of a process: a checkout's own package comes first, and what is compiled is kept."""
    names = {name: own for name, own in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**names, "PYTHONPATH": str(checkout)} if checkout else names


def _leafpress(name: str, checkout: Path, folder: Path) -> Side:
    script, own = HERE / "side_leafpress.py", folder / f"{name}, files"
    return Side(name, checkout, [sys.executable, str(script), str(checkout), str(own)])


def _other(package: str, label: str, script: str, *arguments: str) -> Side:
    """A program that is there as a package of Python's, or is not."""
    try:
        name = f"{label} {version(package)}"
    except PackageNotFoundError:
        return Side(label, lacking=f"{package} is not installed")
    command = [sys.executable, str(HERE / script), *arguments]
    return Side(name, command=command, once=[*command, "--once", "en-GB"])


@contextmanager
def sides(folder: Path, older: Path | None) -> Iterator[list[Side]]:
    """Ourselves, version 0.1, WeasyPrint as it comes, and Typst; all have been started.

    Args:
        folder: for what they write; exported editions lie in `editions`.
        older: a checkout of version 0.1; None to make one for as long as this lasts.
    """
    exported, fonts = folder / "editions", ROOT / "node_modules" / "@expo-google-fonts"
    exported.mkdir()
    with ExitStack() as stack:
        checkout = older or stack.enter_context(_worktree(folder / "version-0.1"))
        old = Side("version 0.1", lacking=f"commit {COMMIT} is not in this repository")
        every = [
            _leafpress("this tree", ROOT, folder),
            _leafpress("version 0.1", checkout, folder) if checkout else old,
            _other("weasyprint", "WeasyPrint", "side_stock.py", str(exported)),
            _other("typst", "Typst", "side_typst.py", str(exported), str(fonts.resolve())),
        ]
        for number, side in enumerate(every):
            side.start(folder / f"errors-{number}.txt")
            stack.callback(side.stop)
        yield every


@contextmanager
def _worktree(place: Path) -> Iterator[Path | None]:
    """A checkout of version 0.1 with the fonts of this one; None where the commit is not there."""
    git = ["git", "-C", str(ROOT), "worktree"]
    add = [*git, "add", "--detach", str(place), COMMIT]
    if subprocess.run(add, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        (place / "node_modules").symlink_to((ROOT / "node_modules").resolve())
        yield place
    finally:
        subprocess.run([*git, "remove", "--force", str(place)], capture_output=True, check=True)
