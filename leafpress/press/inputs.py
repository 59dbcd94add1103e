"""The files that an edition depends on: content, templates, fonts, programs and libraries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from leafpress import installed
from leafpress.approval import records
from leafpress.approval.messages import SHARED
from leafpress.content.pictograms import LIST, PLACE
from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.pages.formats import FORMATS, Kind
from leafpress.pages.render import Markup
from leafpress.plain import liblouis
from leafpress.press import fingerprint
from leafpress.press.edition import Edition
from leafpress.system import digest
from leafpress.translation import glossary
from leafpress.translation.catalogue import path_of
from leafpress.translation.extract import TEMPLATES
from leafpress.translation.language import LANGUAGES, Language, built, tables_of
from leafpress.translation.language_rows import FILE

PACKAGE = Path(__file__).parents[1]

_LIBRARIES = re.compile(
    r"/lib(?:pango|pangoft2|harfbuzz|harfbuzz-subset|fontconfig|freetype|fribidi)[-.]"
)
_PACKAGES = (
    "weasyprint",
    "pydyf",
    "jinja2",
    "babel",
    "markdown-it-py",
    "tinycss2",
    "fonttools",
    "uharfbuzz",
    "lxml",
    "brotli",
)


def of(project: Project, edition: Edition, markup: Markup) -> dict[str, fingerprint.Stamp]:
    """Every file whose change could change the edition, with what is remembered of it."""
    own = fingerprint.stamps(_files(project, edition, markup), project.root)
    return {**_of_program(project.root), **own}


def _files(project: Project, edition: Edition, markup: Markup) -> Iterator[Path]:
    yield project.leaflet_file(edition.leaflet)
    yield project.root.file("leaflets/contacts.yaml")
    if markup.format.easy_read:
        yield project.root.file(f"{PLACE}/{LIST}")
    yield project.clinic_file
    for subject in (edition.leaflet, SHARED):
        yield from records.files(project.root, subject)
    yield from project.root.files("templates")
    yield installed.SHIPPED / FILE
    yield from tables_of(project.root)
    for language in _languages(project, edition, markup):
        yield glossary.path_of(project.root, language)
        for domain in (edition.leaflet, TEMPLATES):
            yield path_of(project.root, domain, language)
    yield from markup.resources.values()
    if FORMATS[edition.format].kind is Kind.BRAILLE:
        yield Path(liblouis.path())


def _languages(project: Project, edition: Edition, markup: Markup) -> Iterator[Language]:
    """Those whose catalogues matter: a web page leads to every language that the clinic has."""
    chosen = built(project.clinic_languages)
    tags = {edition.language, *(chosen if markup.format.kind is Kind.WEB else ())}
    yield from (
        language for tag, language in LANGUAGES.items() if tag in tags and language.is_translated
    )


@cache
def _of_program(root: Root) -> dict[str, fingerprint.Stamp]:
    """What is remembered of the program: looked at once, since a process loads it once."""
    return fingerprint.stamps((*_program(), *_libraries()), root)


@cache
def _program() -> tuple[Path, ...]:
    """Our own code, and the marks of the packages that it uses."""
    own = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".toml", ".conf"}]
    marks = [mark for name in _PACKAGES for mark in _marks(name)]
    return (*own, *marks)


def _marks(name: str) -> list[Path]:
    """The `METADATA` of an installed package: its folder's name holds the version."""
    package = distribution(name)
    return [Path(str(package.locate_file(f))) for f in package.files or () if f.name == "METADATA"]


@cache
def _libraries() -> tuple[Path, ...]:
    """The shared libraries that set type, as this process has loaded them (Linux only)."""
    maps = Path("/proc/self/maps")
    if not maps.exists():
        return ()
    paths = {line.split(maxsplit=5)[-1] for line in maps.read_text().splitlines() if "/lib" in line}
    return tuple(Path(path) for path in sorted(paths) if _LIBRARIES.search(path))


@cache
def program_digest(folder: str) -> str:
    """SHA-256 over the code of one of our folders."""
    paths = [path for path in (PACKAGE / folder).rglob("*") if path.suffix in {".py", ".conf"}]
    code = b"".join(path.name.encode() + b"\0" + path.read_bytes() for path in sorted(paths))
    return digest.of_bytes(code)
