"""A leaflet with everything that is hard to tag, over many pages, judged like those we ship."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from conftest import MakeProject, Reference, order_for, shared_verapdf

from leafpress.findings import Verdict
from leafpress.pdf.metadata import PROFILES
from leafpress.press.edition import Edition, Status
from leafpress.press.pipeline import build, markup_of
from leafpress.proof.answers import Case
from leafpress.proof.judge import judge
from leafpress.proof.tags import screen_reader_text, tagged

REFERENCE = Path(__file__).parents[1] / "reference" / "tags"


@pytest.mark.parametrize(
    ("language", "profile"), [("en-GB", "ua2+a4"), ("ar-XB", "ua1+a2a")], ids=str
)
def test_it_passes_everything(
    language: str, profile: str, make_project: MakeProject, reference: Reference
) -> None:
    root = make_project("long.yaml")
    order, edition = order_for(root, profile=profile), Edition("case", language, "a4")
    outcome = build(edition, order, None)
    assert outcome.status is Status.BUILT, outcome.findings
    file = order.out / edition.output
    answers = judge(Case("case", file, PROFILES[profile], markup_of(edition, order)))
    assert {answer.rule: answer.findings for answer in answers if answer.findings} == {}
    assert {answer.verdict for answer in answers} == {Verdict.PASS}
    with shared_verapdf() as verapdf:
        for flavour in PROFILES[profile].flavours:
            assert verapdf.judge(file, flavour).verdict is Verdict.PASS, flavour
    with pikepdf.open(file) as pdf:
        said = "\n".join(screen_reader_text.listen(tagged.read(pdf))) + "\n"
    reference.check(REFERENCE / f"long-{language}-{profile}.txt", said)


def test_a_cut_table_is_one_table(make_project: MakeProject) -> None:
    root = make_project("long.yaml")
    order, edition = order_for(root), Edition("case", "en-GB", "a4")
    build(edition, order, None)
    with pikepdf.open(order.out / edition.output) as pdf:
        file = tagged.read(pdf)
        tables = [each for each in file.elements() if each.type == "Table"]
        pages = {mark.page for mark in tables[0].marks()}
        spoken = Counter(each.language for each in file.elements())
        words = " ".join("".join(mark.text for mark in file.root.marks()).split())  # type: ignore[union-attr]
        assert len(tables) == 1
        assert len(pages) > 2
        assert words.count("What to do") == 2, "a heading and one head of a table"
        assert spoken["cy"] == 3
        assert spoken["pl"] == 2
        assert "Page 2 of" not in words
