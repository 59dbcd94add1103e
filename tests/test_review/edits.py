"""What goes wrong with files on their way: edits of Word, XLIFF and PO files as they were sent."""

from __future__ import annotations

import copy
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

Edit = Callable[[bytes], bytes]

NUMBER, ENGLISH, WORDS, PLACE, REMARK = range(5)
XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"


def word(change: Callable[[Any], object]) -> Edit:
    """An edit of the table of a Word file."""

    def edit(data: bytes) -> bytes:
        document = docx.Document(BytesIO(data))
        change(document.tables[0])
        buffer = BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return edit


def row_of(table: Any, english: str) -> Any:
    """The row whose English begins so."""
    return next(row for row in table.rows if row.cells[ENGLISH].text.startswith(english))


def set_words(cell: Any, words: str) -> None:
    """Other words in a cell, as one run."""
    first, *others = cell.paragraphs[0].runs
    first.text = words
    for run in others:
        run._r.getparent().remove(run._r)


def replaced(english: str, old: str, new: str, column: int = WORDS) -> Edit:
    """Other words in a cell."""

    def change(table: Any) -> None:
        cell = row_of(table, english).cells[column]
        text = cell.paragraphs[0].text
        assert old in text
        set_words(cell, text.replace(old, new))

    return word(change)


def with_row(english: str, change: Callable[[Any], object]) -> Edit:
    """An edit of one row."""
    return word(lambda table: change(row_of(table, english)))


def drop(row: Any) -> None:
    row._tr.getparent().remove(row._tr)


def double(row: Any) -> None:
    row._tr.addnext(copy.deepcopy(row._tr))


def empty(row: Any) -> None:
    set_words(row.cells[WORDS], "")


def swap(table: Any, first: str, second: str, column: int = WORDS) -> None:
    """The cells of two rows in exchange."""
    one, other = (row_of(table, english).cells[column]._tc for english in (first, second))
    behind = other.getnext()
    one.addprevious(other)
    behind.addprevious(one)


def slip(table: Any) -> None:
    """The translations one row too low, as after a cell was inserted."""
    cells = [row.cells[WORDS] for row in table.rows[1:]]
    texts = [cell.text for cell in cells]
    for cell, words in zip(cells, ["جانچ", *texts], strict=False):
        set_words(cell, words)


def track(row: Any, mark: str = "w:del") -> None:
    """Its words as a tracked change."""
    run = row.cells[WORDS].paragraphs[0].runs[0]._r
    tracked = OxmlElement(mark)
    tracked.set(qn("w:id"), "900")
    tracked.set(qn("w:author"), "A reviewer")
    run.addprevious(tracked)
    tracked.append(run)
    if mark == "w:del":
        run.find(qn("w:t")).tag = qn("w:delText")


def hide(row: Any) -> None:
    row.cells[WORDS].paragraphs[0].runs[0].font.hidden = True


def strike(row: Any) -> None:
    row.cells[WORDS].paragraphs[0].runs[0].font.strike = True


def track_row(row: Any) -> None:
    deleted = OxmlElement("w:del")
    deleted.set(qn("w:id"), "901")
    row._tr.get_or_add_trPr().append(deleted)


def picture_in(row: Any) -> None:
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    row.cells[WORDS].paragraphs[0].add_run().add_picture(buffer)


def merge(row: Any) -> None:
    row.cells[WORDS].merge(row.cells[PLACE])


def drop_column(table: Any) -> None:
    for row in table.rows:
        cell = row.cells[ENGLISH]._tc
        cell.getparent().remove(cell)


def xliff(change: Callable[[Any], object]) -> Edit:
    """An edit of the tree of an XLIFF file."""

    def edit(data: bytes) -> bytes:
        root = etree.fromstring(data)
        change(root)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))

    return edit


def unit_of(root: Any, english: str) -> Any:
    """The unit whose English, without elements, begins so."""
    units = root.iter(f"{XLIFF}trans-unit")
    return next(u for u in units if "".join(u[0].itertext()).startswith(english))


def with_unit(english: str, change: Callable[[Any], object]) -> Edit:
    """An edit of one unit."""
    return xliff(lambda root: change(unit_of(root, english)))


def target_of(unit: Any) -> Any:
    return unit.find(f"{XLIFF}target")


def plain_target(unit: Any) -> None:
    """The target without its elements, as a tool writes that knows none."""
    target = target_of(unit)
    text = "".join(target.itertext())
    target[:] = []
    target.text = text


def target_text(old: str, new: str) -> Callable[[Any], None]:
    """Other words at the beginning of a target."""

    def change(unit: Any) -> None:
        target = target_of(unit)
        assert old in target.text
        target.text = target.text.replace(old, new)

    return change


def swap_targets(root: Any) -> None:
    one = target_of(unit_of(root, "Low back pain"))
    other = target_of(unit_of(root, "Most low back pain"))
    one.text, other.text = other.text, one.text


def text(old: str, new: str) -> Edit:
    """Other words in a PO file."""

    def edit(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode(), 1)

    return edit


def entry(english: str, change: Callable[[str], str]) -> Edit:
    """An edit of one entry of a PO file."""

    def edit(data: bytes) -> bytes:
        entries = data.decode().split("\n\n")
        at = next(n for n, each in enumerate(entries) if f'msgid "{english}' in each)
        entries[at] = change(entries[at])
        return "\n\n".join(entries).encode()

    return edit
