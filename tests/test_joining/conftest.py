"""Letters as clinics' programs make them: each program runs once in a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_joining import producers


@pytest.fixture(scope="session")
def letters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """By the program that made it, the bytes of an appointment letter."""
    folder: Path = tmp_path_factory.mktemp("letters")
    processes = [
        start(folder)
        for start in (
            producers.start_libreoffice,
            producers.start_chromium,
            producers.start_weasyprint,
        )
    ]
    found = {"typst": producers.typst(folder), "reportlab, untagged": producers.reportlab()}
    for process in processes:
        output, _ = process.communicate(timeout=400)
        assert process.returncode == 0, output
    return found | {
        "libreoffice": (folder / "office.pdf").read_bytes(),
        "chromium": (folder / "chromium.pdf").read_bytes(),
        "weasyprint": (folder / "plain.pdf").read_bytes(),
        "weasyprint with a form": (folder / "form.pdf").read_bytes(),
    }
