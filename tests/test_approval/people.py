"""People who sign in tests, and signing on their behalf."""

from __future__ import annotations

import datetime
from pathlib import Path

from leafpress.approval import sign_off, signing
from leafpress.approval.approvals import Approvals
from leafpress.approval.entry import Person, Step
from leafpress.approval.hand_out import Decision
from leafpress.approval.messages import SHARED, SignedPart
from leafpress.approval.proofreading import code_of
from leafpress.approval.sign_off import Signature
from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.plain import liblouis

TODAY = datetime.date(2026, 11, 28)

FIRST = Person(name="Test Clinician", role="GP", registered_with="GMC", registration="0000001")
SECOND = Person(name="Test Second", role="nurse", registered_with="NMC", registration="0000002")
TRANSLATOR = Person(name="Test Translator", role="translator")
REVISER = Person(name="Test Reviser", role="translator")
READER = Person(name="Test Reader", role="braille reader")
MANAGER = Person(name="Test Manager", role="manager")


def approvals(root: Path, today: datetime.date = TODAY) -> Approvals:
    """The sign-offs of a project, read anew."""
    return Approvals(Project.at(root), today)


def decision(root: Path, language: str = "en-GB", today: datetime.date = TODAY) -> Decision:
    """Whether the edition of the leaflet `case` may be given out."""
    return approvals(root, today).decision("case", language, easy_read=False)


def sign(  # noqa: PLR0913  # a test says what it needs
    root: Path,
    step: Step,
    by: Person,
    *,
    subject: str = "case",
    language: str = "en-GB",
    agreed: bool = True,
    today: datetime.date = TODAY,
    grade: int = 0,
) -> list[Path]:
    """Sign every part of a subject, or its braille of a grade; the files that were written."""
    own = approvals(root, today)
    braille = code_of(language, grade, liblouis.version()) if grade else None
    written = []
    for part in sign_off.parts_of(own, subject, language, step):
        if step is Step.APPROVED and part is SignedPart.FIGURES:
            continue
        sheet = sign_off.sheet(own, subject, part, language, step, braille=braille)
        signature = Signature(by, agreed, "", ["agreed"] * len(sheet.notes))
        entry = sign_off.signed(own, sheet, signature)
        written.append(signing.append(Root(root), entry, today))
    return written


def sign_english(root: Path) -> None:
    """Everything that the strict rule asks for in English."""
    for subject in ("case", SHARED):
        for clinician in (FIRST, SECOND):
            sign(root, Step.CHECKED, clinician, subject=subject)
    sign(root, Step.APPROVED, MANAGER)


def sign_translation(root: Path, language: str) -> None:
    """Everything that it asks for besides in another language."""
    for subject in ("case", SHARED):
        sign(root, Step.TRANSLATED, TRANSLATOR, subject=subject, language=language)
        sign(root, Step.REVISED, REVISER, subject=subject, language=language)
    sign(root, Step.APPROVED, MANAGER, language=language)
