"""Any Bundle and any sidecar is read, or refused by a rule: nothing else ever comes out of them."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from bundles import (
    SNOMED,
    TODAY,
    UK_CORE,
    appointment,
    bundle,
    coded,
    document,
    flag,
    nhs,
    patient,
    prefers,
    speaks,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from leafpress.findings import Problem
from leafpress.mailing.lists.fhir.rows import read_bundle
from leafpress.mailing.lists.mapping import FIELDS, STANDARD
from leafpress.mailing.lists.sidecar import read_sidecar
from leafpress.mailing.lists.strict_json import DEEPEST, UnsoundJson, read_json

WHOLE = bundle(
    appointment(supportingInformation=[{"reference": "DocumentReference/d1"}], comment="x"),
    patient(
        **speaks("ur", preferred=True),
        extension=[
            nhs("ur", {"url": "interpreterRequired", "valueBoolean": True}),
            prefers("11", method="4"),
            {
                "url": f"{UK_CORE}DeathNotificationStatus",
                "extension": [
                    {"url": "deathNotificationStatus", "valueCodeableConcept": coded("U")}
                ],
            },
        ],
        telecom=[{"system": "email", "value": "a@x.example", "rank": 1, "use": "home"}],
        link=[{"type": "replaces", "other": {"reference": "Patient/p0"}}],
        contact=[{"name": {"text": "x"}, "extension": []}],
        contained=[flag(coded("11"), "#")],
    ),
    document(relatesTo=[{"code": "replaces", "target": {"reference": "DocumentReference/d0"}}]),
    flag(coded("936661000000109", "Braille", SNOMED), period={"start": "2026", "end": "2027-01"}),
    {
        "resourceType": "RelatedPerson",
        "patient": {"reference": "Patient/p1"},
        "period": {"end": "2020"},
    },
    {"resourceType": "OperationOutcome", "issue": [{"severity": "information"}]},
    total=3,
)

WORDS = st.sampled_from(
    ["", "ur", "braille", "#", "#p1", "Patient/p1", "urn:uuid:1", "2026-11", "entered-in-error"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(), inner, max_size=3)
    ),
    max_leaves=6,
)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every member of a value: its holder, and its name or number there."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for name, member in list(members):
        yield value, name
        if isinstance(member, dict | list):
            yield from _places(member)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_bundles(data: st.DataObject) -> None:
    own = copy.deepcopy(WHOLE)
    for _ in range(data.draw(st.integers(1, 3))):
        places = list(_places(own))
        holder, name = places[data.draw(st.integers(0, len(places) - 1))]
        if data.draw(st.booleans()):
            holder[name] = data.draw(JSON)
        else:
            del holder[name]
    content = json.dumps(own).encode()
    try:
        rows, findings = read_bundle(content, "list.json", STANDARD, TODAY)
    except Problem as problem:
        assert {each.rule for each in problem.findings} <= {"E031", "E077", "E078"}
        return
    entries = [each.get("resource") for each in own["entry"]]
    kinds = [each.get("resourceType") for each in entries if isinstance(each, dict)]
    assert len(rows) == kinds.count("Appointment")
    assert {each.rule for each in findings} <= {"E079", "E081"}
    for row in rows:
        assert {each.rule for each in row["findings"]} <= {"E041", "E080"}
        texts = [value for name, value in row.items() if name not in ("row", "findings")]
        assert all(isinstance(value, str) for value in texts)


def test_the_whole_bundle_is_read() -> None:
    """What the test above changes is right to begin with."""
    (row,), findings = read_bundle(json.dumps(WHOLE).encode(), "x", STANDARD, TODAY)
    assert row["findings"] == ()
    assert (row["language"], row["email"], row["letter"]) == ("ur", "a@x.example", "letter.pdf")
    assert {each.rule for each in findings} == {"E079", "E081"}


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(), JSON, max_size=4) | JSON)
def test_sidecars(value: Any) -> None:
    try:
        row = read_sidecar(json.dumps(value).encode(), "one.pdf")
    except Problem as problem:
        assert {each.rule for each in problem.findings} == {"E041"}
        return
    assert row.keys() <= set(FIELDS)
    assert all(isinstance(cell, str) for cell in row.values())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_bytes(content: bytes) -> None:
    for reader in (read_json, lambda data: read_sidecar(data, "one.pdf")):
        try:
            reader(content)
        except (UnsoundJson, Problem):
            continue


@pytest.mark.parametrize("brackets", ["[]", '{"a":}'])
def test_depth(brackets: str) -> None:
    first, last = brackets[:-1], brackets[-1]
    assert read_json((first * (DEEPEST - 1) + "1" + last * (DEEPEST - 1)).encode())
    for depth in (DEEPEST, 100_000):
        with pytest.raises(UnsoundJson, match="nested"):
            read_json((first * depth + "1" + last * depth).encode())


def test_a_long_list_takes_no_longer_than_its_length() -> None:
    """2,000 rows with flags, letters and people take a few seconds, and not their square."""
    people = [patient(f"p{each}", **speaks("ur")) for each in range(2000)]
    for number, person in enumerate(people):
        person["identifier"] = [{"value": f"RX{number:06}"}]
    rows = [appointment(f"a{each}", f"Patient/p{each}") for each in range(2000)]
    flags = [flag(coded("936661000000109"), f"Patient/p{each}") for each in range(2000)]
    content = json.dumps(bundle(*rows, *people, *flags)).encode()
    started = time.process_time()
    read, _ = read_bundle(content, "x", STANDARD, TODAY)
    assert time.process_time() - started < 10
    assert [row["need"] for row in read] == ["936661000000109"] * 2000
