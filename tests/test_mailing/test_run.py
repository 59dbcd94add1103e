"""The night's run: every fault caught, nothing lost, nothing doubled, whatever happens to it."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import deadly
import pikepdf
import pypdfium2
import pytest
from conftest import ROOT
from faults import KINDS, Case, night
from office import Office, letter, row, tagged_pdf

from leafpress.findings import ExitCode, Problem
from leafpress.mailing.batch import mailing
from leafpress.mailing.options import RowOutcome
from leafpress.mailing.output.folder import STATE, open_output
from leafpress.mailing.reports.receipts import Receipt, receipts_file
from leafpress.mailing.run import enclose


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def _rules(receipts: list[Receipt]) -> list[str]:
    return [rule for each in receipts for rule in each.rules]


def _tree(folder: Path) -> dict[str, bytes]:
    """Everything that a run leaves for people, without what it remembers."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if STATE not in path.parts
    }


def _right(case: Case, receipt: Receipt, cases: list[Case]) -> bool:
    """Of two rows that say the same, whichever comes first is done."""
    if RowOutcome.REPEATED in (case.verdict, receipt.verdict):
        return cases.count(case) + sum(each.row == case.row for each in cases) > 1
    return receipt.verdict == case.verdict and (
        case.verdict != "refused" or case.rule in receipt.rules
    )


def test_a_night_with_every_fault(office: Office) -> None:
    """1,000 rows: each is what it has to be, each output holds its own patient and no other."""
    cases = night(office, 1000, seed=1)
    done = office.run(*(case.row for case in cases))
    wrong = [
        (case, receipt)
        for case, receipt in zip(cases, done.receipts, strict=True)
        if not _right(case, receipt, cases)
    ]
    assert wrong == []
    expected = Counter(case.verdict for case in cases)
    assert Counter(str(each.verdict) for each in done.receipts) == expected
    assert done.counts.rows == done.counts.out == len(cases)
    assert set(expected) == {"joined", "separate", "refused", "repeated"}
    for receipt in done.receipts[::25]:
        for name in receipt.outputs[:1]:
            assert receipt.reference in _text(office.out / name)
    outputs = [name for each in done.receipts for name in each.outputs]
    assert sorted(n for n in _tree(office.out) if n.endswith((".pdf", ".brf"))) == sorted(outputs)


def _text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_the_faults_are_many() -> None:
    assert len(KINDS) >= 35


def test_joined_behind_the_letter(office: Office) -> None:
    done = office.run(office.pair("A12345", language="ur", leaflets="MSK 2"))
    with pikepdf.open(office.out / "A12345.pdf") as pdf:
        assert len(pdf.pages) == 3
        kids = pdf.Root.StructTreeRoot.K[0].K
        assert [str(kid.get("/Lang", "")) for kid in kids][1:] == ["ur", "ur"]
    receipt = done.receipts[0]
    assert receipt.leaflets == ("back-pain", "neck-pain")
    assert (receipt.language, receipt.format, receipt.pages) == ("ur", "a4", 3)
    assert len(receipt.letter_digest) == 64


def test_a_second_run_changes_nothing(office: Office) -> None:
    rows = [office.pair("A12345"), office.pair("B12345", need="audio"), office.pair("C12345")]
    office.run(*rows)
    before = {path: path.stat().st_mtime_ns for path in office.out.rglob("*")}
    again = office.run(*rows)
    assert again.worked == again.removed == 0
    assert {path: path.stat().st_mtime_ns for path in office.out.rglob("*")} == before


def test_what_changed_is_done_anew(office: Office) -> None:
    rows = [office.pair("A12345"), office.pair("B12345")]
    office.run(*rows)
    office.letter(rows[0]["letter"], letter("A12345", "The time has changed"))
    again = office.run(*rows)
    assert again.worked == 1
    assert "time has changed" in _text(office.out / "A12345.pdf")


def test_a_file_that_somebody_changed_is_made_anew(office: Office) -> None:
    rows = [office.pair("A12345")]
    office.run(*rows)
    made = (office.out / "A12345.pdf").read_bytes()
    (office.out / "A12345.pdf").write_bytes(b"changed")
    assert office.run(*rows).worked == 1
    assert (office.out / "A12345.pdf").read_bytes() == made


