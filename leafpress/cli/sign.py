"""`build.py sign`: somebody says, in their own name, that they checked these words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from leafpress.approval import sign_off, signing
from leafpress.approval.approvals import Approvals, approvals_of
from leafpress.approval.entry import BrailleCode, Person, Step
from leafpress.approval.messages import SHARED, SignedPart
from leafpress.approval.proofreading import code_of
from leafpress.approval.sign_off import Signature, SigningSheet
from leafpress.cli.command import command
from leafpress.cli.person import facts_of, is_asked, person_options
from leafpress.cli.selection import require
from leafpress.cli.session import Session
from leafpress.content.source import read
from leafpress.findings import ExitCode
from leafpress.plain import liblouis
from leafpress.translation.language import LANGUAGES, SOURCE

STEPS = [step.value for step in Step if step is not Step.WITHDRAWN]
PARTS = [part.value for part in SignedPart]  # of members, click shows and takes the names


@dataclass(frozen=True)
class Asked:
    """What the command line asks to be signed."""

    subject: str
    language: str
    step: Step
    part: str | None
    grade: str | None
    agreed: bool
    answers: Path | None


@command("clinic", "verbose")
@click.argument("leaflet", metavar="LEAFLET")
@click.option(
    "--language", "-L", default=SOURCE, metavar="TAG", help="Of which words  [default: en-GB]"
)
@click.option("--step", type=click.Choice(STEPS), required=True, help="What you did.")
@click.option("--part", type=click.Choice(PARTS), help="Only this part  [default: all]")
@click.option("--grade", type=click.Choice(["1", "2"]), help="Of the braille that you read.")
@click.option("--not-agreed", is_flag=True, help="You checked it, and it is not right.")
@click.option("--notes", is_flag=True, help="Print the notes to be answered, and sign nothing.")
@click.option(
    "--answers",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Answers to the notes: what --notes prints, with words behind each `answer:`.",
)
@click.option("--yes", is_flag=True, help="Do not ask again.")
@person_options
def sign(session: Session, /, **given: Any) -> int:
    """Sign the words of LEAFLET (or `shared`: those of all leaflets) as they are now."""
    asked = _asked(session, given)
    approvals = approvals_of(session.build_options.project(), session.build_options.today)
    code = _braille(asked)
    what = (asked.language, asked.step)
    sheets = [
        sign_off.sheet(approvals, asked.subject, part, *what, braille=code)
        for part in _parts(approvals, asked)
    ]
    if given["notes"]:
        return _print_notes(sheets)
    for sheet in sheets:
        _show(sheet)
    names = ("name", "role", "registered_with", "registration", "remarks")
    by = _person({name: given[name] for name in names}, asked.step)
    answers = _answers(session, sheets, asked.answers)
    if not given["yes"] and is_asked():
        click.confirm(f"Sign as {by.name}, {by.role}?", abort=True, err=True)
    for sheet in sheets:
        own = [answers.pop(0) for _ in sheet.notes] if answers else []
        signature = Signature(by, asked.agreed, given["remarks"], own)
        entry = sign_off.signed(approvals, sheet, signature)
        path = signing.append(session.root, entry, approvals.today)
        print(f"{session.root.shown(path)}: written")
    return ExitCode.OK


def _asked(session: Session, given: dict[str, Any]) -> Asked:
    """The request, with names that exist.

    Raises:
        Problem: no such leaflet or language (B007, exit code 2).
    """
    subject, language = given["leaflet"], given["language"]
    project = session.build_options.project()
    require("leaflet", subject, [*project.leaflet_ids(), SHARED])
    require("language", language, [tag for tag, known in LANGUAGES.items() if not known.pseudo])
    agreed = not given["not_agreed"]
    step, part, grade = Step(given["step"]), given["part"], given["grade"]
    return Asked(subject, language, step, part, grade, agreed, given["answers"])


def _braille(asked: Asked) -> BrailleCode | None:
    """What makes the braille that was read; None where no grade is said.

    Raises:
        Problem: liblouis is missing (B001, exit code 3).
    """
    if not asked.grade:
        return None
    return code_of(asked.language, int(asked.grade), liblouis.version())


def _parts(approvals: Approvals, asked: Asked) -> tuple[SignedPart, ...]:
    if asked.part:
        return (SignedPart(asked.part),)
    parts = sign_off.parts_of(approvals, asked.subject, asked.language, asked.step)
    return parts or (SignedPart.WORDS,)


def _show(sheet: SigningSheet) -> None:
    """What is about to be signed, and what of it is new."""
    language = LANGUAGES[sheet.language].english
    strict = sum(message.safety for message in sheet.messages)
    part = f"{sheet.part} ({sheet.braille})" if sheet.braille else sheet.part
    print(f"{sheet.subject}, {part} in {language}, version {sheet.version}: {sheet.step}")
    print(f"  {len(sheet.messages)} messages, {strict} of them about safety")
    if sheet.is_first:
        print("  Nobody has signed this before: every message is new.")
        return
    last = sheet.last
    by = f" by {last.by.name} on {last.date}" if last else ""
    print(f"  {len(sheet.changed)} changed since this was signed last{by}")
    for change in sheet.changed:
        mark = " (safety)" if change.safety else ""
        print(f"  - {change.kind}{mark}: {change.old.words if change.old else '–'}")
        print(f"    now: {change.new.words if change.new else '–'}")


def _print_notes(sheets: list[SigningSheet]) -> int:
    """The notes as a file that `--answers` reads."""
    for sheet in sheets:
        for note in sheet.notes:
            print(f"# {sheet.part}, {note.place}: {note.text}")
            print("answer:")
    return ExitCode.OK


def _answers(session: Session, sheets: list[SigningSheet], file: Path | None) -> list[str]:
    """An answer a note, from a file or from who sits at the terminal."""
    if file:
        lines = read(file, session.root.shown(file.absolute())).text.splitlines()
        return [
            line.removeprefix("answer:").strip() for line in lines if line.startswith("answer:")
        ]
    notes = [(sheet.part, note) for sheet in sheets for note in sheet.notes]
    if not notes or not is_asked():
        return []
    print(f"The author left {len(notes)} notes for you. Please answer each.")
    return [
        click.prompt(f"{number}. {note.place}: {note.text}\n  Answer", err=True)
        for number, (_, note) in enumerate(notes, 1)
    ]


def _person(given: dict[str, Any], step: Step) -> Person:
    """Who signs.

    Raises:
        Problem: it is not said who (S016).
    """
    registered = ("registered_with", "registration") if step is Step.CHECKED else ()
    facts = facts_of(given, ("name", "role", *registered))
    facts.pop("remarks", None)
    return Person(**facts)
