"""Running commands, and what costs much to start: once in a test process, not once a test."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from datetime import date
from functools import cache
from multiprocessing import forkserver, get_context, resource_tracker
from pathlib import Path
from types import CodeType, TracebackType

import pytest
from jinja2.sandbox import SandboxedEnvironment

from leafpress.proof.standards import conformance
from leafpress.proof.standards.verapdf import VeraPDF

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 29)

Done = subprocess.CompletedProcess[str]

_PRELOADED = (
    "leafpress.press.preload",
    "leafpress.mailing.batch.preload",
    "leafpress.preview.preload",
)
"""What workers of any command need: here one process forks them all."""


def run_on_a_terminal(environment: dict[str, str], *arguments: str) -> Done:
    """A command of build.py on a terminal: all that is written to it is in `stdout`."""
    import pty

    parent, child = pty.openpty()
    command = [sys.executable, str(ROOT / "build.py"), *arguments]
    process = subprocess.Popen(command, stdout=child, stderr=child, env=environment)
    os.close(child)
    text = b""
    with suppress(OSError):  # the terminal is gone when nobody writes to it any more
        while True:
            text += os.read(parent, 4096)
    os.close(parent)
    return Done(command, process.wait(), text.decode())


def run_build(root: Path, *arguments: str) -> Done:
    """A command of build.py on the project in `root`, in this process: nothing has to start."""
    from leafpress.cli.main import main

    start_forkserver()
    words = ["--project", str(root), "--date", str(TODAY), *arguments]
    said, errors = io.StringIO(), io.StringIO()
    with chdir(root), redirect_stdout(said), redirect_stderr(errors):
        code = main(ROOT, words)
    return Done(words, code, said.getvalue(), errors.getvalue())


def run_program(root: Path, *arguments: str, **environment: str) -> Done:
    """The same by a process of its own, as a person would: for what only a process shows."""
    command = [sys.executable, str(ROOT / "build.py"), "--project", str(root), "--date", str(TODAY)]
    return subprocess.run(
        [*command, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
        # The process that forks workers knows no other way to this copy of the program.
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


@cache
def start_forkserver() -> None:
    """Start the process that forks workers; programs that come later find it running."""
    context = get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    resource_tracker.ensure_running()
    forkserver.ensure_running()


def _stop_forkserver() -> None:
    """End it and wait for it, so that its time and its workers' count as the tests'."""
    process = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    if process is not None:
        os.kill(process, signal.SIGTERM)
        os.waitpid(process, 0)


class _Shared(VeraPDF):
    """A veraPDF that is running already, and goes on afterwards: Java takes seconds to start."""

    def __init__(self, running: list[VeraPDF]) -> None:
        self._running = running

    def __enter__(self) -> VeraPDF:
        if not self._running:
            self._running.append(VeraPDF().__enter__())
        return self._running[0]

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Nothing: the next test asks it."""


_Compile = Callable[..., CodeType]


def compiling_once(compile_template: _Compile) -> _Compile:
    """Jinja's `compile`, for templates that hundreds of small projects hold alike: each once.

    Errors name the file that a template has in its own project.
    """
    compiled: dict[tuple[str, str | None, bool], CodeType] = {}

    def once(
        environment: SandboxedEnvironment,
        source: str,
        name: str | None = None,
        filename: str | None = None,
    ) -> CodeType:
        key = (source, name, bool(environment.autoescape))
        if key not in compiled:
            compiled[key] = compile_template(environment, source, name, filename)
        return compiled[key].replace(co_filename=filename or "<template>")

    return once


_RUNNING: list[VeraPDF] = []


def shared_verapdf() -> VeraPDF:
    """The veraPDF of this test process, to be used in a `with`; it starts when it is first used."""
    return _Shared(_RUNNING)


@contextmanager
def done_once() -> Iterator[None]:
    """Java starts once, a template is compiled once; in the end what was started here is ended."""
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(conformance, "VeraPDF", shared_verapdf)
            once = compiling_once(SandboxedEnvironment.compile)
            patched.setattr(SandboxedEnvironment, "compile", once)
            yield
    finally:
        for verapdf in _RUNNING:
            verapdf.__exit__(None, None, None)
        _RUNNING.clear()
        _stop_forkserver()
