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
from leafpress.press.edition import Edition, Entry, Memory, Order, Outcome, Status, not_checked
from leafpress.press.makers import MAKERS
from leafpress.proof.text import readability
from leafpress.rules import finding
from leafpress.system import digest
from leafpress.system.files import write
from leafpress.translation.language import LANGUAGES, SOURCE, Language
from leafpress.translation.translate import Translation, translate
from leafpress.web.page import versions as web_versions


@dataclass(frozen=True, slots=True)
class Publication:
    """A finished file: its bytes, and what was found on the way."""

    data: bytes
    pages: int
    findings: tuple[Finding, ...]
    reasons: tuple[str, ...]


def build(edition: Edition, order: Order, known: Memory | None) -> Outcome:
    """One edition, from its source to its file.

    Args:
        known: what is remembered of it, if it was built before and its file is intact.
    """
    started = time.monotonic()
    try:
        outcome = _build(edition, order, known)
    except Problem as problem:
        status = _status(problem)
        outcome = Outcome(edition, status, sort(problem.findings), code=problem.code)
    return replace(outcome, seconds=round(time.monotonic() - started, 3))


def _build(edition: Edition, order: Order, known: Memory | None) -> Outcome:
    """The journey. Each line is a stage; a stage that cannot go on raises `Problem`."""
    project = order.project()
    fonts.check(project.root)
    leaflet, clinic = _read(project, edition, order)
    translation, markup = _markup(project, leaflet, edition, clinic)
    ingredients = _ingredients(markup, edition, order)
    memory = Memory(inputs.of(project, edition, markup), ingredients)
    why = (
        fingerprint.reasons(known.ingredients, ingredients)
        if known
        else ("it was not built before",)
    )
    if not why:
        return Outcome(edition, Status.FRESH, translation.findings, memory=memory)
    _stop_at_errors(constructs.check(project))
    if order.dry:
        return Outcome(edition, Status.STALE, translation.findings, reasons=why)
    advice = _advice(leaflet, translation)
    _stop_at_errors(advice)
    made = MAKERS[markup.format.kind](markup, edition, order)
    publication = Publication(made.data, made.pages, sort([*advice, *made.findings]), why)
    write(order.out / edition.output, publication.data, edition.output)
    return _outcome(edition, order, translation, publication, memory)


def markup_of(edition: Edition, order: Order) -> Markup:
    """The markup that the edition would be built from now.

    Raises:
        Problem: it cannot be built now.
    """
    project = order.project()
    leaflet, clinic = _read(project, edition, order)
    return _markup(project, leaflet, edition, clinic)[1]


def check(edition: Edition, order: Order) -> tuple[Finding, ...]:
    """Everything that can be said of an edition without laying it out."""
    project = order.project()
    try:
        fonts.check(project.root)
        leaflet, clinic = _read(project, edition, order)
        translation, _ = _markup(project, leaflet, edition, clinic)
    except Problem as problem:
        return sort([*problem.findings, *constructs.check(project)])
    return sort([*leaflet.findings, *_advice(leaflet, translation), *constructs.check(project)])


def _read(project: Project, edition: Edition, order: Order) -> tuple[Loaded[Leaflet], Clinic]:
    """The leaflet and the clinic, both sound, and fit to be handed out today."""
    leaflet, clinic, contacts = _printed(project, edition), project.clinic, project.contacts
    found = [*leaflet.findings, *clinic.findings, *contacts.findings]
    if clinic.model and contacts.model:
        found += missing(leaflet, Directory(clinic.model, contacts.model))
    _stop_at_errors(found)
    if leaflet.model is None or clinic.model is None:
        raise AssertionError("a file without errors has a model")
    if order.today > leaflet.model.review and leaflet.tree:
        facts = {"review": leaflet.model.review, "today": order.today}
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


def _advice(leaflet: Loaded[Leaflet], translation: Translation) -> tuple[Finding, ...]:
    """Warnings and reviews that the words deserve."""
    plain = readability.check(leaflet) if translation.language.is_source else ()
    return (*translation.findings, *plain)


_ROOMS = {Kind.PDF: "pdf", Kind.WEB: "web", Kind.TEXT: "plain", Kind.BRAILLE: "plain"}
"""Where the code is that turns markup into each kind of file."""


def _ingredients(markup: Markup, edition: Edition, order: Order) -> dict[str, str]:
    """What the pages are made of, by names that a person understands."""
    files = {name: fingerprint.stamp(path)[2] for name, path in markup.resources.items()}
    styles = {style.name: digest.of_text(style.text) for style in markup.styles}
    return {
        "the page": digest.of_text(markup.html),
        "the profile": edition.profile(order),
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
    edition: Edition, order: Order, translation: Translation, done: Publication, memory: Memory
) -> Outcome:
    """What is kept of a finished edition."""
    leaflet = translation.leaflet
    entry = Entry(
        leaflet=edition.leaflet,
        language=edition.language,
        format=edition.format,
        profile=edition.profile(order),
        title=str(leaflet.title),
        version=leaflet.version,
        date=leaflet.date.isoformat(),
        review=leaflet.review.isoformat(),
        digest=digest.of_bytes(done.data),
        size=len(done.data),
        pages=done.pages,
        verdicts=not_checked(_flavours(edition, order)),
        versions=_versions(edition),
        reasons=done.reasons,
        warnings=tuple(map(str, done.findings)),
    )
    state = (order.out / edition.output).stat()
    memory = replace(memory, output=(state.st_size, state.st_mtime_ns))
    return Outcome(edition, Status.BUILT, done.findings, entry, memory, done.reasons)


def _flavours(edition: Edition, order: Order) -> tuple[str, ...]:
    """The standards that the edition claims; only a PDF claims any."""
    profile = edition.profile(order)
    return PROFILES[profile].flavours if profile else ()


def _status(problem: Problem) -> Status:
    rules = {each.rule for each in problem.findings}
    if "L064" in rules:
        return Status.WITHDRAWN
    return Status.NOT_TRANSLATED if rules == {"T001"} else Status.FAILED
