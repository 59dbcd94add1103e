"""What templates and style sheets must not use: every use named by place, before any layout."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.findings import Finding, Span, sort
from leafpress.pages.formats import FORMATS, Kind
from leafpress.pages.lint import bare_words
from leafpress.pages.lint.css_rules import CSS_ROWS
from leafpress.pages.lint.html_rules import HTML_ROWS, Construct
from leafpress.pages.lint.scan import Use, scan_css, scan_html
from leafpress.rules import finding

ROWS = (*HTML_ROWS, *CSS_ROWS)

_BARE = {
    ".html": bare_words.of_template,
    ".txt": bare_words.of_template,
    ".css": bare_words.of_style,
}


def check(project: Project) -> tuple[Finding, ...]:
    """Every forbidden use in the templates and style sheets of a project."""
    used = [each for path in _files(project) for each in _check_file(path, project.root)]
    return sort([*used, *bare(project)])


def bare(project: Project) -> Iterator[Finding]:
    """Every word of the templates and style sheets that no catalogue has."""
    written = [path for path in project.root.files("templates") if path.suffix in _BARE]
    for path in written:
        state = path.stat()
        yield from _bare(path, project.root.shown(path), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _bare(path: Path, name: str, _changed: int, _size: int) -> tuple[Finding, ...]:
    return _bare_words(path.suffix, name, path.read_text(encoding="utf-8", errors="replace"))


@lru_cache(maxsize=256)
def _bare_words(suffix: str, name: str, text: str) -> tuple[Finding, ...]:
    """What is found is of the words, and files of several projects say the same."""
    return tuple(_BARE[suffix](name, text))


@lru_cache(maxsize=256)
def check_template(name: str, text: str) -> tuple[Finding, ...]:
    """Every forbidden use in a template; `name` is how findings call it."""
    return _findings(name, scan_html(text))


@lru_cache(maxsize=256)
def check_style(name: str, text: str) -> tuple[Finding, ...]:
    """Every forbidden use in a style sheet."""
    return _findings(name, scan_css(text))


def _files(project: Project) -> list[Path]:
    sheets = project.root.files("templates/styles", "*.css")
    styles = [path for path in sheets if path.name not in _ON_SCREEN]
    return sorted([*project.root.files("templates", "**/*.html"), *styles])


_ON_SCREEN = {name for each in FORMATS.values() if each.kind is Kind.WEB for name in each.styles}
"""Browsers know what WeasyPrint does not, and pages that are not laid out are not tagged."""


def _check_file(path: Path, root: Root) -> tuple[Finding, ...]:
    state = path.stat()
    return _checked(path, root.shown(path), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _checked(path: Path, name: str, _changed: int, _size: int) -> tuple[Finding, ...]:
    """A file is read again only when its time or size has changed."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return check_style(name, text) if path.suffix == ".css" else check_template(name, text)


def _findings(name: str, uses: list[Use]) -> tuple[Finding, ...]:
    rows = ((use, row) for use in uses for row in _rows(use.kind, use.name))
    return sort([_finding(name, use, row) for use, row in rows if _matches(row, use)])


@lru_cache(maxsize=4096)
def _rows(kind: str, name: str) -> tuple[Construct, ...]:
    """The rows about a name; most names have none."""
    return tuple(row for row in ROWS if row.kind == kind and row.patterns[0].fullmatch(name))


def _matches(row: Construct, use: Use) -> bool:
    _, value, within = row.patterns
    return bool(value.fullmatch(use.value) and within.fullmatch(use.within))


def _finding(name: str, use: Use, row: Construct) -> Finding:
    span = Span(name, use.line, use.column)
    if row.rule == "H003":
        return finding("H003", span, problem=f"`{use.shown}`")
    return finding(row.rule, span, what=use.shown, why=row.why, remedy=row.remedy)
