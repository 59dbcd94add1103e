"""A small project with a leaflet in Urdu: what stands in it is the test's."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from conftest import ROOT

_HEADER = (
    'msgid ""\nmsgstr ""\n"Language: ur\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)
_TEXTS = {
    "A leaflet": "ایک کتابچہ",
    "What it says in one sentence.": "یہ کیا کہتا ہے۔",
    "Adults.": "بالغ۔",
    "The testers.": "جانچنے والے۔",
    "One": "پہلا",
    "Some words.": "کچھ الفاظ۔",
}
"""The texts of `cases/base/leaflet.yaml`."""


def write_urdu(root: Path, english: Mapping[str, str], urdu: Mapping[str, str]) -> None:
    """Give the project in `root` an Urdu catalogue.

    Args:
        english: what stands in the leaflet in place of a text of the base.
        urdu: translations, by the text of the base that they stand for.
    """
    leaflet = root / "leaflets" / "case.yaml"
    source = leaflet.read_text(encoding="utf-8")
    catalogue = _HEADER
    for base, translation in _TEXTS.items():
        text = english.get(base, base)
        source = source.replace(f": {base}\n", f": {json.dumps(text, ensure_ascii=False)}\n")
        words = (text, urdu.get(base, translation))
        message, answer = (json.dumps(each, ensure_ascii=False) for each in words)
        catalogue += f"\nmsgid {message}\nmsgstr {answer}\n"
    leaflet.write_text(source, encoding="utf-8")
    folder = root / "locales" / "ur" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "case.po").write_text(catalogue, encoding="utf-8")
    shutil.copy(ROOT / "locales" / "ur" / "LC_MESSAGES" / "leafpress.po", folder)
