"""Approved translations as TMX 1.4 (LISA, 2005): a memory for translators' tools."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from leafpress.approval.approvals import Approvals
from leafpress.approval.entry import Agreement, Step
from leafpress.approval.messages import SHARED, SignedMessage, SignedPart
from leafpress.translation.language import SOURCE, Language

CONTEXT = "x-context"
"""The property that parts the same English in two roles, as translators' tools name it."""

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def approved(approvals: Approvals, subject: str, language: Language) -> Iterator[SignedMessage]:
    """The messages of a subject whose sign-offs are complete, and under which a name stands.

    Raises:
        Problem: the translation or the records have errors.
    """
    parts = (SignedPart.WORDS,) if subject == SHARED else (SignedPart.WORDS, SignedPart.EASY_READ)
    for part in parts:
        messages = approvals.messages(subject, part, language.tag)
        decision = approvals.part(subject, part, language.tag)
        is_signed = bool(decision.translated_by and not decision.reasons)
        if messages and is_signed and decision.withdrawn is None:
            signed = _signed_in_every_step(approvals, subject, part, language)
            yield from (message for message in messages if message.digest in signed)


def _signed_in_every_step(
    approvals: Approvals, subject: str, part: SignedPart, language: Language
) -> frozenset[str]:
    """The digests that each step holds: a word that has changed since is not approved."""
    steps: dict[Step, set[str]] = {}
    for entry in approvals.records(subject).entries:
        is_of_part = (entry.part, entry.language) == (part, language.tag)
        if is_of_part and entry.outcome is Agreement.AGREED and entry.messages:
            digests = {words.digest for words in entry.messages}
            steps.setdefault(entry.step, set()).update(digests)
    return frozenset(set.intersection(*steps.values())) if steps else frozenset()


def as_tmx(language: Language, messages: Iterator[SignedMessage]) -> tuple[bytes, int]:
    """The bytes of the file, and how many pairs are in it: each once."""
    root = etree.Element("tmx", {"version": "1.4"})
    header = {
        "creationtool": "leafpress",
        "creationtoolversion": "1",
        "segtype": "block",
        "o-tmf": "gettext",
        "adminlang": SOURCE,
        "srclang": SOURCE,
        "datatype": "plaintext",
    }
    etree.SubElement(root, "header", header)
    body = etree.SubElement(root, "body")
    pairs = dict.fromkeys((message.english, message.words, message.context) for message in messages)
    for english, words, context in pairs:
        unit = etree.SubElement(body, "tu")
        if context:
            etree.SubElement(unit, "prop", {"type": CONTEXT}).text = context
        for tag, text in ((SOURCE, english), (language.tag, words)):
            variant = etree.SubElement(unit, "tuv", {_XML_LANG: tag})
            etree.SubElement(variant, "seg").text = text
    doctype = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    data = etree.tostring(
        root, xml_declaration=True, encoding="utf-8", pretty_print=True, doctype=doctype
    )
    return bytes(data), len(pairs)
