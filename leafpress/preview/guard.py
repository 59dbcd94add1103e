"""Who may ask: this machine's own browser, looking at our own pages.

A page from elsewhere can make a browser ask 127.0.0.1, and a name of its owner's may lead there
(DNS rebinding): both are seen by what the browser says of itself, and refused (S052).
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leafpress.findings import Span
from leafpress.rules import finding

METHODS = ("GET", "HEAD")
"""Nothing here can be changed by asking."""

_OWN = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
_FIXED = "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"

OUR_PAGES = f"{_OWN}; frame-src 'self'; {_FIXED}"
"""Content-Security-Policy of our own pages."""

WEB_EDITIONS = (
    f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; {_FIXED}"
)
"""That of web editions, which hold their fonts, pictures and styles, and run nothing."""

_HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Refuses whoever is not our own page, and says what browsers may do with the rest."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        """Guard what answers at this port of this machine."""
        self._app = app
        self._hosts = (f"127.0.0.1:{port}", f"localhost:{port}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        reason = self._why_not(scope)
        if reason:
            refusal = str(finding("S052", Span("serve"), reason=reason))
            await PlainTextResponse(f"{refusal}\n", 403)(scope, receive, send)
            return
        await self._app(scope, receive, _with_headers(send))

    def _why_not(self, scope: Scope) -> str:
        """Why a request is refused, as a clause; empty if it is not."""
        if scope["type"] != "http" or scope["method"] not in METHODS:
            return "it does more than look"
        headers = Headers(scope=scope)
        if headers.get("host") not in self._hosts:
            return "it asks for another host than this"
        origin = headers.get("origin")
        if origin is not None and origin not in [f"http://{host}" for host in self._hosts]:
            return "it comes from a page that is not ours"
        # Pictures and frames have no Origin; what a person types or starts is `none`.
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return "it comes from a page that is not ours"
        return ""


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", OUR_PAGES)
        await send(message)

    return sending
