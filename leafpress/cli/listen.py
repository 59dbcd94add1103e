"""`build.py listen`: a finished file as a listener meets it."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from leafpress.findings import ExitCode, Problem, Span
from leafpress.proof.tags import screen_reader_text, tagged
from leafpress.rules import finding


def heard(edition: str, out: Path) -> list[str]:
    """The lines of an edition below `out`, or of any tagged PDF.

    Raises:
        Problem: there is no such file, or it is no PDF (B011), with exit code 2.
    """
    path = out / f"{edition.removesuffix('.pdf')}.pdf"
    path = path if path.exists() else Path(edition)
    try:
        with pikepdf.open(path) as pdf:
            return list(screen_reader_text.listen(tagged.read(pdf)))
    except (OSError, pikepdf.PdfError, pikepdf.PasswordError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problem = finding("B011", Span(str(path)), reason=reason.lower())
        raise Problem(problem, code=ExitCode.USAGE) from error
