"""From markup to a finished file: one writer for each kind of format.

Each imports what it needs when it is called: an edition of one kind waits for no other's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from leafpress.findings import Finding, Problem, errors
from leafpress.pages.formats import Kind
from leafpress.pages.render import Markup
from leafpress.press.edition import BuildOptions, Edition
from leafpress.system.laps import Done, Stage, unheard


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A finished file: its bytes, how many pages it has, and what was found on the way."""

    data: bytes
    pages: int
    findings: tuple[Finding, ...] = ()


def _pdf(
    markup: Markup, edition: Edition, options: BuildOptions, done: Done = unheard
) -> BuiltFile:
    from leafpress.pdf.layout import lay_out, write_pdf
    from leafpress.pdf.metadata import PROFILES
    from leafpress.proof.channels import ink_checks
    from leafpress.proof.layout import layout_checks

    rendering = lay_out(markup, PROFILES[options.profile], edition.place)
    done(Stage.LAYOUT)
    findings = layout_checks.check(rendering)
    if errors(findings):
        raise Problem(*findings)
    done(Stage.CHECK)
    data = write_pdf(rendering, done)
    ink = ink_checks.check(data, markup.format, edition.place)
    if errors(ink):
        raise Problem(*findings, *ink)
    done(Stage.CHECK)
    if markup.format.folded:
        from leafpress.pdf.booklet.booklet import impose

        data = impose(data, right_to_left=markup.language.direction == "rtl")
        done(Stage.WRITE)
    return BuiltFile(data, rendering.pages, (*findings, *ink))


def _web(
    markup: Markup, edition: Edition, _options: BuildOptions, done: Done = unheard
) -> BuiltFile:
    from leafpress.proof.text import web_checks
    from leafpress.web.page import write_page

    page = write_page(markup)
    done(Stage.WRITE)
    findings = web_checks.check(page, markup, edition.place)
    if errors(findings):
        raise Problem(*findings)
    done(Stage.CHECK)
    return BuiltFile(page, 0, findings)


def _text(
    markup: Markup, edition: Edition, _options: BuildOptions, done: Done = unheard
) -> BuiltFile:
    from leafpress.plain import text
    from leafpress.plain.reading import read
    from leafpress.proof.text import plain_checks

    written = text.write(read(markup))
    done(Stage.WRITE)
    found = plain_checks.text(markup.html, written, edition.place)
    return _whole(BuiltFile(written.encode(), 0, tuple(found)), done)


def _braille(
    markup: Markup, edition: Edition, _options: BuildOptions, done: Done = unheard
) -> BuiltFile:
    from leafpress.plain import brf
    from leafpress.plain.braille import brailled
    from leafpress.proof.text import plain_checks

    made = brailled(markup, markup.format.grade, edition.place)
    data = brf.encode(made.pages)
    done(Stage.WRITE)
    found = plain_checks.braille(made, data, edition.place)
    return _whole(BuiltFile(data, len(made.pages), tuple(found)), done)


def _whole(file: BuiltFile, done: Done) -> BuiltFile:
    if errors(file.findings):
        raise Problem(*file.findings)
    done(Stage.CHECK)
    return file


class Writer(Protocol):
    """Makes a file of markup."""

    def __call__(
        self, markup: Markup, edition: Edition, _options: BuildOptions, done: Done = unheard, /
    ) -> BuiltFile:
        """The file.

        Args:
            done: told of each stage.
        """


WRITERS: Mapping[Kind, Writer] = {
    Kind.PDF: _pdf,
    Kind.WEB: _web,
    Kind.TEXT: _text,
    Kind.BRAILLE: _braille,
}
"""How each kind is made. Each raises `Problem` when what it makes is not fit to be handed out."""
