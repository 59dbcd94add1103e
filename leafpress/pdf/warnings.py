"""What WeasyPrint says while it works, as findings: no warning is passed over."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from leafpress.findings import Finding, Span
from leafpress.rules import finding

_FONT_DEBUG = ("Failed to load font", "Failed to handle woff", "Failed to get matching")
"""Messages that WeasyPrint writes at level DEBUG though a font is lost."""

_AT = re.compile(r" at (\d+):(\d+)")
_NOTDEF = re.compile(r'\.notdef glyph rendered .*?"(.*)" \((U\+[0-9A-F]+)\)', re.DOTALL)


class _Collector(logging.Handler):
    def __init__(self, place: Span, language: str) -> None:
        super().__init__(logging.DEBUG)
        self.place = place
        self.language = language
        self.findings: list[Finding] = []
        self.missing: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        notdef = _NOTDEF.match(message)
        if notdef:
            self.missing[f"“{notdef[1]}” ({notdef[2]})"] = None
        elif record.levelno >= logging.WARNING or message.startswith(_FONT_DEBUG):
            self.findings.append(self._finding(message))

    def _finding(self, message: str) -> Finding:
        at = _AT.search(message)
        if at and self.place.file.endswith(".css"):
            span = Span(self.place.file, int(at[1]), int(at[2]))
            return finding("H003", span, problem=message.replace(at[0], ""))
        return finding("P002", self.place, problem=message)


@contextmanager
def collected(place: Span, language: str = "") -> Iterator[list[Finding]]:
    """Everything that WeasyPrint warns of inside the block, as findings at `place`."""
    logger = logging.getLogger("weasyprint")
    collector = _Collector(place, language)
    level = logger.level
    logger.addHandler(collector)
    logger.setLevel(logging.DEBUG)
    try:
        yield collector.findings
    finally:
        logger.removeHandler(collector)
        logger.setLevel(level)
        if collector.missing:
            facts = {"characters": ", ".join(collector.missing), "language": language}
            collector.findings.append(finding("P003", place, **facts))
