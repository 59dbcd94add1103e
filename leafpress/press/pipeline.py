"""The journey of one edition, from a leaflet's file to a finished one and what is known of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from leafpress.content.clinic import Clinic
from leafpress.content.load import Loaded
from leafpress.content.model import Leaflet, printed
from leafpress.content.pictograms import Pictograms
from leafpress.content.project import Project
from leafpress.content.region import Directory, missing
from leafpress.findings import Finding, Problem, errors, sort
from leafpress.pages import coverage, fonts
from leafpress.pages.formats import FORMATS, Kind
from leafpress.pages.lint import check as constructs
from leafpress.pages.render import Markup, render, typeset
from leafpress.pdf.engine import versions
from leafpress.pdf.metadata import PROFILES
from leafpress.plain import liblouis
from leafpress.press import fingerprint, inputs
from leafpress.press.edition import (
    BuildOptions,
    Edition,
    Entry,
    Memory,
    Outcome,
    Status,
    not_checked,
)
from leafpress.press.writers import WRITERS, BuiltFile
from leafpress.proof.text import readability
from leafpress.rules import finding
from leafpress.system import digest
from leafpress.system.files import write
from leafpress.translation import clinic_words
from leafpress.translation.language import LANGUAGES, SOURCE, Language
from leafpress.translation.translate import NotTranslated, Translation, translate
from leafpress.web.page import versions as web_versions


@dataclass(frozen=True, slots=True)
class Publication:
    """A finished file, everything that was found on the way, and why it was built."""

    file: BuiltFile
    findings: tuple[Finding, ...]
    reasons: tuple[str, ...]


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
    started = time.monotonic()
    try:
        outcome = _build(edition, options, known, project or options.project())
    except Problem as problem:
        status = _status(problem)
        outcome = Outcome(edition, status, sort(problem.findings), code=problem.code)
    return replace(outcome, seconds=round(time.monotonic() - started, 3))


def _build(
    edition: Edition, options: BuildOptions, known: Memory | None, project: Project
) -> Outcome:
    """The journey. Each line is a stage; a stage that cannot go on raises `Problem`."""
    fonts.check(project.root)
    leaflet, clinic = _read(project, edition, options)
    translation, markup = _markup(project, leaflet, edition, clinic)
    ingredients = _ingredients(markup, edition, options)
    memory = Memory(inputs.of(project, edition, markup), ingredients)
    why = _stale_reasons(known, ingredients)
    if not why:
        return Outcome(edition, Status.FRESH, translation.findings, memory=memory)
    _stop_at_errors(constructs.check(project))
    if options.dry:
        return Outcome(edition, Status.STALE, translation.findings, reasons=why)
    advice = _advice(leaflet, translation, project)
    _stop_at_errors(advice)
    file = WRITERS[markup.format.kind](markup, edition, options)
    write(options.out / edition.output, file.data, edition.output)
    publication = Publication(file, sort([*advice, *file.findings]), why)
    return _outcome(edition, options, translation, publication, memory)


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
    return _markup(project, leaflet, edition, clinic)[1]


def check(
    edition: Edition, options: BuildOptions, project: Project | None = None
) -> tuple[Finding, ...]:
    """Everything that can be said of an edition without laying it out."""
    project = project or options.project()
    try:
        fonts.check(project.root)
        leaflet, clinic = _read(project, edition, options)
        translation, _ = _markup(project, leaflet, edition, clinic)
        found = [*_advice(leaflet, translation, project)]
    except Problem as problem:
        # What stopped it must not hide that a font lacks a letter: an author mends both at once.
        language = LANGUAGES[edition.language]
        lost = coverage.check_files(project, edition.leaflet, language)
        found = [*problem.findings, *project.leaflet(edition.leaflet).findings, *lost]
    return sort([*found, *constructs.check(project)])


def _read(
    project: Project, edition: Edition, options: BuildOptions
) -> tuple[Loaded[Leaflet], Clinic]:
    """The leaflet and the clinic, both sound, and fit to be handed out today."""
    leaflet, clinic, contacts = _printed(project, edition), project.clinic, project.contacts
    found = [*leaflet.findings, *clinic.findings, *contacts.findings]
    found += clinic_words.languages(clinic)
    if clinic.model and contacts.model:
        found += missing(leaflet, Directory(clinic.model, contacts.model))
    _stop_at_errors(found)
    if leaflet.model is None or clinic.model is None:
        raise AssertionError("a file without errors has a model")
    if options.today > leaflet.model.review and leaflet.tree:
        facts = {"review": leaflet.model.review, "today": options.today}
        raise Problem(finding("L064", leaflet.tree.span(("review",)), **facts))
    return leaflet, clinic.model


def _printed(project: Project, edition: Edition) -> Loaded[Leaflet]:
    """The leaflet with the words of this edition only: what another says stops none."""
    leaflet = project.leaflet(edition.leaflet)
    if leaflet.model is None:
        return leaflet
    easy_read = FORMATS[edition.format].easy_read
    return replace(leaflet, model=printed(leaflet.model, easy_read=easy_read))


def _markup(
    project: Project, leaflet: Loaded[Leaflet], edition: Edition, clinic: Clinic
) -> tuple[Translation, Markup]:
    """The words of an edition and its page."""
    format_ = FORMATS[edition.format]
    language = typeset(LANGUAGES[edition.language], clinic, format_)
    translation = _translate(project, leaflet, language)
    beside = _translate(project, leaflet, LANGUAGES[SOURCE]) if format_.pairs else None
    return translation, render(project, clinic, translation, format_, beside)


def _translate(project: Project, leaflet: Loaded[Leaflet], language: Language) -> Translation:
    """The leaflet in a language, in characters that its fonts have."""
    drawn = _pictograms(project, leaflet)
    translation = translate(leaflet, project.contacts, language, project.locales, *drawn)
    _stop_at_errors(list(coverage.check(translation.places, language, project.root)))
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


_ROOMS = {Kind.PDF: "pdf", Kind.WEB: "web", Kind.TEXT: "plain", Kind.BRAILLE: "plain"}
"""Where the code is that turns markup into each kind of file."""


def _ingredients(markup: Markup, edition: Edition, options: BuildOptions) -> dict[str, str]:
    """What the pages are made of, by names that a person understands."""
    files = {name: fingerprint.stamp(path)[2] for name, path in markup.resources.items()}
    styles = {style.name: digest.of_text(style.text) for style in markup.styles}
    return {
        "the page": digest.of_text(markup.html),
        "the profile": edition.profile(options),
        "the colours of pictures": str(markup.format.scale),
        "leafpress": inputs.program_digest(_ROOMS[markup.format.kind]),
        **styles,
        **files,
        **{f"the version of {name}": each for name, each in _versions(edition).items()},
    }


def _versions(edition: Edition) -> dict[str, str]:
    """The programs that an edition's bytes depend on besides its markup."""
    kind = FORMATS[edition.format].kind
    if kind is Kind.BRAILLE:
        return {"liblouis": liblouis.version()}
    if kind is Kind.WEB:
        return web_versions()
    return {} if kind is Kind.TEXT else versions()


