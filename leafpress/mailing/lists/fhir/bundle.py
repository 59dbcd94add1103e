"""Reading a Bundle as a whole: whether it is one, all of it, and no record stands there twice.

https://hl7.org/fhir/R4/bundle.html. What is wrong here stops the run: no row of such a list can
be trusted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

from leafpress.findings import Problem, Span
from leafpress.mailing.lists.fhir.accounts import speaks
from leafpress.mailing.lists.fhir.declared import BUNDLE_KEYS, ENTRY_KEYS, IGNORED_TYPES
from leafpress.mailing.lists.fhir.references import Record, RecordIndex, plain_address
from leafpress.mailing.lists.fhir.values import Ledger, Resource, UnclearRecord, objects, one, text
from leafpress.mailing.lists.fhir.words import name_speaks
from leafpress.mailing.lists.strict_json import UnsoundJson, plain_name, read_json
from leafpress.rules import finding

_NO_LISTS = {
    "history": "it is a history: earlier versions of the records stand beside the present ones",
    "batch-response": "it is a server’s answer to several questions: give one Bundle of all",
    "transaction-response": "it is a server’s receipt for what was written, not a list",
    "subscription-notification": "it is a notice of changes, not a list",
}
"""Types of Bundles that do not hold the present state of things."""

_PAGES = frozenset({"next", "prev", "previous"})
"""Relations of links to the other pages of a search."""

_WRITING = frozenset({"", "POST", "PUT"})
"""Methods of entries that bring a record; `DELETE` and `PATCH` take away or change one."""

_FAILED = frozenset({"error", "fatal"})


@dataclass(frozen=True, slots=True)
class Bundle:
    """A Bundle that was read.

    Args:
        records: of its entries, in their order, without those that stand there again.
        contained: what is contained in these.
    """

    records: tuple[Record, ...]
    contained: tuple[Record, ...]
    index: RecordIndex

    def of_kind(self, kind: str) -> list[Record]:
        """The records of a type that are entries of their own."""
        return [record for record in self.records if record.kind == kind]


def read(data: bytes, name: str, ledger: Ledger) -> Bundle:
    """A Bundle's records.

    Raises:
        Problem: it is no Bundle, or not all of one (E031); a record stands there twice (E077).
    """
    span = Span(name)
    try:
        bundle = _parsed(data)
        records = _records(bundle)
        _account_for_keys(bundle, ledger)
        _require_whole(bundle, records)
        return _with_index(_without_repeats(records, span, ledger))
    except (UnclearRecord, UnsoundJson) as error:
        raise Problem(finding("E031", span, problem=error.problem)) from None


def _parsed(data: bytes) -> Resource:
    bundle = read_json(data)
    if not _is_resource(bundle) or bundle["resourceType"] != "Bundle":
        raise UnclearRecord("it is not a FHIR Bundle")
    kind = text(bundle, "type")
    if kind in _NO_LISTS:
        raise UnclearRecord(_NO_LISTS[kind])
    if any(text(link, "relation") in _PAGES for link in objects(bundle, "link")):
        raise UnclearRecord("it is one page of several: the others have to be fetched first")
    return bundle


def _account_for_keys(bundle: Resource, ledger: Ledger) -> None:
    """Tell what stands in the Bundle beside its records.

    Raises:
        UnclearRecord: it speaks of communication: of whom, nobody can say.
    """
    others = [(key, bundle[key]) for key in bundle.keys() - BUNDLE_KEYS]
    for entry in objects(bundle, "entry"):
        others += [(key, entry[key]) for key in entry.keys() - ENTRY_KEYS]
        others += [("extension", extension) for extension in objects(entry, "extension")]
    for key, value in others:
        if name_speaks(key) or speaks({"value": value}) or speaks(value):
            raise UnclearRecord("what stands beside its records speaks of language or needs")
        ledger.unread[f"Bundle, {plain_name(key)}"] += 1


def _is_resource(value: Any) -> TypeGuard[Resource]:
    return isinstance(value, dict) and isinstance(value.get("resourceType"), str)


def _records(bundle: Resource) -> list[Record]:
    entries = objects(bundle, "entry")
    return [_record(entry, number) for number, entry in enumerate(entries, start=1)]


def _record(entry: Resource, number: int) -> Record:
    resource = entry.get("resource")
    for request in objects(entry, "request"):
        if text(request, "method").upper() not in _WRITING:
            raise UnclearRecord(f"entry {number} deletes or changes a record")
    if not _is_resource(resource):
        raise UnclearRecord(f"entry {number} holds no record")
    if resource["resourceType"] in ("Bundle", "Parameters"):
        raise UnclearRecord(f"entry {number} holds more records inside another Bundle")
    if resource["resourceType"] == "OperationOutcome" and _has_failed(resource):
        raise UnclearRecord(f"entry {number} says that the server could not answer all of it")
    return Record(resource, plain_address(text(entry, "fullUrl")), number)


def _has_failed(outcome: Resource) -> bool:
    return any(text(issue, "severity") in _FAILED for issue in objects(outcome, "issue"))


def _require_whole(bundle: Resource, records: list[Record]) -> None:
    """Check that as many matches are there as were found.

    Raises:
        UnclearRecord: `total` says that there are more.
    """
    if not any(record.kind == "Appointment" for record in records):
        raise UnclearRecord("the Bundle has no Appointment")
    total = text(bundle, "total")
    if not total:
        return
    modes = [text(one(entry, "search"), "mode") for entry in objects(bundle, "entry")]
    matches = len(records) - sum(mode in ("include", "outcome") for mode in modes)
    if not total.isdigit() or int(total) > matches:
        raise UnclearRecord(f"it says that {total} records were found, and holds {matches} of them")


def _without_repeats(records: list[Record], span: Span, ledger: Ledger) -> list[Record]:
    """The records without those that stand there again word for word.

    Raises:
        Problem: two records have one address or id, and are not the same (E077).
    """
    known: dict[str, Record] = {}
    kept = []
    for record in records:
        rival = next((own for own in _with_its_names(record, known) if _is_read(own, record)), None)
        if rival and rival.resource != record.resource:
            entries = f"{rival.number} and {record.number}"
            raise Problem(finding("E077", span, kind=record.kind, entries=entries))
        if rival and record.kind != "Appointment":
            ledger.aside["records that stand there again, word for word"] += 1
            continue
        for name in (record.address, f"{record.server} {record.tail}", f"* {record.tail}"):
            known.setdefault(name, record)
        kept.append(record)
    return kept


def _with_its_names(record: Record, known: dict[str, Record]) -> Iterator[Record]:
    """Earlier records that a reference to this one may mean as well.

    One whose server is not known may be any server's.
    """
    names = [record.address]
    if record.tail and record.server:
        names += [f"{record.server} {record.tail}", f" {record.tail}"]
    elif record.tail:
        names.append(f"* {record.tail}")
    for name in filter(None, names):
        if name in known:
            yield known[name]


def _is_read(*records: Record) -> bool:
    return any(record.kind not in IGNORED_TYPES for record in records)


def _with_index(records: list[Record]) -> Bundle:
    index = RecordIndex()
    contained = []
    for record in records:
        index.add(record)
        for inner in _contained(record):
            index.contained[record].append(inner)
            contained.append(inner)
    return Bundle(tuple(records), tuple(contained), index)


def _contained(record: Record) -> list[Record]:
    members = objects(record.resource, "contained")
    if not all(map(_is_resource, members)):
        raise UnclearRecord(f"entry {record.number} contains something that is no record")
    return [Record(own, number=record.number, container=record) for own in members]
