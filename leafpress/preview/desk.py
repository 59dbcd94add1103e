"""What is on show: each edition drawn once after each change that concerns it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from leafpress.findings import Finding
from leafpress.pages.formats import FORMATS, Kind
from leafpress.press.edition import BuildOptions, Edition
from leafpress.preview.preview import (
    DrawJob,
    HearJob,
    PlacedFinding,
    Preview,
    PreviewAnswer,
    PreviewJob,
    ShelfJob,
    ShelvedLeaflet,
    changed_pages,
    concerns,
)
from leafpress.rules import finding
from leafpress.system.processes import WorkerPool
from leafpress.system.work import Died, TimedOut

SECONDS = 60
"""Longest time for one edition: the largest takes about 2 s, and somebody sits and waits."""

Drawers = WorkerPool[PreviewJob, PreviewAnswer]


@dataclass(frozen=True, slots=True)
class OnShow:
    """An edition as the browser shows it.

    Args:
        preview: as it stands now.
        page: what is shown of it: the last one that there is a file of, if any.
        changed: the numbers of the pages that look otherwise than before the last change.
    """

    preview: Preview
    page: Preview | None = None
    changed: tuple[int, ...] = ()

    @property
    def is_older(self) -> bool:
        """Whether what is shown was made before the last change."""
        return self.page is not None and self.page is not self.preview

    def followed_by(self, preview: Preview) -> OnShow:
        """What is shown once an edition has been drawn anew."""
        if not preview.file:
            return OnShow(preview, self.page)
        before = self.page
        changed = tuple(changed_pages(before, preview)) if before else ()
        return OnShow(preview, preview, changed)


class Desk:
    """Draws what is asked for; knows what has changed since, and tells who listens."""

    def __init__(self, drawers: Drawers, options: BuildOptions) -> None:
        """Draw with these workers.

        Args:
            options: `out` is the folder of previews, and nothing else is written to.
        """
        self.options = options
        self.closed = asyncio.Event()
        self._drawers = drawers
        self._drawing: dict[Edition, asyncio.Task[None]] = {}
        self._shown: dict[Edition, OnShow] = {}
        self._listeners: set[asyncio.Queue[tuple[str, ...]]] = set()

    async def show(self, edition: Edition) -> OnShow:
        """The edition as it stands now, drawn only if a change concerns it."""
        drawing = self._drawing.get(edition)
        if drawing is None:
            drawing = self._drawing[edition] = asyncio.create_task(self._draw(edition))
        await asyncio.shield(drawing)
        return self._shown[edition]

    async def _draw(self, edition: Edition) -> None:
        answer = await self._drawers.ask(DrawJob(edition, self.options))
        preview = answer if isinstance(answer, Preview) else _lost(edition, answer)
        before = self._shown.get(edition, OnShow(Preview(edition)))
        self._shown[edition] = before.followed_by(preview)
        self._forget(before)

    def _forget(self, before: OnShow) -> None:
        """Remove files that nothing on show needs any more."""
        needed = {name for shown in self._shown.values() for name in _files(shown)}
        for name in _files(before) - needed:
            self.file(name).unlink(missing_ok=True)

    def file(self, name: str) -> Path:
        """A file in the folder of previews."""
        return self.options.out / name

    async def shelf(self) -> tuple[ShelvedLeaflet, ...]:
        """The leaflets that there are; none where they cannot be read in time."""
        answer = await self._drawers.ask(ShelfJob(self.options))
        return answer if isinstance(answer, tuple) else ()  # type: ignore[return-value]

    async def heard(self, edition: Edition) -> tuple[str, ...]:
        """The lines of an edition as a listener meets them; of its A4 pages where it has none."""
        shown = await self.show(_with_pages(edition))
        if shown.page is None:
            return ()
        answer = await self._drawers.ask(HearJob(self.file(shown.page.file)))
        return answer if isinstance(answer, tuple) else ()  # type: ignore[return-value]

    def saved(self, paths: Iterable[Path]) -> None:
        """Files have changed: what they concern is drawn anew when somebody looks at it."""
        names = tuple(sorted(self.options.root.name(path) for path in paths))
        for edition in list(self._drawing):
            if any(concerns(name, edition) for name in names):
                del self._drawing[edition]
        for listener in self._listeners:
            listener.put_nowait(names)

    def listen(self) -> asyncio.Queue[tuple[str, ...]]:
        """A queue of what is saved from now on, by the files' names."""
        queue: asyncio.Queue[tuple[str, ...]] = asyncio.Queue()
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[tuple[str, ...]]) -> None:
        """Nobody listens to this queue any more."""
        self._listeners.discard(queue)

    def close(self) -> None:
        """All is over: who waits is let go."""
        self.closed.set()
        for listener in self._listeners:
            listener.put_nowait(())


def _files(shown: OnShow) -> frozenset[str]:
    return shown.preview.files | (shown.page.files if shown.page else frozenset())


def _with_pages(edition: Edition) -> Edition:
    format_ = FORMATS[edition.format]
    if format_.kind is Kind.PDF:
        return edition
    return replace(edition, format="easy-read" if format_.easy_read else "a4")


def _lost(edition: Edition, answer: object) -> Preview:
    """What is said of an edition that the worker did not finish."""
    return Preview(edition, (PlacedFinding(_why_lost(edition, answer)),))


def _why_lost(edition: Edition, answer: object) -> Finding:
    if isinstance(answer, TimedOut):
        return finding("B006", edition.place, limit=SECONDS)
    if isinstance(answer, Died):
        return finding("B005", edition.place, reason=answer.reason)
    raise AssertionError("a worker answers with what it was asked for")
