"""Send the packs of all languages through OmegaT, without its windows, and take them in untouched.

`python -m benchmarks.omegat`; needs the program `omegat` (Debian's package has 3.6). Prints a line
a file: what `take-in` says of it, which must be that nothing has changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LEAFLETS = ("back-pain", "neck-pain", "cannabis-medicines", "shared")
LANGUAGES = ("cy", "pl", "ur", "bn")
FOLDERS = ("source", "target", "tm", "glossary", "dictionary", "omegat")
PROJECT = """<omegat><project version="1.0">{folders}
<source_lang>EN-GB</source_lang><target_lang>{language}</target_lang>
<sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>"""
DEFAULT = "<{0}_dir>__DEFAULT__</{0}_dir>"


def _build(*arguments: str) -> str:
    command = [sys.executable, "build.py", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def _project(folder: Path, language: str) -> None:
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    folders = "".join(DEFAULT.format(name) for name in FOLDERS[:-1])
    words = PROJECT.format(folders=folders, language=language.upper())
    (folder / "omegat.project").write_text(words)


def _through(omegat: str, leaflet: str, language: str, folder: Path) -> None:
    pack = folder / "pack"
    _build("review", leaflet, "--language", language, "--out", str(pack))
    project = folder / "project"
    _project(project, language)
    for ending in ("xliff", "po"):
        shutil.copy(pack / f"{leaflet}-{language}.{ending}", project / "source")
    settings = f"--config-dir={folder / 'settings'}"
    command = [omegat, settings, "--mode=console-translate", str(project)]
    subprocess.run(command, capture_output=True, check=True)
    for file in sorted((project / "target").iterdir()):
        print(file.name, "|", _build("take-in", str(file)).strip())


def main() -> int:
    """Every leaflet in every language."""
    omegat = shutil.which("omegat")
    if omegat is None:
        print("not tried: there is no program `omegat` here", file=sys.stderr)
        return 3
    for leaflet in LEAFLETS:
        for language in LANGUAGES:
            with tempfile.TemporaryDirectory() as folder:
                _through(omegat, leaflet, language, Path(folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
