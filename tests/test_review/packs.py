"""One small leaflet in English and Urdu, and its packs as they are sent."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT, project_in

from leafpress.approval.approvals import Approvals, approvals_of
from leafpress.press.edition import BuildOptions

HERE = Path(__file__).parent


def urdu_project(root: Path) -> Path:
    """The leaflet `case` of this folder, in English and Urdu."""
    project_in(root, "leaflet.yaml")
    shutil.copy(HERE / "case.yaml", root / "leaflets" / "case.yaml")
    folder = root / "locales" / "ur" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(HERE / "case.po", folder)
    shutil.copy(ROOT / "locales" / "ur" / "LC_MESSAGES" / "leafpress.po", folder)
    shutil.copy(ROOT / "locales" / "ur" / "glossary.csv", root / "locales" / "ur")
    return root


@dataclass(frozen=True)
class Sent:
    """A project and the packs that were made of it."""

    root: Path
    options: BuildOptions
    packs: Path

    def file(self, ending: str, language: str = "ur") -> Path:
        """A file as it was sent."""
        return self.packs / f"case-{language}.{ending}"

    def approvals(self) -> Approvals:
        """The project read anew."""
        return approvals_of(self.options.project(), self.options.today)
