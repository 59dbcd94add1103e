"""A process that does WeasyPrint's own work: `python side_stock.py FOLDER`.

FOLDER has an exported page (`side_leafpress.py`) a language: the same markup, styles, fonts, files
and options as leafpress has, and nothing of leafpress. As somebody does who wants it quick, style
sheets are parsed once, and there is one configuration of fonts. With `--once LANGUAGE` it writes
one PDF and ends.
"""

from __future__ import annotations

import argparse
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from answering import Task, answer, measured


@cache
def _engine(fonts: str) -> Any:
    os.environ["FONTCONFIG_FILE"] = fonts
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    return weasyprint, FontConfiguration()


@cache
def _edition(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "edition.json").read_text(encoding="utf-8")))


@cache
def _styles(folder: Path) -> list[Any]:
    edition = _edition(folder)
    module, fonts = _engine(edition["fonts"])
    base = f"{folder.as_uri()}/"
    return [module.CSS(string=text, base_url=base, font_config=fonts) for text in edition["styles"]]


def _write(folder: Path) -> bytes:
    edition = _edition(folder)
    module, fonts = _engine(edition["fonts"])
    page = (folder / "page.html").read_text(encoding="utf-8")
    html = module.HTML(string=page, base_url=f"{folder.as_uri()}/")
    variant = edition["variant"]
    styled = {"font_config": fonts, "stylesheets": _styles(folder), "pdf_variant": variant}
    return bytes(html.render(**styled).write_pdf(pdf_variant=variant, pdf_tags=True))


def main() -> None:
    """Answer, or write one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--once")
    asked = parser.parse_args()

    def layout(task: Task) -> dict[str, Any]:
        data, took = measured(lambda: _write(asked.folder / task["language"]))
        return {**took, "bytes": len(data)}

    if asked.once:
        (asked.folder / "stock.pdf").write_bytes(_write(asked.folder / asked.once))
    else:
        answer({"layout": layout})


if __name__ == "__main__":
    main()
