"""The properties, values, at-rules and selectors that must not be used: one row each.

Properties that WeasyPrint 70 does not know make the same finding (H003) as its own warning, so
that a mistake has one name whether it is told before the layout or by it.
"""

from __future__ import annotations

from leafpress.pages.lint.html_rules import AT_RULE, PROPERTY, SELECTOR, Construct


def _property(  # noqa: PLR0913  # a row's fields
    id_: str, name: str, value: str, why: str, remedy: str, *, within: str = ".*"
) -> Construct:
    return Construct(id_, "H012", PROPERTY, name, value, within, why, remedy)


def _unknown(id_: str, name: str, value: str, remedy: str) -> Construct:
    return Construct(id_, "H003", PROPERTY, name, value, why="", remedy=remedy)


_HEARD = "it is not seen and still heard, or the other way round"
_LOST = "words are cut off for those who see, and not for those who hear"
_MIRROR = "WeasyPrint 70 does not mirror it in languages from right to left"
_OFF = r".*(?<![\w.])-\d{3,}(\.\d+)?[a-z]+.*"
_INLINE = "span|a|em|strong|b|i|small|sub|sup|abbr|q|code|time|cite"

CSS_ROWS: tuple[Construct, ...] = (    # Properties and values
    _property(
        "opacity", "opacity", r"(?!1(\.0*)?$|100%$).*",
        "it is painted outside the tagged content (PDF/UA 7.1)", "use a solid colour",
    ),
    _property("grid", "display", r".*\bgrid\b.*", _MIRROR, "use flex or a table"),
    _property(
        "inline-flex", "display", "inline-flex|inline flex",
        "it takes a line of its own, and its words are glued together", "use `inline-block`",
    ),
    _property("indent", "text-indent", r"(?!0[a-z%]*$).*", _MIRROR, "use `padding-inline-start`"),
    _property(
        "auto-margin", "margin(-inline(-start|-end)?|-left|-right)?", r".*\bauto\b.*",
        "from right to left WeasyPrint 70 puts the box in the wrong place, even off the page",
        "use flex, or a margin with a length",
    ),
    _property(
        "physical-side",
        r"(margin|padding|border)-(left|right)(-.*)?|left|right|border-(top|bottom)-(left|right)-.*",
        ".*", "it is not mirrored from right to left", "write `-inline-start` or `-inline-end`",
    ),
    _property(
        "physical-value", "text-align|text-align-last|float|clear|caption-side", "left|right",
        "it is not mirrored from right to left", "write `start` or `end`, `inline-start` …",
    ),
    _property(
        "float-in-line", "float", "(?!none).*",
        "WeasyPrint 70 stops at it, or glues the words around it", "float a block",
        within=_INLINE,
    ),
    _property(
        "footnote", "float|position", r"(foot)?note\b.*",
        "it is tagged as plain words in the middle of the page",
        'use `<ol role="doc-endnotes">`',
    ),
    _property("hyphens", "hyphens", "auto", "hyphens stay in the words that are heard", "leave it"),
    _property("cut-off", "text-overflow", ".*ellipsis.*", _LOST, "let the words wrap"),
    _property(
        "cut-lines", "block-ellipsis|(-webkit-)?line-clamp|max-lines", "(?!none|initial).*",
        "the words that do not fit are lost for everybody", "let the box grow",
    ),
    _property("invisible", "visibility", "hidden|collapse", _HEARD, "use `display: none`"),
    _property(
        "off-page", "top|left|right|bottom|inset.*|margin.*|text-indent|transform", _OFF,
        f"{_HEARD}, and checkers flag it", "say it to everybody, or to nobody",
    ),
    _property(
        "tiny-box", "width|inline-size|max-width", r"[01]px", f"{_HEARD}, and checkers flag it",
        "say it to everybody, or to nobody",
    ),
    _property(
        "fixed", "position", "fixed|sticky", "it is heard again on every page",
        "use `position: running(…)`",
    ),
    _property(
        "cmyk", ".*", r".*\b(device-)?cmyk\(.*", "PDF/A has to know what a colour looks like",
        "use a colour in sRGB",
    ),
    _property(
        "form-look", "appearance", "(?!none).*", "form fields fail PDF/UA and PDF/A", "leave it"
    ),
    _property(
        "direction", "direction", ".*", "the tags would say another direction",
        "use the attribute `dir`",
    ),
    _property(
        "smooth-pictures", "image-rendering", "(?!crisp-edges|pixelated).*",
        "PDF/A forbids interpolated pictures", "write `crisp-edges`",
    ),
    _property(
        "picture-marker", "list-style(-image)?", r".*\b(url|image|gradient)\b.*",
        "the item loses its label", "use `disc`, or a character",
    ),
    _property(
        "marker-without-glyph", "list-style(-type)?", r".*\b(circle|square|disclosure-.*)\b.*",
        "the fonts have no such character", "use `disc`",
    ),
    _property(
        "picture-content", "content", r".*\burl\(.*", "the picture has no words",
        "use `img` with `alt`, or a background",
    ),
    _property(
        "marker-content", "content", "(?!normal$|none$).*",
        "WeasyPrint 70 stops at it", "use `list-style-type` with a string",
        within=r".*::marker.*",
    ),
    _property(
        "bookmarks", "bookmark-(level|label|state)", ".*",
        "bookmarks are made from headings, one for each", "use headings",
    ),
    _property(
        "font-range", "font-weight", r".*\S\s+\S.*", "WeasyPrint 70 rejects the font",
        "one file and one `@font-face` a weight", within="@font-face",
    ),
    _property(
        "address", ".*", r".*\burl\(\s*[\"']?(?!figures/|clinic/|fonts/|#)[^\s].*",
        "only the project's own files can get into a page", "use `figures/…` or `fonts/…`",
    ),
    # Not known to WeasyPrint 70
    _unknown(
        "unknown-property",
        "aspect-ratio|writing-mode|unicode-bidi|clip|clip-path|(backdrop-)?filter|mix-blend-mode"
        "|text-wrap(-.*)?|font-size-adjust|text-shadow|mask(-.*)?|zoom|transition(-.*)?"
        "|animation(-.*)?|user-select|will-change|accent-color|contain(er)?(-.*)?|content-visibility",
        ".*", "leave it out",
    ),
    _unknown(
        "unknown-size", "(min-|max-)?(width|height|(inline|block)-size)|flex(-basis)?",
        r".*\b(max-content|min-content|fit-content)\b.*", "write a length, or use flex",
    ),
    _unknown("color-mix", ".*", r".*\bcolor-mix\(.*", "write the colour itself"),
    _unknown("contents", "display", "contents|ruby.*|math", "leave the element out"),
    # At-rules and selectors
    Construct(
        "at-rule", "H013", AT_RULE,
        "import|supports|container|keyframes|-.*|property|scope|view-transition"
        "|starting-style|font-feature-values|font-palette-values|position-try",
        why="WeasyPrint 70 does not know it, or may not fetch it",
        remedy="write the declarations themselves",
    ),
    Construct(
        "media-feature", "H013", AT_RULE, "media", r".*\(.*",
        why="WeasyPrint 70 knows no media features", remedy="use a format's own style sheet",
    ),
    Construct(
        "selector", "H013", SELECTOR,
        r".*(:dir\(|::((foot)?note-(call|marker|callback)|placeholder|backdrop|selection|part|slotted)).*",
        why="WeasyPrint 70 does not know it, or its words are not tagged",
        remedy='select `[dir="rtl"]`, or a class',
    ),
)  # fmt: skip
