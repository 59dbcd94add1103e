"""The sign-offs of a project, and what they come to for each of its editions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from leafpress.approval import shared
from leafpress.approval.entry import BrailleCode, SignOff
from leafpress.approval.hand_out import Decision, SignedLedger, decide
from leafpress.approval.messages import SHARED, Pair, SignedMessage, SignedPart, of_part
from leafpress.approval.records import Records, read
from leafpress.approval.requirements import (
    NeededStep,
    Wanted,
    of_edition,
    of_part_in,
    proofreading,
)
from leafpress.content.clinic import Clinic
from leafpress.content.contacts import Contacts
from leafpress.content.model import Leaflet
from leafpress.content.pictograms import Pictograms
from leafpress.content.project import Project
from leafpress.content.region import Directory, in_region
from leafpress.findings import Problem
from leafpress.translation.extract import TemplateMessage, template_messages
from leafpress.translation.language import LANGUAGES, SOURCE, Language
from leafpress.translation.translate import NotTranslated, Translation, translate


@dataclass(frozen=True)
class Approvals:
    """The sign-offs of a project as they are on a day.

    Args:
        today: entries of a later day do not count, and trials end.
    """

    project: Project
    today: datetime.date

    @cached_property
    def _records(self) -> dict[str, Records]:
        return {}

    @cached_property
    def _translations(self) -> dict[tuple[str, str], Translation]:
        return {}

    @cached_property
    def _templates(self) -> tuple[TemplateMessage, ...]:
        """What templates say in English: read once for all languages."""
        return tuple(template_messages(self.project))

    @cached_property
    def _messages(self) -> dict[tuple[str, SignedPart, str], tuple[SignedMessage, ...]]:
        return {}

    @property
    def clinic(self) -> Clinic:
        """Whose project it is.

        Raises:
            Problem: its file has errors.
        """
        if self.project.clinic.model is None:
            raise Problem(*self.project.clinic.findings)
        return self.project.clinic.model

    def records(self, subject: str) -> Records:
        """The sign-offs of a leaflet, or of the words that all share; read once."""
        if subject not in self._records:
            self._records[subject] = read(self.project.root, subject, self.today)
        return self._records[subject]

    def decision(
        self, leaflet: str, language: str, *, easy_read: bool, braille: BrailleCode | None = None
    ) -> Decision:
        """Whether an edition may be given out, and who stands behind it.

        Args:
            braille: what makes it, of an edition in braille.

        Raises:
            Problem: the leaflet, its translation or the records have errors.
        """
        clinic = self.clinic
        figures = bool(self.messages(leaflet, SignedPart.FIGURES, SOURCE))
        needed = of_edition(Wanted(leaflet, language, easy_read, figures, braille), clinic.hand_out)
        entries = {subject: self._whole(subject) for subject in (leaflet, SHARED)}
        return decide(needed, self._of, self._ledger(entries))

    def _whole(self, subject: str) -> tuple[SignOff, ...]:
        """The sign-offs of a subject; with anything wrong in them, none of them counts."""
        records = self.records(subject)
        if records.findings:
            raise Problem(*records.findings)
        return records.entries

    def version(self, subject: str) -> str:
        """The version that is signed; the words of all leaflets have none."""
        return "-" if subject == SHARED else self.english(subject).version

    def part(
        self, subject: str, part: SignedPart, language: str, braille: BrailleCode | None = None
    ) -> Decision:
        """Where one part stands in a language, of all that it needs.

        Raises:
            Problem: the leaflet, its translation or the records have errors.
        """
        rule = self.clinic.hand_out
        needed = of_part_in(subject, part, language, rule)
        if braille:
            needed = (proofreading(subject, language, braille, rule),)
        entries = {subject: self._whole(subject)}
        return decide(needed, self._of, self._ledger(entries))

    def _ledger(self, entries: dict[str, tuple[SignOff, ...]]) -> SignedLedger:
        clinic = self.clinic
        return SignedLedger(
            entries, clinic.region, clinic.hand_out, clinic.drafts_allowed_by, self.today
        )

    def _of(self, needed: NeededStep) -> tuple[SignedMessage, ...]:
        return self.messages(needed.subject, needed.part, needed.language)

    def messages(self, subject: str, part: SignedPart, language: str) -> tuple[SignedMessage, ...]:
        """What is signed of a part in a language: read once.

        Raises:
            Problem: the leaflet or its translation has errors.
        """
        key = (subject, part, language)
        if key not in self._messages:
            self._messages[key] = self._read_messages(subject, part, LANGUAGES[language])
        return self._messages[key]

    def _read_messages(
        self, subject: str, part: SignedPart, language: Language
    ) -> tuple[SignedMessage, ...]:
        if subject == SHARED:
            return self._shared(language)
        if part is SignedPart.BRAILLE:
            return self._in_braille(subject, language)
        return of_part(self.pair(subject, language), part, self.project.root)

    def _shared(self, language: Language) -> tuple[SignedMessage, ...]:
        """The words of templates and contacts; any leaflet's translation holds them."""
        own = self._any_translation(language)
        templates = shared.of_templates(self._templates, own.words, language.tag)
        drawn = self._pictograms()
        pictograms = shared.of_pictograms(drawn, own.pictograms, language.tag)
        return _once(*templates, *self._services(own), *pictograms)

    def _services(self, own: Translation) -> Iterator[SignedMessage]:
        """Whom to call, and what the clinic itself says of when to."""
        english = Directory(self.clinic, self._contacts_in_english())
        tag = own.language.tag
        yield from shared.of_contacts(english, Directory(self.clinic, own.contacts), tag)
        yield from shared.of_clinic(self.clinic, tag)

    def _in_braille(self, leaflet: str, language: Language) -> tuple[SignedMessage, ...]:
        """What a braille reader meets: the leaflet's words, and what is printed around them."""
        own = self._translation(leaflet, language)
        around = shared.of_templates(
            self._templates, own.words, language.tag, without=shared.NOT_IN_BRAILLE
        )
        words = self.messages(leaflet, SignedPart.WORDS, language.tag)
        return _once(*words, *around, *self._services(own))

    def _any_translation(self, language: Language) -> Translation:
        """Of the first leaflet that is translated."""
        *others, last = self.project.leaflet_ids()
        for leaflet in others:
            with suppress(NotTranslated):
                return self._translation(leaflet, language)
        return self._translation(last, language)

    def pair(self, leaflet: str, language: Language) -> Pair:
        """A leaflet in English and in a language, as the clinic's region prints it."""
        own = self._translation(leaflet, language)
        english = self.english(leaflet)
        region = self.clinic.region
        return Pair(
            in_region(english, region),
            in_region(own.leaflet, region),
            language.tag,
            Directory(self.clinic, self._contacts_in_english()),
            Directory(self.clinic, own.contacts),
        )

    def english(self, leaflet: str) -> Leaflet:
        """A leaflet as it is written.

        Raises:
            Problem: it has errors.
        """
        loaded = self.project.leaflet(leaflet)
        if loaded.model is None:
            raise Problem(*loaded.findings)
        return loaded.model

    def _contacts_in_english(self) -> Contacts:
        contacts = self.project.contacts
        if contacts.model is None:
            raise Problem(*contacts.findings)
        return contacts.model

    def _pictograms(self) -> Pictograms:
        drawn = self.project.words_of_pictograms
        if drawn.model is None:
            raise Problem(*drawn.findings)
        return drawn.model

    def _translation(self, leaflet: str, language: Language) -> Translation:
        key = (leaflet, language.tag)
        if key not in self._translations:
            project = self.project
            self._translations[key] = translate(
                project.leaflet(leaflet),
                project.contacts,
                language,
                project.root,
                project.words_of_pictograms,
            )
        return self._translations[key]


def _once(*messages: SignedMessage) -> tuple[SignedMessage, ...]:
    unique = {message.digest: message for message in messages}
    return tuple(unique.values())


def approvals_of(project: Project, today: datetime.date) -> Approvals:
    """The sign-offs of a project, read once for as long as the project is."""
    key = (Approvals, today)
    approvals = project.kept.get(key)
    if not isinstance(approvals, Approvals):
        approvals = project.kept[key] = Approvals(project, today)
    return approvals
