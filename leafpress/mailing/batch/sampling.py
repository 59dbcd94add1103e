"""Whether joined files are what they claim: some of each making are judged by veraPDF.

Judging takes about 150 ms a file, joining 5. Letters of one making (program, structure, claims)
with the same leaflets are a group; the first of each and every hundredth are judged. Where one of
them fails, no file of its group may claim anything.
"""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import pikepdf

from leafpress.proof.standards import conformance, verapdf, verapdf_cli
from leafpress.structure_reader import Reached, structure_tree, walk
from leafpress.system import digest

EVERY = 100
"""Of each group the first, the 101st, the 201st … are judged."""

_DEEPEST, _MOST = 40, 5_000
"""How far a letter's structure is looked at: enough to tell templates apart."""


class ClaimStatus(StrEnum):
    """What is known of a file's claim."""

    NONE = "nothing claimed"
    ITSELF = "this file was judged"
    SAMPLED = "files of its making were judged"
    DROPPED = "what a file of its making did not keep is not claimed"
    NOT_CHECKED = "not checked"


def group(letter: bytes, claims: tuple[str, ...], leaflets: list[str]) -> str:
    """A digest of what makes joined files alike: the letter's making, claims and leaflets."""
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        info = pdf.docinfo
        making = [str(info.get(name, "")) for name in ("/Producer", "/Creator")]
        root = pdf.Root
        parts = sorted(root.keys() - {"/Pages", "/Metadata"})
        fonts = sorted({name for page in pdf.pages for name in _fonts(page)})
        making += [pdf.pdf_version, *parts, *sorted(set(_roles(root))), *fonts]
    return digest.of_text(json.dumps([making, claims, leaflets]))[:16]


def _fonts(page: pikepdf.Page) -> Iterator[str]:
    """Kinds of fonts, without the names that each file's subsets have."""
    fonts = page.obj.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
    for font in fonts.values():
        yield f"{font.get('/Subtype', '')}{font.get('/Encoding', '')!s:.20}"


def _roles(root: pikepdf.Object) -> Iterator[str]:
    """The kinds of structure elements that a letter has, with their parents'."""
    tree = structure_tree(root)
    if tree is None:
        return
    yield ">"
    for visit in walk(tree, deepest=_DEEPEST, most=_MOST):
        if visit.reached is not Reached.TOO_DEEP:
            above = "" if visit.parent is None else visit.parent.role
            yield f"{above}>{visit.element.role}"


def sample(rows: Iterable[tuple[int, str]]) -> frozenset[int]:
    """The rows whose files are judged, of all rows with their groups."""
    members: dict[str, list[int]] = defaultdict(list)
    for row, name in rows:
        members[name].append(row)
    sampled: set[int] = set()
    for numbers in members.values():
        sampled.update(sorted(numbers)[::EVERY])
    return frozenset(sampled)


def can_judge() -> bool:
    """Whether veraPDF can be asked."""
    return verapdf_cli.is_there() or not verapdf.missing()


def judge_files(files: Mapping[int, tuple[Path, tuple[str, ...]]]) -> dict[int, dict[str, str]]:
    """What veraPDF says of files by row: a verdict for each claim."""
    names = {str(row): file for row, file in files.items()}
    return {int(name): answer.verdicts for name, answer in conformance.prove(names)}
