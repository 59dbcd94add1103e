"""Leaflets behind a letter: one PDF, each part with its tags, language, bookmarks and links.

    prepare(leaflet) ──┐
                       ├─ a run's leaflets, copied once per set ──┐
    prepare(leaflet) ──┘                                          ├─ join ── bytes
    letter ────────────────────────────────────────────────────────┘

Nothing here asks a validator: that takes thirty times as long as joining. The caller asks it about
samples, and withholds the claims that it denies (`docs/joining.md`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from leafpress.enclosure import catalogue, claim, names
from leafpress.enclosure.gather import LETTER, gather
from leafpress.enclosure.part import Naming, Part
from leafpress.findings import Finding, Problem, Span
from leafpress.rules import finding

DELIVER_APART: frozenset[str] = frozenset({"E003"})
"""Rules whose letters are good, but go beside the leaflets in files of their own."""

STRICT: frozenset[str] = frozenset({"E012", "E013", "E014"})
"""Warnings that `strict` refuses: a listener would lose something."""

LEAFLETS = 99
"""Leaflets behind one letter: their names carry two digits."""

SETS = 16
"""Sets of leaflets kept ready: about a megabyte each."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A leaflet that may be joined, ready for every letter of a run.

    Args:
        findings: what there is to warn of, once for the run.
    """

    name: str
    data: bytes
    digest: str
    findings: tuple[Finding, ...]

    def __hash__(self) -> int:
        return hash((self.digest, self.name))


@dataclass(frozen=True, slots=True)
class Joined:
    """A joined file.

    Args:
        pages: how many pages each part has, the letter first.
        claims: veraPDF's flavours of what it claims, for `conformance.prove`.
        findings: warnings: what is not carried, which claims are dropped and why.
    """

    data: bytes
    pages: tuple[int, ...]
    claims: tuple[str, ...]
    findings: tuple[Finding, ...]


def prepare(data: bytes, name: str) -> Prepared:
    """Check a leaflet once.

    Raises:
        Problem: it may not be joined (E001 to E011).
    """
    _pdf, part = gather(data, name, _naming(1, 0))
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    return Prepared(name, data, digest, tuple(_warnings(part)))


def join(
    letter: bytes,
    name: str,
    leaflets: Sequence[Prepared],
    *,
    strict: bool = False,
    repair: bool = False,
    withheld: Mapping[str, str] | None = None,
) -> Joined:
    """Put `leaflets` behind a letter.

    Args:
        name: the letter's name in messages.
        strict: refuse a letter that a listener could not use.
        repair: mend a damaged letter as far as possible.
        withheld: claims that must not be made, each with its reason.

    Raises:
        Problem: it may not be joined (E001 to E011), or not strictly (E012 to E014).
    """
    if len(leaflets) > LEAFLETS:
        raise Problem(finding("E009", Span(name), limit=LEAFLETS))
    bundle = _bundle(tuple(leaflets))
    naming = replace(LETTER, base=sum(part.keys for part in bundle.parts))
    pdf, part = gather(letter, name, naming, bundle.parts, repair=repair)
    found = list(_warnings(part))
    if strict and (refused := [each for each in found if each.rule in STRICT]):
        raise Problem(*refused)
    parts = [part, *bundle.copied(pdf)]
    claims = claim.kept(parts, withheld or {})
    renamed = _assemble(pdf, parts)
    version = max(each.facts.version for each in parts)
    claim.describe(pdf, parts, claims, version)
    found += [each for leaflet in leaflets for each in leaflet.findings]
    found += _dropped(parts, withheld or {}, name)
    found += [finding("E018", Span(source), field=field, new=new) for source, field, new in renamed]
    data = _saved(pdf, version)
    return Joined(data, tuple(each.pages for each in parts), claims, tuple(dict.fromkeys(found)))


def _naming(number: int, base: int) -> Naming:
    return Naming(f"leaflet-{number:02}/", str(number), base)


class _Bundle:
    """Leaflets of one set, gathered; `copied` hangs them into a letter's file."""

    def __init__(self, data: bytes, parts: tuple[Part, ...]) -> None:
        self._pdf = pikepdf.open(BytesIO(data))
        self.parts = parts

    def copied(self, target: pikepdf.Pdf) -> list[Part]:
        """Every part with its holder in `target`."""
        if not self.parts:
            return []
        holders = target.copy_foreign(self._pdf.Root.Holders)
        return [
            replace(part, holder=holder) for part, holder in zip(self.parts, holders, strict=True)
        ]


@lru_cache(maxsize=SETS)
def _bundle(leaflets: tuple[Prepared, ...]) -> _Bundle:
    target, parts, base = pikepdf.new(), [], 0
    target.add_blank_page()  # qpdf looks through an empty tree of pages again for every object
    for number, leaflet in enumerate(leaflets, start=1):
        pdf, part = gather(leaflet.data, leaflet.name, _naming(number, base), tuple(parts))
        for page in part.holder.Pages:
            del page["/Type"]  # so that they are copied as what they hold
        pdf.Root.Pages = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(), Count=0))
        part.holder = target.copy_foreign(part.holder)
        parts.append(part)
        base += part.keys
    target.Root.Holders = target.make_indirect(Array([part.holder for part in parts]))
    data = _saved(target, "1.7")
    return _Bundle(data, tuple(replace(part, holder=None) for part in parts))


