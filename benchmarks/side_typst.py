"""A process that does Typst's work: `python side_typst.py FOLDER FONTS`.

FOLDER has an exported edition (`side_leafpress.py`) a language, of which a Typst document is made:
headings, paragraphs, lists, tables and boxes with the same words in the same fonts, tagged, as
PDF/UA-1. Pictures, links, running titles and our columns are not in it: Typst has less to do.
At the end of each block stands a number that is new each time, so that nothing is remembered from
the time before. With `--once LANGUAGE` it writes one PDF and ends.
"""

from __future__ import annotations

import argparse
import io
import json
from functools import cache
from itertools import count, groupby
from pathlib import Path
from typing import Any

import pikepdf
import typst
from answering import Task, answer, measured

FAMILIES = (
    "Atkinson Hyperlegible Next",
    "Noto Sans",
    "Noto Sans Bengali",
    "Vazirmatn",
)
_HEAD = """#set document(title: {title})
#set text(lang: {language}, dir: {direction}, size: 12pt, font: ({families}))
#set page(paper: "a4", margin: 18mm)
"""
_NUMBERS = count(1)


@cache
def _edition(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "edition.json").read_text(encoding="utf-8")))


def _source(folder: Path) -> bytes:
    edition, number = _edition(folder), next(_NUMBERS)
    head = _HEAD.format(
        title=_text(edition["title"]),
        language=_text(edition["language"].partition("-")[0]),
        direction="rtl" if edition["right_to_left"] else "ltr",
        families=", ".join(map(_text, FAMILIES)),
    )
    parts = [head]
    for box, blocks in groupby(edition["blocks"], lambda block: block["box"]):
        content = "\n\n".join(_flow(list(blocks), number))
        parts.append(f"#block(stroke: 1pt, inset: 8pt)[{content}]" if box else content)
    return "\n\n".join(parts).encode()


def _flow(blocks: list[dict[str, Any]], number: int) -> list[str]:
    parts = []
    for (group, is_row), own in groupby(blocks, _kind):
        run = list(own)
        if is_row:
            parts.append(_table(run, number))
        elif group:
            items = ", ".join(f"[{_words(block, number)}]" for block in run)
            parts.append(f"#{'list' if run[0]['mark'] == '-' else 'enum'}({items})")
        else:
            parts += [_block(block, number) for block in run]
    return parts


def _kind(block: dict[str, Any]) -> tuple[int, bool]:
    """Its list or table; whether it is a table."""
    is_item = block["shape"] == "item"
    return (block["group"] if is_item else 0), is_item and not block["mark"]


def _block(block: dict[str, Any], number: int) -> str:
    words = _words(block, number)
    is_heading = block["shape"] == "heading"
    return f"#heading(level: {block['level']})[{words}]" if is_heading else words


def _table(rows: list[dict[str, Any]], number: int) -> str:
    columns = max(len(row["lines"]) for row in rows)
    padded = [row["lines"] + [""] * (columns - len(row["lines"])) for row in rows]
    cells = ", ".join(f"[#{_text(f'{cell} {number}')}]" for row in padded for cell in row)
    return f"#table(columns: {columns}, {cells})"


def _words(block: dict[str, Any], number: int) -> str:
    return f"#{_text(' '.join([*block['lines'], str(number)]))}"


def _text(words: str) -> str:
    """A string of Typst's."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _once(asked: argparse.Namespace) -> None:
    file = asked.folder / "once.typ"
    file.write_bytes(_source(asked.folder / asked.once))
    (asked.folder / "typst.pdf").write_bytes(_compiled(asked.fonts, asked.folder)(file))


def _compiled(fonts: Path, folder: Path) -> Any:
    compiler = typst.Compiler(root=folder, font_paths=[fonts], ignore_system_fonts=True)
    return lambda file: bytes(compiler.compile(input=file, format="pdf", pdf_standards=["ua-1"]))


def main() -> None:
    """Answer, or write one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("fonts", type=Path)
    parser.add_argument("--once")
    asked = parser.parse_args()
    if asked.once:
        _once(asked)
        return
    write, file = _compiled(asked.fonts, asked.folder), asked.folder / "leaflet.typ"

    def build(task: Task) -> dict[str, Any]:
        file.write_bytes(_source(asked.folder / task["language"]))
        data, took = measured(lambda: write(file))
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return {**took, "pages": len(pdf.pages), "bytes": len(data)}

    answer({"build": build})


if __name__ == "__main__":
    main()
