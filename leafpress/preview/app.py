"""What is answered to a browser: pages, their panels, editions, pictures, and what is saved."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from markupsafe import Markup as Safe
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from leafpress.findings import Span
from leafpress.press.edition import Edition
from leafpress.preview import views
from leafpress.preview.desk import Desk, OnShow
from leafpress.preview.guard import WEB_EDITIONS, Guard
from leafpress.preview.places import (
    BESIDE,
    ENGLISH,
    LISTEN,
    PreviewPage,
    edition_at,
    edition_of_file,
    in_english,
)
from leafpress.rules import finding
from leafpress.translation.language import LANGUAGES

_OURS = ("preview.css", "preview.js", "preview.svg")
"""Our own files, which the pages ask for."""

_KINDS = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "brf": "text/plain; charset=ascii",
    "png": "image/png",
}
"""Media types by how a file's name ends."""

_PICTURE = re.compile(r"[0-9a-f]{20}\.png")

_ALIVE = 15
"""Seconds after which something is said to a browser, which else takes us for lost."""

Answer = Callable[[Request], Awaitable[Response]]


def app(desk: Desk, port: int) -> Guard:
    """All of it, guarded, for the port that it is served at."""
    answers = _Answers(desk)
    routes = [
        Route("/", answers.shelf),
        Route("/panel/shelf", answers.shelf_panel),
        Route("/leaflet/{leaflet}/{language}/{format}", answers.leaflet),
        Route("/panel/{panel}/{leaflet}/{language}/{format}", answers.panel),
        Route("/edition/{language}/{file}", answers.edition),
        Route("/picture/{file}", answers.picture),
        Route("/changes", answers.changes),
        *(Route(f"/{name}", _ours(name)) for name in _OURS),
    ]
    nothing = {404: _nothing}
    return Guard(Starlette(routes=routes, exception_handlers=nothing), port)


def _ours(name: str) -> Answer:
    async def answer(_request: Request) -> Response:
        return FileResponse(views.FOLDER / name)

    return answer


async def _nothing(request: Request, _error: Exception | None = None) -> Response:
    problem = finding("S053", Span("serve"), address=request.url.path)
    return PlainTextResponse(f"{problem}\n", 404)


@dataclass(frozen=True, slots=True)
class _Answers:
    """An answer an address."""

    desk: Desk

    async def shelf(self, _request: Request) -> Response:
        return HTMLResponse(views.shelf_page(await self._shelf()))

    async def shelf_panel(self, _request: Request) -> Response:
        return HTMLResponse(await self._shelf())

    async def _shelf(self) -> Safe:
        return views.shelf_panel(await self.desk.shelf(), self.desk.options.root)

    async def leaflet(self, request: Request) -> Response:
        edition = self._edition(request)
        if edition is None:
            return await _nothing(request)
        place = PreviewPage(
            edition, frozenset(request.query_params.getlist("beside")) & BESIDE.keys()
        )
        panels = [(name, await self._panel(name, edition)) for name in place.panels]
        return HTMLResponse(views.leaflet_page(place, panels, self.desk.options.root))

    async def panel(self, request: Request) -> Response:
        edition, name = self._edition(request), request.path_params["panel"]
        if edition is None or name not in ("page", *BESIDE):
            return await _nothing(request)
        return HTMLResponse(await self._panel(name, edition))

    async def _panel(self, name: str, edition: Edition) -> Safe:
        if name == LISTEN:
            language = LANGUAGES[edition.language]
            return views.heard_panel(await self.desk.heard(edition), language)
        if name == ENGLISH:
            shown = await self.desk.show(in_english(edition))
            return views.english_panel(shown, self._text(shown))
        shown = await self.desk.show(edition)
        return views.edition_panel(shown, self._text(shown))

    def _text(self, shown: OnShow) -> str | None:
        """What is in the file, where that is how it is shown."""
        if shown.page is None or not views.is_shown_as_text(shown.page.edition):
            return None
        return self.desk.file(shown.page.file).read_text(encoding="utf-8")

    async def edition(self, request: Request) -> Response:
        root, asked = self.desk.options.root, request.path_params
        edition = edition_of_file(root, asked["language"], asked["file"])
        shown = await self.desk.show(edition) if edition else None
        if shown is None or shown.page is None:
            return await _nothing(request)
        file = shown.page.file
        kind = file.rpartition(".")[2]
        return FileResponse(
            self.desk.file(file),
            media_type=_KINDS[kind],
            headers={"Content-Security-Policy": _policy(kind)},
        )

    async def picture(self, request: Request) -> Response:
        name = request.path_params["file"]
        path = self.desk.file(name)
        if not _PICTURE.fullmatch(name) or not path.exists():
            return await _nothing(request)
        return FileResponse(path, media_type=_KINDS["png"])

    async def changes(self, _request: Request) -> Response:
        return StreamingResponse(self._changes(), media_type="text/event-stream")

    async def _changes(self) -> AsyncIterator[str]:
        """Server-sent events (HTML, 9.2): `saved`, with the files' names, and signs of life."""
        queue = self.desk.listen()
        try:
            yield "retry: 1000\n\n"
            while not self.desk.closed.is_set():
                yield await _next(queue)
        finally:
            self.desk.leave(queue)

    def _edition(self, request: Request) -> Edition | None:
        asked = request.path_params
        root = self.desk.options.root
        return edition_at(root, asked["leaflet"], asked["language"], asked["format"])


async def _next(queue: asyncio.Queue[tuple[str, ...]]) -> str:
    try:
        names = await asyncio.wait_for(queue.get(), _ALIVE)
    except TimeoutError:
        return ": still here\n\n"
    return f"event: saved\ndata: {json.dumps(names)}\n\n" if names else ""


def _policy(kind: str) -> str:
    """Content-Security-Policy of a file: browsers show a PDF by a page of their own."""
    return WEB_EDITIONS if kind == "html" else "frame-ancestors 'self'"
