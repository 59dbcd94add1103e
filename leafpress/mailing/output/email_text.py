"""The words of an e-mail in each language that a run needs, of `templates/email.txt`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from jinja2 import TemplateError

from leafpress.content.root import Root
from leafpress.findings import Problem, Span
from leafpress.rules import finding
from leafpress.templating import localised
from leafpress.translation.catalogue import read_catalogue
from leafpress.translation.direction import embedded, sided
from leafpress.translation.extract import TEMPLATES
from leafpress.translation.language import LANGUAGES, SOURCE, Language
from leafpress.translation.typography import as_plain_text

TEMPLATE = "email.txt"


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


class _Untranslated(Exception):
    pass


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
        with suppress(_Untranslated, KeyError):
            facts = {"telephone": telephone, "is_signed": is_signed(tag)}
            words[tag] = _words(root, LANGUAGES[tag], facts)
    return words


def _words(root: Root, language: Language, facts: dict[str, object]) -> EmailWords:
    environment = localised(root.each("templates"), html=False)
    lookup = _lookup(root, language)
    environment.install_gettext_callables(lookup, lambda one, _many, _n: lookup(one), newstyle=True)  # type: ignore[attr-defined]  # added by ext.i18n
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


def _lookup(root: Root, language: Language) -> Callable[[str], str]:
    if language.is_source:
        return str
    messages = read_catalogue(root, TEMPLATES, language).messages

    def look_up(text: str) -> str:
        if not messages.get((None, text)):
            raise _Untranslated
        return messages[None, text]

    return look_up
