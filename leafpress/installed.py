"""Where the program's files lie: in a clone, or in a package that pip or pipx has installed.

In a clone templates, leaflets and catalogues lie beside this package, and fonts in `node_modules/`.
A wheel has them in `leafpress/shipped/`, and fonts, which it does not hold, in a cache folder.
"""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).parent

_DATA = PACKAGE / "shipped"

IS_INSTALLED = _DATA.is_dir()
"""Whether this is a wheel's package, whose folder nobody writes to."""

SHIPPED = _DATA if IS_INSTALLED else PACKAGE.parent
"""The folder of what is shipped."""

CALLED = "leafpress" if IS_INSTALLED else "python build.py"
"""How a person calls the program."""

PROGRAM = CALLED.rsplit(maxsplit=1)[-1]
"""How findings call it that have no other place."""

_AS_INSTALLED = (
    ("delete node_modules/ and run `make setup`", "run `leafpress fonts`"),
    ("In the program's folder:", "In the folder where `start` was run:"),
    ("run `git pull` and `make setup` there", "install the new version and run `leafpress fonts`"),
    ("`make setup`", "`leafpress fonts`"),
    ("python build.py", "leafpress"),
    ("build.py", "leafpress"),
)
"""What a clone's commands are in an installed program; longer ones first."""


def as_called(text: str, *, installed: bool = IS_INSTALLED) -> str:
    """A text for people, with the commands that they can type here."""
    for in_clone, command in _AS_INSTALLED if installed else ():
        text = text.replace(in_clone, command)
    return text


def _cache() -> Path:
    """The user's folder for what can be fetched again (XDG Base Directory Specification 0.8).

    A relative path in the variable has to be ignored, says the specification.
    """
    asked = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return asked if asked.is_absolute() else Path("~/.cache").expanduser()


def font_home(shipped: Path) -> Path:
    """The folder that holds `node_modules/` with the fonts.

    It comes from the environment, and cannot change a page: each file is compared by SHA-256.
    """
    return _cache() / "leafpress" / "fonts" if IS_INSTALLED else shipped
