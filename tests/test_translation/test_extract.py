"""Our extraction and Babel's give the same messages, and what is committed is current."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po
from conftest import ROOT, TODAY

from leafpress.cli.extract import extract_messages
from leafpress.content.project import Project
from leafpress.translation.extract import TEMPLATES, templates, translated_languages
from leafpress.translation.language import LANGUAGES
from leafpress.translation.merge import read_po as read_catalogue_file
from leafpress.translation.merge import update

PROJECT = Project.at(ROOT)


def _ids(catalogs: list[object]) -> set[str]:
    messages = [message for catalog in catalogs for message in catalog if message.id]  # type: ignore[attr-defined]
    return {f"{message.context}: {message.id}" for message in messages}


def test_pybabel_gives_the_same(tmp_path: Path) -> None:
    pot = tmp_path / "all.pot"
    pybabel = [sys.executable, "-m", "babel.messages.frontend", "extract"]
    arguments = ["-F", "pyproject.toml", "-o", str(pot), "."]
    subprocess.run(
        [*pybabel, *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    theirs = _ids([read_po(BytesIO(pot.read_bytes()))])
    ours = _ids(list(templates(PROJECT).values()))
    assert theirs == ours
    assert len(ours) > 350


def test_what_is_committed_is_current() -> None:
    """`build.py extract` changes nothing."""
    before = {path: path.read_bytes() for path in (ROOT / "locales").rglob("*.po*")}
    changed = [each.name for each in extract_messages(PROJECT, TODAY) if each.changed]
    for path, data in before.items():
        path.write_bytes(data)
    assert changed == []
    assert len(before) == 4 + 4 * len(translated_languages(PROJECT.root))


def test_translators_are_told_where_and_how_long() -> None:
    for domain, catalog in templates(PROJECT).items():
        for message in catalog:
            if message.id:
                comment = " ".join(message.auto_comments)
                assert "At most" in comment, (domain, message.id)
                assert message.locations


def test_changed_english_becomes_fuzzy_and_gone_english_obsolete() -> None:
    template = templates(PROJECT)["neck-pain"]
    polish = translated_languages(PROJECT.root)[1]
    po = (ROOT / "locales" / "pl/LC_MESSAGES/neck-pain.po").read_bytes()
    old = po.replace(b'msgid "Get help now"', b'msgid "Get help at once"')
    old = old.replace(b'msgid "Whiplash"', b'msgid "Quite another thing that nobody says"')
    fresh = read_po(BytesIO(update(read_catalogue_file(old, "x.po"), template, polish)))
    assert fresh.get("Get help now").fuzzy  # type: ignore[union-attr]
    assert "Quite another thing that nobody says" in fresh.obsolete
    assert fresh.get("Whiplash").string == ""  # type: ignore[union-attr]


def test_no_address_of_this_machine() -> None:
    for path in (ROOT / "locales").rglob("*.po*"):
        assert str(ROOT) not in path.read_text()
    assert TEMPLATES == "leafpress"


def test_other_tools_are_told_how_long() -> None:
    """The least of the limits of all the places that a text has, in the flag that Weblate reads."""
    catalog = templates(PROJECT)[TEMPLATES]
    assert catalog["NHS 111"].flags == {"max-length:96"}
    for catalog in templates(PROJECT).values():
        for message in catalog:
            (limit,) = [flag for flag in message.flags if flag.startswith("max-length:")] or [""]
            told = [int(n) for n in re.findall(r"At most (\d+)", " ".join(message.auto_comments))]
            assert not message.id or limit == f"max-length:{min(told)}", message.id


def test_an_old_limit_goes() -> None:
    po = b'#, max-length:9\nmsgid "NHS 111"\nmsgstr "NHS 111"\n'
    template = templates(PROJECT)[TEMPLATES]
    polish = LANGUAGES["pl"]
    after = update(read_catalogue_file(po, "x.po"), template, polish).decode()
    assert "max-length:9\n" not in after
    assert '#, max-length:96\nmsgid "NHS 111"\nmsgstr "NHS 111"' in after
