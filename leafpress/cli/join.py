"""`build.py join`: one letter and its leaflets, from files to a file, checked as far as it goes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from leafpress.cli.command import command
from leafpress.cli.options import REPORTING
from leafpress.cli.session import Session
from leafpress.findings import ExitCode, Finding, Problem, Span, Verdict
from leafpress.joining import integrity
from leafpress.joining.conformance_claims import STANDARDS
from leafpress.joining.join import Joined, prepare
from leafpress.joining.join import join as join_parts
from leafpress.mailing.selection.copies import GivenFiles
from leafpress.press.edition import BuildOptions
from leafpress.proof.standards.conformance import prove
from leafpress.rules import finding
from leafpress.system.files import write


@command("clinic", "out", "today", *REPORTING)
@click.argument("letter")
@click.argument("leaflet", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE")
@click.option("--repair", is_flag=True, help="Mend a damaged letter, as far as possible.")
def join(
    session: Session, letter: str, leaflet: tuple[str, ...], output: Path, *, repair: bool
) -> int:
    """Put leaflets behind a LETTER: paths of PDFs, or editions as `ur/back-pain-a4`."""
    options, strict = session.build_options, session.options.strict
    request = JoinRequest(letter, leaflet, output, options.out, strict, repair)
    today = replace(options, today=session.giving_day)
    session.findings += require_editions_that_may_go(request, today)
    line, findings = join_files(request)
    session.findings += findings
    return session.finish([], line, session.code())


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """What is to be joined: paths, or editions below `out` as `ur/back-pain-a4`."""

    letter: str
    leaflets: tuple[str, ...]
    target: Path
    out: Path
    strict: bool = False
    repair: bool = False


def join_files(request: JoinRequest) -> tuple[str, tuple[Finding, ...]]:
    """Join, check and write; a line that says what was done, and warnings.

    Raises:
        Problem: an input is missing (B011) or may not be joined (E001 to E014), the output is one
            of the inputs (E019), or it cannot be written (B004).
    """
    paths = [_path(name, request.out) for name in (request.letter, *request.leaflets)]
    if any(_is_same(request.target, path) for path in paths):
        raise Problem(finding("E019", Span(str(request.target))), code=ExitCode.USAGE)
    data = [_read(path) for path in paths]
    joined = _checked(request, data)
    write(request.target, joined.data)
    return _line(request, joined), joined.findings


def _checked(request: JoinRequest, data: Sequence[bytes]) -> Joined:
    """The joined file without the claims that veraPDF denies, or that nobody could check."""
    leaflets = [prepare(own, name) for own, name in zip(data[1:], request.leaflets, strict=True)]

    def attempt(withheld: dict[str, str]) -> Joined:
        return join_parts(
            data[0],
            request.letter,
            leaflets,
            strict=request.strict,
            repair=request.repair,
            withheld=withheld,
        )

    joined = attempt({})
    if problems := list(integrity.faults(joined.data, joined.pages)):
        raise Problem(finding("E020", Span(request.letter), problem="; ".join(problems[:3])))
    denied = dict(_denied(joined))
    return attempt(denied) if denied else joined


def _denied(joined: Joined) -> Iterator[tuple[str, str]]:
    """Claims that do not pass, each with the reason."""
    if not joined.claims:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "joined.pdf"
        path.write_bytes(joined.data)
        [(_, conformance)] = prove({"joined": (path, joined.claims)})
    for claim, result in conformance.results.items():
        if result.verdict is not Verdict.PASS:
            yield claim, result.findings[0].sentence


def _line(request: JoinRequest, joined: Joined) -> str:
    names = (request.letter, *request.leaflets)
    parts = [f"{name} ({_pages(n)})" for name, n in zip(names, joined.pages, strict=True)]
    claims = ", ".join(STANDARDS[claim] for claim in joined.claims)
    claimed = f"claims {claims}: veraPDF says pass" if claims else "claims nothing"
    return f"{request.target}: {_pages(sum(joined.pages))}: {', '.join(parts)}; {claimed}"


def _pages(number: int) -> str:
    return f"{number} page" if number == 1 else f"{number} pages"


def _path(name: str, out: Path) -> Path:
    edition = _edition(name, out)
    return edition if edition.exists() and not Path(name).exists() else Path(name)


def _edition(name: str, out: Path) -> Path:
    return out / f"{name.removesuffix('.pdf')}.pdf"


def require_editions_that_may_go(
    request: JoinRequest, options: BuildOptions
) -> tuple[Finding, ...]:
    """Check that no file is an edition that must not be given out; warnings where nobody can tell.

    Raises:
        Problem: one must not (see `GivenFiles`).
    """
    warnings: dict[Finding, None] = {}
    given = GivenFiles(options)
    for name in (request.letter, *request.leaflets):
        path = _path(name, request.out)
        if not path.exists():
            path = _edition(name, request.out)  # it may be withdrawn
        warnings |= dict.fromkeys(given.require(path, Span(name)))
    return tuple(warnings)


def _is_same(target: Path, path: Path) -> bool:
    return target.resolve() == path.resolve() or (
        target.exists() and path.exists() and target.samefile(path)
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        problem = finding("B011", Span(str(path)), reason=reason)
        raise Problem(problem, code=ExitCode.USAGE) from None
