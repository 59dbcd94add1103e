"""What WeasyPrint stops at becomes a finding, also where no rule about constructs knows of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import MakeProject, order_for

from leafpress.findings import Problem
from leafpress.pages.type_style import Style
from leafpress.pdf.layout import lay_out
from leafpress.pdf.metadata import PROFILES
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of


def test_what_stops_the_layout_program_is_a_finding(make_project: MakeProject) -> None:
    edition = Edition("case", "en-GB", "a4")
    markup = markup_of(edition, order_for(make_project()))
    crashing = Style(
        "x.css", '.part .sources li { display: list-item } li::marker { content: "x" }'
    )
    markup = replace(markup, styles=(*markup.styles, crashing))
    with pytest.raises(Problem) as caught:
        lay_out(markup, PROFILES["ua1+a2a"], edition.place)
    assert [finding.rule for finding in caught.value.findings] == ["P006"]
