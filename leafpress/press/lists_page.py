"""The page that says how all proved PDFs stand by public lists: `out/proof/public-lists.html`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leafpress.findings import Verdict

if TYPE_CHECKING:
    from leafpress.press.proofs import Proof

NAME = "public-lists.html"

_PAGE = Path(__file__).with_name("public_lists_page.html")


def page(proofs: Sequence[Proof]) -> str:
    """Both lists, row by row, for whoever buys leaflets; PDFs only, since both are about these."""
    from leafpress.proof.standards import public_lists
    from leafpress.templating import pages_for_staff  # not needed when nothing has changed

    files = {proof.name: proof.answers for proof in proofs if proof.entry.profile}
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
