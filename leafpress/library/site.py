"""`out/index.html`: what staff open to find, print and hand out leaflets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from leafpress.library.shelf import ListedLeaflet, WithdrawnLeaflet, shelf, withdrawn
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
    leaflets, gone = shelf(manifest), withdrawn(manifest)
    template = _TEMPLATE.read_text(encoding="utf-8")
    proven = (manifest.folder / "proof" / FILE).exists()
    mark = f"<!-- {of_text(f'{template}{proven}{leaflets}{gone}')} -->\n"
    path = manifest.folder / FILE
    if not path.exists() or not path.read_text(encoding="utf-8").endswith(mark):
        write(path, (page(leaflets, gone, template, proven=proven) + mark).encode())


def page(
    leaflets: tuple[ListedLeaflet, ...],
    gone: tuple[WithdrawnLeaflet, ...],
    template: str,
    *,
    proven: bool,
) -> str:
    """The page, as HTML.

    Args:
        gone: what was withdrawn.
        proven: whether there is a page about the proofs.
    """
    from leafpress.templating import pages_for_staff  # not needed when nothing has changed

    files = sum(len(group.rows) for leaflet in leaflets for group in leaflet.groups)
    return (
        pages_for_staff()
        .from_string(template)
        .render(leaflets=leaflets, gone=gone, files=files, proven=proven)
        + "\n"
    )
