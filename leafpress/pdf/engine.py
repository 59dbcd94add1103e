"""The one door to WeasyPrint: its libraries are there, and the machine's fonts are shut out."""

from __future__ import annotations

import ctypes.util
import io
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from leafpress.findings import ExitCode, Problem, Span
from leafpress.pdf.quick.replacing import install
from leafpress.rules import finding

FONTS_CONF = Path(__file__).with_name("fonts.conf")

HOW = {
    "Pango": "install it: apt install libpango-1.0-0 libpangoft2-1.0-0, dnf install pango, "
    "or brew install pango",
    "the HarfBuzz subsetter": "install it: apt install libharfbuzz-subset0, dnf install harfbuzz, "
    "or brew install harfbuzz",
}
"""What to do about a missing library, by package manager. Without the subsetter WeasyPrint works,
but takes 2 to 27 times as long and makes larger files."""


@cache
def weasyprint() -> ModuleType:
    """WeasyPrint, imported with the fonts of the machine shut out.

    Raises:
        Problem: a library is missing (B001), with exit code 3.
    """
    if "weasyprint" in sys.modules:
        raise RuntimeError("weasyprint was imported before its fonts were isolated")
    os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)
    module = _by_the_loader() or _imported()
    install(module.__version__)
    return module


def _by_the_loader() -> ModuleType | None:
    """WeasyPrint with the libraries that the system's loader finds; None where one is missing.

    It names each library in several ways. For the first, Python asks ldconfig, gcc and ld on Linux,
    which are 54 processes: without them the loader finds it by the next name.
    """
    if sys.platform != "linux":
        return None
    search = ctypes.util.find_library
    ctypes.util.find_library = _nowhere
    try:
        with redirect_stdout(io.StringIO()):  # it prints what else could be done, and we do that
            return _imported()
    except Problem:
        for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
            del sys.modules[name]
        return None
    finally:
        ctypes.util.find_library = search


class _Later(ModuleType):
    """Stands in for a module until something of it is called."""

    def __getattr__(self, name: str) -> Any:
        def call(*values: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*values, **named)

        return call


@contextmanager
def _later(*modules: str) -> Iterator[None]:
    """Let what is imported meanwhile wait for these modules until it calls something of them.

    WeasyPrint has them for fonts that it cuts without HarfBuzz, and for variable ones: we have
    neither, and they take as long as all of WeasyPrint.
    """
    waiting = [name for name in modules if name not in sys.modules]
    sys.modules.update({name: _Later(name) for name in waiting})
    try:
        yield
    finally:
        for name in waiting:
            del sys.modules[name]


def _nowhere(name: str) -> None:  # its name is part of what it stands in for
    """Where a library is, by a search that is not made."""


def _imported() -> ModuleType:
    try:
        with warnings.catch_warnings():
            # It warns that there are no fonts: that is what we want.
            warnings.filterwarnings("ignore", "No fonts configured", UserWarning)
            # A missing subsetter is a finding of ours, below.
            warnings.filterwarnings(
                "ignore", "HarfBuzz-Subset will be required", DeprecationWarning
            )
            with _later("fontTools.subset", "fontTools.varLib.instancer"):
                import weasyprint as module
            import weasyprint.text.ffi as libraries
    except OSError as error:
        raise _missing("Pango") from error
    if libraries.harfbuzz_subset is None:
        raise _missing("the HarfBuzz subsetter")
    return module  # type: ignore[no-any-return]  # weasyprint has no types


@cache
def font_configuration() -> Any:
    """The fonts of this process: one for all documents, since each new one leaks memory."""
    weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def versions() -> dict[str, str]:
    """What a PDF's bytes depend on besides its markup."""
    import pydyf

    module = weasyprint()
    from weasyprint.text.ffi import pango

    return {"weasyprint": module.__version__, "pydyf": pydyf.__version__, "pango": _pango(pango)}


def _pango(library: Any) -> str:
    number = library.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _missing(library: str) -> Problem:
    problem = finding("B001", Span("this machine"), library=library, how=HOW[library])
    return Problem(problem, code=ExitCode.MISSING)
