"""What `clinic.yaml` says about services: placeholders, and numbers that its region needs."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from leafpress.content.base import REGIONS, Region
from leafpress.content.checks import placeholders
from leafpress.content.clinic import Clinic
from leafpress.content.contacts import Contacts
from leafpress.content.email_address import address_fault
from leafpress.content.inline import PLACEHOLDER
from leafpress.content.load import Loaded
from leafpress.content.region import GP_OUT_OF_HOURS
from leafpress.content.yaml_tree import Path as TreePath
from leafpress.content.yaml_tree import Tree
from leafpress.findings import Finding
from leafpress.rules import finding


def _opening_hours(tree: Tree) -> Iterator[tuple[TreePath, str]]:
    """The words about opening hours, in every language."""
    yield from tree.each("out_of_hours", str)
    for path, languages in tree.each("out_of_hours", dict):
        for language, words in languages.items():
            if isinstance(words, str):
                yield (*path, language), words


def _region(tree: Tree) -> Region:
    """Where the clinic is; England, while its file says something that is no region."""
    own = tree.value(("region",))
    return next((region for region in REGIONS if region == own), REGIONS[0])


def known_services(contacts: Contacts, tree: Tree) -> Iterator[Finding]:
    """`out_of_hours` names services that there are, where the clinic is."""
    region = _region(tree)
    known = placeholders(contacts)
    for path, words in _opening_hours(tree) if contacts.contacts else ():
        for name in dict.fromkeys(PLACEHOLDER.findall(words)):
            span = tree.span_of_piece(path, f"{{{name}}}")
            if name not in known:
                yield finding("L026", span, name=name, known=", ".join(sorted(known)))
            elif name != "clinic" and not contacts.get(name, region):
                yield finding("L062", span, id=name, region=region)


def number_out_of_hours(contacts: Contacts, tree: Tree) -> Iterator[Finding]:
    """Where NHS 111 does not answer, the clinic says which number does."""
    region = _region(tree)
    if contacts.get(GP_OUT_OF_HOURS, region) and not tree.value(("gp_out_of_hours",)):
        yield finding("L065", tree.span(("region",)), region=region)


def email_address(_contacts: Contacts, tree: Tree) -> Iterator[Finding]:
    """The clinic's own address is one that mail programs take: e-mails are from it."""
    for path, address in tree.each("email", str):
        fault = address_fault(address)
        if fault:
            yield finding("L094", tree.span(path), address=address, problem=fault)


def long_trial(clinic: Loaded[Clinic], today: datetime.date) -> Iterator[Finding]:
    """A trial with drafts whose end is years away is no trial."""
    trial = clinic.model.drafts_allowed_by if clinic.model else None
    if trial and clinic.tree and trial.until > trial.latest(today):
        span = clinic.tree.span(("drafts_allowed_by", "until"))
        yield finding("L122", span, until=trial.until, latest=trial.latest(today))


CHECKS: tuple[Callable[[Contacts, Tree], Iterator[Finding]], ...] = (
    known_services,
    number_out_of_hours,
    email_address,
)
