"""The editions that a command line means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leafpress.cli.session import Session
from leafpress.content.root import Root
from leafpress.content.shelf import clinic_formats, clinic_languages, leaflet_ids
from leafpress.findings import ExitCode, Problem, Span, did_you_mean
from leafpress.installed import PROGRAM
from leafpress.rules import finding

if TYPE_CHECKING:
    from leafpress.press.edition import Edition
    from leafpress.press.manifest import Manifest

EVERY = "all"


def editions(session: Session) -> list[Edition]:
    """The editions that were asked for.

    Raises:
        Problem: a name that matches nothing (B007), or editions that there cannot be (B012), with
            exit code 2; a format in clinic.yaml that there is not (B007), with exit code 1.
    """
    from leafpress.pages.formats import FORMATS
    from leafpress.press.edition import Edition

    options = session.options
    leaflets, languages = chosen_leaflets(session), chosen_languages(session)
    formats = _chosen("format", options.formats, list(FORMATS), _usual_formats(session))
    if options.profile:
        from leafpress.pdf.metadata import PROFILES

        require("profile", options.profile, list(PROFILES))
    return _available(
        session,
        [
            Edition(leaflet, language, format_)
            for language in languages
            for leaflet in leaflets
            for format_ in formats
        ],
    )


def chosen_leaflets(session: Session) -> list[str]:
    """The leaflets that were asked for, or all.

    Raises:
        Problem: there are none (L022), or a name matches nothing (B007).
    """
    ids = leaflet_ids(session.root)
    if not ids:
        raise Problem(finding("L022", Span("leaflets"), folder="leaflets/"))
    return _chosen("leaflet", session.options.leaflets, ids, ids)


def chosen_languages(session: Session) -> list[str]:
    """The tags of the languages that were asked for, or of all that the clinic has built.

    Raises:
        Problem: a name that matches nothing (B007), with exit code 2.
    """
    from leafpress.translation.language import LANGUAGES, built, offered

    default = [*built(clinic_languages(session.build_options.clinic))]
    names = _names(_tags(session.options.languages, session.root))
    if not names:
        return default
    # Pseudo-languages are taken, and not offered; `all` does not mean them.
    every = [tag for tag in LANGUAGES if tag in {*offered(session.root), *default}]
    if EVERY in names:
        return every
    for name in names:
        require("language", name, [*LANGUAGES] if name in LANGUAGES else every)
    return [tag for tag in LANGUAGES if tag in names]


def with_standing(session: Session, asked: list[Edition], manifest: Manifest) -> list[Edition]:
    """The editions that were asked for, and those that stand in the output folder besides.

    Where the command line names languages, leaflets or formats, only of these.
    """
    from leafpress.press.standing import Selected, standing

    options = session.options
    kinds = (options.leaflets, _tags(options.languages, session.root), options.formats)
    selected = Selected(*map(_only, kinds))
    return list(dict.fromkeys([*asked, *standing(manifest, selected, session.root)]))


def _only(given: Sequence[str]) -> frozenset[str] | None:
    """The names on the command line; None where every name is meant."""
    names = _names(given)
    return frozenset(names) if names and EVERY not in names else None


def _names(given: Sequence[str]) -> list[str]:
    return [name for text in given for name in text.split(",")]


def _usual_formats(session: Session) -> list[str]:
    """The formats that the clinic has built, or the usual ones."""
    from leafpress.pages.formats import BUILT, FORMATS

    clinic = session.build_options.clinic
    listed = clinic_formats(clinic)
    for name, line in listed:
        if name not in FORMATS:
            span = Span(clinic.name, line)
            advice = _advice(name, list(FORMATS))
            raise Problem(finding("B007", span, kind="format", name=name, advice=advice))
    return [name for name, _ in listed] or list(BUILT)


def _available(session: Session, editions: list[Edition]) -> list[Edition]:
    """Of the editions that were asked for, those that there can be."""
    from leafpress.press.freshness import unmet_needs

    needs = {edition: unmet_needs(edition, session.root) for edition in editions}
    available = [edition for edition in editions if not needs[edition]]
    if not available and editions:
        names = sorted({need for unmet in needs.values() for need in unmet})
        span = Span(editions[0].output)
        raise Problem(finding("B012", span, needs=", ".join(names)), code=ExitCode.USAGE)
    return available


def _chosen(kind: str, given: Sequence[str], known: list[str], default: list[str]) -> list[str]:
    """The names that were given, in the order in which they are known.

    Args:
        given: each may hold several names, parted by commas, or `all`.
    """
    names = _names(given)
    if not names:
        return default
    if EVERY in names:
        return known
    for name in names:
        require(kind, name, known)
    return [name for name in known if name in names]


def language_tags(given: Sequence[str]) -> list[str]:
    """Tags of languages, where a name may stand for one: `Urdu` for `ur`, `PL` for `pl`."""
    from leafpress.translation.language import LANGUAGES

    every = [*LANGUAGES.values()]
    names = {name.casefold(): each.tag for each in every for name in (each.english, each.native)}
    # Pseudo languages have no names, and several tags may be called English: the tag comes first.
    names.update((each.tag.casefold(), each.tag) for each in every)
    words = [word.strip() for text in given for word in text.split(",")]
    return [names.get(word.casefold(), word) for word in words]


def _tags(given: Sequence[str], root: Root) -> list[str]:
    """Tags of languages in which something can be built.

    Raises:
        Problem: a language that waits for its catalogues (B007), with exit code 2.
    """
    from leafpress.translation.language import LANGUAGES, is_offered

    tags = language_tags(given)
    for tag in tags:
        language = LANGUAGES.get(tag)
        if language and not is_offered(language, root):
            begin = f"`{root.command} new-language {tag}` begins them (docs/translators.md)"
            advice = f"{language.english} waits for its translations: {begin}"
            facts = {"kind": "language", "name": tag, "advice": advice}
            raise Problem(finding("B007", Span(PROGRAM), **facts), code=ExitCode.USAGE)
    return tags


def require(kind: str, name: str, choices: list[str]) -> None:
    """Check that there is a `kind` called `name`.

    Raises:
        Problem: there is none (B007), with exit code 2.
    """
    if name not in choices:
        facts = {"kind": kind, "name": name, "advice": _advice(name, choices)}
        raise Problem(finding("B007", Span(PROGRAM), **facts), code=ExitCode.USAGE)


def _advice(name: str, choices: list[str]) -> str:
    return did_you_mean(name, choices, "there are", cutoff=0.6)
