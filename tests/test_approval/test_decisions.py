"""What has to be signed before an edition may be given out, and what a change undoes."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MakeProject, order_for
from people import (
    FIRST,
    MANAGER,
    REVISER,
    SECOND,
    TODAY,
    TRANSLATOR,
    approvals,
    decision,
    sign,
    sign_english,
)

from leafpress.approval import sign_off, signing
from leafpress.approval.entry import Person, Step
from leafpress.approval.messages import SHARED, SignedPart
from leafpress.approval.requirements import Wanted, of_edition
from leafpress.approval.states import State
from leafpress.content.clinic import HandOut
from leafpress.content.root import Root
from leafpress.findings import Problem
from leafpress.press.edition import Edition, Status
from leafpress.press.pipeline import build

LEAFLET = """id: case
title: A leaflet
summary: What it says in one sentence.
audience: Adults.
made_by: The testers.
version: "1.0"
date: 2026-01-01
review: 2027-01-01
sources:
  - {id: a, title: A source, publisher: A publisher, address: https://a.example/page, date: "2026"}
sections:
  - id: one
    title: One
    sources: [a]
    blocks:
      - {kind: emergency, title: Get help now, call: ["999"], how_soon: Now., signs: [Chest pain.]}
      - {kind: paragraph, text: Walking helps.}
      - {kind: paragraph, text: "Take 5 mg once a day."}
      - {kind: paragraph, text: "Ask {111} at night."}
      - {kind: list, intro: "Do not:", items: [Lift heavy things., Drive a car.]}
      - {kind: list, intro: "Do:", items: [Rest a little., Move often.]}
  - id: two
    title: Two
    safety: true
    blocks:
      - {kind: paragraph, text: Stop slowly.}
      - kind: sources
"""

WALKING = "      - {kind: paragraph, text: Walking helps.}"
DOSE = '      - {kind: paragraph, text: "Take 5 mg once a day."}'
DO = '      - {kind: list, intro: "Do:", items: ['


@pytest.fixture
def root(make_project: MakeProject) -> Path:
    folder = make_project()
    (folder / "leaflets" / "case.yaml").write_text(LEAFLET)
    return folder


def _replace(old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / "leaflets" / "case.yaml"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    return change


def _contact(root: Path) -> None:
    path = root / "leaflets" / "contacts.yaml"
    path.write_text(path.read_text().replace('telephone: "111"', 'telephone: "112"'))


def _template(root: Path) -> None:
    path = root / "templates" / "blocks" / "emergency.html"
    path.write_text(path.read_text().replace("How soon:", "When:"))


def _region(root: Path) -> None:
    path = root / "clinic.yaml"
    path.write_text(path.read_text().replace("england", "wales"))


def _clinic_number(root: Path) -> None:
    path = root / "clinic.yaml"
    path.write_text(path.read_text().replace("7946 0000", "7946 0999"))


REFUSED = {
    "the day of the review": _replace("review: 2027-01-01", "review: 2035-01-01"),
    "a sign in a red box": _replace("Chest pain.", "Chest pain at rest."),
    "how soon": _replace("Now.", "Today."),
    "a dose": _replace("5 mg", "50 mg"),
    "words with a number to call": _replace("at night", "by day"),
    "whom a box calls": _replace('call: ["999"]', 'call: ["111"]'),
    "a box that becomes a paragraph": _replace(
        'emergency, title: Get help now, call: ["999"], how_soon: Now., signs: [Chest pain.]',
        "warning, title: Get help now, items: [Chest pain.]",
    ),
    "a strict section": _replace("Stop slowly.", "Stop at once."),
    "a strict sentence taken out": _replace(
        '      - {kind: paragraph, text: "Take 5 mg once a day."}\n', ""
    ),
    "a number in contacts.yaml": _contact,
    "a template of red boxes": _template,
}
"""Changes of safety words: nothing that prints them is given out."""

MARKED = {
    "a sentence": _replace("Walking helps.", "Walking helps most people."),
    "the title": _replace("A leaflet", "A short leaflet"),
    "a new sentence": _replace(
        WALKING, f"{WALKING}\n{WALKING.replace('Walking helps', 'So does rest')}"
    ),
    "an entry that moves to another list": _replace(
        f", Drive a car.]}}\n{DO}", f"]}}\n{DO}Drive a car., "
    ),
}
"""Other changes: marked on every page."""

UNTOUCHED = {
    "the clinic's own number": _clinic_number,
    "a note for reviewers": _replace("made_by:", "notes_for_reviewers: [A note.]\nmade_by:"),
}


def test_nothing_signed_is_a_draft(root: Path) -> None:
    found = decision(root)
    assert (found.state, found.is_allowed) == (State.DRAFT, False)
    assert "the words in English: not checked by a clinician" in found.reasons


def test_everything_signed_is_approved(root: Path) -> None:
    sign_english(root)
    found = decision(root)
    assert (found.state, found.is_allowed, found.reasons) == (State.APPROVED, True, ())
    assert [person.name for person in found.checked_by] == [FIRST.name, SECOND.name]
    assert found.checked_on == TODAY


@pytest.mark.parametrize("what", REFUSED)
def test_safety_words_that_changed_are_refused(root: Path, what: str) -> None:
    sign_english(root)
    REFUSED[what](root)
    found = decision(root)
    assert not found.is_allowed
    assert found.state is State.CHANGED
    assert "about safety" in " ".join(found.reasons)


@pytest.mark.parametrize("what", MARKED)
def test_other_words_that_changed_are_marked(root: Path, what: str) -> None:
    sign_english(root)
    MARKED[what](root)
    found = decision(root)
    assert found.is_allowed
    assert found.changed == (Step.CHECKED, Step.APPROVED)
    with (root / "clinic.yaml").open("a") as file:
        file.write("hand_out: {small_changes: refuse}\n")
    assert not decision(root).is_allowed


def test_many_small_changes_are_no_small_change(root: Path) -> None:
    """Else a machine could write anew all that is not about safety, under old names."""
    sign_english(root)
    leaflet = root / "leaflets" / "case.yaml"
    for count, field in enumerate(("title", "summary", "audience", "made_by"), 1):
        leaflet.write_text(
            re.sub(f"(?m)^{field}: .*", f"{field}: Other words.", leaflet.read_text())
        )
        assert decision(root).is_allowed == (count <= 3)
    assert decision(root).state is State.CHANGED


def test_a_machine_s_translation_is_approved_by_name() -> None:
    rule = HandOut(words=1, translation="machine", approval=False)
    editions = [Wanted("case", tag, easy_read=False, figures=False) for tag in ("en-GB", "ur")]
    english, urdu = (of_edition(edition, rule) for edition in editions)
    assert Step.APPROVED not in {needed.step for needed in english}
    assert [needed.step for needed in urdu if not needed.optional][-1] is Step.APPROVED


def test_what_is_heard_of_a_pictogram_is_signed(root: Path) -> None:
    sign_english(root)
    listed = root / "leaflets" / "pictograms" / "pictograms.yaml"
    drawn = approvals(root).project.pictograms.model
    assert drawn is not None
    words = str(drawn.pictograms[0].shows)
    listed.write_text(listed.read_text().replace(words, "Take ten tablets."))
    assert decision(root).changed


@pytest.mark.parametrize("what", UNTOUCHED)
def test_what_nobody_checks_changes_nothing(root: Path, what: str) -> None:
    sign_english(root)
    UNTOUCHED[what](root)
    found = decision(root)
    assert (found.is_allowed, found.changed) == (True, ())


def test_another_region_was_not_checked(root: Path) -> None:
    sign_english(root)
    _region(root)
    assert decision(root).state is State.DRAFT


def test_one_of_two_clinicians(root: Path) -> None:
    sign(root, Step.CHECKED, FIRST)
    sign(root, Step.CHECKED, Person(**{**FIRST.model_dump(), "name": "  test  CLINICIAN "}))
    found = decision(root)
    assert "the words in English: checked by a clinician, and 1 more have to" in found.reasons
    assert found.state is State.IN_REVIEW


def test_somebody_who_does_not_agree(root: Path) -> None:
    sign_english(root)
    sign(root, Step.CHECKED, SECOND, agreed=False)
    found = decision(root)
    assert (found.state, found.is_allowed) == (State.NOT_AGREED, False)
    sign(root, Step.CHECKED, SECOND)
    assert decision(root).is_allowed


def test_a_translator_who_does_not_agree_is_heard_unasked(root: Path) -> None:
    """Where the clinic asks for no translator, one who finds it wrong still stops it."""
    _translated(root, root / "locales" / "pl" / "LC_MESSAGES")
    with (root / "clinic.yaml").open("a") as file:
        file.write("hand_out: {translation: machine}\n")
    sign_english(root)
    sign(root, Step.APPROVED, MANAGER, language="pl")
    assert decision(root, "pl").is_allowed
    sign(root, Step.TRANSLATED, TRANSLATOR, language="pl", agreed=False)
    found = decision(root, "pl")
    assert (found.state, found.is_allowed) == (State.NOT_AGREED, False)


def test_a_check_without_a_register_is_refused(root: Path) -> None:
    with pytest.raises(Problem) as caught:
        sign(root, Step.CHECKED, MANAGER)
    assert caught.value.findings[0].rule == "S013"


def test_withdrawn_and_approved_again(root: Path) -> None:
    sign_english(root)
    entry = sign_off.withdrawn(approvals(root), "case", "en-GB", MANAGER, "A number is wrong.")
    signing.append(Root(root), entry, TODAY)
    found = decision(root)
    assert (found.state, found.is_allowed) == (State.WITHDRAWN, False)
    assert found.withdrawal_facts == ("2026-11-28", "Test Manager", "A number is wrong.")
    sign(root, Step.APPROVED, MANAGER)
    assert decision(root).is_allowed


@pytest.mark.parametrize(("until", "allowed"), [("2026-11-28", True), ("2026-11-27", False)])
def test_a_trial_ends(root: Path, until: str, allowed: bool) -> None:
    with (root / "clinic.yaml").open("a") as file:
        file.write(f"drafts_allowed_by: {{name: A Manager, role: lead, until: {until}}}\n")
    found = decision(root)
    assert found.is_allowed is allowed
    assert bool(found.trial) is allowed
    assert found.state is State.DRAFT


def test_a_trial_does_not_bring_back_what_was_withdrawn(root: Path) -> None:
    with (root / "clinic.yaml").open("a") as file:
        file.write("drafts_allowed_by: {name: A Manager, role: lead, until: 2027-01-01}\n")
    entry = sign_off.withdrawn(approvals(root), "case", "en-GB", MANAGER, "A number is wrong.")
    signing.append(Root(root), entry, TODAY)
    assert not decision(root).is_allowed


def test_the_shared_words_have_to_be_checked_too(root: Path) -> None:
    for by in (FIRST, SECOND):
        sign(root, Step.CHECKED, by)
    sign(root, Step.APPROVED, MANAGER)
    reasons = decision(root).reasons
    assert reasons == ("the words of all leaflets in English: not checked by a clinician",)
    for by in (FIRST, SECOND):
        sign(root, Step.CHECKED, by, subject=SHARED)
    assert decision(root).is_allowed


def test_a_translation_needs_two_people(root: Path) -> None:
    from leafpress.approval.hand_out import SignedLedger, decide
    from leafpress.approval.requirements import NeededStep
    from leafpress.content.clinic import HandOut

    messages = approvals(root).messages("case", SignedPart.WORDS, "en-GB")
    steps = (
        NeededStep("case", SignedPart.WORDS, "ur", Step.TRANSLATED),
        NeededStep("case", SignedPart.WORDS, "ur", Step.REVISED, others=Step.TRANSLATED),
    )

    def decided(*signed: tuple[Step, Person]) -> tuple[str, ...]:
        entries = tuple(_entry(root, step, by) for step, by in signed)
        ledger = SignedLedger({"case": entries}, "england", HandOut(), None, TODAY)
        return decide(steps, lambda _step: messages, ledger).reasons

    same = (Step.REVISED, TRANSLATOR)
    assert decided((Step.TRANSLATED, TRANSLATOR), (Step.REVISED, REVISER)) == ()
    assert "same person" in " ".join(decided((Step.TRANSLATED, TRANSLATOR), same))
    assert len(decided((Step.TRANSLATED, TRANSLATOR))) == 1
    assert len(decided()) == 2


def _entry(root: Path, step: Step, by: Person):  # type: ignore[no-untyped-def]
    """An entry as if the English were a translation."""
    own = approvals(root)
    sheet = sign_off.sheet(own, "case", SignedPart.WORDS, "en-GB", Step.APPROVED)
    entry = sign_off.signed(own, sheet, sign_off.Signature(by))
    return entry.model_copy(update={"step": step, "language": "ur"})


def test_every_day_is_judged_anew(root: Path) -> None:
    """The same files, another day: a trial that ran is over."""
    with (root / "clinic.yaml").open("a") as file:
        file.write("drafts_allowed_by: {name: A Manager, role: lead, until: 2026-12-24}\n")
    assert decision(root, today=datetime.date(2026, 12, 24)).is_allowed
    assert not decision(root, today=datetime.date(2026, 12, 25)).is_allowed


CANNOT = {
    "S010": ("case", Step.TRANSLATED, TRANSLATOR, ""),
    "S011": ("case", Step.CHECKED, FIRST, "easy-read"),
    "S012": (SHARED, Step.CHECKED, FIRST, "words"),
    "S015": ("case", Step.WITHDRAWN, MANAGER, ""),
}


@pytest.mark.parametrize("rule", CANNOT)
def test_what_cannot_be_signed(root: Path, rule: str) -> None:
    with pytest.raises(Problem) as caught:
        _sign_one(root, *CANNOT[rule])
    assert [found.rule for found in caught.value.findings] == [rule]


def _sign_one(root: Path, subject: str, step: Step, by: Person, part: str) -> None:
    own = approvals(root)
    if step is Step.WITHDRAWN:
        sign_off.withdrawn(own, subject, "en-GB", by, " ")
    sheet = sign_off.sheet(own, subject, SignedPart(part or "words"), "en-GB", step)
    sign_off.signed(own, sheet, sign_off.Signature(by))


def test_who_translated_cannot_revise(root: Path) -> None:
    folder = root / "locales" / "pl" / "LC_MESSAGES"
    _translated(root, folder)
    sign(root, Step.TRANSLATED, TRANSLATOR, language="pl")
    with pytest.raises(Problem) as caught:
        sign(root, Step.REVISED, TRANSLATOR, language="pl")
    assert [found.rule for found in caught.value.findings] == ["S014"]


def _translated(root: Path, folder: Path) -> None:
    """The leaflet with made-up words of its own, one for each of the English."""
    from conftest import ROOT

    shared = ROOT / "locales" / "pl" / "LC_MESSAGES" / "leafpress.po"
    folder.mkdir(parents=True)
    shutil.copy(shared, folder)
    shutil.copy(ROOT / "tests" / "cases" / "base" / "catalogue.po", folder / "case.po")
    shutil.copy(
        ROOT / "tests" / "cases" / "base" / "leaflet-with-markup.yaml",
        root / "leaflets" / "case.yaml",
    )


def test_a_withdrawn_edition_is_taken_back(root: Path) -> None:
    edition = Edition("case", "en-GB", "text")
    assert build(edition, order_for(root), None).status is Status.BUILT
    entry = sign_off.withdrawn(approvals(root), "case", "en-GB", MANAGER, "A number is wrong.")
    signing.append(Root(root), entry, TODAY)
    outcome = build(edition, order_for(root), None)
    assert outcome.status is Status.WITHDRAWN
    assert [found.rule for found in outcome.findings] == ["S020"]
