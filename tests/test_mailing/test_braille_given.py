"""Braille by the real way: built, proven, and laid beside a letter, or not, as records say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import CASES, ROOT, MakeProject, allow_drafts, order_for
from office import Office
from people import READER, sign, sign_english, sign_translation

from leafpress.approval.entry import Step
from leafpress.content.clinic import Clinic
from leafpress.mailing.reports.receipts import Receipt
from leafpress.plain import brf, liblouis
from leafpress.press.edition import Edition
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import build
from leafpress.press.prove import prove
from leafpress.press.schedule import store
from leafpress.translation.language import LANGUAGES

CLINIC = {"name": "A clinic", "telephone": "020 7946 0000", "email": "a@clinic.example"}
UNREAD = "; no braille reader has checked it"
ENGLISH = Edition("case", "en-GB", "braille-2")

WORDS = {
    "A leaflet": {"ur": "ایک کتابچہ", "bn": "একটি পুস্তিকা"},
    "What it says in one sentence.": {"ur": "یہ کیا کہتا ہے۔", "bn": "এটি কী বলে।"},
    "Adults.": {"ur": "بالغ افراد۔", "bn": "প্রাপ্তবয়স্ক।"},
    "The testers.": {"ur": "جانچنے والے۔", "bn": "পরীক্ষকরা।"},
    "One": {"ur": "ایک", "bn": "এক"},
    "Some words.": {"ur": "کچھ الفاظ۔", "bn": "কিছু কথা।"},
}


def _translate(root: Path, language: str) -> None:
    folder = root / "locales" / language / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "locales" / language / "LC_MESSAGES" / "leafpress.po", folder)
    head = (CASES / "base" / "catalogue.po").read_text(encoding="utf-8").partition("\n\n")[0]
    rows = [f'msgid "{words}"\nmsgstr "{own[language]}"' for words, own in WORDS.items()]
    text = "\n\n".join([head.replace("Language: pl", f"Language: {language}"), *rows])
    (folder / "case.po").write_text(text + "\n", encoding="utf-8")


def _make(root: Path, edition: Edition = ENGLISH) -> None:
    """Build and prove an edition, as `build.py --prove` does."""
    manifest, options = Manifest.read(root / "out"), order_for(root)
    outcome = build(edition, options, None)
    assert outcome.entry, outcome.findings
    store(outcome, manifest)
    prove([edition], manifest, options)
    manifest.save()


def _answers(root: Path, edition: Edition = ENGLISH) -> dict[str, tuple[str, str]]:
    name = edition.output.replace("/", "-").replace(".brf", ".json")
    proof = json.loads((root / "out" / "proof" / name).read_text(encoding="utf-8"))
    assert proof["verdict"] == "pass", proof
    return {row["rule"]: (row["verdict"], row["figure"]) for row in proof["answers"]}


def _cells(file: Path) -> str:
    """All cells of a file, without its blanks."""
    lines = (line for page in brf.decode(file.read_bytes()) for line in page)
    return "".join(lines).replace("\u2800", "")


def _in_cells(words: str, edition: Edition = ENGLISH) -> str:
    table = LANGUAGES[edition.language].braille[int(edition.format[-1]) - 1]
    return liblouis.forward(table, [words])[0].replace("\u2800", "").replace(" ", "")


class Night:
    """A project, and a patient whose record asks for braille."""

    def __init__(self, root: Path, office: Office) -> None:
        self.root, self.office = root, office

    def receipt(self, edition: Edition = ENGLISH) -> Receipt:
        need = f"braille, grade {edition.format[-1]}"
        row = self.office.pair("A12345", leaflets="case", language=edition.language, need=need)
        result = self.office.run(
            row,
            root=self.root,
            editions=self.root / "out",
            clinic=Clinic.model_validate(CLINIC),
        )
        return result.receipts[0]

    def brf(self) -> Path:
        """The file that lies beside the letter."""
        (file,) = self.office.out.rglob("*.brf")
        return file

    def rule(self, line: str) -> None:
        with (self.root / "clinic.yaml").open("a", encoding="utf-8") as file:
            file.write(f"hand_out: {{{line}}}\n")

    def rewrite(self, old: str, new: str) -> None:
        file = self.root / "leaflets" / "case.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def night(make_project: MakeProject, tmp_path: Path) -> Night:
    return Night(make_project(), Office(tmp_path / "office"))


@pytest.mark.parametrize(
    "edition",
    [ENGLISH, Edition("case", "ur", "braille-2"), Edition("case", "bn", "braille-1")],
    ids=str,
)
def test_a_trial_in_braille(edition: Edition, night: Night) -> None:
    """A draft that somebody answers for is given out, and says that nobody has read it."""
    allow_drafts(night.root)
    if edition.language != "en-GB":
        _translate(night.root, edition.language)
    _make(night.root, edition)
    receipt = night.receipt(edition)
    assert (receipt.rules, receipt.format, receipt.language) == (
        (),
        edition.format,
        edition.language,
    )
    (state,) = receipt.leaflet_states
    assert state.startswith("trial of a draft, allowed by Test Manager")
    assert state.endswith(UNREAD)
    assert night.brf().read_bytes() == (night.root / "out" / edition.output).read_bytes()
    assert _answers(night.root, edition)["P085"][0] == "not checked"


def test_a_braille_reader_lets_it_out(night: Night) -> None:
    """Signed by all whose names print needs, it still waits for one who reads braille."""
    sign_english(night.root)
    _make(night.root)
    receipt = night.receipt()
    assert receipt.rules == ("E100",)
    assert "not proofread by a braille reader" in receipt.reason
    assert "braille not proofread" in receipt.reason
    sign(night.root, Step.PROOFREAD, READER, grade=1)
    assert night.receipt().rules == ("E088",)
    _make(night.root)
    assert night.receipt().rules == ("E100",), "the other grade"
    sign(night.root, Step.PROOFREAD, READER, grade=2)
    _make(night.root)
    receipt = night.receipt()
    assert (receipt.rules, receipt.leaflet_states) == ((), ("approved",))
    cells = _cells(night.brf())
    assert _in_cells("A braille reader checked it on 28 November 2026.") in cells
    assert _in_cells("Test Reader, braille reader") in cells
    verdict, figure = _answers(night.root)["P085"]
    assert verdict == "pass"
    assert "proofread by Test Reader, braille reader, on 2026-11-28" in figure


def test_a_clinic_that_gives_out_what_a_machine_made(night: Night) -> None:
    night.rule("braille: machine")
    sign_english(night.root)
    _make(night.root)
    receipt = night.receipt()
    assert (receipt.rules, receipt.leaflet_states) == ((), (f"approved{UNREAD}",))
    assert _in_cells("No braille reader has checked it.") in _cells(night.brf())
    # What a braille reader says is wrong is not given out all the same.
    sign(night.root, Step.PROOFREAD, READER, grade=2, agreed=False)
    _make(night.root)
    receipt = night.receipt()
    assert receipt.rules == ("E100",)
    assert "not agreed" in receipt.reason


def test_urdu_is_proofread_in_urdu(night: Night) -> None:
    """Its contracted table does not read back all: only a person can answer that too."""
    edition = Edition("case", "ur", "braille-2")
    _translate(night.root, "ur")
    sign_english(night.root)
    sign_translation(night.root, "ur")
    sign(night.root, Step.PROOFREAD, READER, grade=2)
    _make(night.root, edition)
    assert night.receipt(edition).rules == ("E100",), "read in English only"
    sign(night.root, Step.PROOFREAD, READER, grade=2, language="ur")
    _make(night.root, edition)
    receipt = night.receipt(edition)
    assert (receipt.rules, receipt.leaflet_states) == ((), ("approved",))


def test_what_a_reader_has_not_read(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that change, and a liblouis that may make other cells of them."""
    sign_english(night.root)
    sign(night.root, Step.PROOFREAD, READER, grade=2)
    night.rewrite("review: 2027-01-01", "review: 2027-02-01")
    sign_english(night.root)
    _make(night.root)
    receipt = night.receipt()
    assert receipt.rules == ("E100",)
    assert "changed since proofread by a braille reader (about safety)" in receipt.reason
    assert _in_cells("words have changed since a braille reader checked it.") in _cells(
        night.root / "out" / ENGLISH.output
    )
    sign(night.root, Step.PROOFREAD, READER, grade=2)
    monkeypatch.setattr(liblouis, "version", lambda: "99.0.0")
    _make(night.root)
    receipt = night.receipt()
    assert receipt.rules == ("E100",)
    assert "grade 2, en-ueb-g2.ctb of liblouis 99.0.0" in receipt.reason


def test_a_manifest_that_names_a_reader(night: Night) -> None:
    night.rule("braille: machine")
    sign_english(night.root)
    _make(night.root)
    file = night.root / "out" / "manifest.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["editions"][ENGLISH.output]["proofread"] = "Somebody"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert night.receipt().rules == ("E103",)
