"""The story that docs/signing.md tells: signed, given out, changed, marked, withdrawn."""

from __future__ import annotations

import email
import email.policy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CASES, ROOT, TODAY, MakeProject, order_for
from lxml import html
from office import Office
from people import MANAGER, approvals, sign, sign_english, sign_translation

from leafpress.approval import sign_off, signing
from leafpress.approval.entry import Step
from leafpress.content.clinic import Clinic
from leafpress.content.root import Root
from leafpress.library import site
from leafpress.mailing.options import RowOutcome
from leafpress.mailing.run import RunResult
from leafpress.press.edition import Edition
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import build
from leafpress.press.schedule import store

LANGUAGES = ("en-GB", "pl")
CLINIC = {"name": "A clinic", "telephone": "020 7946 0000", "email": "a@clinic.example"}


class Project:
    """A leaflet in English and Polish, letters, and somebody who builds and encloses."""

    def __init__(self, root: Path, office: Office) -> None:
        self.root, self.office, self.nights = root, office, root / "nights"

    def build(self) -> None:
        """Build both editions, let their proof be a pass, and write the page for staff."""
        manifest = Manifest.read(self.root / "out")
        for language in LANGUAGES:
            edition = Edition("case", language, "text")
            store(build(edition, order_for(self.root), None), manifest)
            if edition.output in manifest.entries:
                manifest.entries[edition.output].verdicts["leafpress"] = "pass"
        manifest.save()
        site.update(manifest, order_for(self.root))

    def night(self, name: str) -> RunResult:
        """A night's e-mails: one patient reads English, the other Polish."""
        rows = [
            self.office.pair("A12345", leaflets="case"),
            self.office.pair("B12345", leaflets="case", language="pl"),
        ]
        return self.office.run(
            *rows,
            root=Root(self.root),
            editions=self.root / "out",
            clinic=Clinic.model_validate(CLINIC),
            standard="text",
            way=RowOutcome.EML,
            out=self.nights / name,
            receipts=self.nights,
        )

    def said(self, name: str) -> list[str]:
        """What a night's receipts come to: a rule, or the state of what was given."""
        receipts = self.night(name).receipts
        return ["".join(each.rules or each.leaflet_states) for each in receipts]

    def page(self, language: str) -> str:
        return (self.root / "out" / language / "case-text.txt").read_text(encoding="utf-8")

    def library(self) -> html.HtmlElement:
        text = (self.root / "out" / "index.html").read_text(encoding="utf-8")
        return html.document_fromstring(text)

    def change(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def project(make_project: MakeProject, tmp_path: Path) -> Project:
    root = make_project()
    folder = root / "locales" / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "locales" / "pl" / "LC_MESSAGES" / "leafpress.po", folder)
    shutil.copy(CASES / "base" / "catalogue.po", folder / "case.po")
    shutil.copy(CASES / "base" / "leaflet-with-markup.yaml", root / "leaflets" / "case.yaml")
    return Project(root, Office(tmp_path / "office"))


@pytest.fixture
def signed(project: Project) -> Project:
    """Everybody whom the strict rule asks for has signed both languages."""
    sign_english(project.root)
    sign_translation(project.root, "pl")
    project.build()
    return project


POLISH = "locales/pl/LC_MESSAGES/case.po"


def test_a_draft_then_signed_then_given(project: Project) -> None:
    project.build()
    assert project.said("draft") == ["E100", "E100"]
    assert "Draft: not yet checked by a clinician." in project.page("en-GB")
    sign_english(project.root)
    assert project.said("not built") == ["E088", "E088"]
    project.build()
    assert project.said("english") == ["approved", "E100"]
    sign_translation(project.root, "pl")
    project.build()
    assert project.said("both") == ["approved", "approved"]
    assert "Checked by a clinician on 28 November 2026." in project.page("en-GB")
    assert "Draft" not in project.page("pl")
    mail = next((project.nights / "both").glob("B12345*.eml")).read_bytes()
    body = email.message_from_bytes(mail, policy=email.policy.default).get_body()
    assert body is not None
    assert "Machine translation" not in body.get_content()
    assert project.library().xpath('//section[@id="not-yet"]') == []


