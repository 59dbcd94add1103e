"""One run with its workers, which says `begun` with its first row."""

from __future__ import annotations

from pathlib import Path

from office import Office

from leafpress.mailing.run import enclose


def main(root: str) -> None:
    office = Office(Path(root), build=False)
    enclose(office.options(office.root / "list.csv"), _show)


def _show(number: int, _total: int) -> None:
    if number == 1:
        print("begun", flush=True)
