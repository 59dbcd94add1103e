"""`out/index.html`: what staff open to find, print and hand out leaflets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from leafpress.installed import as_called
from leafpress.library.shelf import ListedLeaflet, Shelves, shelves
from leafpress.system.digest import of_text
from leafpress.system.files import write

if TYPE_CHECKING:
    from leafpress.press.manifest import Manifest

FILE = "index.html"
_TEMPLATE = Path(__file__).with_name("site.html")


def update(manifest: Manifest) -> None:
    """Write the page, unless it already shows what the manifest says.

    Raises:
        Problem: it cannot be written (B004, exit code 5).
    """
    found = shelves(manifest)
    template = as_called(_TEMPLATE.read_text(encoding="utf-8"))
    proven = (manifest.folder / "proof" / FILE).exists()
    mark = f"<!-- {of_text(f'{template}{proven}{found}')} -->\n"
    path = manifest.folder / FILE
    if not path.exists() or not path.read_text(encoding="utf-8").endswith(mark):
        write(path, (page(found, template, proven=proven) + mark).encode())


def page(found: Shelves, template: str, *, proven: bool) -> str:
    """The page, as HTML.

    Args:
        proven: whether there is a page about the proofs.
    """
    from leafpress.templating import pages_for_staff  # not needed when nothing has changed

    counts = {"files": _files(found.to_hand_out), "drafts": _files(found.not_yet)}
    filled = pages_for_staff().from_string(template).render(shelf=found, proven=proven, **counts)
    return filled + "\n"


def _files(leaflets: tuple[ListedLeaflet, ...]) -> int:
    return sum(len(group.rows) for leaflet in leaflets for group in leaflet.groups)
