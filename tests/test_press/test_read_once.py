"""What one edition reads of a project, the next of the same worker does not read again."""

from __future__ import annotations

import pytest
from conftest import MakeProject, order_for

from leafpress.content import source
from leafpress.content.root import Root
from leafpress.press import worker
from leafpress.press.edition import Edition, Status
from leafpress.translation import catalogue
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
