"""`build.py copy`: a shipped file into the clinic's own folder, to be changed there."""

from __future__ import annotations

from difflib import get_close_matches

import click

from leafpress.cli.command import command
from leafpress.cli.session import Session
from leafpress.content import originals
from leafpress.content.root import CLINIC, SOURCES, Root
from leafpress.findings import ExitCode, Problem, Span
from leafpress.rules import finding
from leafpress.system.files import write


@command("verbose")
@click.argument("names", metavar="FILE...", nargs=-1, required=True)
@click.option("--seen", is_flag=True, help="Copy nothing: the shipped file's changes were seen.")
def copy(session: Session, names: tuple[str, ...], *, seen: bool) -> int:
    """Copy shipped files, as leaflets/back-pain.yaml, into the folder of --own.

    What is shipped stays as it is: your file comes in its place.
    """
    root = session.root
    if root.own is None:
        problem = finding("B015", Span("--own"), reason="none was named")
        raise Problem(problem, code=ExitCode.USAGE)
    for name in names:
        _require_source(root, name)
        if not seen:
            _require_room(root, name)
    for name in () if seen else names:
        target = root.home / name
        write(target, originals.copy_of(root, name), root.shown(target))
        print(f"{root.shown(target)}: written; it now comes in place of the shipped one")
    originals.record(root, names)
    print(f"{root.label}/{originals.FILE}: written")
    return ExitCode.OK


def _require_source(root: Root, name: str) -> None:
    """Check that there is such a file among what is shipped.

    Raises:
        Problem: there is none (B007), with exit code 2.
    """
    shipped = Root(root.shipped)
    files = [path for folder in SOURCES for path in shipped.files(folder)]
    known = [CLINIC, *map(shipped.name, files), *originals.recorded(root)]
    if name not in known:
        near = get_close_matches(name, known, n=1)
        advice = f"did you mean `{near[0]}`?" if near else "name it as leaflets/back-pain.yaml"
        problem = finding("B007", Span(name), kind="shipped file", name=name, advice=advice)
        raise Problem(problem, code=ExitCode.USAGE)


def _require_room(root: Root, name: str) -> None:
    """Check that nothing would be overwritten.

    Raises:
        Problem: the file stands in the clinic's folder already (B009), with exit code 2.
    """
    if (root.home / name).exists():
        raise Problem(finding("B009", Span(f"{root.label}/{name}")), code=ExitCode.USAGE)
