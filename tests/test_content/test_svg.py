"""SVG pictures: what all programs draw alike passes, and no file is too strange to be judged."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pictures import SHIPPED, SOUND, UNITS, svg

from leafpress.content.figures import check_svg
from leafpress.findings import Finding


def findings(text: str, folder: Path) -> list[Finding]:
    """What is said of a picture."""
    path = folder / "picture.svg"
    path.write_text(text, encoding="utf-8")
    return check_svg(path, "figures/picture.svg")


@pytest.mark.parametrize("kind", SOUND)
def test_what_all_draw_alike_passes(kind: str, tmp_path: Path) -> None:
    assert findings(svg(SOUND[kind]), tmp_path) == []


def test_those_of_ours_pass() -> None:
    assert len(SHIPPED) > 150
    assert [problem for path in SHIPPED for problem in check_svg(path, path.name)] == []


TOO_MUCH = {
    "3,000 groups": "<g>" * 3000 + "</g>" * 3000,
    "a chain of uses": "".join(f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(3000))
    + '<circle id="a3000" r="5"/>',
    "itself": '<g id="a"><use href="#a"/></g>',
    "clips that are clipped by each other": '<clipPath id="a" clip-path="url(#b)"/>'
    '<clipPath id="b" clip-path="url(#a)"/><rect width="9" height="9" clip-path="url(#a)"/>',
    "a marker marked by itself": '<marker id="a"><path d="M0 0 L1 1" marker-end="url(#a)"/>'
    '</marker><path d="M0 0 L1 1" marker-end="url(#a)"/>',
    "clips": '<clipPath id="a">' + '<circle r="5"/>' * 200 + "</clipPath>"
    '<g fill="red">' + '<circle r="5" clip-path="url(#a)"/>' * 200 + "</g>",
    "stops": f'<linearGradient id="a" {UNITS} x2="5">' + "<stop/>" * 200 + "</linearGradient>"
    '<g fill="url(#a)">' + '<circle r="5"/>' * 200 + "</g>",
    "looking for 2,000 ids": "".join(
        f'<circle id="a{n}" r="5"/><use href="#a{n}"/>' for n in range(2000)
    ),
    "dashes of a group": '<g stroke-dasharray="0.001 0.001"><circle r="9000"/></g>',
}


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_what_is_too_much_is_not_drawn(kind: str, tmp_path: Path) -> None:
    started = perf_counter()
    assert {problem.rule for problem in findings(svg(TOO_MUCH[kind]), tmp_path)} == {"L107"}
    assert perf_counter() - started < 2


PIECES = st.sampled_from(
    [
        *("<g>", "</g>", "<use href='#a'/>", "<g id='a'>", "</svg>", "<svg", "<!--", "<![CDATA["),
        *("<text>", "&amp;", "&#0;", "&a;", "<?xml version='1.0' encoding='utf-16'?>", "<", '"'),
        *("fill='url(#a)'", " style='fill:{;}'", " style='(;'", " d='M1e99'", "\0", "\ud7ff"),
        *(" viewBox='0 0 a'", " points='1 2 3'", " stroke-dasharray='0'", "1e999", "-", "%", "²"),
        *(" transform='rotate('", " xmlns=''", " xmlns:a='b'", " a:b='c'", "NaN", "inf", "٣"),
    ]
)
"""What breaks readers."""


@settings(max_examples=300, deadline=None)
@given(
    text=st.sampled_from([*SOUND.values(), *(path.read_text() for path in SHIPPED[:9])]),
    changes=st.lists(st.tuples(st.integers(0, 600), st.integers(0, 9), PIECES), max_size=5),
)
@example(text='<path d="M0 0 A1 1 0 0 1"/>', changes=[(90, 0, "1e999")])
def test_a_mutated_picture_is_judged(
    text: str, changes: list[tuple[int, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It never fails, and never takes long."""
    text = text if text.startswith("<svg") else svg(text)
    for place, length, piece in changes:
        text = text[:place] + piece + text[place + length :]
    started = perf_counter()
    for problem in findings(text, tmp_path_factory.getbasetemp()):
        assert problem.rule[0] == "L"
    assert perf_counter() - started < 2


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from(["d", "points", "transform", "viewBox", "style", "fill", "r", "orient"]),
    value=st.text(alphabet="MmLzAaCeE0123456789.,-+ %()#;:rotatescurl'", max_size=60),
)
@example(name="points", value="1" * 5000 + "x")
@example(name="transform", value="rotate(" * 500)
@example(name="d", value="M0 0A" + "1 1 0 0 1 1 1" * 900 + "x")
def test_any_value_is_judged(
    name: str, value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    started = perf_counter()
    for problem in findings(svg(f'<path {name}="{value}"/>'), tmp_path_factory.getbasetemp()):
        assert problem.rule[0] == "L"
    assert perf_counter() - started < 1
