"""The words of an e-mail in each language that a run needs, of `templates/email.txt`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path

from jinja2 import TemplateError

from leafpress.content.root import Root
from leafpress.findings import Problem, Span
from leafpress.pages.lint import bare_words
from leafpress.rules import finding
from leafpress.templating import localised
from leafpress.translation.catalogue import read_catalogue
from leafpress.translation.direction import embedded, sided
from leafpress.translation.extract import TEMPLATES
from leafpress.translation.language import LANGUAGES, SOURCE, Language
from leafpress.translation.typography import as_plain_text
from leafpress.translation.words import Untranslated, WholeWords

TEMPLATE = "email.txt"

UNSIGNED = "Machine translation: not yet checked."
"""For staff who cannot read the language: the same in English, below the patient's."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a leaflet, in the leaflet's language."""

    words: str
    language: Language

    def fit(self, around: Language) -> str:
        """It, for a line in another language."""
        return embedded(self.words, self.language.direction, around.direction)


@dataclass(frozen=True, slots=True)
class EmailWords:
    """An e-mail's words: its subject, and what stands above and below the leaflets' titles."""

    subject: str
    above: str
    below: str
    language: Language = LANGUAGES[SOURCE]

    def subject_in(self, around: Language) -> str:
        """The subject, as a part of one that begins in another language."""
        return embedded(self.subject, self.language.direction, around.direction)

    def body(self, titles: Iterable[Title]) -> str:
        """The text of an e-mail with these leaflets, each piece of it in its own order."""
        own = self.language
        listed = (f"- {title.fit(own)}" for title in titles)
        above, below = (as_plain_text(words, own) for words in (self.above, self.below))
        return "\n\n".join([above, "\n".join(map(sided, listed)), f"{below}\n"])


def read_email_words(
    root: Root, tags: Iterable[str], telephone: str, is_signed: Callable[[str], bool]
) -> dict[str, EmailWords]:
    """The words in English, and in those of `tags` into which they are translated.

    Args:
        is_signed: whether named people answer for these words in a language.

    Raises:
        Problem: the template cannot be filled (H001).
    """
    words = {}
    for tag in dict.fromkeys([SOURCE, *tags]):
        with suppress(Untranslated, KeyError):
            facts = {
                "telephone": telephone,
                "is_signed": is_signed(tag),
                "state_in_english": UNSIGNED,
            }
            words[tag] = _words(root, LANGUAGES[tag], facts)
    return words


def _words(root: Root, language: Language, facts: dict[str, object]) -> EmailWords:
    _require_translatable(root.file(f"templates/{TEMPLATE}"))
    environment = localised(root.each("templates"), html=False)
    own = _catalogue(root, language)
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by ext.i18n
        own.gettext,
        lambda one, _many, _n: own.gettext(one),
        newstyle=True,
        pgettext=own.pgettext,
    )
    try:
        template = environment.get_template(TEMPLATE)
        context = template.new_context({"language": language, **facts})
        parts = {name: "".join(block(context)) for name, block in template.blocks.items()}
        subject, above, below = (parts[name].strip() for name in ("subject", "above", "below"))
        return EmailWords(subject, above, below, language)
    except (TemplateError, KeyError) as error:
        name = root.shown(root.file(f"templates/{TEMPLATE}"))
        span = Span(name, getattr(error, "lineno", None) or 1)
        raise Problem(finding("H001", span, problem=str(error))) from error


def _require_translatable(path: Path) -> None:
    """No word of it stands outside the catalogues, where nobody would sign it (P108)."""
    if path.exists():
        text = path.read_text(encoding="utf-8", errors="replace")
        found = tuple(bare_words.of_template(f"templates/{TEMPLATE}", text))
        if found:
            raise Problem(*found)


def _catalogue(root: Root, language: Language) -> NullTranslations:
    if language.is_source:
        return NullTranslations()
    return WholeWords(read_catalogue(root, TEMPLATES, language).messages)
