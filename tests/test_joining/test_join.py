"""Letters of six programs with leaflets in two languages: what comes out against what went in.

Read by `top_down` from the root of the tags, by poppler and pdfium as words, and as pictures.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from conftest import MakeProject, order_for, shared_verapdf
from test_joining.top_down import Heard, Seen, read

from leafpress.findings import Problem, Verdict
from leafpress.joining.integrity import faults
from leafpress.joining.join import Joined, Prepared, join, prepare
from leafpress.press.edition import Edition
from leafpress.press.pipeline import build

PROGRAMS = (
    "weasyprint",
    "weasyprint with a form",
    "typst",
    "libreoffice",
    "chromium",
    "reportlab, untagged",
)
CLAIMING = frozenset(PROGRAMS[:4])
ADDRESS = "https://clinic.invalid/map"
"""What describes the letters' link where their program does not (LibreOffice 25.2, Chromium)."""
PAIRS = (("ur/back-pain-a4", "cy/neck-pain-a4"), ("pl/neck-pain-a4", "pl/neck-pain-a4"))


@cache
def _seen(data: bytes) -> Seen:
    return read(data)


@pytest.fixture(scope="session")
def leaflets(built: Path) -> dict[str, Prepared]:
    names = {name for pair in PAIRS for name in pair}
    return {name: prepare((built / f"{name}.pdf").read_bytes(), name) for name in names}


@pytest.fixture(scope="session")
def joined(letters: dict[str, bytes], leaflets: dict[str, Prepared]) -> dict[str, list[Joined]]:
    return {
        program: [
            join(letters[program], "letter.pdf", [leaflets[name] for name in pair])
            for pair in PAIRS
        ]
        for program in PROGRAMS
    }


@pytest.fixture(params=[(program, at) for program in PROGRAMS for at in range(2)], ids=str)
def case(
    request: pytest.FixtureRequest,
    letters: dict[str, bytes],
    leaflets: dict[str, Prepared],
    joined: dict[str, list[Joined]],
) -> tuple[Joined, list[bytes]]:
    """A joined file, and the bytes of its parts."""
    program, at = request.param
    parts = [letters[program], *(leaflets[name].data for name in PAIRS[at])]
    return joined[program][at], parts


Case = tuple[Joined, list[bytes]]


def _firsts(parts: list[bytes]) -> list[int]:
    counts = [_seen(part).pages for part in parts]
    return [sum(counts[:at]) for at in range(len(counts))]


def test_pages(case: Case) -> None:
    result, parts = case
    assert list(result.pages) == [_seen(part).pages for part in parts]
    assert _seen(result.data).pages == sum(result.pages)


def test_whole(case: Case) -> None:
    result, _ = case
    assert list(faults(result.data, result.pages)) == []


def test_what_is_heard_is_the_parts_one_after_the_other(case: Case) -> None:
    """Order, content, types and languages; an input's Document is a Part of the joined one."""
    result, parts = case
    expected = [
        replace(each, page=each.page + first, types=_below(each))
        for part, first in zip(parts, _firsts(parts), strict=True)
        for each in _seen(part).heard
    ]
    assert len(expected) > 50
    assert _seen(result.data).heard == expected


def _below(each: Heard) -> tuple[str, ...]:
    own = each.types[1:] if each.types[0] == "Document" else each.types
    return ("Document", "Part", *own)


def test_every_piece_of_content_is_heard_once(case: Case) -> None:
    result, parts = case
    heard = [(each.page, each.mcid) for each in _seen(result.data).heard]
    assert len(heard) == len(set(heard))
    lost = _seen(result.data).marks - set(heard)
    before = {
        (page + first, mcid)
        for part, first in zip(parts, _firsts(parts), strict=True)
        for page, mcid in _seen(part).marks - {(e.page, e.mcid) for e in _seen(part).heard}
    }
    assert lost == before


def test_annotations_are_described_in_their_language(case: Case) -> None:
    result, parts = case
    expected = [
        (page + first, words or ADDRESS, language)
        for part, first in zip(parts, _firsts(parts), strict=True)
        for page, words, language in _seen(part).annotations
    ]
    heard = _seen(result.data).annotations
    assert [(page, words or ADDRESS, language) for page, words, language in heard] == expected
    assert expected


def test_links_reach_their_pages(case: Case) -> None:
    result, parts = case
    expected = [
        (page + first, f"page {int(goal[5:]) + first}" if goal.startswith("page ") else goal)
        for part, first in zip(parts, _firsts(parts), strict=True)
        for page, goal in _seen(part).links
    ]
    assert _seen(result.data).links == expected
    assert any("https" in goal for _, goal in expected)


def test_letters_with_links_to_their_own_pages(letters: dict[str, bytes]) -> None:
    """So that the test above has something to find."""
    for program in ("weasyprint", "typst", "chromium"):
        assert any(goal.startswith("page ") for _, goal in _seen(letters[program]).links), program


def test_a_bookmark_for_each_part_with_its_own_below(case: Case) -> None:
    result, parts = case
    found = _seen(result.data).bookmarks
    tops = [(title, page) for level, title, page in found if level == 0]
    assert [page for _, page in tops] == _firsts(parts)
    assert tops[0][0] == "Your appointment"
    expected = [
        (level + 1, title, page + first)
        for part, first in zip(parts, _firsts(parts), strict=True)
        for level, title, page in _seen(part).bookmarks
    ]
    assert [each for each in found if each[0]] == expected


