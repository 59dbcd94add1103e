"""Serving the preview at an address of this machine, until Ctrl-C."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn

from leafpress.findings import ExitCode, Problem, Span
from leafpress.press.edition import BuildOptions
from leafpress.preview.app import app
from leafpress.preview.desk import SECONDS, Desk, Drawers
from leafpress.preview.preview import PreviewAnswer, PreviewJob
from leafpress.preview.watching import watch
from leafpress.rules import finding
from leafpress.system.processes import worker_pool
from leafpress.system.work import Work

HOST = "127.0.0.1"
"""This machine only: whoever may reach it from elsewhere would see what is not yet checked."""

_PRELOAD = "leafpress.preview.preload"

_FAREWELL = 1
"""Seconds that answers which are on their way have when all ends."""

Say = Callable[[str], None]


def serve(options: BuildOptions, port: int, say: Say) -> None:
    """Serve the project of these options until somebody ends it.

    Args:
        port: 0 for any that is free.
        say: is told the address, once it answers there.

    Raises:
        Problem: the port cannot be used (S051), with exit code 2.
        Interrupted: after Ctrl-C or SIGTERM.
    """
    from leafpress.preview import worker  # heavy, and not needed to find the port in use

    with _bound(port) as door, TemporaryDirectory(prefix="leafpress-preview-") as folder:
        shown = replace(options, out=Path(folder))
        work = Work[PreviewJob, PreviewAnswer](
            worker.answer, SECONDS, _PRELOAD, worker.start, (options.root,)
        )
        with worker_pool(1, work) as drawers:
            asyncio.run(_serve(drawers, shown, door, say))


def _bound(port: int) -> socket.socket:
    """A socket at this port, which nobody else has."""
    door = socket.socket()
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((HOST, port))
        door.listen()
    except (OSError, OverflowError) as error:
        door.close()
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        problem = finding("S051", Span("serve"), port=port, reason=reason)
        raise Problem(problem, code=ExitCode.USAGE) from error
    return door


async def _serve(drawers: Drawers, options: BuildOptions, door: socket.socket, say: Say) -> None:
    desk = Desk(drawers, options)
    port = door.getsockname()[1]
    server = _Server(desk, port, lambda: say(f"http://{HOST}:{port}/"))
    watching = asyncio.create_task(watch(options.root, options.clinic, desk.saved, desk.closed))
    watching.add_done_callback(lambda _task: server.end())  # deaf, it would show what is old
    try:
        await server.serve([door])
    finally:
        desk.close()
        await watching


class _Server(uvicorn.Server):
    """Says when it answers, and lets those go who wait for changes when it ends."""

    def __init__(self, desk: Desk, port: int, started: Callable[[], None]) -> None:
        settings = uvicorn.Config(
            app(desk, port),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_FAREWELL,
            lifespan="off",
            ws="none",
            proxy_headers=False,
        )
        super().__init__(settings)
        self._desk, self._say = desk, started

    def end(self) -> None:
        """Answer nobody any more."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._say()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._desk.close()
        await super().shutdown(sockets)
