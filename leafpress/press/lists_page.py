"""The page that says how all proved PDFs stand by public lists: `out/proof/public-lists.html`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leafpress.findings import Verdict

if TYPE_CHECKING:
    from leafpress.proof.answers import Answer

NAME = "public-lists.html"

_PAGE = Path(__file__).with_name("public_lists_page.html")


def page(files: Mapping[str, Sequence[Answer]]) -> str:
    """Both lists, row by row, for whoever buys leaflets. `files`: what each PDF has answered."""
    from leafpress.proof.standards import public_lists
    from leafpress.templating import pages_for_staff  # not needed when nothing has changed

    return (
        pages_for_staff()
        .from_string(_PAGE.read_text(encoding="utf-8"))
        .render(
            files=files,
            lists=public_lists.LISTS,
            standings=list(public_lists.standings(files)),
            passed=Verdict.PASS,
            failed=Verdict.FAIL,
        )
    )
