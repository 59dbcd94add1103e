"""`build.py listen`: a finished file as a listener meets it."""

from __future__ import annotations

from pathlib import Path

import click

from leafpress.cli.command import command
from leafpress.cli.session import Session
from leafpress.findings import ExitCode, Problem, Span
from leafpress.rules import finding


@command("out", "verbose")
@click.argument("edition", metavar="EDITION")
def listen(session: Session, edition: str) -> int:
    """Print an edition as a listener meets it: EDITION as `ur/back-pain-a4`, or a PDF's path."""
    for line in screen_reader_lines(edition, session.build_options.out):
        print(line)
    return ExitCode.OK


def screen_reader_lines(edition: str, out: Path) -> list[str]:
    """The lines of an edition below `out`, or of any tagged PDF, read within a letter's bounds.

    A file that is signed or damaged is read as far as it can be: nothing is made of it.

    Raises:
        Problem: there is no such file, or none that can be read (B011), with exit code 2.
    """
    path = out / f"{edition.removesuffix('.pdf')}.pdf"
    path = path if path.exists() else Path(edition)
    try:
        return _heard(path.read_bytes(), str(path))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
    except Problem as problem:
        reason = problem.findings[0].sentence
    raise Problem(finding("B011", Span(str(path)), reason=reason), code=ExitCode.USAGE)


def _heard(data: bytes, name: str) -> list[str]:
    from leafpress.joining.foreign import open_to_read
    from leafpress.joining.gather import refusing
    from leafpress.joining.limits import HEARD
    from leafpress.proof.tags import screen_reader_text, tagged

    pdf = open_to_read(data, name, HEARD)
    with refusing(name, repair=True):
        return list(screen_reader_text.listen(tagged.read(pdf)))
