"""The journey of one edition, from a leaflet's file to a finished one and what is known of it."""

from __future__ import annotations

import time
from dataclasses import replace

from leafpress.approval.approvals import approvals_of
from leafpress.approval.entry import BrailleCode
from leafpress.approval.hand_out import Decision
from leafpress.approval.proofreading import code_of
from leafpress.content.clinic import Clinic
from leafpress.content.clinic_checks import long_trial
from leafpress.content.load import Loaded
from leafpress.content.model import Leaflet, printed
from leafpress.content.pictograms import Pictograms
from leafpress.content.project import Project
from leafpress.content.region import Directory, missing
from leafpress.findings import Finding, Problem, Span, errors, sort
from leafpress.pages import coverage, direction_check, fonts
from leafpress.pages.formats import FORMATS, Kind
from leafpress.pages.lint import check as constructs
from leafpress.pages.render import AroundWords, Markup, render, typeset
from leafpress.plain import liblouis
from leafpress.press import fingerprint, inputs, remembered
from leafpress.press.edition import (
    BuildOptions,
    Edition,
    Memory,
    Outcome,
    Status,
)
from leafpress.press.expiry import Withdrawn, expired
from leafpress.press.freshness import linked_formats
from leafpress.press.writers import WRITERS
from leafpress.proof.text import readability
from leafpress.rules import finding
from leafpress.system.files import write
from leafpress.system.laps import Done, Laps, Stage
from leafpress.translation import clinic_words
from leafpress.translation.catalogue import path_of
from leafpress.translation.language import LANGUAGES, SOURCE, Language
from leafpress.translation.translate import NotTranslated, Translation, translate


def build(
    edition: Edition,
    options: BuildOptions,
    known: Memory | None,
    project: Project | None = None,
) -> Outcome:
    """One edition, from its source to its file.

    Args:
        known: what is remembered of it, if it was built before and its file is intact.
        project: the project of these options, where it has been read before.
    """
    laps = Laps[Stage](time.monotonic_ns)
    project = project or options.project()
    try:
        outcome = _build(edition, options, known, project, laps.done)
    except Withdrawn as problem:
        stands = known is not None
        outcome = _withdrawn(edition, problem, project, stands=stands)
    except Problem as problem:
        status = _status(problem)
        outcome = Outcome(edition, status, sort(problem.findings), code=problem.code)
    return replace(outcome, stages=laps.microseconds, seconds=laps.seconds)


def _build(
    edition: Edition, options: BuildOptions, known: Memory | None, project: Project, done: Done
) -> Outcome:
    """The journey. Each line is a stage; a stage that cannot go on raises `Problem`."""
    _check_fonts(project, edition)
    leaflet, clinic = _read(project, edition, options)
    decision = _decision(project, edition, options)
    _stop_when_withdrawn(edition, decision)
    done(Stage.READ)
    translation, markup = _markup(project, leaflet, edition, clinic, decision)
    done(Stage.RENDER)
    ingredients = remembered.ingredients(markup, edition, options, decision)
    clinic_file = fingerprint.name_of(project.clinic_file, project.root)
    files = inputs.of(project, edition, markup)
    memory = Memory(files, ingredients, clinic=clinic_file)
    why = _stale_reasons(known, ingredients)
    done(Stage.COMPARE)
    if not why:
        return Outcome(edition, Status.FRESH, translation.findings, memory=memory)
    _stop_at_errors(constructs.check(project))
    if options.dry:
        return Outcome(edition, Status.STALE, translation.findings, reasons=why)
    advice = _advice(leaflet, translation, project)
    _stop_at_errors(advice)
    done(Stage.CHECK)
    file = WRITERS[markup.format.kind](markup, edition, options, done)
    write(options.out / edition.output, file.data, edition.output)
    found = sort([*advice, *file.findings])
    publication = remembered.Publication(file, found, why, markup.code)
    entry = remembered.entry(edition, options, translation, publication, decision)
    outcome = remembered.outcome(edition, options, publication, entry, memory)
    done(Stage.SAVE)
    return outcome


