"""The packages of the extra `serve`: asked for before anything needs them."""

from __future__ import annotations

from importlib.util import find_spec

from leafpress.findings import ExitCode, Problem, Span
from leafpress.rules import finding

PACKAGES = ("starlette", "uvicorn", "watchfiles")


def require_packages() -> None:
    """See to it that there is what serves pages and watches folders.

    Raises:
        Problem: a package is missing (S050), with exit code 3.
    """
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        problem = finding("S050", Span("serve"), packages=", ".join(missing))
        raise Problem(problem, code=ExitCode.MISSING)
