"""`out/proof/index.html`: every verdict on one page that anybody can read."""

from __future__ import annotations

import datetime
from pathlib import Path

from leafpress.findings import Verdict
from leafpress.press.proofs import Proof
from leafpress.templating import pages_for_staff

_TEMPLATE = Path(__file__).with_name("proof_page.html")


def page(proofs: list[Proof], today: datetime.date) -> str:
    """The page, as HTML."""
    template = pages_for_staff().from_string(_TEMPLATE.read_text(encoding="utf-8"))
    counts = {
        verdict.value: sum(proof.verdict is verdict for proof in proofs) for verdict in Verdict
    }
    return template.render(proofs=proofs, counts=counts, today=today.isoformat())