def _check_fonts(project: Project, edition: Edition) -> None:
    """The fonts of its language are there, and those of all that a page may name."""
    tags = [edition.language, *project.clinic_languages]
    fonts.check(project.root.font_home, fonts.scripts_of(tags))


def _stale_reasons(known: Memory | None, ingredients: dict[str, str]) -> tuple[str, ...]:
    """Why the file that stands there is not the one that would be built; empty if it is."""
    if known is None:
        return ("it was not built before",)
    return fingerprint.reasons(known.ingredients, ingredients)


def markup_of(edition: Edition, options: BuildOptions, project: Project | None = None) -> Markup:
    """The markup that the edition would be built from now.

    Raises:
        Problem: it cannot be built now.
    """
    project = project or options.project()
    leaflet, clinic = _read(project, edition, options)
    decision = _decision(project, edition, options)
    return _markup(project, leaflet, edition, clinic, decision)[1]


def check(
    edition: Edition, options: BuildOptions, project: Project | None = None
) -> tuple[Finding, ...]:
    """Everything that can be said of an edition without laying it out."""
    project = project or options.project()
    try:
        return drafted(edition, options, project)[1]
    except Problem as problem:
        # What stopped it must not hide that a font lacks a letter: an author mends both at once.
        language = LANGUAGES[edition.language]
        lost = coverage.check_files(project, edition.leaflet, language)
        found = [*problem.findings, *project.leaflet(edition.leaflet).findings, *lost]
        return sort([*found, *constructs.check(project)])


def drafted(
    edition: Edition, options: BuildOptions, project: Project
) -> tuple[Markup, tuple[Finding, ...]]:
    """The markup as it stands now, and everything that can be said of it before it is laid out.

    Raises:
        Problem: there is no page, since its words or templates are not whole.
    """
    _check_fonts(project, edition)
    leaflet, clinic = _read(project, edition, options)
    decision = _decision(project, edition, options)
    translation, markup = _markup(project, leaflet, edition, clinic, decision)
    return markup, sort([*_advice(leaflet, translation, project), *constructs.check(project)])


def _read(
    project: Project, edition: Edition, options: BuildOptions
) -> tuple[Loaded[Leaflet], Clinic]:
    """The leaflet and the clinic, both sound, and fit to be handed out today."""
    leaflet, clinic, contacts = _printed(project, edition), project.clinic, project.contacts
    found = [*leaflet.findings, *clinic.findings, *contacts.findings]
    found += clinic_words.languages(clinic)
    found += long_trial(clinic, options.today)
    if clinic.model and contacts.model:
        found += missing(leaflet, Directory(clinic.model, contacts.model))
    _stop_at_errors(found)
    if leaflet.model is None or clinic.model is None:
        raise AssertionError("a file without errors has a model")
    if options.today > leaflet.model.review and leaflet.tree:
        facts = {"review": leaflet.model.review, "today": options.today}
        problem = finding("L064", leaflet.tree.span(("review",)), **facts)
        raise expired(problem, leaflet.model.review)
    return leaflet, clinic.model


def _printed(project: Project, edition: Edition) -> Loaded[Leaflet]:
    """The leaflet with the words of this edition only: what another says stops none."""
    leaflet = project.leaflet(edition.leaflet)
    if leaflet.model is None:
        return leaflet
    easy_read = FORMATS[edition.format].easy_read
    return replace(leaflet, model=printed(leaflet.model, easy_read=easy_read))


def _decision(project: Project, edition: Edition, options: BuildOptions) -> Decision:
    """Who checked the words, and whether the edition may be given out."""
    easy_read = FORMATS[edition.format].easy_read
    approvals = approvals_of(project, options.today)
    names = (edition.leaflet, edition.language)
    return approvals.decision(*names, easy_read=easy_read, braille=_braille(edition))


