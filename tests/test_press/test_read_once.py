"""What one edition reads of a project, the next of the same worker does not read again."""

from __future__ import annotations

import pytest
from conftest import MakeProject, order_for

from leafpress.content import source
from leafpress.content.root import Root
from leafpress.press import worker
from leafpress.press.edition import Edition, Status
from leafpress.translation import catalogue, parity
from leafpress.translation.language import LANGUAGES


def test_a_worker_reads_each_file_once(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    read = source.read

    def counted(path, name, **options):  # type: ignore[no-untyped-def]
        opened.append(name)
        return read(path, name, **options)

    monkeypatch.setattr("leafpress.content.load.read", counted)
    monkeypatch.setattr(catalogue, "read", counted)
    options = order_for(make_project())
    for format_ in ("text", "web"):
        outcome = worker.build(worker.EditionJob(Edition("case", "en-GB", format_), options, None))
        assert outcome.status is Status.BUILT, outcome.findings
    assert "leaflets/case.yaml" in opened
    assert len(opened) == len(set(opened))


def test_a_catalogue_that_changes_is_read_again(make_project: MakeProject) -> None:
    root = make_project()
    path = catalogue.path_of(Root(root), "case", LANGUAGES["pl"])
    path.parent.mkdir(parents=True)
    path.write_text("not gettext\n")
    first = catalogue.read_catalogue(Root(root), "case", LANGUAGES["pl"])
    assert catalogue.read_catalogue(Root(root), "case", LANGUAGES["pl"]) is first
    path.write_text("")
    again = catalogue.read_catalogue(Root(root), "case", LANGUAGES["pl"])
    assert [finding.rule for finding in first.findings] == ["T005"]
    assert [finding.rule for finding in again.findings] == ["T001"]


MESSAGES = """msgid ""
msgstr ""
"Language: pl\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && "
"(n%100<10 || n%100>=20) ? 1 : 2);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Some 3 words."
msgstr "Kilka 3 słów."

msgid "The 4 back pains."
msgstr "Bóle pleców 4."
"""


def test_a_message_that_was_faultless_is_not_checked_again(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    check = parity.check

    def counted(source, string, *rest):  # type: ignore[no-untyped-def]
        checked.append(string)
        return check(source, string, *rest)

    monkeypatch.setattr(parity, "check", counted)
    root, polish = make_project(), LANGUAGES["pl"]
    path = catalogue.path_of(Root(root), "case", polish)
    glossary = root / "locales" / "pl" / "glossary.csv"
    path.parent.mkdir(parents=True, exist_ok=True)

    def saved(messages: str, term: str) -> tuple[set[str], list[str]]:
        path.write_text(messages)
        terms = f"english,term,forbidden,note\nback pain,{term},,\n"
        if not glossary.exists() or glossary.read_text() != terms:
            glossary.write_text(terms)
        checked.clear()
        read = catalogue.read_catalogue(Root(root), "case", polish)
        return set(checked), [finding.rule for finding in read.findings]

    both = {"Kilka 3 słów.", "Bóle pleców 4."}
    assert saved(MESSAGES, "ból|bóle") == (both, [])
    other = MESSAGES.replace("Kilka 3", "Parę 33")
    assert saved(other, "ból|bóle") == ({"Parę 33 słów."}, ["T013"])
    # What has a fault is checked each time, so that it is told each time.
    assert saved(other.replace("Bóle", "Te bóle"), "ból|bóle")[1] == ["T013"]
    assert saved(MESSAGES, "ból pleców") == (both, ["T020"])