def test_a_row_that_is_now_refused_leaves_no_file(office: Office) -> None:
    rows = [office.pair("A12345"), office.pair("B12345")]
    office.run(*rows)
    again = office.run(rows[0] | {"need": "audio"}, rows[1])
    assert (again.removed, again.counts.done) == (1, 1)
    assert "A12345.pdf" not in _tree(office.out)
    office.letter(rows[1]["letter"], letter("X99999"))
    third = office.run(rows[0] | {"need": "audio"}, rows[1])
    assert third.counts.done == 0
    assert not any(name.endswith(".pdf") for name in _tree(office.out))


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Twenty times killed, then let run: the same files as undisturbed."""
    undisturbed, office = Office(tmp_path / "a"), Office(tmp_path / "b")
    rows = [case.row for case in night(undisturbed, 60, seed=2)]
    night(office, 60, seed=2)
    undisturbed.run(*rows)
    office.list(*rows)
    chance = random.Random(3)  # noqa: S311  # the same moments every time
    with _Runs(office) as runs:
        killed = [runs.killed(chance.randint(0, 2), chance.uniform(0.001, 0.02)) for _ in range(20)]
    assert sum(killed) >= 15
    assert any(office.out.glob("*.pdf"))
    done = office.run(*rows)
    assert done.counts.rows == done.counts.out
    ours, theirs = _tree(office.out), _tree(undisturbed.out)
    assert ours.keys() == theirs.keys()
    assert {name for name in ours if ours[name] != theirs[name]} == set()


class _Runs:
    """Runs that are killed, from a process that has imported everything already."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def __enter__(self) -> _Runs:
        script = Path(__file__).with_name("one_run.py")
        self._process = subprocess.Popen(
            [sys.executable, str(script), str(self._office.root)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.communicate()

    def killed(self, row: int, seconds: float) -> bool:
        """Kill a run so many seconds after a row; whether it was still at work."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{row} {seconds}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline()) == signal.SIGALRM


def test_the_parent_alone_is_killed(office: Office) -> None:
    """Its workers may still be writing: the next run waits until they have ended."""
    rows = [office.pair(f"A{number:05d}") for number in range(40)]
    office.list(*rows)
    script = "import sys; sys.path[:0] = sys.argv[2:]\nfrom real_run import main\nmain(sys.argv[1])"
    paths = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]
    killed = subprocess.Popen(
        [sys.executable, "-c", script, str(office.root), *paths], stdout=subprocess.PIPE
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == b"begun\n"
    killed.kill()
    killed.communicate()
    done = office.run(*rows)
    assert done.counts.done == 40
    assert office.run(*rows).worked == 0


def test_a_letter_that_kills_its_worker(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "worker", deadly)
    good, hangs, dies = (office.pair(f"{each}12345") for each in "ABC")
    hangs["leaflets"], dies["leaflets"] = "neck-pain", "MSK 2"
    done = office.run(good, hangs, dies, seconds=3)
    assert [str(each.verdict) for each in done.receipts] == ["joined", "refused", "refused"]
    assert _rules(done.receipts) == ["E067", "E068"]
    monkeypatch.undo()
    again = office.run(good, hangs, dies)
    assert (again.worked, again.counts.done) == (2, 3)


def test_private(office: Office) -> None:
    office.out.mkdir(mode=0o755)
    office.run(office.pair("A12345"), office.pair("B12345", delivery="email"))
    modes = {p: p.stat().st_mode & 0o777 for p in (office.out, *office.out.rglob("*"))}
    assert len(modes) > 8
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_two_runs_at_once(office: Office) -> None:
    rows = [office.pair("A12345")]
    with open_output(office.out, ()), pytest.raises(Problem) as caught:
        office.run(*rows)
    assert caught.value.findings[0].rule == "E062"


@pytest.mark.parametrize("name", ["letters", "letters/out", ".", "built/tonight"])
def test_folders_that_are_not_for_this(name: str, office: Office) -> None:
    with pytest.raises(Problem) as caught:
        office.run(office.pair("A12345"), out=office.root / name)
    assert caught.value.findings[0].rule == "E060"
    assert caught.value.code == ExitCode.USAGE


def test_a_folder_with_files_of_somebody_else(office: Office) -> None:
    office.out.mkdir()
    (office.out / "A12345.pdf").write_bytes(b"mine")
    with pytest.raises(Problem) as caught:
        office.run(office.pair("A12345"))
    assert caught.value.findings[0].rule == "E060"
    assert (office.out / "A12345.pdf").read_bytes() == b"mine"


def test_a_folder_of_another_night(office: Office) -> None:
    office.run(office.pair("A12345"))
    with pytest.raises(Problem) as caught:
        office.run(office.pair("B12345"))
    assert caught.value.findings[0].rule == "E060"
    assert (office.out / "A12345.pdf").is_file()


def test_no_editions(office: Office) -> None:
    with pytest.raises(Problem) as caught:
        office.run(office.pair("A12345"), editions=office.root / "nothing")
    assert caught.value.findings[0].rule == "E047"


def test_full_disk(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run stops, says so, and leaves no receipts that look like an end; then it goes on."""
    rows = [office.pair("A12345"), office.pair("B12345")]
    monkeypatch.setattr(mailing, "worker", deadly)
    with pytest.raises(Problem) as caught:
        office.run(rows[0], rows[1] | {"leaflets": "neck-pain", "language": "ur"})
    assert caught.value.code == ExitCode.CANNOT_WRITE
    assert "receipts.csv" not in _tree(office.out)
    monkeypatch.undo()
    assert office.run(rows[0], office.pair("B12345")).counts.done == 2


def test_counts_that_differ(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file too many in the output folder, or one too few, fails the run."""
    rows = [office.pair("A12345")]
    office.run(*rows)
    (office.out / "strange.pdf").write_bytes(b"?")
    with pytest.raises(Problem) as caught:
        office.run(*rows)
    assert caught.value.findings[0].rule == "E069"


def test_letters_that_no_row_names(office: Office) -> None:
    office.letter("forgotten.pdf", letter("F12345"))
    done = office.run(office.pair("A12345"))
    assert "E063" in {each.rule for each in done.findings}
    assert b"forgotten.pdf" in (office.out / "letters-without-row.csv").read_bytes()
    assert b"forgotten" not in (office.out / "summary.html").read_bytes()


def test_several_letters_for_one_patient(office: Office) -> None:
    office.letter("one.pdf", letter("A12345"))
    office.letter("two.pdf", letter("A12345", "again"))
    done = office.run(row("one.pdf", "A12345"), row("two.pdf", "A12345"))
    assert len({each.outputs for each in done.receipts}) == 2
    assert "E065" in {each.rule for each in done.findings}


def test_two_rows_with_one_letter(office: Office) -> None:
    office.letter("one.pdf", letter("A12345"))
    done = office.run(row("one.pdf", "A12345"), row("one.pdf", "B12345"))
    assert [str(each.verdict) for each in done.receipts] == ["joined", "refused"]
    assert "E064" in {each.rule for each in done.findings}


def test_a_fault_of_ours_costs_one_row(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the fault was about is not told: it may quote the letter."""
    monkeypatch.setattr(mailing, "worker", deadly)
    done = office.run(office.pair("A12345"), office.pair("B12345", need="easy read"))
    assert [str(each.verdict) for each in done.receipts] == ["joined", "refused"]
    assert done.receipts[1].rules == ("E061",)
    assert "B12345" not in done.receipts[1].reason
    monkeypatch.undo()
    assert office.run(office.pair("A12345"), office.pair("B12345")).counts.done == 2


def test_names_that_only_differ_in_capitals(office: Office) -> None:
    done = office.run(office.pair("ab12345"), office.pair("AB12345"))
    names = [each.outputs[0].casefold() for each in done.receipts if each.outputs]
    assert len(set(names)) == len(names) == 2


def test_references_that_are_no_file_names(office: Office) -> None:
    references = [
        "RX1/2345",
        "../../A12345",
        "CON12345",
        "A 12345.pdf",
        "=A12345",
        "Ａ１２３４５９",
    ]
    done = office.run(*(office.pair(each) for each in references[:5]))
    assert done.counts.done == 5, [each.reason for each in done.receipts]
    made = {path.name for path in office.out.glob("*.pdf")}
    assert len(made) == 5
    assert all(name.isascii() and "/" not in name for name in made)
    assert not list(office.root.glob("*.pdf"))


def test_hyphen_at_a_lines_end(office: Office) -> None:
    office.letter("a.pdf", tagged_pdf("Our reference: AB-12-", "3456 and so on"))
    done = office.run(row("a.pdf", "AB-12-3456"), row("a.pdf", "AB-12"))
    assert [str(each.verdict) for each in done.receipts] == ["joined", "refused"]


def test_signed_letters_lie_beside(office: Office) -> None:
    with pikepdf.open(io.BytesIO(letter("A12345"))) as pdf:
        signature = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"))
        signature.ByteRange = pikepdf.Array([0, 1, 2, 3])
        signature.Contents = pikepdf.String("00")
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("s"))
        field.V = pdf.make_indirect(signature)
        fields = pikepdf.Array([pdf.make_indirect(field)])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=fields, SigFlags=3)
        pdf.save(office.letters / "signed.pdf")
    done = office.run(row("signed.pdf", "A12345"))
    assert str(done.receipts[0].verdict) == "separate", done.receipts[0].reason
    assert (office.out / "A12345" / "letter.pdf").read_bytes() == (
        office.letters / "signed.pdf"
    ).read_bytes()


def test_a_check_digit_that_is_wrong(office: Office) -> None:
    """Ten digits that are no NHS number: a warning on the receipt, and the number nowhere in it."""
    right, wrong = office.pair("943 476 5919"), office.pair("9434765918")
    refused = office.pair("9434765917", need="audio")
    eleven = office.pair("94347659180")
    done = office.run(right, wrong, refused, eleven)
    assert [receipt.rules for receipt in done.receipts] == [(), ("E070",), ("E052", "E070"), ()]
    assert [str(receipt.verdict) for receipt in done.receipts][:2] == ["joined", "joined"]
    warnings = [own for own in done.findings if own.rule == "E070"]
    assert sorted(own.span.line for own in warnings) == [3, 4]
    for text in (*(receipt.reason for receipt in done.receipts), *map(str, warnings)):
        assert "9434765" not in text
    assert "does not fit the others" in done.receipts[1].reason
    assert "E070" not in (office.out / "summary.html").read_text()


def test_receipts_are_the_same_both_ways(office: Office) -> None:
    done = office.run(office.pair("A12345"), office.pair("B12345", need="audio"))
    data = (office.out / "receipts.json").read_bytes()
    assert list(receipts_file().validate_json(data, strict=True).receipts) == done.receipts
    document = json.loads((office.out / "receipts.json").read_text())
    assert document["counts"]["rows_in"] == document["counts"]["rows_out"] == 2


def test_file_names_that_are_no_text(office: Office) -> None:
    """A letter whose name is in another encoding: no row can name it, and it is told."""
    (office.letters / os.fsdecode(b"B\xe9a.pdf")).write_bytes(letter("B12345"))
    done = office.run(office.pair("A12345"))
    assert done.counts.done == 1
    assert b"B?a.pdf" in (office.out / "letters-without-row.csv").read_bytes()


def test_a_list_whose_name_is_no_text(office: Office) -> None:
    """Its findings name it all the same, in the journal too."""
    rows = [office.pair("A12345"), office.pair("B12345")]
    office.letter(rows[1]["letter"], letter("X99999"))
    path = office.list(*rows, name=os.fsdecode(b"l\xe9st.csv"))
    done = enclose(office.options(path), lambda _number, _total: None)
    assert [own.span.file for own in done.findings if own.rule == "E045"] == ["l?st.csv"]


def test_names_without_ending_and_in_capitals(office: Office) -> None:
    rows = [office.pair("A12345"), office.pair("B12345")]
    rows[0]["letter"] = rows[0]["letter"].upper()
    rows[1]["letter"] = rows[1]["letter"].removesuffix(".pdf")
    assert office.run(*rows).counts.done == 2
