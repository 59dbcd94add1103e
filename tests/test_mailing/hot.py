"""A served folder for the tests: pairs put into it, and looks at it one by one, without waiting."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator

from office import Office, letter

from leafpress.mailing.hot_folder import HotFolder
from leafpress.system.interruption import Interrupted

Step = Callable[[], object]


class Hot:
    """A folder that is served, and what the service said.

    `hold`: looks for which it leaves alone what it finds there at first; one is no time at all.
    """

    def __init__(self, office: Office) -> None:
        self.hold = 1
        self.office = office
        self.folder = office.root / "hot"
        self.folder.mkdir(exist_ok=True)
        self.said: list[str] = []

    def service(self, **more: object) -> HotFolder:
        options = self.office.options(self.folder, letters=self.folder)
        facts = {"sleep": lambda _seconds: None, **more}
        service = HotFolder(options, 0.05, self.said.append, **facts)  # type: ignore[arg-type]
        service.watch.hold = self.hold
        return service

    def once(self) -> int:
        """Serve what is there; how many were refused."""
        return self.service().serve(once=True)

    def run(self, *steps: Step) -> None:
        """Serve until all steps are done: one between two looks each, then Ctrl-C."""
        waiting = iter(steps)
        service = self.service(sleep=lambda _seconds: _next(waiting))
        try:
            service.serve(once=False)
        except Interrupted:
            return
        raise AssertionError("only Ctrl-C ends it")

    def put(self, name: str, text: str = "", **sidecar: object) -> None:
        """Put a pair there, each file in one step as a careful program does."""
        facts = {"reference": "A12345", "leaflets": "back-pain", **sidecar}
        self.write(f"{name}.pdf", letter("A12345", text))
        self.write(f"{name}.json", json.dumps(facts).encode())

    def write(self, name: str, data: bytes) -> None:
        beside = self.office.root / "being-written"
        beside.write_bytes(data)
        beside.replace(self.folder / name)

    @property
    def left(self) -> list[str]:
        """What lies in the folder itself."""
        return sorted(path.name for path in self.folder.iterdir() if path.is_file())

    def filed(self, kind: str) -> list[str]:
        folder = self.folder / kind
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []

    def reason(self, name: str) -> str:
        return (self.folder / "refused" / name / "reason.txt").read_text()


def _next(steps: Iterator[Step]) -> None:
    step = next(steps, None)
    if step is None:
        raise KeyboardInterrupt
    step()


def nothing() -> None:
    """A look at which nothing has happened."""


def raising(number: int) -> OSError:
    """What the system raises for one of its numbers."""
    return OSError(number, os.strerror(number))
