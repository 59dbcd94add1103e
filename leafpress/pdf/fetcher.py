"""Which files a page may use: those in its list, and nothing else in the world."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from leafpress.findings import Finding, Span
from leafpress.pages.formats import Scale
from leafpress.pages.recolour import recoloured
from leafpress.pdf.engine import weasyprint
from leafpress.rules import finding

TYPES = {".ttf": "font/ttf", ".svg": "image/svg+xml", ".png": "image/png"}
"""Types of what a page may use; guessing would depend on the machine."""


def make_fetcher(
    base_url: str, resources: Mapping[str, Path], place: Span, scale: Scale = ()
) -> Any:
    """A WeasyPrint URL fetcher for exactly these `resources`, by address below `base_url`.

    Addresses are compared as they are written: nothing is decoded, resolved or joined, so there
    is no way around the list. A request for anything else stops the rendering; what was asked
    for is kept in the fetcher's `refused`. Drawings are served in the colours of `scale`.
    """
    weasyprint()
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
        """Serves the list."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=frozenset(), allow_redirects=False)
            self.refused: list[Finding] = []

        def fetch(self, url: str, headers: object = None) -> Any:  # its signature
            path = resources.get(url.removeprefix(base_url)) if url.startswith(base_url) else None
            if path is None:
                self.refused.append(finding("P001", place, url=url[:200]))
                raise FatalURLFetchingError(url)
            kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
            data = path.read_bytes()
            if scale and path.suffix == ".svg":
                data = recoloured(data, scale)
            return URLFetcherResponse(url, data, {"Content-Type": kind})

    return Fetcher()
