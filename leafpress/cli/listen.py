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
    """The lines of an edition below `out`, or of any tagged PDF.

    Raises:
        Problem: there is no such file, or it is no PDF (B011), with exit code 2.
    """
    import pikepdf

    from leafpress.pdf_objects import UnusableFile
    from leafpress.proof.tags import screen_reader_text, tagged

    path = out / f"{edition.removesuffix('.pdf')}.pdf"
    path = path if path.exists() else Path(edition)
    try:
        with pikepdf.open(path) as pdf:
            return list(screen_reader_text.listen(tagged.read(pdf)))
    except (OSError, pikepdf.PdfError, pikepdf.PasswordError, UnusableFile) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problem = finding("B011", Span(str(path)), reason=reason.lower())
        raise Problem(problem, code=ExitCode.USAGE) from error
