"""The packs of one small leaflet, made once for all tests that only look at them."""

from __future__ import annotations

import pytest
from conftest import order_for
from packs import Sent, urdu_project

from leafpress.approval.approvals import Approvals
from leafpress.review import pack
from leafpress.translation.language import LANGUAGES


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    root = urdu_project(tmp_path_factory.mktemp("review") / "project")
    options = order_for(root)
    packs = root / "review"
    packs.mkdir()
    for tag in ("ur", "en-GB"):
        for name, data in pack.files(options, "case", LANGUAGES[tag]):
            (packs / name).write_bytes(data)
    return Sent(root, options, packs)


@pytest.fixture(scope="session")
def approvals(sent: Sent) -> Approvals:
    """The project, read once for all tests that only look."""
    return sent.approvals()
