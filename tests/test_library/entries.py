"""An edition that may be handed out."""

from __future__ import annotations

from leafpress.press.edition import Entry

ENTRY = Entry(
    leaflet="back-pain",
    language="en-GB",
    format="a4",
    profile="ua1+a2a",
    title="Back & neck <pain>",
    version="1.0",
    date="2026-01-01",
    review="2027-11-01",
    digest="0",
    size=1000,
    pages=2,
    verdicts={"ua1": "pass"},
    versions={},
    state="approved",
    given_out=True,
)
