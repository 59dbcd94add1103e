"""What a run leaves: receipts, documents, e-mails, summary, and what is said of claims."""

from __future__ import annotations

import base64
import csv
import email
import email.policy
import hashlib
import io
import json
import shutil
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT, TODAY
from hypothesis import example, given, settings
from hypothesis import strategies as st
from office import Office, letter, tagged_pdf

from leafpress.content.root import Root
from leafpress.findings import Problem, Span, Verdict
from leafpress.mailing.batch import sampling
from leafpress.mailing.lists.appointments import AppointmentList
from leafpress.mailing.options import RowOutcome
from leafpress.mailing.output import email as mail
from leafpress.mailing.output.email import Attachment
from leafpress.mailing.output.email_text import EmailWords, Title
from leafpress.mailing.reports import receipts, summary
from leafpress.mailing.reports.receipts import Receipt
from leafpress.mailing.selection.plan import Plan
from leafpress.system.csv_cells import safe_cell
from leafpress.translation.language import LANGUAGES


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_csv_says_what_json_says(office: Office) -> None:
    office.run(office.pair("A12345", language="Urdu"), office.pair("B12345", need="24 pt"))
    rows = _rows(office.out / "receipts.csv")
    document = json.loads((office.out / "receipts.json").read_text())
    assert [row["reference"] for row in rows] == ["A12345", "B12345"]
    assert list(rows[0]) == list(document["receipts"][0]) == list(receipts.COLUMNS)
    assert (rows[0]["language"], rows[1]["format"]) == ("ur", "large-print-24")
    data = (office.out / "A12345.pdf").read_bytes()
    assert rows[0]["output_digests"] == hashlib.sha256(data).hexdigest()
    assert "2024" in document["codes"]


@given(st.text(max_size=20))
def test_no_cell_is_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_a_reference_that_is_a_formula(office: Office) -> None:
    office.run(office.pair("=HYPERLINK1234"))
    assert _rows(office.out / "receipts.csv")[0]["reference"] == "'=HYPERLINK1234"


_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.builds(
        Receipt,
        row=st.integers(1, 9999),
        reference=_TEXT,
        verdict=st.sampled_from(RowOutcome),
        reason=_TEXT,
        outputs=st.lists(_TEXT).map(tuple),
    )
)
def test_there_and_back(receipt: Receipt) -> None:
    counts = receipts.count_rows([receipt], 1)
    list_ = AppointmentList("list.csv", "", (), frozenset())
    data = receipts.as_json([receipt], counts, list_, Plan((), (), (), ()))
    document = receipts.receipts_file().validate_json(data, strict=True, extra="forbid")
    assert document.receipts == (receipt,)
    assert data.decode() == json.dumps(json.loads(data), indent=1, ensure_ascii=False) + "\n"


def test_fhir_documents(office: Office) -> None:
    rows = (office.pair("A12345"), office.pair("B12345", delivery="email"), office.pair("C1"))
    office.run(*rows, fhir=True)
    bundle = json.loads((office.out / "documents.json").read_text())
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    documents = [each["resource"] for each in bundle["entry"]]
    assert [each["subject"]["identifier"]["value"] for each in documents] == ["A12345", "B12345"]
    for document in documents:
        assert document["resourceType"] == "DocumentReference"
        assert document["status"] == "current"
        assert document["content"]
        for content in document["content"]:
            attachment = content["attachment"]
            data = (office.out / attachment["url"]).read_bytes()
            sha1 = hashlib.sha1(data, usedforsecurity=False).digest()
            assert attachment["size"] == len(data)
            assert base64.b64decode(attachment["hash"]) == sha1
    assert len(documents[1]["content"]) == 2
    office.run(*rows)
    assert not (office.out / "documents.json").exists()


WORDS = {"en-GB": EmailWords("Your letter", "Attached:", "Call us.")}


