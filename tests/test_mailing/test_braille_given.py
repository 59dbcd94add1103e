"""Braille by the real way: built, proven, and laid beside a letter, or not, as records say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import CASES, ROOT, TODAY, MakeProject, allow_drafts, order_for
from office import Office
from people import READER, sign, sign_english, sign_translation

from leafpress.approval.entry import Step
from leafpress.content.clinic import Clinic
from leafpress.content.root import Root
from leafpress.findings import Finding, Span
from leafpress.mailing.selection.editions import AvailableEditions, ChosenEdition
from leafpress.plain import brf, liblouis
from leafpress.press.edition import Edition
from leafpress.press.hand_out import SourceCheck
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import build
from leafpress.press.prove import prove
from leafpress.press.schedule import store
from leafpress.translation.language import LANGUAGES

CLINIC = {"name": "A clinic", "telephone": "020 7946 0000", "email": "a@clinic.example"}
UNREAD = "; no braille reader has checked it"
ENGLISH = Edition("case", "en-GB", "braille-2")
URDU = Edition("case", "ur", "braille-2")
BENGALI = Edition("case", "bn", "braille-1")

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


def _asked(root: Path, edition: Edition = ENGLISH) -> tuple[str, str]:
    """The rule and the sentence by which it is refused; or "", and as what it is given out."""
    sources = SourceCheck(root / "out", Root(root), root / "clinic.yaml")
    editions = AvailableEditions.read(root / "out", TODAY, sources)
    names = (edition.leaflet, edition.language, edition.format)
    answer: ChosenEdition | Finding = editions.find(*names, Span("list.csv", 2))
    return (answer.rule, answer.sentence) if isinstance(answer, Finding) else ("", answer.state)


def _rule(root: Path, line: str) -> None:
    with (root / "clinic.yaml").open("a", encoding="utf-8") as file:
        file.write(f"hand_out: {{{line}}}\n")


def _rewrite(root: Path, old: str, new: str) -> None:
    file = root / "leaflets" / "case.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def root(make_project: MakeProject) -> Path:
    return make_project()


def test_a_night_in_braille(root: Path, tmp_path: Path) -> None:
    """A trial: each file lies beside its letter, and each receipt says that nobody has read it."""
    allow_drafts(root)
    office = Office(tmp_path / "office")
    rows = []
    for number, edition in enumerate((ENGLISH, URDU, BENGALI), start=1):
        if edition.language in WORDS["One"]:
            _translate(root, edition.language)
        _make(root, edition)
        assert _answers(root, edition)["P085"][0] == "not checked"
        need = f"braille, grade {edition.format[-1]}"
        asked = {"leaflets": "case", "language": edition.language, "need": need}
        rows.append(office.pair(f"A1234{number}", **asked))
    clinic = Clinic.model_validate(CLINIC)
    result = office.run(*rows, root=Root(root), editions=root / "out", clinic=clinic)
    trial = "trial of a draft, allowed by Test Manager, manager, until 2027-11-28"
    for receipt in result.receipts:
        assert (receipt.rules, receipt.leaflet_states) == ((), (f"{trial}{UNREAD}",))
    written = {file.read_bytes() for file in office.out.rglob("*.brf")}
    built = {(root / "out" / each.output).read_bytes() for each in (ENGLISH, URDU, BENGALI)}
    assert written == built
    sentence = _in_cells("No braille reader has checked it.")
    assert sentence in _cells(root / "out" / ENGLISH.output)


def test_a_braille_reader_lets_it_out(root: Path) -> None:
    """Signed by all whose names print needs, it still waits for one who reads braille."""
    sign_english(root)
    _make(root)
    rule, why = _asked(root)
    assert rule == "E100"
    assert "braille not proofread (the braille in English (grade 2, en-ueb-g2.ctb" in why
    sign(root, Step.PROOFREAD, READER, grade=1)
    assert _asked(root)[0] == "E088"
    _make(root)
    assert _asked(root)[0] == "E100", "the other grade"
    sign(root, Step.PROOFREAD, READER, grade=2)
    _make(root)
    assert _asked(root) == ("", "approved")
    cells = _cells(root / "out" / ENGLISH.output)
    assert _in_cells("A braille reader checked it on 28 November 2026.") in cells
    assert _in_cells("Test Reader, braille reader") in cells
    verdict, figure = _answers(root)["P085"]
    assert verdict == "pass"
    assert "proofread by Test Reader, braille reader, on 2026-11-28" in figure


def test_a_clinic_that_gives_out_what_a_machine_made(root: Path) -> None:
    _rule(root, "braille: machine")
    sign_english(root)
    _make(root)
    assert _asked(root) == ("", f"approved{UNREAD}")
    assert _in_cells("No braille reader has checked it.") in _cells(root / "out" / ENGLISH.output)
    # What a braille reader says is wrong is not given out all the same.
    sign(root, Step.PROOFREAD, READER, grade=2, agreed=False)
    _make(root)
    rule, why = _asked(root)
    assert (rule, "not agreed" in why) == ("E100", True)


def test_urdu_is_proofread_in_urdu(root: Path) -> None:
    _translate(root, "ur")
    sign_english(root)
    sign_translation(root, "ur")
    sign(root, Step.PROOFREAD, READER, grade=2)
    _make(root, URDU)
    assert _asked(root, URDU)[0] == "E100", "read in English only"
    sign(root, Step.PROOFREAD, READER, grade=2, language="ur")
    _make(root, URDU)
    assert _asked(root, URDU) == ("", "approved")


def test_what_a_reader_has_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that change, and a liblouis that may make other cells of them."""
    sign_english(root)
    sign(root, Step.PROOFREAD, READER, grade=2)
    _rewrite(root, "review: 2027-01-01", "review: 2027-02-01")
    sign_english(root)
    _make(root)
    rule, why = _asked(root)
    assert rule == "E100"
    assert "changed since proofread by a braille reader (about safety)" in why
    sentence = _in_cells("words have changed since a braille reader checked it.")
    assert sentence in _cells(root / "out" / ENGLISH.output)
    sign(root, Step.PROOFREAD, READER, grade=2)
    monkeypatch.setattr(liblouis, "version", lambda: "99.0.0")
    _make(root)
    rule, why = _asked(root)
    assert (rule, "grade 2, en-ueb-g2.ctb of liblouis 99.0.0" in why) == ("E100", True)


def test_a_manifest_that_names_a_reader(root: Path) -> None:
    _rule(root, "braille: machine")
    sign_english(root)
    _make(root)
    file = root / "out" / "manifest.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["editions"][ENGLISH.output]["proofread"] = "Somebody"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert _asked(root)[0] == "E103"
