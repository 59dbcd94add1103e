"""Which files somebody saves, told at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from watchfiles import Change, awatch

from leafpress.approval.records import FOLDER
from leafpress.content.root import CLINIC, SOURCES, Root

WATCHED = (*SOURCES, FOLDER)
"""Folders of a project whose files pages are made of."""

_STEP = 10
"""Milliseconds without a change after which a save is over: editors write, then rename."""

_LONGEST = 100
"""Milliseconds after which something is said while files go on changing, as in a `git pull`."""

_NOT_SAVED = ("~", ".swp", ".swx", ".tmp", ".bak", ".pot", ".mo")
"""Ends of what editors leave beside a file, and of what `extract` writes."""

Saved = Callable[[frozenset[Path]], None]


async def watch(root: Root, clinic: Path, saved: Saved, stop: asyncio.Event) -> None:
    """Call `saved` with the files of the project that have changed, until `stop` is set."""
    tops = {folder for folder in (*root.folders, clinic.parent) if folder.is_dir()}
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_watch_tops(tops, root, clinic, saved, stop))
        tasks.create_task(_watch_below(root, saved, stop))


async def _watch_tops(
    tops: set[Path], root: Root, clinic: Path, saved: Saved, stop: asyncio.Event
) -> None:
    """The clinic's file with what lies beside it, such as a logo."""
    async for paths in _changes(tops, stop, recursive=False):
        own = {path for path in paths if path.parent == clinic.parent or path.name == CLINIC}
        folders = {path for path in paths if path.name in WATCHED and path.parent in root.folders}
        if own - folders:
            saved(frozenset(own - folders))


async def _watch_below(root: Root, saved: Saved, stop: asyncio.Event) -> None:
    """Every folder of sources, also one that somebody makes while this runs."""
    while not stop.is_set():
        folders = _folders(root)
        renewed = asyncio.Event()
        look = asyncio.create_task(_look_for_others(root, folders, renewed, stop))
        async for paths in _changes(folders, renewed, recursive=True):
            saved(frozenset(paths))
        await look
        if not stop.is_set():
            saved(frozenset(_folders(root) - folders))


async def _look_for_others(
    root: Root, folders: set[Path], renewed: asyncio.Event, stop: asyncio.Event
) -> None:
    """Set `renewed` when there are other folders than these, or when all is over."""
    while not stop.is_set() and _folders(root) == folders:
        await _wait(stop, seconds=1)
    renewed.set()


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def _folders(root: Root) -> set[Path]:
    every = (folder for name in WATCHED for folder in root.each(name))
    return {folder for folder in every if folder.is_dir()}


async def _changes(
    folders: set[Path], stop: asyncio.Event, *, recursive: bool
) -> AsyncIterator[set[Path]]:
    if not folders:
        await stop.wait()
        return
    watched = awatch(
        *folders,
        watch_filter=_is_saved,
        step=_STEP,
        debounce=_LONGEST,
        stop_event=stop,
        recursive=recursive,
    )
    async for changes in watched:
        yield {Path(path) for _, path in changes}


def _is_saved(_change: Change, path: str) -> bool:
    """Whether a file is one that a person means, and none that an editor keeps beside it."""
    name = Path(path).name
    return not name.startswith(".") and not name.endswith(_NOT_SAVED) and not name.isdigit()
