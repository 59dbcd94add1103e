"""`build.py start`: a clinic's own folder, with comments."""

from __future__ import annotations

from pathlib import Path

import click

from leafpress.cli.command import command
from leafpress.cli.session import Session
from leafpress.content import originals
from leafpress.content.root import CLINIC, SOURCES, Root
from leafpress.findings import ExitCode, Problem, Span
from leafpress.installed import as_called
from leafpress.rules import finding
from leafpress.system.files import copy, write

_ABOUT = Path(__file__).with_name("own_folder.md")
_LOGO = "clinic-logo.svg"
_NOT_KEPT = b"/out/\n/packs/\n/review/\n"
"""What git leaves out: it is made anew whenever somebody asks."""


@command("verbose")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
def start(session: Session, folder: Path) -> int:
    """Start a clinic's own folder: FOLDER, beside the program's, for --own."""
    root = new_folder(session.shipped, folder)
    print(f"{root.label}: written. Put your clinic's name into {root.label}/{CLINIC}, then run:")
    print(root.command)
    return ExitCode.OK


def new_folder(shipped: Path, folder: Path) -> Root:
    """Make a clinic's folder.

    Raises:
        Problem: it lies among what is shipped (B015), is not empty (B009), or cannot be written.
    """
    label = folder.as_posix().rstrip("/")
    root = Root(shipped.resolve(), folder.resolve(), label)
    if shipped.resolve().is_relative_to(root.home) or root.home.is_relative_to(shipped.resolve()):
        problem = finding("B015", Span(label), reason="it has to lie beside the program, not in it")
        raise Problem(problem, code=ExitCode.USAGE)
    if root.home.exists() and any(root.home.iterdir()):
        raise Problem(finding("B009", Span(label)), code=ExitCode.USAGE)
    about = as_called(_ABOUT.read_text(encoding="utf-8")).replace("<FOLDER>", label)
    write(root.home / "README.md", about.encode(), f"{label}/README.md")
    write(root.home / ".gitignore", _NOT_KEPT, f"{label}/.gitignore")
    write(root.home / CLINIC, originals.copy_of(root, CLINIC), f"{label}/{CLINIC}")
    copy(root.shipped / _LOGO, root.home / _LOGO, f"{label}/{_LOGO}")
    originals.record(root, [CLINIC])
    for each in SOURCES:
        (root.home / each).mkdir()
    return root
