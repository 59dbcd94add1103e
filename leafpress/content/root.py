"""Where each file of a project comes from: a clinic's own folder, laid over what is shipped."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from leafpress import installed
from leafpress.findings import ExitCode, Problem, Span
from leafpress.rules import finding

CLINIC = "clinic.yaml"

SOURCES = ("leaflets", "locales", "templates")
"""The folders of a project that hold nothing but sources."""

_OF_A_CLINIC = (CLINIC, *SOURCES, "sign-offs")
"""What an own folder may hold: one that has none of these is another folder."""


@dataclass(frozen=True, slots=True)
class Root:
    """The folder that is shipped, and over it, file by file, that of a clinic.

    A file is called by its name in either: `leaflets/back-pain.yaml`. Nothing is ever written into
    what is shipped, where there is an own folder.

    Args:
        shipped: the folder of the program.
        own: that of the clinic, where there is one.
        label: how the command line calls it, and so do findings.
    """

    shipped: Path
    own: Path | None = None
    label: str = ""

    @classmethod
    def at(cls, shipped: Path, own: Path | None = None) -> Root:
        """The root of the program's folder `shipped`, with a clinic's folder over it.

        Raises:
            Problem: `own` is no clinic's folder (B015), or there is none and the program is an
                installed package, into which nobody writes (B021), with exit code 2.
        """
        if own is None:
            if installed.IS_INSTALLED:
                raise Problem(finding("B021", Span(installed.PROGRAM)), code=ExitCode.USAGE)
            return cls(shipped.resolve())
        reason = _why_not(own, shipped)
        if reason:
            problem = finding("B015", Span(str(own)), reason=reason)
            raise Problem(problem, code=ExitCode.USAGE)
        return cls(shipped.resolve(), own.resolve(), own.as_posix().rstrip("/"))

    @property
    def home(self) -> Path:
        """Where everything is written that a person or a command adds."""
        return self.own or self.shipped

    @property
    def out(self) -> Path:
        """Where editions are built, unless somebody says otherwise."""
        return self.home / "out"

    @property
    def font_home(self) -> Path:
        """The folder that holds `node_modules/` with the fonts."""
        return installed.font_home(self.shipped)

    @property
    def command(self) -> str:
        """How the program is called for this root, as a person types it."""
        own = ["--own", self.label] if self.own else []
        return shlex.join([*installed.CALLED.split(), *own])

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where files are looked for, in this order."""
        return (self.own, self.shipped) if self.own else (self.shipped,)

    def file(self, name: str) -> Path:
        """The file of this name: the clinic's, or else what is shipped.

        If there is none, where it would be written.
        """
        paths = [folder / name for folder in self.folders]
        return next((path for path in paths if _is_there(path)), paths[0])

    def holds(self, folder: str) -> bool:
        """Whether there is a folder of this name."""
        return any(each.is_dir() for each in self.each(folder))

    def each(self, folder: str) -> tuple[Path, ...]:
        """Where the files of a folder are looked for, in this order."""
        return tuple(each / folder for each in self.folders)

    def folder_of(self, folder: str, file: str) -> Path:
        """The folder of this name that holds the file; the one that is shipped, if none does."""
        folders = self.each(folder)
        return next((each for each in folders if _is_there(each / file)), folders[-1])

    def files(self, folder: str, pattern: str = "**/*") -> list[Path]:
        """The files below a folder that a pattern of `Path.glob` finds, each name once."""
        found: dict[PurePosixPath, Path] = {}
        for base in reversed(self.folders):
            for path in (base / folder).glob(pattern):
                if path.is_file():
                    found[PurePosixPath(path.relative_to(base))] = path
        return [found[name] for name in sorted(found)]

    def name(self, path: Path) -> str:
        """What a file is called in either folder; its whole path, where it lies in none."""
        for folder in self.folders:
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return str(path)

    def shown(self, path: Path) -> str:
        """A file as findings name it: from where the program stands, or behind the label."""
        if self.own and path.is_relative_to(self.own):
            return f"{self.label}/{path.relative_to(self.own).as_posix()}"
        return self.name(path)

    def called(self, shown: str) -> Path:
        """The file that findings name so (`shown`)."""
        if self.own and shown.startswith(f"{self.label}/"):
            return self.own / shown.removeprefix(f"{self.label}/")
        return self.shipped / shown

    def target(self, path: Path) -> Path:
        """Where the words of a file are written: in the clinic's folder, where there is one."""
        return self.home / self.name(path)


def _is_there(path: Path) -> bool:
    """Whether there is such a file; none is of a name that no file can have."""
    try:
        return path.exists()
    except OSError:
        return False


def _why_not(own: Path, shipped: Path) -> str:
    """Why a folder cannot be a clinic's own, as a clause; empty if it can."""
    if not own.is_dir():
        return "there is no such folder"
    if shipped.resolve().is_relative_to(own.resolve()):
        return "the program itself lies in it"
    if own.resolve().is_relative_to(shipped.resolve()):
        return "it lies in the program's folder"
    if not any((own / name).exists() for name in _OF_A_CLINIC):
        return f"it holds none of {', '.join(_OF_A_CLINIC)}"
    return ""
