"""What returned files lose on their way: none of it passes, and each is said with its row."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import edits
import pytest
from conftest import order_for
from losses import IN_PO, IN_XLIFF, WORD, Loss
from packs import Sent

from leafpress.approval.approvals import Approvals
from leafpress.approval.messages import SHARED
from leafpress.findings import Finding, Problem
from leafpress.review.rows import current, rows
from leafpress.review.take_in import require_sound, take_in
from leafpress.review.xliff import as_xliff
from leafpress.translation.language import LANGUAGES

URDU = LANGUAGES["ur"]

LOSSES = [
    pytest.param(ending, (rule, edit), id=f"{ending}: {what}")
    for ending, table in (("docx", WORD), ("xliff", IN_XLIFF), ("po", IN_PO))
    for what, (rule, edit) in table.items()
]


def returned(
    sent: Sent, tmp_path: Path, ending: str, edit: edits.Edit, language: str = "ur"
) -> Path:
    """A file as it comes back."""
    path = tmp_path / f"returned.{ending}"
    path.write_bytes(edit(sent.file(ending, language).read_bytes()))
    return path


def findings_of(approvals: Approvals, path: Path) -> tuple[Finding, ...]:
    """What stops a returned file."""
    try:
        require_sound(take_in(approvals, path, path.name, ""))
    except Problem as problem:
        return problem.findings
    return ()


@pytest.mark.parametrize(("ending", "loss"), LOSSES)
def test_nothing_that_is_lost_passes(
    sent: Sent, approvals: Approvals, tmp_path: Path, ending: str, loss: Loss
) -> None:
    rule, edit = loss
    found = findings_of(approvals, returned(sent, tmp_path, ending, edit))
    assert rule in {each.rule for each in found}, found
    assert all(each.span.file == f"returned.{ending}" for each in found)


def test_there_are_losses_of_each_kind() -> None:
    assert all(len(table) >= 30 for table in (WORD, IN_XLIFF, IN_PO))


HARMLESS: list[tuple[str, edits.Edit]] = [
    ("docx", bytes),
    ("xliff", bytes),
    ("po", bytes),
    ("po", lambda data: data.replace(b"\n", b"\r\n")),
    ("po", lambda data: b"\xef\xbb\xbf" + data),
    ("xliff", lambda data: data.replace(b"\n", b"\r\n")),
    ("xliff", lambda data: data.decode().replace("utf-8", "utf-16").encode("utf-16")),
    (
        "xliff",
        lambda data: data.replace(
            b"<?xml version='1.0' encoding='utf-8'?>", b'<?xml version="1.0"?>'
        ),
    ),
    ("xliff", edits.with_unit("Adults.", lambda unit: edits.target_of(unit).set("state", "final"))),
    ("docx", edits.with_row("Adults.", lambda row: row._tr.getparent().append(row._tr))),
]
"""What tools do to a file without a loss."""


@pytest.mark.parametrize(("ending", "edit"), HARMLESS)
def test_what_nobody_touched_changes_nothing(
    sent: Sent, approvals: Approvals, tmp_path: Path, ending: str, edit: edits.Edit
) -> None:
    path = returned(sent, tmp_path, ending, edit)
    taken = take_in(approvals, path, path.name, "ur")
    assert (taken.findings, taken.warnings, taken.changes, taken.remarks) == ((), (), (), ())


def test_all_problems_are_said_at_once(sent: Sent, approvals: Approvals, tmp_path: Path) -> None:
    lost = [WORD[what][1] for what in ("a number", "a placeholder", "a row twice", "English")]
    data = sent.file("docx").read_bytes()
    for edit in lost:
        data = edit(data)
    path = tmp_path / "returned.docx"
    path.write_bytes(data)
    assert {each.rule for each in findings_of(approvals, path)} >= {"T010", "S032", "S034"}


@pytest.mark.parametrize("name", ["x.docx", "x.xliff", "x.po", "x.odt", "missing.po"])
@pytest.mark.parametrize("data", [b"", b"\x00\xff words", b"PK\x03\x04" + b"\0" * 40, b"<xliff/>"])
def test_other_files_are_refused(
    approvals: Approvals, tmp_path: Path, name: str, data: bytes
) -> None:
    if name != "missing.po":
        (tmp_path / name).write_bytes(data)
    assert [each.rule for each in findings_of(approvals, tmp_path / name)] == ["S030"]


def test_what_changed_meanwhile_is_not_undone(sent: Sent, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(sent.root, root, symlinks=True)
    catalogue = root / "locales" / "ur" / "LC_MESSAGES" / "case.po"
    catalogue.write_text(catalogue.read_text().replace("بالغ افراد۔", "بڑی عمر کے افراد۔"))
    later = Sent(root, order_for(root), root / "review").approvals()
    same = returned(sent, tmp_path, "docx", bytes)
    assert take_in(later, same, same.name, "").is_empty
    other = returned(sent, tmp_path, "docx", edits.replaced("Adults.", "بالغ", "جوان"))
    assert [each.rule for each in findings_of(later, other)] == ["S039"]


def test_a_doubt_is_accepted_by_its_row(sent: Sent, approvals: Approvals, tmp_path: Path) -> None:
    path = returned(sent, tmp_path, "docx", WORD["a term"][1])
    [stop] = take_in(approvals, path, path.name, "").findings
    taken = take_in(approvals, path, path.name, "", [stop.span.line])
    assert (taken.findings, [each.rule for each in taken.warnings]) == ((), ["T020"])
    number = returned(sent, tmp_path, "docx", WORD["a number"][1])
    every = range(1, 50)
    assert take_in(approvals, number, number.name, "", every).findings


def test_a_lost_negation_is_a_doubt_unless_the_translator_means_it(
    sent: Sent, tmp_path: Path
) -> None:
    path = returned(sent, tmp_path, "docx", WORD["a negation"][1])
    [stop, *_] = take_in(sent.approvals(), path, path.name, "").findings
    taken = take_in(sent.approvals(), path, path.name, "", [stop.span.line])
    assert taken.findings == ()
    assert "T035" in {each.rule for each in taken.warnings}
    root = tmp_path / "project"
    shutil.copytree(sent.root, root, symlinks=True)
    catalogue = root / "locales" / "ur" / "LC_MESSAGES" / "case.po"
    meant = '# meant: T035, T036\nmsgid "Never'
    catalogue.write_text(catalogue.read_text().replace('msgid "Never', meant))
    later = Sent(root, order_for(root), root / "review").approvals()
    assert findings_of(later, path) == ()


def _inside(root: Any) -> None:
    units = (context.getparent().getparent() for context in root.iter(f"{edits.XLIFF}context"))
    unit = next(unit for unit in units if unit[0].text == "NHS 111")
    edits.target_of(unit).text = "NHS 111 (ہیلپ لائن)"


_ENTRY = 'msgctxt "inside a sentence"\nmsgid "NHS 111"\nmsgstr "NHS 111'
INSIDE: dict[str, edits.Edit] = {
    "po": edits.text(f'{_ENTRY}"', f'{_ENTRY} (ہیلپ لائن)"'),
    "xliff": edits.xliff(_inside),
}
"""Other words for a service inside a sentence, and for it alone."""


def _shared_pack(approvals: Approvals, ending: str) -> bytes:
    if ending == "po":
        return current(approvals, SHARED, URDU)
    return as_xliff(SHARED, URDU, rows(approvals, SHARED, URDU))


@pytest.mark.parametrize("ending", ["po", "xliff"])
def test_words_of_two_roles_come_back_each_to_its_own(
    approvals: Approvals, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"shared.{ending}"
    data = _shared_pack(approvals, ending)
    path.write_bytes(data)
    assert take_in(approvals, path, path.name, "").is_empty
    path.write_bytes(INSIDE[ending](data))
    taken = take_in(approvals, path, path.name, "")
    (change,) = taken.changes
    assert (change.row.key[0], change.words) == ("inside a sentence", "NHS 111 (ہیلپ لائن)")


def test_a_context_that_is_lost_is_told(approvals: Approvals, tmp_path: Path) -> None:
    path = tmp_path / "shared.po"
    data = _shared_pack(approvals, "po")
    path.write_bytes(
        data.replace(b'msgctxt "inside a sentence"\nmsgid "NHS 111"', b'msgid "NHS 111"')
    )
    assert {each.rule for each in findings_of(approvals, path)} >= {"S031", "S032"}


def test_a_doubt_in_a_catalogue_is_accepted_by_its_line(
    sent: Sent, approvals: Approvals, tmp_path: Path
) -> None:
    path = returned(sent, tmp_path, "po", IN_PO["a sentence"][1])
    [stop] = take_in(approvals, path, path.name, "").findings
    assert stop.rule == "S037"
    assert f"--accept {stop.span.line}" in stop.hint
    assert take_in(approvals, path, path.name, "", [stop.span.line]).findings == ()
