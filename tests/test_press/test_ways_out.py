"""Every way by which words leave for a patient or for staff: each keeps pieces in their order.

One leaflet in Urdu, whose title, heading and words hold what a right-to-left line turns around.
"""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT, TODAY, order_for, project_in
from lxml import html
from test_joining import small
from urdu import write_urdu

from leafpress.content.root import Root
from leafpress.findings import Span
from leafpress.joining.join import join, prepare
from leafpress.library.facts import Library
from leafpress.library.page import pages as library_pages
from leafpress.library.shelf import shelves
from leafpress.mailing.options import RowOutcome
from leafpress.mailing.output import email as mail
from leafpress.mailing.output.email import Attachment
from leafpress.mailing.output.email_text import Title, read_email_words
from leafpress.mailing.reports import fhir_documents
from leafpress.mailing.reports.receipts import Receipt
from leafpress.press import proofs
from leafpress.press.edition import Edition, Entry, Memory
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import build
from leafpress.translation.direction import bare, isolated, stray
from leafpress.translation.language import LANGUAGES
from leafpress.xmp import ITEM, TITLE, packet

ENGLISH = "Pain at -5 °C or <5 mg"
TITLE_IN_URDU = "درد -5 °C پر، یا <5 mg"
FIT = "درد \u2066-5 °C\u2069 پر، یا \u2066<5 mg\u2069"
HEADING, HEADING_IN_URDU = "Call (020) 7946 0001", "کال (020) 7946 0001 پر"
FIT_HEADING = "کال \u2066(020) 7946 0001\u2069 پر"
TEXTS = {"A leaflet": ENGLISH, "One": HEADING, "Some words.": "Take 3×4=12, [see](#one) {111}."}
IN_URDU = {
    "A leaflet": TITLE_IN_URDU,
    "One": HEADING_IN_URDU,
    "Some words.": "لیں 3×4=12، [دیکھیں](#one) {111}۔",
}
URDU = LANGUAGES["ur"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = project_in(tmp_path_factory.mktemp("ways-out") / "project", "leaflet.yaml")
    write_urdu(root, TEXTS, IN_URDU)
    return root


@cache
def _built(root: Path, format_: str) -> tuple[Entry, bytes]:
    edition = Edition("case", "ur", format_)
    outcome = build(edition, order_for(root), None)
    assert outcome.entry is not None, "\n".join(map(str, outcome.findings))
    return outcome.entry, (root / "out" / edition.output).read_bytes()


def _titles(mark: pikepdf.Object | None) -> Iterator[str]:
    while mark is not None:
        yield str(mark.Title)
        yield from _titles(mark.get("/First"))
        mark = mark.get("/Next")


def test_bookmarks_title_and_links_of_a_pdf(root: Path) -> None:
    _, data = _built(root, "a4")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo.Title) == FIT
        metadata = packet(pdf.Root)
        assert metadata is not None
        assert {item.text for part in metadata.iter(TITLE) for item in part.iter(ITEM)} == {FIT}
        titles = list(_titles(pdf.Root.Outlines.First))
        assert titles[:2] == [FIT, FIT_HEADING]
        links = [str(link.Contents) for page in pdf.pages for link in page.get("/Annots", [])]
    assert any(FIT_HEADING in link for link in links)
    assert [text for text in (*titles, *links) if stray(text)] == []


def test_bookmarks_behind_a_letter(root: Path) -> None:
    _, data = _built(root, "a4")
    letter = io.BytesIO()
    small.letter().save(letter)
    joined = join(letter.getvalue(), "letter.pdf", [prepare(data, "case.pdf")])
    with pikepdf.open(io.BytesIO(joined.data)) as pdf:
        titles = list(_titles(pdf.Root.Outlines.First))
    assert titles.count(FIT) == 2  # the part, and its own first heading
    assert FIT_HEADING in titles


def test_a_web_page(root: Path) -> None:
    _, data = _built(root, "web")
    page = html.document_fromstring(data.decode())
    assert page.findtext("head/title").startswith(FIT)
    for piece in ("-5 °C", "<5 mg", "(020) 7946 0001", "3×4=12"):
        spans = [span for span in page.iter("span") if span.text_content() == piece]
        assert {span.get("dir") for span in spans} == {"ltr"}, piece


def test_plain_text(root: Path) -> None:
    _, data = _built(root, "text")
    lines = data.decode().replace("\u00a0", " ").split("\n")
    assert [line for line in lines if line and bare(line) == TITLE_IN_URDU] == [f"{FIT}\u200f"]
    assert FIT_HEADING in lines
    assert any("\u20663×4=12\u2069" in line for line in lines)
    right_to_left = [line for line in lines if any("\u0600" < c < "\u06ff" for c in line)]
    assert [line for line in right_to_left if stray(line)] == []


def _manifest(root: Path) -> Manifest:
    manifest = Manifest(root / "out")
    manifest.put("ur/case-a4.pdf", _built(root, "a4")[0], Memory({}, {}))
    return manifest


def test_the_page_for_staff(root: Path) -> None:
    listed = shelves(_manifest(root), TODAY)
    _, staff = library_pages(Library(listed, Root(root), TODAY))
    page = html.document_fromstring(staff)
    assert [e.text for e in page.find_class("title")] == [FIT]


def test_the_page_about_proofs(root: Path) -> None:
    proof = proofs.Proof("ur/case-a4.pdf", _built(root, "a4")[0], (), TODAY.isoformat())
    page = html.document_fromstring(proofs.page([proof], _manifest(root)))
    assert FIT in [cell.text for cell in page.iter("td")]


def test_an_e_mail() -> None:
    words = read_email_words(Root(ROOT), ["ur"], "(020) 7946 0001", lambda _tag: False)
    files = [Attachment("letter.pdf", b""), Attachment("a.pdf", b"", Title(TITLE_IN_URDU, URDU))]
    urdu_first = {"ur": words["ur"], "en-GB": words["en-GB"]}
    sender = mail.Sender("A clinic", "", TODAY)
    data = mail.message(files, "", sender, urdu_first, Span("list.csv", 2))
    message = email.message_from_bytes(data, policy=email.policy.default)
    subject = str(message["Subject"])
    assert subject.endswith(" / \u2066Your appointment letter and leaflets\u2069")
    body = message.get_body()
    assert body is not None
    lines = body.get_content().replace("\u00a0", " ").splitlines()
    assert f"\u200f- {FIT}\u200f" in lines  # below words in Urdu
    assert f"- \u2067{FIT}\u2069" in lines  # below words in English
    assert sum("\u2066(020) 7946 0001\u2069" in line for line in lines) == 1
    urdu = [line for line in lines[: lines.index(f"- \u2067{FIT}\u2069")] if "\u06cc" in line]
    assert len(urdu) > 3
    assert [line for line in (subject, *urdu) if stray(line)] == []


def test_documents_for_the_record(tmp_path: Path) -> None:
    """Titles are in English; a file's own name may hold another script."""
    (tmp_path / "A1").mkdir()
    (tmp_path / "A1" / "درد.pdf").write_bytes(b"x")
    receipt = Receipt(1, "A1", RowOutcome.SEPARATE, outputs=("A1/درد.pdf",), language="ur")
    (content,) = fhir_documents.document(receipt, tmp_path)["content"]
    assert content["attachment"]["title"] == isolated("درد.pdf", "ltr") == "\u2067درد\u2069.pdf"