def _words_of_the_leaflet(project: Project) -> None:
    """The same words in both: the Polish stands under the new English."""
    project.change("leaflets/case.yaml", "wait 4 hours", "wait 4 hours more")
    project.change(POLISH, "wait 4 hours", "wait 4 hours more")


def _words_of_the_translation(project: Project) -> None:
    project.change(POLISH, "**teraz**", "**zaraz**")


def _words_of_all_leaflets(project: Project) -> None:
    project.change("leaflets/contacts.yaml", 'telephone: "999"', 'telephone: "112"')


SAFETY: dict[str, tuple[Callable[[Project], None], list[str]]] = {
    "in English": (_words_of_the_leaflet, ["E100", "E100"]),
    "in Polish": (_words_of_the_translation, ["approved", "E100"]),
    "a number to call": (_words_of_all_leaflets, ["E100", "E100"]),
}
"""Changes of words about safety, and what becomes of the English and the Polish."""


@pytest.mark.parametrize("change", SAFETY)
def test_a_word_about_safety_is_changed(change: str, signed: Project) -> None:
    do, said = SAFETY[change]
    do(signed)
    assert "E088" in signed.said("not built")
    signed.build()
    assert signed.said("built") == said
    refused = [each.reason for each in signed.night("again").receipts if each.rules]
    assert all("changed since" in reason for reason in refused), refused


def test_a_word_that_is_not_about_safety(signed: Project) -> None:
    signed.change("leaflets/case.yaml", "Adults.", "All adults.")
    signed.change(POLISH, "Adults.", "All adults.")
    signed.build()
    marked = "approved, changed since it was checked"
    assert signed.said("marked") == [marked, marked]
    assert "Changed since a clinician checked it." in signed.page("en-GB")
    assert marked in (signed.nights / "marked" / "summary.html").read_text(encoding="utf-8")


def test_a_small_change_where_the_clinic_refuses_it(signed: Project) -> None:
    with (signed.root / "clinic.yaml").open("a") as file:
        file.write("hand_out: {small_changes: refuse}\n")
    signed.change("leaflets/case.yaml", "Adults.", "All adults.")
    signed.change(POLISH, "Adults.", "All adults.")
    signed.build()
    assert signed.said("refused") == ["E100", "E100"]


def test_withdrawn(signed: Project) -> None:
    signed.night("before")
    own = approvals(signed.root)
    entry = sign_off.withdrawn(own, "case", "en-GB", MANAGER, "A number is wrong.")
    signing.append(Root(signed.root), entry, TODAY)
    assert signed.said("not built") == ["E088", "E088"]
    signed.build()
    assert not list((signed.root / "out").glob("*/case-text.txt"))
    assert signed.said("withdrawn") == ["E089", "E089"]
    gone = signed.library().xpath('//section[@id="withdrawn"]')[0].text_content()
    assert "Test Manager withdrew it: A number is wrong." in gone
    summary = (signed.nights / "withdrawn" / "summary.html").read_text(encoding="utf-8")
    page = html.document_fromstring(summary)
    rows = page.xpath('//table[caption="Leaflets that are withdrawn"]/tbody/tr')
    facts = [[cell.text_content() for cell in row] for row in rows]
    day, why = "2026-11-28", "Test Manager withdrew it: A number is wrong."
    assert [(row[1], *row[2:]) for row in facts] == [
        ("English", day, why, f"1 copy in English, on {TODAY} (version 1.0)"),
        ("Polish", day, why, f"1 copy in Polish, on {TODAY} (version 1.0)"),
    ]
    sign(signed.root, Step.APPROVED, MANAGER)
    signed.build()
    assert signed.said("back")[0] == "approved"
