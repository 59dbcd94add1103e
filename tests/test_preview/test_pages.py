"""What the preview shows of a small project, request by request."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from previews import PreviewPlace, place_for

from leafpress.content.root import Root
from leafpress.press.edition import Edition
from leafpress.preview.preview import concerns

PANEL = "/panel/page/case/en-GB"


def test_the_first_page_leads_to_every_leaflet(place: PreviewPlace) -> None:
    page = place.read("/")
    assert 'href="/leaflet/case/en-GB/web"' in page
    assert "No error in its file." in page
    place.save("Some words.", "text: Some: words.")
    assert "error" in place.read("/panel/shelf")


def test_a_saved_word_is_shown(place: PreviewPlace) -> None:
    assert "Some words." in place.read("/edition/en-GB/case-web.html")
    place.save("Some words.", "Other words.")
    assert "Other words." in place.read("/edition/en-GB/case-web.html")


def test_what_no_save_concerns_is_not_drawn_again(place: PreviewPlace) -> None:
    for _ in range(2):
        place.read(f"{PANEL}/web")
    place.desk.saved([place.root.file("leaflets/another.yaml")])
    place.read(f"{PANEL}/web")
    assert len(place.drawer.asked) == 1
    place.desk.saved([place.root.file("templates/leaflet.html")])
    place.read(f"{PANEL}/web")
    assert len(place.drawer.asked) == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("leaflets/case.yaml", True),
        ("leaflets/other.yaml", False),
        ("leaflets/contacts.yaml", True),
        ("leaflets/figures/other.svg", True),
        ("leaflets/pictograms/pictograms.yaml", True),
        ("locales/pl/LC_MESSAGES/case.po", True),
        ("locales/pl/LC_MESSAGES/other.po", False),
        ("locales/pl/LC_MESSAGES/leafpress.po", True),
        ("locales/pl/LC_MESSAGES/contacts.po", True),
        ("templates/styles/a4.css", True),
        ("sign-offs/other/one.json", True),
        ("clinic.yaml", True),
    ],
)
def test_whom_a_saved_file_concerns(name: str, expected: bool) -> None:
    assert concerns(name, Edition("case", "pl", "a4")) is expected


def test_a_finding_stands_beside_its_place(place: PreviewPlace) -> None:
    place.read(f"{PANEL}/web")
    place.save("title: A leaflet", "titel: A leaflet")
    panel = place.read(f"{PANEL}/web")
    assert "A build would refuse this edition." in panel
    assert "leaflets/case.yaml:" in panel
    assert "titel:" in panel
    assert "Remedy:" in panel
    assert "What is shown is from before the last change." in panel
    assert "/edition/en-GB/case-web.html" in panel


def test_the_page_that_changed_is_marked(place: PreviewPlace) -> None:
    first = place.read(f"{PANEL}/a4")
    assert "changed" not in first
    assert first.count("/picture/") >= 1
    place.save("Some words.", "Quite other words.")
    second = place.read(f"{PANEL}/a4")
    assert '<li id="page-1" class="changed">' in second
    assert "Changed: page 1" in second
    picture = second.split('src="/picture/')[1].split('"')[0]
    answer = place.client.get(f"/picture/{picture}")
    assert answer.content.startswith(b"\x89PNG")
    pdf = place.client.get("/edition/en-GB/case-a4.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["content-type"] == "application/pdf"


def test_old_files_are_removed(place: PreviewPlace) -> None:
    place.read(f"{PANEL}/web")
    for number in range(3):
        place.save("words.", f"words {number} words.")
        place.read(f"{PANEL}/web")
    assert len(list(place.desk.options.out.iterdir())) == 1


def test_a_page_that_a_build_refuses_is_shown_with_what_is_wrong(place: PreviewPlace) -> None:
    with place.root.file("templates/parts/title.html").open("a") as file:
        file.write("<p>Words in no catalogue</p>")
    panel = place.read(f"{PANEL}/web")
    assert "P108" in panel
    assert "A build would refuse this edition." in panel
    assert "Words in no catalogue" in place.read("/edition/en-GB/case-web.html")


def test_what_nobody_has_translated_is_not_called_sound(place: PreviewPlace) -> None:
    panel = place.read("/panel/page/case/pl/web")
    assert "T001" in panel
    assert "A build would leave this edition out. 2 findings." in panel
    assert "It can be built" not in panel


def test_beside_a_page(place: PreviewPlace) -> None:
    page = place.read("/leaflet/case/en-GB/a4?beside=listen")
    assert "What a listener hears" in page
    assert 'data-panel="/panel/listen/case/en-GB/a4"' in page
    assert "Some words." in page
    page = place.read("/leaflet/case/en-XA/web?beside=english")
    assert 'data-panel="/panel/english/case/en-XA/web"' in page
    assert "In English: English" in page
    assert place.read("/leaflet/case/en-GB/a4?beside=english").count("data-panel=") == 1


def test_text_is_shown_as_text(place: PreviewPlace) -> None:
    assert "Some words." in place.read(f"{PANEL}/text")


def test_a_saved_template_and_style_are_shown(place: PreviewPlace) -> None:
    place.read(f"{PANEL}/web")
    place.save("max-width", "max-width /* of a test */", "templates/styles/web.css")
    assert "of a test" in place.read("/edition/en-GB/case-web.html")
    place.save("<main", '<main data-of="test"', "templates/leaflet.html")
    assert 'data-of="test"' in place.read("/edition/en-GB/case-web.html")


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/leaflet/nothing/en-GB/web",
        "/leaflet/case/xx/web",
        "/leaflet/case/en-GB/bilingual",
        "/panel/nothing/case/en-GB/web",
        "/edition/en-GB/clinic.yaml",
        "/edition/en-GB/case-web.pdf",
        "/picture/..%2fclinic.yaml",
        "/picture/0123456789abcdef0123.png",
        "/preview.py",
    ],
)
def test_what_is_not_there(place, address: str) -> None:
    answer = place.client.get(address)
    assert answer.status_code == 404
    assert "S053" in answer.text


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {"Host": "leaflets.example:8417"}),
        ("GET", {"Host": "127.0.0.1"}),
        ("GET", {"Host": "127.0.0.1:8418"}),
        ("GET", {"Origin": "https://leaflets.example"}),
        ("GET", {"Origin": "null"}),
        ("GET", {"Origin": "http://127.0.0.1:8418"}),
        ("GET", {"Sec-Fetch-Site": "cross-site"}),
        ("GET", {"Sec-Fetch-Site": "same-site"}),
        ("POST", {}),
        ("PUT", {}),
    ],
)
def test_who_is_refused(place: PreviewPlace, method: str, headers: dict[str, str]) -> None:
    answer = place.client.request(method, "/", headers=headers)
    assert answer.status_code == 403
    assert "S052" in answer.text
    assert not place.drawer.asked


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "localhost:8417"},
        {"Origin": "http://127.0.0.1:8417", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_who_is_not(place: PreviewPlace, headers: dict[str, str]) -> None:
    answer = place.client.get("/", headers=headers)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"


def test_web_editions_run_nothing(place: PreviewPlace) -> None:
    answer = place.client.get("/edition/en-GB/case-web.html")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_nothing_is_written_into_the_project(place: PreviewPlace) -> None:
    before = _state(place.root.shipped)
    for format_ in ("web", "a4", "text"):
        place.read(f"/leaflet/case/en-GB/{format_}?beside=listen")
    assert _state(place.root.shipped) == before


def _state(folder: Path) -> dict[str, int]:
    files = (Path(base) / name for base, _, names in os.walk(folder) for name in names)
    return {str(path): path.stat().st_mtime_ns for path in files}


def test_a_clinics_own_file_comes_first(place: PreviewPlace, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "leaflets").mkdir(parents=True)
    root = Root.at(place.root.shipped, own)
    ours = place_for(root, tmp_path / "others")
    assert "Some words." in ours.read("/edition/en-GB/case-web.html")
    shipped = (root.shipped / "leaflets" / "case.yaml").read_text()
    (own / "leaflets" / "case.yaml").write_text(shipped)
    ours.save("Some words.", "Words of our own.")
    assert "Words of our own." in ours.read("/edition/en-GB/case-web.html")
    ours.save("title: A leaflet", "titel: A leaflet")
    panel = ours.read(f"{PANEL}/web")
    assert f"{own}/leaflets/case.yaml:" in panel
    assert "titel:" in panel
