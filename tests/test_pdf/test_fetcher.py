"""Twenty-six ways to get a file into a PDF that has no business there."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MakeProject, order_for

from leafpress.findings import Severity
from leafpress.press.edition import Edition
from leafpress.press.pipeline import build

SECRET = "the-secret-of-this-machine"

HTML = {
    "http": '<img src="http://127.0.0.1:9/x.png" alt="x">',
    "https": '<img src="https://a.example/x.png" alt="x">',
    "ftp": '<img src="ftp://127.0.0.1:9/x.png" alt="x">',
    "file": '<img src="file://{secret}" alt="x">',
    "file-localhost": '<img src="file://localhost{secret}" alt="x">',
    "absolute-path": '<img src="{secret}" alt="x">',
    "dot-dot": '<img src="figures/../../secret.svg" alt="x">',
    "encoded-dot-dot": '<img src="figures/%2e%2e/%2e%2e/secret.svg" alt="x">',
    "double-encoded": '<img src="figures/%252e%252e/secret.svg" alt="x">',
    "backslash": '<img src="figures\\..\\..\\secret.svg" alt="x">',
    "query": '<img src="figures/secret.svg?x" alt="x">',
    "link-beside": '<img src="figures/link.svg" alt="x">',
    "data": '<img src="data:image/svg+xml,%3Csvg/%3E" alt="x">',
    "stylesheet": '<link rel="stylesheet" href="file://{secret}">',
    "attachment": '<link rel="attachment" href="file://{secret}">',
    "attachment-link": '<a rel="attachment" href="file://{secret}">x</a>',
    "object": '<object data="file://{secret}"></object>',
    "embed": '<embed src="file://{secret}">',
    "base": '<base href="file:///"><img src="{secret}" alt="x">',
    "svg-image": '<svg width="9" height="9"><image href="file://{secret}" width="9"/></svg>',
    "svg-use": '<svg width="9" height="9"><use href="file://{secret}#a"/></svg>',
}
CSS = {
    "import": '@import url("file://{secret}");',
    "background": 'p {{ background: url("file://{secret}") }}',
    "content": 'p::before {{ content: url("file://{secret}") }}',
    "font": '@font-face {{ font-family: X; src: url("file://{secret}") }}',
    "local-font": "@font-face {{ font-family: X; src: local('DejaVu Sans') }}",
}


def _secret(root: Path) -> Path:
    secret = root.parent / "secret.svg"
    secret.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><title>{SECRET}</title></svg>')
    (root / "leaflets" / "figures" / "link.svg").symlink_to(secret)
    return secret


def _is_stopped(root: Path) -> bool:
    """An error, and no PDF."""
    outcome = build(Edition("case", "en-GB", "a4"), order_for(root), None)
    errors = [each for each in outcome.findings if each.severity is Severity.ERROR]
    output = root / "out" / "en-GB" / "case-a4.pdf"
    return bool(errors) and not output.exists()


@pytest.mark.parametrize("probe", HTML)
def test_in_a_template(probe: str, make_project: MakeProject) -> None:
    root = make_project()
    markup = HTML[probe].format(secret=_secret(root))
    (root / "templates" / "blocks" / "paragraph.html").write_text(f"<p>{markup}</p>")
    assert _is_stopped(root)


@pytest.mark.parametrize("probe", CSS)
def test_in_a_style_sheet(probe: str, make_project: MakeProject) -> None:
    root = make_project()
    rule = CSS[probe].format(secret=_secret(root))
    style = root / "templates" / "styles" / "base.css"
    style.write_text(rule + "\n" + style.read_text())
    assert _is_stopped(root)


def test_there_are_26() -> None:
    assert len(HTML) + len(CSS) == 26


def test_an_entity_in_a_picture(make_project: MakeProject) -> None:
    root = make_project()
    secret = _secret(root)
    (root / "leaflets" / "figures" / "picture.svg").write_text(
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file://{secret}">]>\n'
        '<svg xmlns="http://www.w3.org/2000/svg"><title>&x;</title></svg>'
    )
    leaflet = root / "leaflets" / "case.yaml"
    figure = "      - {kind: figure, file: picture.svg, alt: It shows., caption: A caption}\n"
    leaflet.write_text(leaflet.read_text() + figure)
    assert _is_stopped(root)


def test_a_link_out_of_the_folder(make_project: MakeProject) -> None:
    root = make_project()
    _secret(root)
    leaflet = root / "leaflets" / "case.yaml"
    figure = "      - {kind: figure, file: link.svg, alt: It shows., caption: A caption}\n"
    leaflet.write_text(leaflet.read_text() + figure)
    assert _is_stopped(root)