def test_e_mails(office: Office) -> None:
    rows = [
        office.pair("A12345", language="ur", delivery="email"),
        office.pair("B12345", delivery="print"),
        office.pair("C12345"),
    ]
    done = office.run(*rows, way=RowOutcome.EML)
    assert [str(each.verdict) for each in done.receipts] == ["eml", "joined", "eml"]
    data = (office.out / "A12345.eml").read_bytes()
    message = email.message_from_bytes(data, policy=email.policy.default)
    found = {each.get_filename(): each.get_content() for each in message.iter_attachments()}
    assert found["letter.pdf"] == (office.letters / rows[0]["letter"]).read_bytes()
    assert found["back-pain-ur-a4.pdf"] == (office.editions / "ur/back-pain-a4.pdf").read_bytes()
    assert [each.get_content_type() for each in message.iter_attachments()] == [
        "application/pdf"
    ] * 2
    assert message["From"] == "A clinic <a@clinic.example>"
    assert message["Date"].datetime.date().isoformat() == TODAY.isoformat()
    body = message.get_body()
    assert body is not None
    said = body.get_content()
    assert said.count("back-pain title") == 2
    assert (
        said.index("آپ")
        < said.index("Machine translation")
        < said.index("call us on 020\u00a07946")
    )
    assert message["Content-Language"] == "ur, en-GB"
    assert message["Subject"].endswith(" / \u2066Your appointment letter and leaflets\u2069")
    assert b"A12345" not in data
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_an_e_mail_in_english_is_in_english_alone(office: Office) -> None:
    office.run(office.pair("A12345", language="en-GB", delivery="email"), way=RowOutcome.EML)
    data = (office.out / "A12345.eml").read_bytes()
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert message["Content-Language"] == "en-GB"
    assert message["Subject"] == "Your appointment letter and leaflets"


def test_an_e_mail_whose_words_nobody_has_translated(office: Office, tmp_path: Path) -> None:
    """It is in English alone, and the row's receipt says so."""
    shutil.copytree(ROOT / "templates", tmp_path / "bare" / "templates")
    rows = [office.pair("A12345", language="ur", delivery="email"), office.pair("B12345")]
    done = office.run(*rows, way=RowOutcome.EML, root=Root(tmp_path / "bare"))
    assert [each.rule for each in done.findings] == ["E023"]
    data = (office.out / "A12345.eml").read_bytes()
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert message["Content-Language"] == "en-GB"


def test_other_words_make_other_e_mails_and_nothing_else(office: Office, tmp_path: Path) -> None:
    for name in ("templates", "locales"):
        shutil.copytree(ROOT / name, tmp_path / "own" / name)
    rows = [office.pair("A12345", delivery="email"), office.pair("B12345", delivery="print")]
    asked = {"way": RowOutcome.EML, "root": Root(tmp_path / "own")}
    assert office.run(*rows, **asked).worked == 2
    words = tmp_path / "own" / "templates" / "email.txt"
    words.write_text(words.read_text().replace("please call us on", "ring us on"))
    assert office.run(*rows, **asked).worked == 1
    assert b"ring us on" in (office.out / "A12345.eml").read_bytes()


def test_words_that_cannot_be_filled_in(office: Office, tmp_path: Path) -> None:
    (tmp_path / "own" / "templates").mkdir(parents=True)
    (tmp_path / "own" / "templates" / "email.txt").write_text("{% block subject %}\n{{ nobody }}")
    with pytest.raises(Problem) as caught:
        office.run(
            office.pair("A12345", delivery="email"), way=RowOutcome.EML, root=Root(tmp_path / "own")
        )
    assert [each.rule for each in caught.value.findings] == ["H001"]


