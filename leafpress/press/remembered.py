"""What is kept of a finished edition: what its pages are made of, and what the manifest says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from leafpress.approval.hand_out import Decision
from leafpress.findings import Finding
from leafpress.pages.formats import FORMATS, Kind
from leafpress.pages.render import Markup
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
from leafpress.press.writers import BuiltFile
from leafpress.system import digest
from leafpress.translation.translate import Translation


@dataclass(frozen=True, slots=True)
class Publication:
    """A finished file, everything that was found on the way, why it was built, and its code."""

    file: BuiltFile
    findings: tuple[Finding, ...]
    reasons: tuple[str, ...]
    code: str


_ROOMS = {Kind.PDF: "pdf", Kind.WEB: "web", Kind.TEXT: "plain", Kind.BRAILLE: "plain"}
"""Where the code is that turns markup into each kind of file."""


def ingredients(
    markup: Markup, edition: Edition, options: BuildOptions, decision: Decision
) -> dict[str, str]:
    """What the pages are made of, by names that a person understands."""
    files = {name: fingerprint.stamp(path)[2] for name, path in markup.resources.items()}
    return {
        "the page": digest.of_text(markup.html),
        "the profile": edition.profile(options),
        "the sign-offs": digest.of_text(repr(decision)),
        "the colours of pictures": str(markup.format.scale),
        "leafpress": inputs.program_digest(_ROOMS[markup.format.kind]),
        **_styles(markup),
        **files,
        **{f"the version of {name}": each for name, each in _versions(edition).items()},
    }


def _styles(markup: Markup) -> dict[str, str]:
    """The style sheets by the name of their place; of one place there may be several."""
    texts: dict[str, list[str]] = {}
    for style in markup.styles:
        texts.setdefault(style.name, []).append(style.text)
    return {name: digest.of_text("\n".join(each)) for name, each in texts.items()}


def _versions(edition: Edition) -> dict[str, str]:
    """The programs that an edition's bytes depend on besides its markup."""
    kind = FORMATS[edition.format].kind
    if kind is Kind.BRAILLE:
        return {"liblouis": liblouis.version()}
    if kind is Kind.WEB:
        from leafpress.web.page import versions as web_versions  # heavy, and for this kind only

        return web_versions()
    return {} if kind is Kind.TEXT else versions()


def entry(
    edition: Edition,
    options: BuildOptions,
    translation: Translation,
    publication: Publication,
    decision: Decision,
) -> Entry:
    """What the manifest says of a finished edition."""
    leaflet = translation.leaflet
    return Entry(
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
        state=str(decision.state),
        given_out=decision.is_allowed,
        missing=decision.reasons,
        trial=decision.trial_facts,
        withdrawn=decision.withdrawal_facts,
        changed=bool(decision.changed),
        proofread=decision.proofread_facts,
        machine=translation.language.is_translated and not decision.translated_by,
        code=publication.code,
    )


def outcome(
    edition: Edition,
    options: BuildOptions,
    publication: Publication,
    kept: Entry,
    memory: Memory,
) -> Outcome:
    """What is kept of a finished edition."""
    state = (options.out / edition.output).stat()
    stands = (state.st_size, state.st_mtime_ns)
    memory = replace(memory, output=stands, digest=kept.digest)
    return Outcome(edition, Status.BUILT, publication.findings, kept, memory, publication.reasons)


def _flavours(edition: Edition, options: BuildOptions) -> tuple[str, ...]:
    """The standards that the edition claims; only a PDF claims any."""
    profile = edition.profile(options)
    return PROFILES[profile].flavours if profile else ()
