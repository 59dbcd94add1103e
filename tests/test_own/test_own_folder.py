"""A clinic's own folder: what comes from where, where things are written, and an update."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import CASES, ROOT, TODAY, MakeProject, allow_drafts, order_for
from people import FIRST

from leafpress.approval import records, sign_off, signing
from leafpress.approval.approvals import Approvals
from leafpress.approval.entry import Step
from leafpress.approval.messages import SignedPart
from leafpress.approval.sign_off import Signature
from leafpress.cli.main import main
from leafpress.cli.start import new_folder
from leafpress.content import originals
from leafpress.content.originals import OwnState
from leafpress.content.project import Project, findings_of
from leafpress.content.root import Root
from leafpress.findings import ExitCode, Finding, Problem
from leafpress.pages.render import Markup
from leafpress.press.edition import BuildOptions, Edition, Status
from leafpress.press.fingerprint import Glance
from leafpress.press.freshness import why_stale
from leafpress.press.hand_out import SourceCheck
from leafpress.press.manifest import Manifest
from leafpress.press.pipeline import build, markup_of
from leafpress.press.schedule import store
from leafpress.review import pack
from leafpress.system import digest
from leafpress.translation.glossary import read_glossary
from leafpress.translation.language import LANGUAGES

TEXT = Edition("case", "en-GB", "text")
CASE = "leaflets/case.yaml"


@dataclass(frozen=True)
class Clinic:
    """What is shipped, and a clinic's folder beside it."""

    shipped: Path
    own: Path

    @property
    def root(self) -> Root:
        return Root.at(self.shipped, self.own)

    @property
    def order(self) -> BuildOptions:
        """An order to build with the clinic's folder."""
        root = self.root
        return order_for(self.shipped, root=root, clinic=root.file("clinic.yaml"), out=root.out)

    def run(self, *words: str) -> int:
        """A command, as a person calls it."""
        return main(self.shipped, ["--own", str(self.own), *words])

    def build(self, edition: Edition = TEXT) -> str:
        """Build an edition; its words."""
        outcome = build(edition, self.order, None)
        assert outcome.status is Status.BUILT, outcome.findings
        return (self.own / "out" / edition.output).read_text(encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Edit a file of the clinic's."""
        _change(self.own / name, old, new)

    def states(self) -> dict[str, OwnState]:
        """What the clinic's files stand in for."""
        return {own.name: own.state for own in originals.own_files(self.root)}


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {str(path.relative_to(folder)): digest.of_file(path) for path in files}


@pytest.fixture
def clinic(make_project: MakeProject, tmp_path: Path) -> Iterator[Clinic]:
    """A clinic's folder that was just started; whatever a test does, what is shipped stays."""
    shipped = make_project()
    shutil.copy(ROOT / "clinic-logo.svg", shipped)
    before = _digests(shipped)
    own = tmp_path / "our-clinic"
    new_folder(shipped, own)
    yield Clinic(shipped, own)
    assert _digests(shipped) == before


PO = "locales/pl/LC_MESSAGES/case.po"


@pytest.fixture
def extracted(make_project: MakeProject, tmp_path: Path) -> Clinic:
    """A clinic's folder beside a program whose words have been extracted."""
    shipped = make_project()
    shutil.copy(ROOT / "clinic-logo.svg", shipped)
    main(shipped, ["extract"])
    own = tmp_path / "our-clinic"
    new_folder(shipped, own)
    return Clinic(shipped, own)


def _translate(catalogue: Path) -> None:
    """Somebody translates “Some words.” into Polish."""
    _change(catalogue, 'msgid "Some words."\nmsgstr ""', 'msgid "Some words."\nmsgstr "Słowa."')


def test_a_folder_is_started(clinic: Clinic, capsys: pytest.CaptureFixture[str]) -> None:
    assert sorted(path.name for path in clinic.own.iterdir()) == [
        ".gitignore",
        "README.md",
        "clinic-logo.svg",
        "clinic.yaml",
        "leaflets",
        "locales",
        "originals.txt",
        "templates",
    ]
    assert f"build.py --own {clinic.own} list" in (clinic.own / "README.md").read_text()
    assert clinic.run("start", str(clinic.own)) == ExitCode.USAGE
    assert "B009" in capsys.readouterr().err
    assert not list(originals.findings(clinic.root))


def test_an_editor_finds_the_schemas(make_project: MakeProject, tmp_path: Path) -> None:
    shipped = make_project()
    for name in ("clinic.yaml", "clinic-logo.svg"):
        shutil.copy(ROOT / name, shipped)
    own = tmp_path / "our-clinic"
    new_folder(shipped, own)
    assert main(shipped, ["--own", str(own), "new", "ours"]) == ExitCode.OK
    for name in ("clinic.yaml", "leaflets/ours.yaml"):
        first = (own / name).read_text(encoding="utf-8").splitlines()[0]
        address = (own / name).parent / first.partition("$schema=")[2]
        assert address.resolve().parent == shipped / "leaflets"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("nowhere", "there is no such folder"),
        (".", "the program itself lies in it"),
        ("project", "the program itself lies in it"),
        ("project/leaflets", "it lies in the program's folder"),
        ("empty", "it holds none of clinic.yaml, leaflets"),
    ],
)
def test_a_folder_that_cannot_be(
    place: str,
    said: str,
    make_project: MakeProject,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shipped = make_project()
    (tmp_path / "empty").mkdir()
    for words in (["list"], ["check"], []):
        code = main(shipped, ["--own", str(tmp_path / place), *words])
        stderr = capsys.readouterr().err
        assert (code, "B015" in stderr, said in stderr) == (ExitCode.USAGE, True, True)


@pytest.mark.parametrize("place", ["project/own", "."])
def test_a_folder_is_not_started_in_the_program(
    place: str, make_project: MakeProject, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(make_project(), ["start", str(tmp_path / place)]) == ExitCode.USAGE
    assert "it has to lie beside the program" in capsys.readouterr().err


def test_nothing_is_copied_without_a_folder(
    make_project: MakeProject, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(make_project(), ["copy", CASE]) == ExitCode.USAGE
    assert "B015" in capsys.readouterr().err


def test_the_clinics_name_is_printed(clinic: Clinic) -> None:
    clinic.change("clinic.yaml", "A clinic", "Shore Clinic")
    assert "Shore Clinic" in clinic.build()
    assert not (clinic.shipped / "out").exists()


def test_a_shipped_leaflet_is_changed(clinic: Clinic) -> None:
    assert clinic.run("copy", CASE) == ExitCode.OK
    assert clinic.states()[CASE] is OwnState.EQUAL
    clinic.change(CASE, "Some words.", "Our own words.")
    assert clinic.states()[CASE] is OwnState.INSTEAD
    assert "Our own words." in clinic.build()
    assert not findings_of(clinic.order.project())


def test_a_copy_overwrites_nothing(clinic: Clinic, capsys: pytest.CaptureFixture[str]) -> None:
    clinic.run("copy", CASE)
    clinic.change(CASE, "Some words.", "Our own words.")
    assert clinic.run("copy", "leaflets/contacts.yaml", CASE) == ExitCode.USAGE
    assert "B009" in capsys.readouterr().err
    assert "Our own words." in (clinic.own / CASE).read_text(encoding="utf-8")
    assert not (clinic.own / "leaflets" / "contacts.yaml").exists()
    for name in ("leaflets/cases.yaml", "../project/leaflets/case.yaml", "build.py"):
        assert clinic.run("copy", name) == ExitCode.USAGE
    assert "did you mean `leaflets/case.yaml`?" in capsys.readouterr().err


def test_a_new_leaflet_is_ours(clinic: Clinic, capsys: pytest.CaptureFixture[str]) -> None:
    assert clinic.run("new", "our-clinic") == ExitCode.OK
    assert f"{clinic.own}/leaflets/our-clinic.yaml: written" in capsys.readouterr().out
    assert clinic.order.project().leaflet_ids() == ["case", "our-clinic"]
    assert "Our clinic" in clinic.build(Edition("our-clinic", "en-GB", "text"))
    written = (clinic.own / "leaflets" / "our-clinic.yaml").read_text(encoding="utf-8")
    assert f"python build.py --own {clinic.own} --leaflet our-clinic\n" in written
    assert clinic.run("new", "case") == ExitCode.USAGE


def test_findings_lead_to_our_file(clinic: Clinic) -> None:
    clinic.run("copy", CASE)
    clinic.change(CASE, "Some words.", "<b>Some words.")
    (found,) = findings_of(clinic.order.project())
    assert found.span.file == f"{clinic.own}/{CASE}"


@pytest.mark.parametrize(
    ("file", "rule"), [("a" * 300 + ".svg", "L001"), ("../case.yaml", "L041"), ("no.svg", "L040")]
)
def test_a_picture_that_cannot_be(file: str, rule: str, clinic: Clinic) -> None:
    clinic.run("copy", CASE)
    figure = f"      - {{kind: figure, file: {file}, alt: It shows., caption: A caption}}\n"
    with (clinic.own / CASE).open("a", encoding="utf-8") as leaflet:
        leaflet.write(figure)
    every = findings_of(clinic.order.project())
    assert rule in {found.rule for found in every}
    assert {found.span.file for found in every} == {f"{clinic.own}/{CASE}"}


def _style(clinic: Clinic) -> None:
    clinic.run("copy", "templates/styles/base.css")
    clinic.change("templates/styles/base.css", "--ink: #12344d", "--ink: #003300")


def _template(clinic: Clinic) -> None:
    """Templates that were filled in this process before do not hide one that begins to be there."""
    clinic.run("copy", "templates/parts/masthead.html")
    with (clinic.own / "templates" / "parts" / "masthead.html").open("a") as file:
        file.write("<p>#003300</p>\n")


def _picture(clinic: Clinic) -> None:
    (clinic.own / "leaflets" / "figures").mkdir()
    picture = clinic.own / "leaflets" / "figures" / "ours.svg"
    shutil.copy(CASES / "base" / "picture.svg", picture)
    _change(picture, "<svg", "<!-- #003300 --><svg")
    clinic.run("copy", CASE)
    figure = "      - {kind: figure, file: ours.svg, alt: It shows., caption: A caption}\n"
    with (clinic.own / CASE).open("a", encoding="utf-8") as file:
        file.write(figure)


def _contacts(clinic: Clinic) -> None:
    clinic.run("copy", "leaflets/contacts.yaml", CASE)
    clinic.change("leaflets/contacts.yaml", "NHS 111", "NHS x003300")
    clinic.change(CASE, "Some words.", '"Call {111}."')


@pytest.mark.parametrize("change", [_style, _template, _picture, _contacts])
def test_what_comes_from_us(change: Callable[[Clinic], None], clinic: Clinic) -> None:
    edition = Edition("case", "en-GB", "a4")
    assert "003300" not in _everything(markup_of(edition, clinic.order))
    change(clinic)
    assert "003300" in _everything(markup_of(edition, clinic.order))


def _everything(markup: Markup) -> str:
    """The words, styles and pictures of a page."""
    pictures = [file for name, file in markup.resources.items() if name.endswith(".svg")]
    texts = [file.read_text(encoding="utf-8") for file in pictures]
    return "\n".join([markup.html, *(style.text for style in markup.styles), *texts])


def test_a_broken_template_of_ours_is_named(clinic: Clinic) -> None:
    clinic.run("copy", "templates/parts/masthead.html")
    (clinic.own / "templates/parts/masthead.html").write_text("{{ nothing.at.all }}")
    with pytest.raises(Problem) as caught:
        markup_of(Edition("case", "en-GB", "a4"), clinic.order)
    (found,) = caught.value.findings
    assert (found.rule, found.span.file) == ("H002", f"{clinic.own}/templates/parts/masthead.html")


def test_pictograms_of_ours(clinic: Clinic) -> None:
    name = "leaflets/pictograms/pictograms.yaml"
    clinic.run("copy", name)
    picture = clinic.own / "leaflets" / "pictograms" / "our-door.svg"
    shutil.copy(ROOT / "leaflets" / "pictograms" / "clinic.svg", picture)
    (found,) = clinic.order.project().pictograms.findings
    assert (found.rule, found.span.file) == ("L089", str(picture))
    row = "- {id: our-door, name: Our door, shows: Our door.}\n  - {id: ambulance"
    clinic.change(name, "- {id: ambulance", row)
    assert not clinic.order.project().pictograms.findings


def test_a_glossary_of_ours(clinic: Clinic) -> None:
    folder = clinic.own / "locales" / "pl"
    folder.mkdir()
    (folder / "glossary.csv").write_text("english,term,forbidden,note\nclinic,poradni,,\n")
    (term,) = read_glossary(clinic.root, LANGUAGES["pl"]).terms
    assert term.accepted == ("poradni",)


def test_words_are_extracted_into_our_folder(
    clinic: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic.run("new", "ours")
    assert clinic.run("extract", "--date", "2026-11-28") == ExitCode.OK
    written = [path.name for path in (clinic.own / "locales").rglob("*.po*")]
    assert {"ours.pot", "ours.po", "case.po"} <= set(written)
    capsys.readouterr()
    assert clinic.run("extract") == ExitCode.OK
    assert "written" not in capsys.readouterr().out


def test_our_languages_only_are_extracted(extracted: Clinic) -> None:
    """A copy of a catalogue that nobody reads would have to be looked at after each update."""
    clinic = extracted
    for tag in ("so", "fr", "de"):
        shutil.copytree(clinic.shipped / "locales" / "pl", clinic.shipped / "locales" / tag)
    clinic.run("new", "ours")

    def held() -> set[str]:
        return {path.parts[-3] for path in (clinic.own / "locales").rglob("ours.po")}

    clinic.run("extract")
    assert held() == {"cy", "pl", "ur", "bn"}
    assert clinic.run("extract", "--language", "so") == ExitCode.OK
    assert held() == {"cy", "pl", "ur", "bn", "so"}
    with (clinic.own / "clinic.yaml").open("a", encoding="utf-8") as file:
        file.write("languages: [fr]\n")
    before = (clinic.own / "locales/so/LC_MESSAGES/ours.po").read_bytes()
    clinic.change("leaflets/ours.yaml", "The first sign.", "Another sign.")
    clinic.run("extract")
    assert held() == {"cy", "pl", "ur", "bn", "so", "fr"}
    assert (clinic.own / "locales/so/LC_MESSAGES/ours.po").read_bytes() != before


def test_a_shipped_translation_is_copied_when_our_english_changes(
    extracted: Clinic,
) -> None:
    clinic = extracted
    _translate(clinic.shipped / PO)
    before = _digests(clinic.shipped)
    clinic.run("extract")
    assert not list((clinic.own / "locales").rglob("*.po"))
    clinic.run("copy", CASE)
    clinic.change(CASE, "Some words.", "Some new words.")
    clinic.run("extract")
    assert "Słowa." in (clinic.own / PO).read_text(encoding="utf-8")
    assert originals.recorded(clinic.root)[PO] == before[PO]
    assert _digests(clinic.shipped) == before


def test_new_shipped_words_reach_our_copy(extracted: Clinic) -> None:
    """An update brings a translation of words that our catalogue does not have."""
    clinic = extracted
    clinic.run("copy", CASE)
    clinic.change(CASE, "title: One", "title: Our own")
    clinic.run("extract")
    assert 'msgid "Some words."\nmsgstr ""' in (clinic.own / PO).read_text(encoding="utf-8")
    _translate(clinic.shipped / PO)
    assert [found.rule for found in originals.findings(clinic.root)] == ["B016"]
    clinic.run("extract")
    text = (clinic.own / PO).read_text(encoding="utf-8")
    assert "# taken over from shipped case" in text
    assert 'msgid "Some words."\nmsgstr "Słowa."' in text


def test_what_a_translator_sends_back_is_written_into_our_folder(
    extracted: Clinic, tmp_path: Path
) -> None:
    clinic = extracted
    before = _digests(clinic.shipped)
    returned = tmp_path / "case-pl.po"
    shutil.copy(clinic.shipped / PO, returned)
    _translate(returned)
    assert clinic.run("take-in", str(returned), "--yes") == ExitCode.OK
    assert "Słowa." in (clinic.own / PO).read_text(encoding="utf-8")
    assert originals.recorded(clinic.root)[PO] == before[PO]
    assert _digests(clinic.shipped) == before


def test_who_signs_signs_in_our_folder(clinic: Clinic) -> None:
    approvals = Approvals(Project.at(clinic.root), TODAY)
    sheet = sign_off.sheet(approvals, "case", SignedPart.WORDS, "en-GB", Step.CHECKED)
    entry = sign_off.signed(approvals, sheet, Signature(FIRST, True, "", []))
    path = signing.append(clinic.root, entry, TODAY)
    assert path.is_relative_to(clinic.own / "sign-offs")
    found = records.read(clinic.root, "case", TODAY)
    assert ([each.by.name for each in found.entries], found.findings) == ([FIRST.name], ())
    assert clinic.run("history", "case") == ExitCode.OK
    assert signing.reseal(clinic.root, "case", TODAY) == 1


def test_shipped_sign_offs_go_on_in_ours(make_project: MakeProject, tmp_path: Path) -> None:
    """Both folders hold one chain: entries that were shipped, and ours behind them."""
    shipped = make_project()
    shutil.copy(ROOT / "clinic-logo.svg", shipped)
    own = tmp_path / "our-clinic"
    new_folder(shipped, own)
    for root in (Root(shipped), Root.at(shipped, own)):
        approvals = Approvals(Project.at(root), TODAY)
        sheet = sign_off.sheet(approvals, "case", SignedPart.WORDS, "en-GB", Step.CHECKED)
        entry = sign_off.signed(approvals, sheet, Signature(FIRST, True, "", []))
        signing.append(root, entry, TODAY)
    found = records.read(Root.at(shipped, own), "case", TODAY)
    assert ([each.entry for each in found.entries], found.findings) == ([1, 2], ())
    assert records.read(Root(shipped), "case", TODAY).findings == ()


def test_a_withdrawal_is_ours(clinic: Clinic) -> None:
    who = ("--name", "Test Manager", "--role", "manager", "--remarks", "A number is wrong.")
    assert clinic.run("withdraw", "case", "--yes", *who) == ExitCode.OK
    assert len(list((clinic.own / "sign-offs" / "case").glob("*.json"))) == 2
    assert build(TEXT, clinic.order, None).status is Status.WITHDRAWN


def test_packs_for_translators_lie_in_our_folder(clinic: Clinic) -> None:
    folder = pack.folder_of(clinic.root, "case", LANGUAGES["pl"])
    assert folder == clinic.own / "review" / "case-pl"


@pytest.fixture
def built(clinic: Clinic) -> Clinic:
    """An edition is built, and proven, in the clinic's folder."""
    clinic.run("copy", CASE)
    clinic.change(CASE, "Some words.", "Our own words.")
    allow_drafts(clinic.own)
    manifest = Manifest(clinic.own / "out")
    store(build(TEXT, clinic.order, None), manifest)
    manifest.entries[TEXT.output].verdicts["leafpress"] = "pass"
    manifest.save()
    return clinic


def _stale(clinic: Clinic, root: Root) -> tuple[str, ...]:
    manifest = Manifest.read(clinic.own / "out")
    clinic_file = root.file("clinic.yaml")
    order = order_for(clinic.shipped, root=root, clinic=clinic_file, out=clinic.own / "out")
    return why_stale(TEXT.output, order, manifest, Glance(root))


def test_a_switch_of_folders_is_noticed(built: Clinic) -> None:
    assert _stale(built, built.root) == ()
    (said,) = _stale(built, Root(built.shipped))
    assert said == "it was built before clinic.yaml, leaflets/case.yaml changed"


def test_a_file_that_begins_to_stand_in_is_noticed(built: Clinic) -> None:
    shutil.copy(built.shipped / "leaflets" / "contacts.yaml", built.own / "leaflets")
    assert _stale(built, built.root) == ()
    built.change("leaflets/contacts.yaml", "NHS 111", "NHS 1-1-1")
    (said,) = _stale(built, built.root)
    assert said == "it was built before leaflets/contacts.yaml changed"
    (built.own / "leaflets" / "contacts.yaml").unlink()
    assert _stale(built, built.root) == ()


def test_a_moved_folder_is_still_fresh(built: Clinic, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    moved = Clinic(built.shipped, built.own.rename(tmp_path / "deep" / "moved"))
    assert _stale(moved, moved.root) == ()


def test_letters_ask_our_folder(built: Clinic) -> None:
    sources = SourceCheck(built.own / "out", built.root, built.own / "clinic.yaml")
    entry = Manifest.read(built.own / "out").entries[TEXT.output]
    assert list(sources.faults(TEXT.output, entry.digest)) == []
    built.change(CASE, "Our own words.", "Our newest words.")
    again = SourceCheck(built.own / "out", built.root, built.own / "clinic.yaml")
    assert list(again.faults(TEXT.output, entry.digest))
    assert again.how.startswith(f"`python build.py --own {built.own} --prove` does so")


def test_an_edition_of_our_folder_is_joined(built: Clinic, tmp_path: Path) -> None:
    """`join` finds the editions of the clinic's folder, and asks its sign-offs."""
    done = built.run("join", "letter.pdf", "en-GB/case-text", "-o", str(tmp_path / "x.pdf"))
    assert done == ExitCode.USAGE  # there is no such letter
    assert built.run("list", "--leaflet", "case") == ExitCode.OK


def _git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=Test", "-c", "user.email=test@clinic.example")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def cloned(make_project: MakeProject, tmp_path: Path) -> tuple[Clinic, Path]:
    """A clone of the program with a clinic's folder, and the repository that it is pulled from."""
    upstream = make_project()
    shutil.copy(ROOT / "clinic-logo.svg", upstream)
    (upstream / ".gitignore").write_text("/node_modules\n")
    _git(upstream, "init", "-q", "-b", "main")
    _git(upstream, "add", ".")
    _git(upstream, "commit", "-qm", "First")
    shipped, own = tmp_path / "clone", tmp_path / "our-clinic"
    _git(tmp_path, "clone", "-q", str(upstream), str(shipped))
    (shipped / "node_modules").symlink_to(ROOT / "node_modules")
    new_folder(shipped, own)
    return Clinic(shipped, own), upstream


def test_the_program_is_updated(
    cloned: tuple[Clinic, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Two leaflets of ours, a shipped one changed, then `git pull`: nothing lost, all named."""
    clinic, upstream = cloned
    clinic.change("clinic.yaml", "A clinic", "Shore Clinic")
    for name in ("first-visit", "parking"):
        clinic.run("new", name)
    clinic.run("copy", CASE, "leaflets/contacts.yaml")
    clinic.change(CASE, "Some words.", "Our own words.")
    assert "Our own words." in clinic.build()
    ours = {name: known for name, known in _digests(clinic.own).items() if "out/" not in name}

    _change(upstream / CASE, "Some words.", "Some words, and a warning.")
    shutil.copy(upstream / CASE, upstream / "leaflets" / "news.yaml")
    _change(upstream / "leaflets" / "news.yaml", "id: case", "id: news")
    _change(upstream / "templates" / "parts" / "masthead.html", "<header", "<!-- new --><header")
    _git(upstream, "add", ".")
    _git(upstream, "commit", "-qm", "Second")
    _git(clinic.shipped, "pull", "-q", "--ff-only")

    after = _digests(clinic.own)
    assert {name: after[name] for name in ours} == ours
    (found,) = originals.findings(clinic.root)
    assert (found.rule, found.span.file) == ("B016", f"{clinic.own}/{CASE}")
    assert clinic.order.project().leaflet_ids() == ["case", "first-visit", "news", "parking"]
    page = clinic.build()
    assert "Our own words." in page
    assert "Shore Clinic" in page
    capsys.readouterr()
    for command in ("list", "status"):
        clinic.run(command)
        said = capsys.readouterr()
        assert f"{CASE}: in place of the shipped one, which has changed since" in said.out
        assert "leaflets/parking.yaml: only here" in said.out
        assert "leaflets/contacts.yaml: the same as the shipped one" in said.out
        assert "B016" in said.err

    assert clinic.run("copy", "--seen", CASE) == ExitCode.OK
    assert not list(originals.findings(clinic.root))
    assert clinic.states()[CASE] is OwnState.INSTEAD
    assert "Our own words." in (clinic.own / CASE).read_text(encoding="utf-8")


def _said(clinic: Clinic) -> list[Finding]:
    return list(originals.findings(clinic.root))


def test_a_copy_of_nobody_knows_what(clinic: Clinic) -> None:
    shutil.copy(clinic.shipped / CASE, clinic.own / CASE)
    clinic.change(CASE, "Some words.", "Our own words.")
    (found,) = _said(clinic)
    assert found.rule == "B017"
    assert clinic.run("copy", "--seen", CASE) == ExitCode.OK
    assert not _said(clinic)


def test_a_copy_of_what_is_gone(cloned: tuple[Clinic, Path]) -> None:
    clinic, upstream = cloned
    clinic.run("copy", "leaflets/contacts.yaml", CASE)
    (upstream / CASE).unlink()
    _git(upstream, "commit", "-qam", "Gone")
    _git(clinic.shipped, "pull", "-q", "--ff-only")
    (found,) = _said(clinic)
    assert (found.rule, clinic.states()[CASE]) == ("B018", OwnState.GONE)
    assert "Some words." in clinic.build()
    assert clinic.run("copy", "--seen", CASE) == ExitCode.OK
    assert (_said(clinic), clinic.states()[CASE]) == ([], OwnState.ONLY)


def test_a_folder_without_the_clinic(clinic: Clinic) -> None:
    (clinic.own / "clinic.yaml").unlink()
    assert [found.rule for found in _said(clinic)] == ["B019"]
    assert "A clinic" in clinic.build()


def test_lines_that_nobody_can_read_are_no_record(clinic: Clinic) -> None:
    (clinic.own / "originals.txt").write_text("nonsense\n\0\n" + "0" * 64 + "  clinic.yaml\n")
    assert originals.recorded(clinic.root) == {"clinic.yaml": "0" * 64}


def test_a_build_says_what_has_changed(clinic: Clinic, capsys: pytest.CaptureFixture[str]) -> None:
    (clinic.own / "clinic.yaml").unlink()
    asked = ("--language", "en-GB", "--format", "text")
    assert clinic.run("check", *asked, "--strict") == ExitCode.FINDINGS
    assert "B019" in capsys.readouterr().err
    assert clinic.run(*asked, "--explain") == ExitCode.OK
    assert "B019" in capsys.readouterr().err