def _outcome(
    edition: Edition,
    options: BuildOptions,
    translation: Translation,
    publication: Publication,
    memory: Memory,
) -> Outcome:
    """What is kept of a finished edition."""
    leaflet = translation.leaflet
    entry = Entry(
        leaflet=edition.leaflet,
        language=edition.language,
        format=edition.format,
        profile=edition.profile(options),
        title=str(leaflet.title),
        version=leaflet.version,
        date=leaflet.date.isoformat(),
        review=leaflet.review.isoformat(),
        digest=digest.of_bytes(publication.file.data),
        size=len(publication.file.data),
        pages=publication.file.pages,
        verdicts=not_checked(_flavours(edition, options)),
        versions=_versions(edition),
        reasons=publication.reasons,
        warnings=tuple(map(str, publication.findings)),
    )
    state = (options.out / edition.output).stat()
    memory = replace(memory, output=(state.st_size, state.st_mtime_ns))
    return Outcome(edition, Status.BUILT, publication.findings, entry, memory, publication.reasons)


def _flavours(edition: Edition, options: BuildOptions) -> tuple[str, ...]:
    """The standards that the edition claims; only a PDF claims any."""
    profile = edition.profile(options)
    return PROFILES[profile].flavours if profile else ()


def _status(problem: Problem) -> Status:
    if isinstance(problem, NotTranslated):
        return Status.NOT_TRANSLATED
    is_past_review = any(finding.rule == "L064" for finding in problem.findings)
    return Status.WITHDRAWN if is_past_review else Status.FAILED