@pytest.mark.parametrize(
    "address",
    [
        *("a@b", "a b@c.example", "a@c.example\nBcc: x@y.example", "a@c.example, b@d.example"),
        *("o..x@c.example", "x.@c.example", ".x@c.example", "a@c..example", "a@.c.example"),
        *("zoë@c.example", "a@bücher.example", "a@-c.example", "a@c.example.", "<a@c.example>"),
        *('"a b"@c.example', "a@[192.0.2.1]", "mailto:a@c.example", f"{'a' * 65}@c.example"),
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    sender = mail.Sender("A clinic", "", TODAY)
    with pytest.raises(Problem) as caught:
        mail.message([Attachment("letter.pdf", b"")], address, sender, WORDS, Span("list.csv", 2))
    assert caught.value.findings[0].rule == "E059"


ADDRESS_LETTERS = st.text(
    st.sampled_from("ab9.@-_+'=!é \"\\\n\t<>,;:()%\N{ZERO WIDTH SPACE}"), max_size=30
)


@given(st.one_of(ADDRESS_LETTERS, st.tuples(ADDRESS_LETTERS, ADDRESS_LETTERS).map("@".join)))
@example(f"{'a' * 64}@{'b' * 63}.{'c' * 63}.example")
@example("o'neil+x=y@c.example")
@settings(deadline=None, max_examples=300)
def test_what_is_an_address_is_one_for_the_library(text: str) -> None:
    """E059, or an e-mail that says it as it is: never a fault of ours."""
    sender = mail.Sender("A clinic", "", TODAY)
    try:
        data = mail.message([Attachment("letter.pdf", b"")], text, sender, WORDS, Span("list", 2))
    except Problem as problem:
        assert [own.rule for own in problem.findings] == ["E059"]
    else:
        message = email.message_from_bytes(data, policy=email.policy.default)
        recipients = message["To"].addresses if message["To"] else ()
        assert [own.addr_spec for own in recipients] == ([text] if text else [])


def test_an_address_that_is_one() -> None:
    sender = mail.Sender("Clínic, the", "", TODAY)
    title = Title("کمر درد", LANGUAGES["ur"])
    files = [Attachment("letter.pdf", b"x"), Attachment("l.pdf", b"y", title)]
    data = mail.message(files, "pat@home.example", sender, WORDS, Span("list.csv", 2))
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert message["To"] == "pat@home.example"
    body = message.get_body()
    assert body is not None
    assert "کمر درد" in body.get_content()
    assert data == mail.message(files, "pat@home.example", sender, WORDS, Span("list.csv", 2))


class _Page(HTMLParser):
    """Counts what an accessible page needs."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.scopes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.scopes += tag == "th" and dict(attrs).get("scope") in ("col", "row")


def test_summary(office: Office) -> None:
    done = office.run(
        office.pair("A12345", need="braille", language="Urdu"),
        office.pair("B12345", need="24 point"),
        office.pair("C12345", need="28 point", fallback="a4"),
        office.pair("D12345", need="audio"),
        office.pair("E12345", need="interpreter required"),
        office.pair("F12345", need="who knows"),
    )
    page = (office.out / "summary.html").read_text()
    assert "6 rows in, 6 out: equal" in " ".join(page.split())
    for receipt in done.receipts:
        assert receipt.reference not in page
        assert receipt.letter not in page
    assert "value set of 2024" in page
    needs = {
        each.name: (each.recorded, each.met, each.fallback, each.unmet)
        for each in summary.needs_of(done.receipts)
    }
    assert needs == {
        "24 point": (1, 1, 0, 0),
        "28 point": (1, 0, 1, 0),
        "audio": (1, 0, 0, 1),
        "braille": (1, 0, 0, 1),
        "not understood": (1, 0, 0, 1),
    }
    parsed = _Page()
    parsed.feed(page)
    assert '<html lang="en-GB">' in page
    assert parsed.tags.count("h1") == 1
    assert parsed.tags.count("caption") == parsed.tags.count("table") > 5
    assert parsed.scopes == parsed.tags.count("th") > 10


def _claiming(office: Office, count: int) -> list[dict[str, str]]:
    path = office.editions / "en-GB" / "back-pain-a4.pdf"
    data = tagged_pdf("back-pain", claims=True)
    path.write_bytes(data)
    manifest = office.editions / "manifest.json"
    document = json.loads(manifest.read_text())
    document["editions"]["en-GB/back-pain-a4.pdf"]["digest"] = hashlib.sha256(data).hexdigest()
    manifest.write_text(json.dumps(document))
    rows = [office.pair(f"A{number:05d}") for number in range(count)]
    for each in rows:
        made = tagged_pdf("Your appointment", f"Reference {each['reference']}", claims=True)
        office.letter(each["letter"], made)
    return rows


@pytest.mark.parametrize(
    ("said", "claimed", "known"),
    [
        (Verdict.PASS, True, [sampling.ClaimStatus.ITSELF, sampling.ClaimStatus.SAMPLED]),
        (Verdict.FAIL, False, [sampling.ClaimStatus.DROPPED] * 2),
        (Verdict.NOT_CHECKED, True, [sampling.ClaimStatus.NOT_CHECKED] * 2),
    ],
)
def test_claims(
    said: Verdict,
    claimed: bool,
    known: list[str],
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first of a making is judged; where it fails, no file of that making claims anything."""
    asked: list[int] = []

    def judge(files: Mapping[int, tuple[Path, tuple[str, ...]]]) -> dict[int, dict[str, str]]:
        asked.extend(files)
        return {row: dict.fromkeys(claims, str(said)) for row, (_, claims) in files.items()}

    monkeypatch.setattr(sampling, "judge_files", judge)
    rows = _claiming(office, 5)
    done = office.run(*rows)
    assert asked == [2]
    assert [each.claim for each in done.receipts[:2]] == known
    for receipt in done.receipts:
        with pikepdf.open(office.out / receipt.outputs[0]) as pdf:
            assert ("ua1" in receipt.claims) == claimed
            assert (b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()) == claimed
    assert office.run(*rows).worked == 0
    assert asked == [2]


def test_groups_are_by_making() -> None:
    same = sampling.group(letter("A1"), ("ua1",), ["x"])
    assert same == sampling.group(letter("B2", "more"), ("ua1",), ["x"])
    assert same != sampling.group(letter("A1"), ("ua1",), ["y"])
    assert same != sampling.group(letter("A1"), (), ["x"])
    assert sampling.sample((row, "g") for row in range(250)) == {0, 100, 200}