def _braille(edition: Edition) -> BrailleCode | None:
    """What makes an edition in braille; None of others.

    Raises:
        Problem: liblouis is missing (B001, exit code 3).
    """
    grade = FORMATS[edition.format].grade
    return code_of(edition.language, grade, liblouis.version()) if grade else None


def _stop_when_withdrawn(edition: Edition, decision: Decision) -> None:
    """No edition of a leaflet that somebody has withdrawn (S020)."""
    entry = decision.withdrawn
    if entry:
        facts = {"name": entry.by.name, "day": entry.date, "reason": entry.remarks}
        found = finding("S020", edition.place, leaflet=edition.leaflet, **facts)
        reason = f"{entry.by.name} withdrew it: {entry.remarks}"
        raise Withdrawn(found, since=str(entry.date), reason=reason, remarks=entry.remarks)


def _markup(
    project: Project,
    leaflet: Loaded[Leaflet],
    edition: Edition,
    clinic: Clinic,
    decision: Decision,
) -> tuple[Translation, Markup]:
    """The words of an edition and its page."""
    format_ = FORMATS[edition.format]
    language = typeset(LANGUAGES[edition.language], clinic, format_)
    translation = _translate(project, leaflet, language)
    beside = _translate(project, leaflet, LANGUAGES[SOURCE]) if format_.pairs else None
    others = linked_formats(edition, project.root, clinic) if format_.kind is Kind.WEB else ()
    around = AroundWords(beside, decision, others)
    markup = render(project, clinic, translation, format_, around)
    _stop_at_errors(list(direction_check.check(markup, Span(edition.output))))
    return translation, markup


def _translate(project: Project, leaflet: Loaded[Leaflet], language: Language) -> Translation:
    """The leaflet in a language, in characters that its fonts have."""
    drawn = _pictograms(project, leaflet)
    translation = translate(leaflet, project.contacts, language, project.root, *drawn)
    _stop_at_errors(list(coverage.check(translation.places, language, project.root.font_home)))
    return translation


def _pictograms(project: Project, leaflet: Loaded[Leaflet]) -> tuple[Loaded[Pictograms], ...]:
    """The pictograms, where the edition shows any."""
    if leaflet.model is None or leaflet.model.easy_read is None:
        return ()
    _stop_at_errors(project.pictograms.findings)
    return (project.pictograms,)


def _stop_at_errors(findings: list[Finding] | tuple[Finding, ...]) -> None:
    if errors(tuple(findings)):
        raise Problem(*findings)


def _advice(
    leaflet: Loaded[Leaflet], translation: Translation, project: Project
) -> tuple[Finding, ...]:
    """Warnings and reviews of every file that the edition is made of."""
    plain = readability.check(leaflet) if translation.language.is_source else ()
    own = clinic_words.lacking(project.clinic, translation.language)
    files = (leaflet, project.clinic, project.contacts)
    read = [found for file in files for found in file.findings]
    return (*read, *translation.findings, *plain, *own)


def _status(problem: Problem) -> Status:
    return Status.NOT_TRANSLATED if isinstance(problem, NotTranslated) else Status.FAILED


def _withdrawn(edition: Edition, problem: Withdrawn, project: Project, *, stands: bool) -> Outcome:
    """What is said of an edition that is withdrawn; nothing of one that there never was."""
    findings, leaflet = sort(problem.findings), project.leaflet(edition.leaflet).model
    shown = stands or _is_translated(edition, project)
    withdrawal = problem.withdrawal(edition, leaflet) if leaflet and shown else None
    code = problem.code
    return Outcome(edition, Status.WITHDRAWN, findings, withdrawal=withdrawal, code=code)


def _is_translated(edition: Edition, project: Project) -> bool:
    """Whether there is a catalogue, or none is needed."""
    language = LANGUAGES[edition.language]
    file = path_of(project.root, edition.leaflet, language)
    return not language.is_translated or file.exists()
