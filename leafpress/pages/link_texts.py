"""What templates say outside the page: of links, and where there are no pictures or pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment
from markupsafe import Markup as Safe

LINKS = {"tel": 1, "mailto": 1, "https": 1, "inside": 1, "back": 1}
SAID = {"picture": 0, "write": 0, "braille": 1}
"""The macros of `parts/links.html` and `parts/said.html`, and how many values each takes."""

_VALUE = "\ue000"
"""Stands for a value while a template is filled: a character for private use."""


def words(
    templates: Environment, context: dict[str, Any], part: str, macros: Mapping[str, int]
) -> dict[str, str]:
    """What each macro of a part says, with `{}` for its value."""
    module = templates.get_template(f"parts/{part}.html").make_module(context)
    said = {name: getattr(module, name)(*[_VALUE] * count) for name, count in macros.items()}
    return {name: Safe(text).striptags().replace(_VALUE, "{}") for name, text in said.items()}
