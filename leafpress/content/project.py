"""Where things lie, and reading them: the clinic, the contacts and each leaflet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from leafpress.content import (
    block_checks,
    checks,
    clinic_checks,
    easy_read_checks,
    easy_read_parts,
    figures,
    telephone_checks,
    typed,
)
from leafpress.content.clinic import Clinic
from leafpress.content.contacts import Contacts
from leafpress.content.load import Check, Loaded, load
from leafpress.content.model import Leaflet
from leafpress.content.pictograms import LIST, PLACE, Pictograms
from leafpress.content.pictograms import check as check_pictograms
from leafpress.content.root import CLINIC, Root
from leafpress.content.shelf import leaflet_ids
from leafpress.content.yaml_tree import Tree
from leafpress.findings import Finding, Span, sort
from leafpress.rules import finding


@dataclass(frozen=True)
class Project:
    """A folder with leaflets, templates and catalogues, and the clinic that prints them."""

    root: Root
    clinic_file: Path

    @classmethod
    def at(cls, root: Path | Root, clinic: Path | None = None) -> Project:
        """The project of a folder or root, for the clinic of that file."""
        root = Root(root.resolve()) if isinstance(root, Path) else root
        return cls(root, (clinic or root.file(CLINIC)).absolute())

    @cached_property
    def kept(self) -> dict[object, object]:
        """What rooms above this one keep for as long as the project is read."""
        return {}

    def again(self, parts: Iterable[str], leaflets: Iterable[str] = ()) -> Project:
        """The project to be read anew, but for what is known not to have changed.

        Args:
            parts: of `clinic`, `contacts`, `pictograms` and `words_of_pictograms`.
            leaflets: by their ids.
        """
        renewed = Project(self.root, self.clinic_file)
        renewed.__dict__.update({name: getattr(self, name) for name in parts})
        known = self._leaflets
        renewed._leaflets.update({id_: known[id_] for id_ in leaflets if id_ in known})
        return renewed

    def leaflet_ids(self) -> list[str]:
        """The leaflets there are, by their files' names."""
        return leaflet_ids(self.root)

    def leaflet_file(self, id_: str) -> Path:
        """The file of one leaflet."""
        return self.root.file(f"leaflets/{id_}.yaml")

    @cached_property
    def clinic(self) -> Loaded[Clinic]:
        """The clinic, read once."""
        name = self.root.shown(self.clinic_file)
        services = [partial(check, self._contacts) for check in clinic_checks.CHECKS]
        own = (self._logo, _addresses, self._enclosures, telephone_checks.check)
        return load(self.clinic_file, name, Clinic, (*own, *services))

    @property
    def clinic_languages(self) -> tuple[str, ...]:
        """The tags of the languages that the clinic names; none while its file is broken."""
        return (self.clinic.model.languages if self.clinic.model else None) or ()

    @property
    def _contacts(self) -> Contacts:
        """The contacts; none while their file is broken, which says so itself."""
        return self.contacts.model or Contacts(contacts=())

    @cached_property
    def contacts(self) -> Loaded[Contacts]:
        """The contacts, read once."""
        path = self.root.file("leaflets/contacts.yaml")
        every = [_known_stand_ins, telephone_checks.check]
        return load(path, self.root.shown(path), Contacts, every)

    @cached_property
    def pictograms(self) -> Loaded[Pictograms]:
        """The pictograms of easy read, read once; none where there is no list of them."""
        return self._listed(partial(check_pictograms, root=self.root))

    @cached_property
    def words_of_pictograms(self) -> Loaded[Pictograms]:
        """The list of pictograms without a look at the pictures, which takes ten times as long."""
        return self._listed()

    def _listed(self, *every: Check) -> Loaded[Pictograms]:
        path = self.root.file(f"{PLACE}/{LIST}")
        name = self.root.shown(path)
        if not path.exists():
            return Loaded(name, Pictograms(pictograms=()), ())
        return load(path, name, Pictograms, every)

    def leaflet(self, id_: str) -> Loaded[Leaflet]:
        """One leaflet, with every finding about its file; read once."""
        if id_ not in self._leaflets:
            self._leaflets[id_] = self._read_leaflet(id_)
        return self._leaflets[id_]

    @cached_property
    def _leaflets(self) -> dict[str, Loaded[Leaflet]]:
        """Those that were read."""
        return {}

    def _read_leaflet(self, id_: str) -> Loaded[Leaflet]:
        path = self.leaflet_file(id_)
        known = self.contacts.model is not None
        around = checks.Surroundings(self.root, self._contacts, contacts_known=known)
        functions = (
            *checks.LEAFLET_CHECKS,
            *block_checks.CHECKS,
            *typed.CHECKS,
            *easy_read_checks.CHECKS,
            *easy_read_parts.CHECKS,
        )
        every = [partial(_run, check, around) for check in functions]
        context = partial(checks.context, surroundings=around)
        return load(path, self.root.shown(path), Leaflet, every, context)

    def _logo(self, tree: Tree) -> Iterator[Finding]:
        folder = self.clinic_file.parent
        for path, file in tree.each("logo", str):
            yield from figures.check(file, folder, tree.span(path), self.root.shown(folder / file))

    def _enclosures(self, tree: Tree) -> Iterator[Finding]:
        """Clinics' codes stand for leaflets that there are; nobody can tell where none is here."""
        if not self.root.holds("leaflets"):
            return
        known = self.leaflet_ids()
        for path, code in tree.each("enclosures.codes", dict):
            for name, leaflets in code.items():
                for number, id_ in enumerate(leaflets if isinstance(leaflets, list) else ()):
                    if id_ not in known:
                        span = tree.span((*path, name, number))
                        yield finding("E053", span, leaflet=id_, known=", ".join(known))


def _run(check: checks.Check, around: checks.Surroundings, tree: Tree) -> list[Finding]:
    return list(check(tree, around))


_ADDRESSES = (
    ("leaflet_address", ("{leaflet}", "{language}"), "leaflets/{language}/{leaflet}-web.html"),
    ("current_address", ("{code}",), "current/{code}"),
)
"""Addresses of many pages: what each has to name, and how it may end."""


def _addresses(tree: Tree) -> Iterator[Finding]:
    for name, places, ending in _ADDRESSES:
        for path, address in tree.each(name, str):
            if not all(place in address for place in places):
                facts = {"address": address, "places": " and ".join(places), "ending": ending}
                yield finding("L063", tree.span(path), **facts)


def _known_stand_ins(tree: Tree) -> Iterator[Finding]:
    ids = [id_ for _, id_ in tree.each("contacts.*.id", str)]
    for path, id_ in tree.each("contacts.*.id", str):
        if ids.index(id_) != path[1]:
            line = tree.span(("contacts", ids.index(id_), "id")).line
            yield finding("L017", tree.span(path), id=id_, line=line)
    for path, stand_ins in tree.each("contacts.*.instead", dict):
        for region, id_ in stand_ins.items():
            if id_ not in ids:
                known = ", ".join(sorted(ids))
                yield finding("L060", tree.span((*path, region)), id=id_, known=known)


def findings_of(project: Project) -> tuple[Finding, ...]:
    """Everything wrong with the clinic's file, the contacts and all leaflets."""
    if not project.leaflet_ids():
        return (finding("L022", Span("leaflets"), folder="leaflets/"),)
    leaflets = (found for id_ in project.leaflet_ids() for found in project.leaflet(id_).findings)
    shared = (project.clinic, project.contacts, project.pictograms)
    return sort([*(found for each in shared for found in each.findings), *leaflets])
