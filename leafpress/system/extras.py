"""Packages that only an extra brings: asked for before anything needs them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from leafpress.findings import ExitCode, Problem, Span
from leafpress.rules import finding


def require(packages: Iterable[str], rule: str, place: str) -> None:
    """See to it that these packages are installed.

    Args:
        rule: what says that they are not; it names `packages`.
        place: what was asked for that needs them.

    Raises:
        Problem: a package is missing (`rule`), with exit code 3.
    """
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        problem = finding(rule, Span(place), packages=", ".join(missing))
        raise Problem(problem, code=ExitCode.MISSING)
