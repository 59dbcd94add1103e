"""One pair, from its bytes to what is filed of it: as a list of one row, in a folder of its own."""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from leafpress.findings import Finding, Problem, Span
from leafpress.joining.limits import BYTES
from leafpress.mailing.incoming import archive
from leafpress.mailing.incoming.archive import Filed
from leafpress.mailing.incoming.pair import PairContent, TakenPair
from leafpress.mailing.lists.mapping import FIELDS
from leafpress.mailing.lists.sidecar import read_sidecar
from leafpress.mailing.options import MailingOptions
from leafpress.mailing.output import folder as output
from leafpress.mailing.reports.receipts import receipts_file
from leafpress.mailing.run import RunResult, enclose
from leafpress.rules import finding
from leafpress.system import digest, files

_NOT_FILED = frozenset({output.STATE, "receipts.csv", "summary.html"})
"""Of one letter, `receipts.json` says it all."""

_RECEIPTS = "receipts.json"

_LETTER = "letter.pdf"
"""How a letter is called while it is worked on: its own name may be any."""

_NOT_THE_LETTERS = frozenset({"E047", "H001"})
"""Rules about what the clinic has set up: no letter is refused for them, all wait."""


class SetUpFault(Exception):
    """Nothing can be done until the clinic's own files are mended; no letter is to blame."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


Outputs = tuple[tuple[str, bytes], ...]


def serve_pair(taken: TakenPair, current: Callable[[], MailingOptions]) -> Filed | None:
    """What is to be filed of a pair; None where these very bytes are done.

    Args:
        current: how letters are done at this moment.

    Raises:
        OSError: the machine cannot do it now.
        SetUpFault: nor could any other letter be done.
    """
    options = _options(current)
    content = taken.read()
    if archive.was_done(taken, content):
        return None
    try:
        reasons, outputs = _outcome(content, taken, options)
    except Problem as problem:
        reasons, outputs = _reasons(problem), ()
    except OSError:
        raise
    except Exception as error:  # the next letter has to be served all the same
        fault = finding("E061", Span("the letter"), problem=type(error).__name__)
        reasons, outputs = (fault,), ()
    return Filed(content, reasons, outputs)


def _options(current: Callable[[], MailingOptions]) -> MailingOptions:
    try:
        return current()
    except Problem as problem:
        raise SetUpFault(problem) from None


def _reasons(problem: Problem) -> tuple[Finding, ...]:
    """Why a pair is refused.

    Raises:
        OSError, SetUpFault: it is not the pair's fault.
    """
    if problem.errno is not None:
        raise OSError(problem.errno, os.strerror(problem.errno)) from None
    if _NOT_THE_LETTERS & {own.rule for own in problem.findings}:
        raise SetUpFault(problem) from None
    return problem.findings


def _outcome(
    content: PairContent, taken: TakenPair, options: MailingOptions
) -> tuple[tuple[Finding, ...], Outputs]:
    """Why it is refused, or what it became.

    Raises:
        Problem: the sidecar is not understood, or anything that stops a run.
    """
    if len(content.letter) > BYTES:
        raise Problem(finding("E044", Span("the letter"), problem="it is larger than 60 MB"))
    row = read_sidecar(content.sidecar, _LETTER)
    prefix = scratch_prefix(taken.home)
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        result = _enclose(content.letter, row, folder, options)
        if not result.counts.done:
            return _all_reasons(result), ()
        outputs = archive.outputs_in(folder / "out", _NOT_FILED)
    return (), tuple(_with_name(name, data, taken) for name, data in outputs)


def _enclose(
    letter: bytes, row: dict[str, str], folder: Path, options: MailingOptions
) -> RunResult:
    list_ = folder / "sidecar"
    output.private_folder(folder / "in")
    files.write(folder / "in" / _LETTER, letter, "a letter", mode=output.PRIVATE_FILE)
    files.write(list_, _list(row), "the sidecar", mode=output.PRIVATE_FILE)
    own = replace(options, appointments=list_, letters=folder / "in", out=folder / "out", jobs=1)
    return enclose(own, lambda _number, _total: None)


def _list(row: dict[str, str]) -> bytes:
    """A list of one row, as CSV, with the columns that every list may have."""
    text = io.StringIO()
    csv.writer(text).writerows([FIELDS, [row.get(field, "") for field in FIELDS]])
    return text.getvalue().encode()


def _all_reasons(result: RunResult) -> tuple[Finding, ...]:
    if result.findings:
        return result.findings
    return (finding("E061", Span("the letter"), problem="refused without a reason"),)


def _with_name(name: str, data: bytes, taken: TakenPair) -> tuple[str, bytes]:
    """An output; receipts have the letter's own name."""
    if name != _RECEIPTS:
        return name, data
    document = receipts_file().validate_json(data)
    own = taken.letter.encode(errors="replace").decode()
    receipts = tuple(replace(receipt, letter=own) for receipt in document.receipts)
    written = receipts_file().dump_json(replace(document, receipts=receipts), indent=1)
    return name, written + b"\n"


def scratch_prefix(folder: Path) -> str:
    """How the names of the folders begin in which letters of a served folder are worked on."""
    return f"leafpress-letter-{digest.of_text(str(folder))[:12]}-"


def sweep(folder: Path) -> None:
    """Remove what a service of this folder that was killed has left on this machine."""
    for path in Path(tempfile.gettempdir()).glob(f"{scratch_prefix(folder)}*"):
        shutil.rmtree(path, ignore_errors=True)
