"""Receipts: what became of each row, one for one, as CSV and JSON.

Nothing in them depends on when or how often a run was interrupted.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheets run a cell that begins so; an apostrophe before it makes it text (OWASP)."""

_FORM = 1


class Verdict(StrEnum):
    """What became of a row."""

    JOINED = "joined"
    SEPARATE = "separate"
    EML = "eml"
    REFUSED = "refused"
    REPEATED = "repeated"
    """The same as an earlier row, which has the receipt."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one row.

    Args:
        letter_digest, leaflet_digests, output_digests: SHA-256 in hex.
        language, format: what was given; `asked_language` and `needs` are what is recorded.
        reason: why it was refused, or what else there is to know.
        rules: of the findings, in order.
        claim: what is known of what the output claims to be.
        day: when it was done.
    """

    row: int
    reference: str
    verdict: Verdict
    reason: str = ""
    rules: tuple[str, ...] = ()
    letter: str = ""
    letter_digest: str = ""
    leaflets: tuple[str, ...] = ()
    leaflet_versions: tuple[str, ...] = ()
    leaflet_digests: tuple[str, ...] = ()
    asked_language: str = ""
    needs: tuple[str, ...] = ()
    language: str = ""
    format: str = ""
    fallback: str = ""
    delivery: str = ""
    channel: str = ""
    outputs: tuple[str, ...] = ()
    output_digests: tuple[str, ...] = ()
    pages: int = 0
    claims: tuple[str, ...] = ()
    claim: str = ""
    day: str = ""

    @property
    def is_out(self) -> bool:
        """Whether there is a file for it."""
        return self.verdict in (Verdict.JOINED, Verdict.SEPARATE, Verdict.EML)


COLUMNS = tuple(field.name for field in fields(Receipt))
_LISTS = frozenset(f.name for f in fields(Receipt) if str(f.type).startswith("tuple"))


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows in and out."""

    rows: int
    done: int
    refused: int
    repeated: int

    @property
    def out(self) -> int:
        """Rows of which somebody can say what became of them."""
        return self.done + self.refused + self.repeated


def counts(receipts: list[Receipt], rows: int) -> Counts:
    """Rows in and out."""
    done = sum(each.is_out for each in receipts)
    refused = sum(each.verdict is Verdict.REFUSED for each in receipts)
    repeated = sum(each.verdict is Verdict.REPEATED for each in receipts)
    return Counts(rows, done, refused, repeated)


def as_csv(receipts: list[Receipt]) -> bytes:
    """The receipts for a spreadsheet: UTF-8 with a mark, no cell that it would run."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for receipt in receipts:
        writer.writerow([safe(getattr(receipt, column)) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def as_json(receipts: list[Receipt], facts: dict[str, Any]) -> bytes:
    """The receipts for programs, with facts of the whole run before them."""
    rows = [asdict(receipt) for receipt in receipts]
    document = {"form": _FORM, **facts, "receipts": rows}
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def from_json(data: bytes) -> list[Receipt]:
    """The receipts of a `receipts.json`."""
    return [_receipt(row) for row in json.loads(data)["receipts"]]


def _receipt(row: dict[str, Any]) -> Receipt:
    lists = {name: tuple(row[name]) for name in _LISTS}
    return Receipt(**{**row, **lists, "verdict": Verdict(row["verdict"])})


def unnamed_csv(names: tuple[str, ...]) -> bytes:
    """The letters that no row names."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([["letter"], *([safe(name)] for name in names)])
    return text.getvalue().encode("utf-8-sig")
