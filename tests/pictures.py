"""Pictures: all of ours, and one for each construct that may stand in one."""

from __future__ import annotations

from conftest import ROOT

SHIPPED = [*sorted((ROOT / "leaflets").glob("*/*.svg")), ROOT / "clinic-logo.svg"]

ROOT_ELEMENT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"'
LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
STOPS = '<stop offset="0" stop-color="#ff0000"/><stop offset="80%" style="stop-color: navy"/>'
UNITS = 'gradientUnits="userSpaceOnUse"'
MARKER = '<marker id="m" viewBox="0 0 9 9" refX="5" markerWidth="4" markerHeight="4" orient="auto">'
ARROW = f'{MARKER}<path d="M0 0 L9 5 L0 9 Z"/></marker>'

SOUND = {
    "gradient": f'<linearGradient id="q" {UNITS} x1="5" x2="95">{STOPS}</linearGradient>'
    '<circle cx="50" cy="50" r="40" fill="url(#q)"/>',
    "quoted gradient": f'<radialGradient id="q" {UNITS} cx="50" cy="50" r="40">{STOPS}'
    '</radialGradient><rect width="90" height="90" style="fill:url(\'#q\')"/>',
    "gradient after another": f'<defs><linearGradient id="p">{STOPS}</linearGradient>'
    f'<linearGradient id="q" xlink:href="#p" {UNITS} x2="90"/></defs>'
    '<rect width="90" height="90" fill="url(#q)"/>',
    "clip": '<clipPath id="c"><circle cx="50" cy="50" r="30"/></clipPath>'
    '<rect width="90" height="90" clip-path="url(#c)"/>',
    "clip by use": '<defs><rect id="k" x="20" y="9" width="50" height="60"/></defs>'
    '<clipPath id="c"><use href="#k"/></clipPath><rect width="90" height="90" '
    "clip-path=\"url('#c')\"/>",
    "arrow": f'{ARROW}<path d="M10 20 L60 30 L80 80" fill="none" stroke="#000" stroke-width="4" '
    'marker-end="url(#m)"/>',
    "arrow on a line": f'{ARROW}<line x1="9" y1="9" x2="70" y2="50" stroke="#000" '
    'stroke-width="4" marker-end="url(#m)"/>',
    "evenodd": '<path d="M10 10 H70 V70 H10 Z M30 30 H90 V90 H30 Z" fill-rule="evenodd"/>',
    "use": '<defs><rect id="k" width="30" height="30"/></defs><use href="#k" x="20" y="30"/>'
    '<use xlink:href="#k" x="60" y="9" fill="#aa0000" transform="rotate(20)"/>',
    "symbol": '<symbol id="k" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></symbol>'
    '<use href="#k" x="20" y="30" width="40" height="40"/>',
    "picture in a picture": '<svg x="20" y="20" width="60" height="30" viewBox="0 0 10 10" '
    'preserveAspectRatio="xMidYMid slice"><circle cx="5" cy="5" r="5"/></svg>',
    "half-transparent group": '<g opacity=".5"><circle cx="40" cy="50" r="30" fill="#0a0"/>'
    '<circle cx="60" cy="50" r="30" fill="#a00"/></g>',
    "half-transparent filling": '<circle cx="50" cy="50" r="30" fill="#0a0" stroke="#000" '
    'stroke-width="10" fill-opacity="50%"/>',
    "transforms": '<g transform="translate(30,30) rotate(15)skewX(10), scale(1.5 .5)">'
    '<rect width="30" height="30" transform="matrix(1 .2 .3 1 2e1 1)"/></g>'
    '<rect x="20" y="60" width="9" height="9" transform="rotate(45)" transform-origin="50 50"/>',
    "paths": '<path d="m10 10h20v20zM50 50a20 10 20 1020 0T90 90L8E1-.5.5 5"/>'
    '<path d="M10 50 Q30 0 50 50 T90 50 S90 60 70 70 c1 2 3 4 5 6" fill="none" stroke="navy"/>',
    "lengths": '<rect x="10%" y="2mm" width="1.5in" height="3em" rx="4px"/>',
    "as Inkscape writes": '<g id="layer1" xmlns:i="http://www.inkscape.org/namespaces/inkscape" '
    'i:label="Layer 1" style="display:inline;fill:#dce8ef;fill-opacity:1;stroke:#12344d;'
    "stroke-width:4;stroke-linecap:round;stroke-dasharray:none;stroke-opacity:1;paint-order:normal;"
    'font-variant-ligatures:normal;-inkscape-stroke:none;mix-blend-mode:normal">'
    '<path d="M 10,10 L 60,30 80,80 Z" /></g>',
    "as Illustrator writes": '<g style="enable-background:new 0 0 100 100" xml:space="preserve">'
    '<polygon class="st0" points="10,10 50.5,30 80,80.2 "/></g>',
    "hidden": '<g display="none"><rect width="50" height="50"/></g><g visibility="hidden">'
    '<rect width="30" height="30" visibility="visible"/></g>',
}
"""Inside an `<svg>`: what WeasyPrint 70, pdfium and poppler draw as Chromium does."""


def svg(inside: str) -> str:
    """A picture."""
    return f'{ROOT_ELEMENT} {LINK} width="100" height="100">{inside}</svg>'
