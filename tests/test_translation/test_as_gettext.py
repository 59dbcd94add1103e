"""Catalogues are read as gettext reads them, and written so that gettext reads them."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages import Catalog
from conftest import CASES, ROOT, TODAY, MakeProject, order_for
from hypothesis import given, settings
from hypothesis import strategies as st

from leafpress.cli.extract import extract_messages
from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.findings import Problem
from leafpress.press.edition import Edition
from leafpress.press.pipeline import check
from leafpress.translation.catalogue import Catalogue, read_catalogue
from leafpress.translation.known import known
from leafpress.translation.language import LANGUAGES
from leafpress.translation.merge import read_po, update
from leafpress.translation.po_file import parse
from leafpress.translation.po_lines import NotGettext, entries

BASE = (CASES / "base" / "catalogue.po").read_text()
JEDEN = 'msgid "One"\nmsgstr "Jeden"\n'
POLISH = LANGUAGES["pl"]
SHIPPED = sorted((ROOT / "locales").rglob("*.po*"))

SPELLINGS = {
    "previous of an obsolete message": f'{BASE}\n#, fuzzy\n#~| msgid "Od"\n'
    '#~ msgid "O"\n#~ msgstr "S"\n',
    "previous of an obsolete plural": f'{BASE}\n#~| msgid "a"\n#~| msgid_plural "b"\n#~ msgid "O"\n'
    '#~ msgid_plural "Os"\n#~ msgstr[0] "S"\n#~ msgstr[1] "T"\n',
    "previous that is broken in a string": BASE.replace(JEDEN, f'#| msgid "O\n#| ne"\n{JEDEN}'),
    "a tab after the keyword": BASE.replace('msgid "One"', 'msgid\t"One"'),
    "nothing after the keyword": BASE.replace('msgid "One"', 'msgid"One"'),
    "a string on a line of its own": BASE.replace('msgid "One"', 'msgid\n"On"\n"e"'),
    "two strings on a line": BASE.replace('"Jeden"', '"Je" "den"'),
    "a whole message on a line": BASE.replace(JEDEN, 'msgid "One" msgstr "Jeden"\n'),
    "a comment behind a string": BASE.replace('"Jeden"', '"Jeden" # one'),
    "blanks before the keyword": BASE.replace('msgid "One"', '   msgid "One"'),
    "CR LF": BASE.replace("\n", "\r\n"),
    "CR": BASE.replace("\n", "\r"),
    "a reference with isolates": BASE.replace(JEDEN, f"#: \u2068a file.yaml\u2069:3\n{JEDEN}"),
    "flags of newer gettext": BASE.replace(JEDEN, f"#= no-wrap\n{JEDEN}"),
    "an octal escape": BASE.replace('"Jeden"', r'"\112eden"'),
    "a hexadecimal escape": BASE.replace('"Jeden"', r'"\x4Aeden"'),
    "UTF8": BASE.replace("charset=utf-8", "charset=UTF8"),
    "headers of Poedit": BASE.replace('"MIME', '"X-Generator: Poedit 3.4\\n"\n"MIME'),
    "pl_PL": BASE.replace("Language: pl", "Language: pl_PL"),
    "no plural forms": "".join(x for x in BASE.splitlines(True) if "Plural-Forms" not in x),
    "plural forms of a template": BASE.replace("nplurals=3; plural=", "nplurals=N; plural=X"),
    "plural forms of another": BASE.replace("nplurals=3; plural=", "nplurals=2; plural=n!=1;//"),
    "a fuzzy header": BASE.replace('msgid ""', '#, fuzzy\nmsgid ""', 1),
    "no line at the end": BASE.rstrip("\n"),
}


def _read(folder: Path, data: bytes) -> Catalogue:
    path = folder / "locales" / "pl" / "LC_MESSAGES" / "case.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return read_catalogue(Root(folder), "case", POLISH)


@pytest.mark.parametrize("name", SPELLINGS)
def test_other_spellings_say_the_same(name: str, tmp_path: Path) -> None:
    catalogue = _read(tmp_path, SPELLINGS[name].encode())
    assert catalogue.findings == ()
    assert catalogue.messages == _read(tmp_path / "base", BASE.encode()).messages
    assert catalogue.words is not None
    assert catalogue.words.gettext("One") == "Jeden"


@pytest.mark.parametrize("charset", ["ISO-8859-2", "iso-8859-1", "cp1250", "CHARSET", "no-such"])
def test_another_encoding_than_the_bytes_is_named(charset: str, tmp_path: Path) -> None:
    """It is said, and nothing ends in a traceback; what extract would spoil it leaves alone."""
    text = BASE.replace("charset=utf-8", f"charset={charset}")
    assert [found.rule for found in _read(tmp_path, text.encode()).findings] == ["T006"]
    if charset == "CHARSET":
        assert read_po(text.encode(), "x.po").header.misleads is False
    else:
        with pytest.raises(Problem, match="T006"):
            read_po(text.encode(), "x.po")


PLURAL = '\nmsgid "%(num)s cat"\nmsgid_plural "%(num)s cats"\n'
FORMS = 'msgstr[0] "%(num)s kot"\nmsgstr[1] "%(num)s koty"\nmsgstr[2] "%(num)s kotów"\n'


def test_counts_are_said_in_the_right_form(tmp_path: Path) -> None:
    words = _read(tmp_path, (BASE + PLURAL + FORMS).encode()).words
    assert words is not None
    said = [words.ngettext("%(num)s cat", "%(num)s cats", count) for count in (1, 3, 5, 22)]
    assert said == ["%(num)s kot", "%(num)s koty", "%(num)s kotów", "%(num)s koty"]
    assert words.ngettext("%(num)s dog", "%(num)s dogs", 2) == "%(num)s dogs"


@pytest.mark.parametrize(
    "formula", ["n%0", "n", "n/0", "", "zero", "(" * 400, "n ? 1", "nplurals=1; plural=0"]
)
def test_a_formula_that_leads_nowhere(formula: str, tmp_path: Path) -> None:
    header = BASE.partition("plural=")[0] + f'plural={formula};\\n"\n\n{JEDEN}'
    found = _read(tmp_path, (header + PLURAL + FORMS).encode()).findings
    assert [each.rule for each in found] == ["T007"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_msgfmt_finds_nothing_in_what_is_shipped(path: Path) -> None:
    command = ["msgfmt", "--check-format", "--check-domain", "-o", "/dev/null", str(path)]
    if path.suffix == ".po":
        command.append("--check-header")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_msgfmt_reads_what_extract_writes(make_project: MakeProject, tmp_path: Path) -> None:
    """Also guesses with the English of before, and old guesses that are gone."""
    root = make_project()
    leaflet = root / "leaflets" / "case.yaml"
    path = root / "locales/pl/LC_MESSAGES/case.po"
    long = f"It says {'that it goes on, ' * 9}in one sentence."
    leaflet.write_text(leaflet.read_text().replace("What it says in one sentence.", long))
    list(extract_messages(Project.at(root), TODAY))
    translated = path.read_text().replace(
        'in one sentence."\nmsgstr ""', 'in one sentence."\nmsgstr "S"'
    )
    path.write_text(f'{translated}\n#, fuzzy\n#~| msgid "Od"\n#~ msgid "O"\n#~ msgstr "S"\n')
    leaflet.write_text(leaflet.read_text().replace("in one sentence.", "in a sentence."))
    list(extract_messages(Project.at(root), TODAY))
    done = subprocess.run(
        ["msgfmt", "--check", "-o", str(tmp_path / "x.mo"), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    again = parse(path.read_text(), "case.po")
    assert [entry.fuzzy for entry in again.entries if entry.obsolete] == [True]
    assert [entry.previous for entry in again.live if entry.fuzzy] == [(long,)]


def _mutated(data: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, new in cuts:
        start = place % (len(data) + 1)
        data = data[:start] + new + data[start + length :]
    return data


PIECES = st.one_of(
    st.sampled_from([b'"', b"\\", b"\n", b"\r", b"#~", b"#~|", b"#,", b"msgid ", b"msgstr[1] "]),
    st.sampled_from(
        [b"\xff", b"\xc2\x85", b"\xe2\x80\xa8", b"\x00", b"\t", b"msgid_plural ", b":"]
    ),
    st.binary(max_size=6),
)
CUTS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 40), PIECES), max_size=6)
ODD = f'{BASE}{PLURAL}{FORMS}\n#~| msgid "Od"\n#~ msgid "O"\n#~ msgstr "S"\n'.encode()


@settings(max_examples=150, deadline=None)
@given(CUTS)
def test_no_damage_ends_in_anything_but_findings(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[tuple[int, int, bytes]]
) -> None:
    data = _mutated(ODD, cuts)
    folder = tmp_path_factory.mktemp("mutated")
    catalogue = _read(folder, data)
    assert catalogue.words or catalogue.findings
    try:
        file = read_po(data, "case.po")
    except Problem as problem:
        assert problem.findings
        return
    once = update(file, _template(), POLISH, known({"other": file}))
    assert update(read_po(once, "case.po"), _template(), POLISH, known({"other": file})) == once


def _template() -> Catalog:
    now = datetime(2026, 11, 28, tzinfo=UTC)
    catalog = Catalog(domain="case", charset="utf-8", fuzzy=False, creation_date=now)
    catalog.add("One")
    catalog.add(("%(num)s cat", "%(num)s cats"))
    return catalog


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='msgidstrplual_[]01"\\#~|, \n\t', max_size=80))
def test_any_text_is_gettext_or_says_where_it_is_not(text: str) -> None:
    try:
        entries(text)
    except NotGettext as error:
        assert 1 <= error.line <= text.count("\n") + 1


def test_one_character_one_finding(tmp_path: Path) -> None:
    found = _read(tmp_path, BASE.replace("Jeden", "Je\u202eden").encode()).findings
    assert [(each.rule, each.span.column > 0) for each in found] == [("L006", True)]


def test_a_name_in_braces_has_nothing_to_translate(tmp_path: Path) -> None:
    same = "".join(f'\nmsgid "{text}"\nmsgstr "{text}"\n' for text in ("{clinic}", "Two words"))
    text = BASE + same
    assert [each.rule for each in _read(tmp_path, text.encode()).findings] == ["T016"]


def test_cr_line_ends_are_built_from(make_project: MakeProject) -> None:
    """Such a catalogue was taken for one that nobody had begun."""
    root = make_project("leaflet-with-markup.yaml")
    _read(root, BASE.replace("\n", "\r").encode())
    shared = (ROOT / "locales/pl/LC_MESSAGES/leafpress.po").read_bytes()
    (root / "locales/pl/LC_MESSAGES/leafpress.po").write_bytes(shared)
    assert check(Edition("case", "pl", "a4"), order_for(root)) == ()


@pytest.mark.parametrize("wrong", ["X nplurals=3; plural=n", "nplurals=9; plural=n", "plural", ""])
def test_a_broken_plural_header_loses_no_form(wrong: str) -> None:
    """Babel counted two forms where it could not read how many, and dropped the third."""
    start, _, rest = (BASE + PLURAL + FORMS).partition("Plural-Forms: ")
    text = f"{start}Plural-Forms: {wrong}\\n{rest[rest.index(chr(34)) :]}"
    file = parse(update(read_po(text.encode(), "x.po"), _template(), POLISH).decode(), "x.po")
    assert file.header.plurals is not None
    assert file.header.plurals[0] == 3
    (cats,) = [entry for entry in file.live if entry.plural]
    assert cats.strings[2] == "%(num)s kotów"
