"""Jinja environments: the one place that says how templates are read and filled.

A name that is not there is a fault, and never an empty place. Blocks leave no blank lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment


class _LayeredLoader(FileSystemLoader):
    """Templates from several folders: one that begins to come first is noticed, as a change is."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        text, file, is_unchanged = super().get_source(environment, template)
        return text, file, lambda: is_unchanged() and self._first(template) == file

    def _first(self, template: str) -> str:
        paths = [Path(folder) / template for folder in self.searchpath]
        return next((str(path) for path in paths if path.is_file()), "")


def pages_for_staff() -> Environment:
    """For our own pages in English: every value is escaped for HTML."""
    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def localised(folders: Sequence[Path], *, html: bool = True) -> SandboxedEnvironment:
    """For templates that a clinic may edit, and whose words are in catalogues.

    `gettext` and `ngettext` are the caller's: in the context, or installed.

    Args:
        folders: where they lie; a template of an earlier folder comes first.
        html: whether values are escaped for HTML; not so for plain text.
    """
    environment = SandboxedEnvironment(
        loader=_LayeredLoader(folders),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # added by ext.i18n
    return environment
