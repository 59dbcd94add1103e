"""A preview of a small project, for every test here."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MakeProject
from previews import PreviewPlace, place_for

from leafpress.content.root import Root


@pytest.fixture
def place(make_project: MakeProject, tmp_path: Path) -> PreviewPlace:
    return place_for(Root(make_project()), tmp_path / "previews")
