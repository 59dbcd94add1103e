"""Catalogues: ours are complete, and others are judged by line."""

from __future__ import annotations

import pytest
from conftest import ROOT, TODAY, MakeProject, order_for

from leafpress.cli.extract import extract_messages
from leafpress.content.project import Project
from leafpress.content.texts import texts
from leafpress.findings import Severity, Span
from leafpress.press.edition import Edition, Status
from leafpress.press.pipeline import build, check
from leafpress.rules import finding
from leafpress.translation import translate
from leafpress.translation.catalogue import lacking, read_catalogue
from leafpress.translation.extract import TEMPLATES, translated_languages

PROJECT = Project.at(ROOT)
DOMAINS = [*PROJECT.leaflet_ids(), TEMPLATES]


@pytest.mark.parametrize("language", translated_languages(PROJECT.root), ids=lambda each: each.tag)
@pytest.mark.parametrize("domain", DOMAINS)
def test_ours_are_complete(domain: str, language: object) -> None:
    catalogue = read_catalogue(PROJECT.root, domain, language)  # type: ignore[arg-type]
    assert catalogue.words, catalogue.findings
    assert catalogue.findings == ()
    model = PROJECT.contacts.model if domain == TEMPLATES else PROJECT.leaflet(domain).model
    wanted = [(PROJECT.contacts.tree.span(()), text) for _, text in texts(model)]  # type: ignore[union-attr]
    assert wanted
    assert lacking(catalogue, wanted) == []


def test_no_catalogue(make_project: MakeProject) -> None:
    root = make_project()
    found = check(Edition("case", "pl", "a4"), order_for(root))
    assert [(each.rule, each.span.file) for each in found] == [
        ("T001", "locales/pl/LC_MESSAGES/case.po"),
        ("T001", "locales/pl/LC_MESSAGES/leafpress.po"),
    ]
    outcome = build(Edition("case", "pl", "a4"), order_for(root), None)
    assert outcome.status is Status.NOT_TRANSLATED
    assert not outcome.has_errors


def test_a_warning_beside_does_not_make_it_a_failure(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an edition lacks decides its status, not which rules its findings have."""
    warning = finding("T016", Span("locales/pl"), message="Pain")
    monkeypatch.setattr(
        translate, "_check", lambda catalogue, _loaded: (*catalogue.findings, warning)
    )
    outcome = build(Edition("case", "pl", "a4"), order_for(make_project()), None)
    assert {each.rule for each in outcome.findings} == {"T001", "T016"}
    assert outcome.status is Status.NOT_TRANSLATED


def test_a_catalogue_that_nobody_has_begun(make_project: MakeProject) -> None:
    """What `extract` writes for a new leaflet is no error, and no flood of findings."""
    root = make_project()
    list(extract_messages(Project.at(root), TODAY))
    found = check(Edition("case", "pl", "a4"), order_for(root))
    assert {each.rule for each in found} == {"T001"}


def test_templates_never_fall_back_to_english(make_project: MakeProject) -> None:
    """A message that the templates use and the catalogue lacks stops the edition."""
    root = make_project()
    for domain in ("leafpress", "case"):
        path = root / "locales" / "pl" / "LC_MESSAGES" / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        source = ROOT / "locales" / "pl" / "LC_MESSAGES" / "leafpress.po"
        path.write_text(source.read_text())
    (root / "locales/pl/LC_MESSAGES/case.po").write_text(
        (ROOT / "tests/cases/base/case.po").read_text()
    )
    leaflet = ROOT / "tests/cases/base/leaflet-with-markup.yaml"
    (root / "leaflets" / "case.yaml").write_text(leaflet.read_text())
    shared = root / "locales/pl/LC_MESSAGES/leafpress.po"
    shared.write_text(shared.read_text().replace('msgid "Next review"', 'msgid "Next revue"'))
    found = check(Edition("case", "pl", "a4"), order_for(root))
    assert [(each.rule, each.sentence) for each in found if each.severity is Severity.ERROR] == [
        ("T004", "the catalogue lacks “Next review”, which stands in templates/")
    ]
