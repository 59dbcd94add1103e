"""The pictograms: many, listed, used, in one style, and no two alike."""

from __future__ import annotations

import hashlib
import io
import itertools
import re
from pathlib import Path

import pypdfium2
import pytest
from conftest import ROOT, MakeProject
from PIL import Image, ImageChops, ImageStat

from leafpress.content.pictograms import COLOURS, INK, style
from leafpress.content.project import Project
from leafpress.pdf.engine import weasyprint

PROJECT = Project.at(ROOT)
FOLDER = ROOT / "leaflets" / "pictograms"
FILES = sorted(FOLDER.glob("*.svg"))

SIDE = 32
"""Pixels of a picture's side while pictures are compared."""

LEAST_DIFFERENCE = 3.0
"""Of 255, on average over the pixels: the nearest two of ours are 4 apart or more."""


def test_there_are_enough_and_all_are_sound() -> None:
    assert PROJECT.pictograms.findings == ()
    assert PROJECT.pictograms.model is not None
    listed = PROJECT.pictograms.model.pictograms
    assert len(listed) == len(FILES) >= 45
    assert len({each.name for each in listed}) == len({str(each.shows) for each in listed})
    assert len({each.name for each in listed}) == len(listed)


def test_those_that_are_used_are_there() -> None:
    """The others are for leaflets to come: docs/pictograms.md shows them all."""
    template = (ROOT / "templates/parts/easy_read.html").read_text()
    used = set(re.findall(r'pictured\("([^"]+)"', template))
    for id_ in PROJECT.leaflet_ids():
        leaflet = PROJECT.leaflet(id_).model
        assert leaflet is not None
        assert leaflet.easy_read is not None
        used.add(leaflet.easy_read.picture)
        used |= {s.picture for section in leaflet.easy_read.sections for s in section.sentences}
    assert len(used) > 80
    assert used <= {path.stem for path in FILES}


def test_no_two_are_alike() -> None:
    assert len({hashlib.sha256(path.read_bytes()).digest() for path in FILES}) == len(FILES)
    pictures = _pictures()
    for (one, first), (other, second) in itertools.combinations(pictures.items(), 2):
        difference = ImageStat.Stat(ImageChops.difference(first, second)).mean[0]
        assert difference > LEAST_DIFFERENCE, (one, other, difference)


def test_all_survive_a_grey_copy() -> None:
    """Drawn with ink: each has dark lines on light ground, and fills a good part of its square."""
    for name, picture in _pictures().items():
        dark = sum(picture.histogram()[:128]) / SIDE**2
        assert 0.04 < dark < 0.6, (name, dark)


def _pictures() -> dict[str, Image.Image]:
    """Each pictogram in grey, drawn by the engine that prints it: one a page."""
    pages = "".join(f'<img src="{path.as_uri()}">' for path in FILES)
    css = f"@page {{ size: {SIDE}pt; margin: 0 }} img {{ display: block; width: {SIDE}pt }}"
    data = weasyprint().HTML(string=f"<style>{css}</style>{pages}").write_pdf()
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        assert len(document) == len(FILES)
        return {
            path.stem: page.render(scale=1).to_pil().convert("L")
            for path, page in zip(FILES, document, strict=True)
        }


SOUND = (FOLDER / "walking.svg").read_text()

BROKEN = (
    ('viewBox="0 0 120 120"', 'viewBox="0 0 100 100"', '`viewBox` is not "0 0 120 120"'),
    ('stroke-width="4"', 'stroke-width="3"', '`stroke-width` is not "4"'),
    ('stroke-linejoin="round"', "", "`stroke-linejoin` is not"),
    ('fill="#dce8ef"', 'fill="#ff00ff"', "the colour #ff00ff"),
    ('stroke="#b8480f"', 'stroke="red"', "the colour red"),
    ('stroke-width="16"', 'stroke-width="17"', "the line is 17 wide"),
    ('stroke-width="16"', 'stroke-width="thin"', "the line is thin wide"),
    ("</svg>", '<g opacity="0.5"></g></svg>', "the element `<g>`"),
    ("</svg>", '<path d="M0 0" opacity="0.5"/></svg>', "the attribute `opacity`"),
)


@pytest.mark.parametrize(("sound", "broken", "said"), BROKEN)
def test_another_style_is_named(sound: str, broken: str, said: str, tmp_path: Path) -> None:
    assert sound in SOUND
    path = tmp_path / "one.svg"
    path.write_text(SOUND)
    assert list(style(path, "one.svg")) == []
    path.write_text(SOUND.replace(sound, broken, 1))
    findings = list(style(path, "one.svg"))
    assert {each.rule for each in findings} == {"L088"}
    assert any(said in each.sentence for each in findings), findings
    assert all(each.span.line for each in findings)


def test_colours_are_those_of_the_style_sheet() -> None:
    """Ink and red are the page's own; the others are those of the figures."""
    base = (ROOT / "templates/styles/base.css").read_text()
    figures = "".join(path.read_text() for path in (ROOT / "leaflets/figures").glob("*.svg"))
    assert INK in base
    assert all(colour in base + figures for colour in COLOURS)


def test_a_picture_has_to_be_listed(make_project: MakeProject) -> None:
    root = make_project()
    folder = root / "leaflets" / "pictograms"
    (folder / "ambulance.svg").rename(folder / "lorry.svg")
    found = {each.rule: each for each in Project.at(root).pictograms.findings}
    assert set(found) == {"L040", "L089"}
    assert found["L089"].span.file == "leaflets/pictograms/lorry.svg"
    assert found["L040"].span.line == 2


def test_a_picture_that_could_do_harm_is_refused(make_project: MakeProject) -> None:
    root = make_project()
    path = root / "leaflets" / "pictograms" / "walking.svg"
    path.write_text(SOUND.replace("</svg>", "<text>Walk</text><script>1</script></svg>"))
    assert {each.rule for each in Project.at(root).pictograms.findings} == {"L042", "L045"}
