"""The packages of the extra `serve`: asked for before anything needs them."""

from __future__ import annotations

from leafpress.system import extras

PACKAGES = ("starlette", "uvicorn", "watchfiles")


def require_packages() -> None:
    """See to it that there is what serves pages and watches folders.

    Raises:
        Problem: a package is missing (S050), with exit code 3.
    """
    extras.require(PACKAGES, "S050", "serve")