def test_labels_begin_again_with_each_part(case: Case) -> None:
    result, parts = case
    assert _seen(result.data).labels == [each for part in parts for each in _seen(part).labels]


def test_cells_name_their_headers(case: Case) -> None:
    result, _ = case
    cells = _seen(result.data).cells
    ids = [id_ for id_, _ in cells if id_]
    assert len(ids) == len(set(ids)) > 3
    assert {header for _, headers in cells for header in headers} <= set(ids)


def test_fields(joined: dict[str, list[Joined]]) -> None:
    assert _seen(joined["weasyprint with a form"][0].data).fields == ["name"]


def _pictures(data: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(data)
    pictures = [page.render(scale=0.4).to_pil().tobytes() for page in document]
    document.close()
    return pictures


def _pdfium(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    words = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return words


def _poppler(data: bytes) -> list[str]:
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize("reader", [_pictures, _pdfium, _poppler])
@pytest.mark.parametrize("program", PROGRAMS)
def test_pages_look_and_read_as_before(
    program: str,
    reader: object,
    letters: dict[str, bytes],
    leaflets: dict[str, Prepared],
    joined: dict[str, list[Joined]],
) -> None:
    parts = [letters[program], *(leaflets[name].data for name in PAIRS[0])]
    expected = [each for part in parts for each in reader(part)]  # type: ignore[operator]
    assert len(expected) > 10
    assert reader(joined[program][0].data) == expected  # type: ignore[operator]


Broken = Callable[[bytes, str], set[str]]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broken]:
    """The rules of a flavour that some bytes break; one veraPDF for all tests here."""
    path = tmp_path_factory.mktemp("judged") / "file.pdf"
    with shared_verapdf() as verapdf:

        def ask(data: bytes, flavour: str) -> set[str]:
            path.write_bytes(data)
            judgement = verapdf.judge(path, flavour)
            assert judgement.verdict is not Verdict.NOT_CHECKED
            return {each.rule for each in judgement.broken}

        yield ask


@pytest.mark.parametrize("program", PROGRAMS)
def test_claims_pass_and_nothing_new_is_broken(
    program: str, letters: dict[str, bytes], joined: dict[str, list[Joined]], broken: Broken
) -> None:
    """Nothing but what follows from a claim that falls (5-1), or a letter without language (7.2).

    The language of bookmarks, notes, metadata and page numbers is the catalogue's: the letter's.
    """
    result = joined[program][0]
    before, after = broken(letters[program], "ua1"), broken(result.data, "ua1")
    assert result.claims == (("ua1",) if program in CLAIMING else ())
    if result.claims:
        assert after == set()
    no_language = {"7.2-2", "7.2-24", "7.2-33"} if "7.2-34" in before else set()
    assert after - before <= {"5-1", *no_language}


def test_leaflets_alone_keep_both_claims(leaflets: dict[str, Prepared], broken: Broken) -> None:
    """A leaflet behind itself, twice: names, IDs and keys are those of three parts."""
    leaflet = leaflets["ur/back-pain-a4"]
    result = join(leaflet.data, "letter.pdf", [leaflet, leaflet])
    assert result.claims == ("ua1", "2a")
    assert result.findings == ()
    for claim in result.claims:
        assert broken(result.data, claim) == set()
    assert len(result.data) < 2.5 * len(leaflet.data)  # fonts and profiles stand once


def test_the_same_bytes(letters: dict[str, bytes], leaflets: dict[str, Prepared]) -> None:
    made = [
        join(letters["typst"], "letter.pdf", [prepare(each.data, each.name)])
        for each in [leaflets["ur/back-pain-a4"]] * 2
    ]
    assert made[0] == made[1]


def test_untagged(letters: dict[str, bytes], leaflets: dict[str, Prepared]) -> None:
    letter, leaflet = letters["reportlab, untagged"], leaflets["ur/back-pain-a4"]
    result = join(letter, "letter.pdf", [leaflet])
    assert {each.rule for each in result.findings} == {"E012", "E014", "E015"}
    spoken = [each.language for each in _seen(result.data).heard]
    assert spoken == [each.language for each in _seen(leaflet.data).heard]
    assert set(spoken) == {"ur", "en-GB"}
    assert b"appointment's date" in str(result.findings).encode()
    with pytest.raises(Problem) as caught:
        join(letter, "letter.pdf", [leaflet], strict=True)
    assert {each.rule for each in caught.value.findings} == {"E012", "E014"}


def test_a_withheld_claim(leaflets: dict[str, Prepared]) -> None:
    leaflet = leaflets["ur/back-pain-a4"]
    result = join(leaflet.data, "letter.pdf", [leaflet], withheld={"2a": "because"})
    assert result.claims == ("ua1",)
    assert [each.rule for each in result.findings] == ["E015"]
    assert "because" in result.findings[0].sentence


def test_a_leaflet_of_pdf_2_behind_itself(make_project: MakeProject) -> None:
    """All that it claims is claimed by the joined file, and true."""
    order = order_for(make_project(), profile="ua2+a4")
    outcome = build(Edition("case", "en-GB", "a4"), order, None)
    data = (order.out / outcome.edition.output).read_bytes()
    result = join(data, "letter.pdf", [prepare(data, "leaflet")])
    assert set(result.claims) == {"ua2", "wt1a", "wt1r", "4"}
    path = order.out / "joined.pdf"
    path.write_bytes(result.data)
    with shared_verapdf() as verapdf:
        for claim in result.claims:
            assert verapdf.judge(path, claim).verdict is Verdict.PASS, claim
