"""A preview without a process of its own, and one as a person starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT, TODAY, order_for
from starlette.testclient import TestClient

from leafpress.content.root import Root
from leafpress.preview import worker
from leafpress.preview.app import app
from leafpress.preview.desk import Desk
from leafpress.preview.preview import PreviewAnswer, PreviewJob

PORT = 8417
LEAFLET = "leaflets/case.yaml"


class Drawer:
    """Draws in this process, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[PreviewJob] = []

    async def ask(self, job: PreviewJob) -> PreviewAnswer:
        self.asked.append(job)
        return worker.answer(job)


@dataclass(frozen=True)
class PreviewPlace:
    """A preview of a small project: its desk, who draws, and a browser's requests."""

    root: Root
    desk: Desk
    drawer: Drawer
    client: TestClient

    def read(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.text
        return answer.text

    def save(self, old: str, new: str, name: str = LEAFLET) -> None:
        """Put other words into a file, as an editor saves it."""
        path = self.root.file(name)
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        self.desk.saved([path])


def place_for(root: Root, out: Path) -> PreviewPlace:
    out.mkdir()
    drawer = Drawer()
    desk = Desk(drawer, order_for(root, out=out))  # type: ignore[arg-type]
    return PreviewPlace(root, desk, drawer, TestClient(app(desk, PORT), f"http://127.0.0.1:{PORT}"))


@dataclass(frozen=True)
class Started:
    """`build.py serve` as it runs."""

    process: subprocess.Popen[str]
    address: str

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


@contextmanager
def started(root: Path, *arguments: str, **environment: str) -> Iterator[Started]:
    command = [sys.executable, str(ROOT / "build.py"), "--project", str(root)]
    asked = ["serve", "--port", "0", "--date", str(TODAY), *arguments]
    process = subprocess.Popen(
        [*command, *asked],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        words = [word for word in line.split() if word.startswith("http")]
        assert words, line + str(process.stderr.read() if process.stderr else "")
        yield Started(process, words[0].rstrip("/"))
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)
