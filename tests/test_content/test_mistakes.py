"""An author's mistakes in YAML: what would be printed as less, or as something else, is named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import CASES, ROOT, MakeProject
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from leafpress.content import inline
from leafpress.content.clinic import Clinic
from leafpress.content.contacts import Contacts
from leafpress.content.language_tag import is_language_tag
from leafpress.content.load import FORMS, load
from leafpress.content.model import Leaflet
from leafpress.content.pictograms import Pictograms
from leafpress.content.project import Project, findings_of
from leafpress.content.root import Root
from leafpress.content.shelf import clinic_formats
from leafpress.mailing.lists.mapping import Mapping

LEAFLET = (CASES / "base" / "leaflet.yaml").read_text()
TABLE = """      - kind: table
        caption: A table
        columns: [Sign, What to do]
        rows:
          - {row}
"""
CLINIC = "name: A clinic\ntelephone: 020 7946 0000\n{line}\n"
CONTACT = """contacts:
  - {{id: a, name: A, short: A, purpose: P}}
  - id: b
    name: B
    short: B
    purpose: P
    {line}
"""
MAPPING = "columns:\n  letter: File\n  {line}\n"


def _rules(folder: Path, text: str, model: type[BaseModel]) -> list[str]:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return [found.rule for found in load(path, "case.yaml", model).findings]


TEXTS = [
    # What stands in place of a text, and the rules that it breaks.
    ("Take no. 1 #2 pills.", ["L095"]),
    ("Score #1 and #2.", ["L095"]),
    ("You should never # do this.", ["L095"]),
    ("Take one # a day", ["L095"]),
    ('"Take" #2 pills', ["L095"]),
    ("'Take' #2 pills", ["L095"]),
    ('"Take no. 1 #2 pills."', []),
    ("'Take no. 1 #2 pills.'", []),
    ('"Words." # said by the editor', []),
    ("C#1 and no.#2", []),
    (">-\n          Take no. 1 #2 pills.", []),
    (">- # folded\n          Words.", []),
    ("Take\n          one #2", ["L095"]),
    ("null", ["L096"]),
    ("~", ["L096"]),
    ("NULL", ["L096"]),
    ('"null"', []),
    ("nullify it", []),
    ("**Never** do this", ["L097"]),
    ("*Never* do this", ["L097"]),
    ("{999}, now", ["L097"]),
    ("[NICE](#a) says", ["L097"]),
    ("@home", ["L097"]),
    ("%5 of it", ["L097"]),
    ("!important", ["L008"]),
    ("&c", ["L008"]),
    ("> 5 mg", ["L097"]),
    ("| 5", ["L097"]),
    ("- 5 degrees", ["L097"]),
    ("? why", ["L097"]),
    ('"Stop" means stop', ["L097"]),
    ("“Words.”", ["L098"]),
    ("«Words.»", ["L098"]),
    ('"“Words.”"', []),
    ("He said “stop”.", []),
    ("Note: this", ["L005"]),
]


@pytest.mark.parametrize(("text", "rules"), TEXTS)
def test_a_text(text: str, rules: list[str], tmp_path: Path) -> None:
    assert _rules(tmp_path, LEAFLET.replace("Some words.", text), Leaflet) == rules


IN_A_LIST = [row for row in TEXTS if "\n" not in row[0] and row[0][0] not in "-?N"]


@pytest.mark.parametrize(("text", "rules"), IN_A_LIST)
def test_an_entry_of_a_list(text: str, rules: list[str], tmp_path: Path) -> None:
    item = f"x\n      - kind: list\n        items:\n          - {text}"
    assert _rules(tmp_path, LEAFLET.replace("Some words.", item), Leaflet) == rules


ROWS = [
    ("[A sign, null]", ["L096"]),
    ("[A sign, ~]", ["L096"]),
    ("[A sign, **Never**]", ["L097"]),
    ("[A sign #1,\n             Call]", ["L095"]),
    ("[A sign, # which\n             Call]", []),
    ("[A sign,\n             Call #2\n             ]", ["L095"]),
    ("[A sign, Call]   # the first row", []),
    ("- Sign #2\n            - Call", ["L095"]),
]


@pytest.mark.parametrize(("row", "rules"), ROWS)
def test_a_cell(row: str, rules: list[str], tmp_path: Path) -> None:
    assert _rules(tmp_path, LEAFLET + TABLE.format(row=row), Leaflet) == rules


FILES = [
    (Clinic, CLINIC, "logo: ~", ["L096"]),
    (Clinic, CLINIC, "short_name: The clinic # in sentences", ["L095"]),
    (Clinic, CLINIC, "gp_out_of_hours: 028 9649 6000 #12", ["L095"]),
    (Clinic, CLINIC, "gp_out_of_hours: 028 9649 6000 # 12", ["L095"]),
    (Clinic, CLINIC, "region: wales # 2026: was england", []),
    (Clinic, CLINIC, "gp_out_of_hours: 028 9649 6000  # of the trust", []),
    (Clinic, CLINIC, "out_of_hours: Ring extension #12", ["L095"]),
    (Clinic, CLINIC, "out_of_hours:\n  en-GB: Ring extension #12", ["L095"]),
    (Clinic, CLINIC, "address:\n  - Flat #2", ["L095"]),
    (Clinic, CLINIC, "region: wales   # or england", []),
    (Clinic, CLINIC, "#short_name: The clinic", []),
    (Contacts, CONTACT, "telephone: 0300 123 4567 #12", ["L095"]),
    (Contacts, CONTACT, "sms: 60777 # 12", ["L095"]),
    (Contacts, CONTACT, "source: Page #3", ["L095"]),
    (Contacts, CONTACT, "telephone: ~", ["L016", "L096"]),
    (Mapping, MAPPING, "reference: Hospital #", ["L095"]),
    (Mapping, MAPPING, "reference: Hospital #No", ["L095"]),
    (Mapping, MAPPING, "need: [Need, Flag #2]", ["L095"]),
    (Mapping, MAPPING, "need: null", ["L096"]),
]


@pytest.mark.parametrize(("model", "frame", "line", "rules"), FILES)
def test_other_files(
    model: type[BaseModel], frame: str, line: str, rules: list[str], tmp_path: Path
) -> None:
    assert _rules(tmp_path, frame.format(line=line), model) == rules


def test_nothing_of_ours_has_such_a_comment() -> None:
    assert findings_of(Project.at(ROOT)) == ()


def test_every_pattern_has_an_example() -> None:
    """An author is shown what to write, never a regular expression."""
    models = (Leaflet, Clinic, Contacts, Pictograms, Mapping)
    schemas = " ".join(json.dumps(model.model_json_schema()) for model in models)
    patterns = {json.loads(each) for each in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', schemas)}
    assert patterns
    assert patterns <= FORMS.keys()


@pytest.mark.parametrize(
    "tag", ["cy", "el", "so", "zh-Hans", "en-GB", "EN-gb", "ar-Latn-EG", "kmr"]
)
def test_language_tags(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize("tag", ["greek", "zz-ZZ-1", "en_GB", "", "e", "en-UKX", "xx", "en-Lat"])
def test_no_language_tags(tag: str) -> None:
    assert not is_language_tag(tag)


def test_marks_of_html_are_all_named() -> None:
    text = "<b>x</b>, <br> and &nbsp; <br>"
    assert inline.parse(text).faults == (("L023", "<b>"), ("L023", "<br>"), ("L023", "&nbsp;"))


def test_underscores_are_emphasis_too() -> None:
    assert set(inline.parse("__not__ and _slow_").markup) == {"**strong**", "*emphasis*"}


FIGURE = "      - {{kind: figure, file: a.svg, caption: C, decorative: {value}{more}}}\n"


@pytest.mark.parametrize("value", ["true", "True", "yes", "Yes", "on"])
def test_every_way_of_saying_yes(value: str, tmp_path: Path) -> None:
    from leafpress.content.checks import Surroundings, alternatives
    from leafpress.content.source import read
    from leafpress.content.yaml_tree import parse

    around = Surroundings(Root(tmp_path), Contacts(contacts=()))
    for more, rules in (("", []), (", alt: A", ["L046"])):
        path = tmp_path / "case.yaml"
        path.write_text(LEAFLET + FIGURE.format(value=value, more=more))
        tree, _ = parse(read(path, "case.yaml"))
        assert [found.rule for found in alternatives(tree, around)] == rules


def test_a_slip_in_the_contacts_is_told_where_it_is(make_project: MakeProject) -> None:
    """And not of every leaflet that calls a service."""
    root = make_project()
    leaflet = root / "leaflets" / "case.yaml"
    contacts = "      - {kind: contacts, contacts: [clinic, '111']}\n"
    words = leaflet.read_text().replace("Some words.", '"Call {111}."')
    leaflet.write_text(words.replace("      - kind: sources", f"{contacts}      - kind: sources"))
    assert findings_of(Project.at(root)) == ()
    file = root / "leaflets" / "contacts.yaml"
    file.write_text(file.read_text().replace('telephone: "111"', "telephone: one one one"))
    assert {found.span.file for found in findings_of(Project.at(root))} == {
        "leaflets/contacts.yaml"
    }
    leaflet.write_text(leaflet.read_text().replace("[clinic, '111']", "[clinic, nobody]"))
    assert {found.span.file for found in findings_of(Project.at(root))} == {
        "leaflets/contacts.yaml"
    }


PIECES = st.one_of(
    st.sampled_from(
        [" #", "\n", "  ", "- ", ": ", "*", "{", "[", "]", "}", "&a ", "!t ", "|", ">"]
    ),
    st.sampled_from(
        ['"', "'", "null", "~", "\u2028", "\x85", "\r", "\t", "%", "@", "?", "“", "---"]
    ),
    st.text(max_size=5),
)
CUTS = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 30), PIECES), min_size=1, max_size=5
)
KINDS = (CASES / "base" / "kinds.yaml").read_text()


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([LEAFLET, KINDS]), CUTS)
def test_no_damage_ends_in_anything_but_findings(
    tmp_path_factory: pytest.TempPathFactory, text: str, cuts: list[tuple[int, int, str]]
) -> None:
    for place, length, new in cuts:
        start = place % (len(text) + 1)
        text = text[:start] + new + text[start + length :]
    root = tmp_path_factory.mktemp("mutated")
    (root / "leaflets").mkdir()
    (root / "leaflets" / "case.yaml").write_text(text, "utf-8", "surrogateescape", newline="")
    (root / "leaflets" / "contacts.yaml").write_text("contacts: []\n")
    loaded = Project.at(root).leaflet("case")
    assert loaded.findings or loaded.model


NUMBERS = [
    ("0300 111", ["L102"]),
    ("020 7946 000", []),
    ("020 7946 00000", ["L102"]),
    ("02079460000", ["L103"]),
    ("+442079460000", ["L103"]),
    ("+44 20 7946 0000", []),
    ("+44 20 7946", ["L102"]),
    ("0800 1111", []),
    ("999", []),
    ("116 123", []),
    ("60777", []),
    ("7946 0000", ["L102"]),
    ("+353 1 800 0000", []),
]


@pytest.mark.parametrize(("number", "rules"), NUMBERS)
def test_numbers_to_call(number: str, rules: list[str], tmp_path: Path) -> None:
    clinic = tmp_path / "clinic.yaml"
    clinic.write_text(f'name: A clinic\ntelephone: "{number}"\n')
    (tmp_path / "leaflets").mkdir()
    shared = f'{{id: a, name: A, short: A, purpose: P, telephone: "{number}"}}'
    (tmp_path / "leaflets" / "contacts.yaml").write_text(f"contacts: [{shared}]\n")
    project = Project.at(tmp_path)
    for loaded in (project.clinic, project.contacts):
        assert [found.rule for found in loaded.findings] == rules


def test_every_text_that_needs_quotes_is_named_at_once(tmp_path: Path) -> None:
    """YAML stops at the first; an author should not have to try again for each."""
    items = ["**Never** do this.", "Fine.", "{999}, now.", "[a, b]", "[NICE](#one) says.", "@home"]
    entries = "\n".join(f"          - {item}" for item in items)
    block = f"      - kind: list\n        items:\n{entries}\n"
    assert _rules(tmp_path, LEAFLET + block, Leaflet) == ["L097"] * 4


HOSTILE = [
    "[" * 100_000,
    f"formats: {'[' * 50_000}{']' * 50_000}",
    f"a: @\n- {'[' * 50_000}\n",
    "{a: " * 50_000,
    "- " * 200_000,
    "- *x\n" * 50_000,
    "- a #1\n" * 50_000,
    "x: [a #1\n" * 30_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_no_depth_and_no_number_ends_the_program(text: str, tmp_path: Path) -> None:
    """Libyaml composes recursively, in C: many brackets ended the program without a word."""
    (tmp_path / "clinic.yaml").write_text(text)
    assert clinic_formats(tmp_path / "clinic.yaml") == ()
    findings = load(tmp_path / "clinic.yaml", "clinic.yaml", Clinic).findings
    assert findings