def _assemble(pdf: pikepdf.Pdf, parts: list[Part]) -> list[tuple[str, str, str]]:
    """Make one catalogue of all holders; the fields whose names were taken."""
    root = pdf.Root
    preferences = _preferences(root)
    for key in root.keys() - {"/Type"}:
        del root[key]
    root.Type = Name.Catalog
    root.ViewerPreferences = preferences
    pages = [page for part in parts for page in part.holder.Pages]
    root.Pages = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(pages), Count=len(pages)))
    for page in pages:
        page.Parent, page.Type = root.Pages, Name.Page
    _tree(pdf, parts)
    _bookmarks(pdf, parts)
    places = names.named([part.holder.get("/Names") for part in parts])
    if places:
        root.Names = Dictionary(Dests=pdf.make_indirect(_rooted(pdf, places)))
    form, renamed = catalogue.forms(parts)
    if form is not None:
        root.AcroForm = pdf.make_indirect(form)
    layers = catalogue.layers(parts)
    if layers is not None:
        root.OCProperties = layers
    if len({part.intents for part in parts}) == 1 and parts[0].intents:
        root.OutputIntents = parts[0].holder.Intents
    return renamed


_KEPT_PREFERENCES = ("/PrintScaling", "/Duplex", "/PickTrayByPDFSize", "/NumCopies")
"""The letter's: a window envelope wants the address where it was."""


def _preferences(root: Any) -> Any:
    found = root.get("/ViewerPreferences")
    own = found if isinstance(found, Dictionary) else Dictionary()
    kept = {key: own[key] for key in _KEPT_PREFERENCES if key in own}
    return Dictionary({**kept, "/DisplayDocTitle": True})


def _rooted(pdf: pikepdf.Pdf, nodes: list[Any]) -> Any:
    return Dictionary(Kids=Array([n if n.is_indirect else pdf.make_indirect(n) for n in nodes]))


def _tree(pdf: pikepdf.Pdf, parts: list[Part]) -> None:
    """StructTreeRoot, one Document in the letter's language, one Part for each tagged input."""
    tagged = [part for part in parts if part.tagged]
    if not tagged:
        return
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
    if parts[0].facts.language:
        document.Lang = String(parts[0].facts.language)
    tree.K = Array([document])
    document.K = Array([part.holder.Tree for part in tagged])
    for part in tagged:
        part.holder.Tree.P = document
    ordered = [*tagged[1:], tagged[0]] if tagged[0] is parts[0] else tagged  # by their keys
    numbers = [part.holder.Numbers for part in ordered if "/Numbers" in part.holder]
    tree.ParentTree = pdf.make_indirect(_rooted(pdf, numbers))
    tree.ParentTreeNextKey = max(part.naming.base + part.keys for part in tagged)
    ids = names.named([part.holder.get("/Ids") for part in parts])
    if ids:
        tree.IDTree = pdf.make_indirect(_rooted(pdf, ids))
    mapped = {key: Name(value) for part in tagged for key, value in part.roles.items() if value}
    if mapped:
        tree.RoleMap = Dictionary(mapped)
    classes = {key: value for part in tagged for key, value in part.holder.Classes.items()}
    if classes:
        tree.ClassMap = Dictionary(classes)
    spaces = [space for part in tagged for space in part.holder.Spaces]
    if spaces:
        tree.Namespaces = Array(spaces)
    pdf.Root.StructTreeRoot = tree


def _bookmarks(pdf: pikepdf.Pdf, parts: list[Part]) -> None:
    """A bookmark for each part, and the labels of its pages from where it begins."""
    outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    names.link(outlines, [part.holder.Mark for part in parts])
    pdf.Root.Outlines = outlines
    labels, first = [], 0
    for part in parts:
        own = list(part.holder.Labels)
        labels += [each for at in range(0, len(own), 2) for each in (own[at] + first, own[at + 1])]
        first += part.pages
    pdf.Root.PageLabels = Dictionary(Nums=Array(labels))


def _warnings(part: Part) -> Iterator[Finding]:
    span = Span(part.facts.name)
    yield from part.findings
    if not part.tagged:
        yield finding("E012", span)
    elif part.faults:
        yield finding("E013", span, problem="; ".join(part.faults[:3]))
    if not part.facts.language:
        yield finding("E014", span)
    if part.left:
        yield finding("E016", span, what=", ".join(sorted(part.left)))


def _dropped(parts: list[Part], withheld: Mapping[str, str], name: str) -> Iterator[Finding]:
    for what, reason in claim.reasons(parts, withheld).items():
        yield finding("E015", Span(name), claim=claim.STANDARDS[what], reason=reason)


def _saved(pdf: pikepdf.Pdf, version: str) -> bytes:
    """The file's bytes: the same for the same inputs, streams as they came."""
    out = BytesIO()
    pdf.save(
        out,
        min_version=version,
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return out.getvalue()
