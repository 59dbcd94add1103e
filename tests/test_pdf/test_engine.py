"""The door to WeasyPrint."""

from __future__ import annotations

import subprocess
import sys

from conftest import ROOT

from leafpress.findings import ExitCode
from leafpress.pdf import engine


def _run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_missing_library() -> None:
    """Pango cannot be opened: one sentence with the remedy, and exit code 3."""
    done = _run(
        "import cffi\n"
        "real = cffi.FFI.dlopen\n"
        "def dlopen(self, name, *flags):\n"
        "    if 'pango' in name: raise OSError(name)\n"
        "    return real(self, name, *flags)\n"
        "cffi.FFI.dlopen = dlopen\n"
        "from leafpress.findings import Problem\n"
        "from leafpress.pdf.engine import weasyprint\n"
        "try: weasyprint()\n"
        "except Problem as problem: print(problem, int(problem.code))\n"
    )
    assert "B001: Pango is missing" in done.stdout, done.stderr
    assert "apt install libpango-1.0-0" in done.stdout
    assert done.stdout.strip().endswith(str(int(ExitCode.MISSING)))


def test_a_missing_subsetter() -> None:
    done = _run(
        "import cffi\n"
        "real = cffi.FFI.dlopen\n"
        "def dlopen(self, name, *flags):\n"
        "    if 'subset' in name: raise OSError(name)\n"
        "    return real(self, name, *flags)\n"
        "cffi.FFI.dlopen = dlopen\n"
        "from leafpress.findings import Problem\n"
        "from leafpress.pdf.engine import weasyprint\n"
        "try: weasyprint()\n"
        "except Problem as problem: print(problem)\n"
    )
    assert "the HarfBuzz subsetter is missing" in done.stdout, done.stderr


def test_the_fonts_of_the_machine_are_shut_out() -> None:
    done = _run(
        "from leafpress.pdf.engine import weasyprint, font_configuration\n"
        "weasyprint()\n"
        "from weasyprint.text.ffi import fontconfig, ffi\n"
        "config = fontconfig.FcInitLoadConfigAndFonts()\n"
        "fonts = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)\n"
        "print(fonts.nfont)\n"
    )
    assert done.stdout.strip() == "0", done.stderr


def test_versions() -> None:
    assert set(engine.versions()) == {"weasyprint", "pydyf", "pango"}
    assert engine.versions()["weasyprint"].startswith("70.")


def test_no_process_is_started_to_find_libraries() -> None:
    done = _run(
        "import sys\n"
        "started = []\n"
        "def hook(event, values):\n"
        "    if event in ('subprocess.Popen', 'os.fork', 'os.posix_spawn', 'os.system'):\n"
        "        started.append(values[0])\n"
        "sys.addaudithook(hook)\n"
        "from leafpress.pdf.engine import weasyprint\n"
        "weasyprint()\n"
        "print(started)\n"
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_libraries_that_only_a_search_finds() -> None:
    """Where the loader does not look: Python's search, which takes longer, is made then."""
    done = _run(
        "import cffi, ctypes.util\n"
        "real, search = cffi.FFI.dlopen, ctypes.util.find_library\n"
        "def dlopen(self, name, *flags):\n"
        "    if name and ctypes.util.find_library is not search: raise OSError(name)\n"
        "    return real(self, name, *flags)\n"
        "cffi.FFI.dlopen = dlopen\n"
        "from leafpress.pdf.engine import weasyprint\n"
        "print(weasyprint().__version__, ctypes.util.find_library is search)\n"
    )
    assert done.stdout.split() == [engine.versions()["weasyprint"], "True"], done.stderr


def test_modules_that_wait() -> None:
    """They are imported when something of them is called, and as they are by everybody else."""
    done = _run(
        "import sys\n"
        "from leafpress.pdf.engine import weasyprint\n"
        "weasyprint()\n"
        "print('fontTools.subset' in sys.modules)\n"
        "from weasyprint.pdf import fonts\n"
        "print(type(fonts.subset.Options()).__module__)\n"
        "from fontTools.subset import Options\n"
        "print(isinstance(fonts.subset.Options(), Options))\n"
    )
    assert done.stdout.split() == ["False", "fontTools.subset", "True"], done.stderr
