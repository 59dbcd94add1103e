"""The elements, attributes and markup that templates must not use: one row each, with its reason.

Every row was laid out and tagged with WeasyPrint 70 before it was written here; its fragment
stands in `tests/zoo/`. What works with our tagging has no row: leaders, `order`,
`flex-direction: row-reverse` (heard in the order of the HTML), `counter-style`, gradients,
transparent colours, `:has()`, nesting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

ELEMENT, ATTRIBUTE, PROPERTY = "element", "attribute", "property"
AT_RULE, SELECTOR, STRUCTURE, TEXT = "at-rule", "selector", "structure", "text"


@dataclass(frozen=True)
class Construct:
    """One row. `name`, `value` and `within` are patterns for the whole of what they look at.

    Args:
        id: how docs and tests call it.
        rule: which finding it makes.
        kind: where it is looked for.
        value: of an attribute or property; for an element the names of its attributes, for an
            at-rule what stands before its braces.
        within: the element of an attribute; the selector or at-rule of a property, or the
            element whose `style` it stands in.
        why: what goes wrong, to follow a colon.
        remedy: what to write instead.
    """

    id: str
    rule: str
    kind: str
    name: str
    value: str = ".*"
    within: str = ".*"
    why: str = ""
    remedy: str = ""

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The patterns, ready to match."""
        flags = re.IGNORECASE | re.DOTALL
        return tuple(re.compile(each, flags) for each in (self.name, self.value, self.within))


def _element(id_: str, name: str, why: str, remedy: str, value: str = ".*") -> Construct:
    return Construct(id_, "H010", ELEMENT, name, value, why=why, remedy=remedy)


def _attribute(  # noqa: PLR0913  # a row's fields
    id_: str, name: str, why: str, remedy: str, *, value: str = ".*", within: str = ".*"
) -> Construct:
    return Construct(id_, "H011", ATTRIBUTE, name, value, within, why, remedy)


_ONLY_PRINTED = "a page on paper cannot run it, and PDF/A forbids it"
_SILENT = "WeasyPrint 70 ignores it without a word"

HTML_ROWS: tuple[Construct, ...] = (
    # Elements
    _element(
        "embedded",
        "object|embed|iframe|frame|frameset|applet|video|audio|canvas|map|area|math|portal",
        "it leaves a gap, or a picture without words",
        "use `img` with `alt`",
    ),
    _element("program", "script|noscript|template|slot|dialog", _ONLY_PRINTED, "leave it out"),
    _element(
        "address-of-page",
        "base|link",
        "pages use only the files in leafpress's own list",
        "put the style sheet into the format's row in `pages/formats.py`",
    ),
    _element(
        "form",
        "form|input|select|option|textarea|button|output|meter|progress|datalist|keygen",
        "form fields fail PDF/UA and PDF/A",
        "draw a line to write on, as `blocks/lines.html` does",
    ),
    _element(
        "old-style",
        "center|font|big|tt|strike|marquee|blink|basefont|nobr|dir|plaintext|xmp",
        _SILENT,
        "use a class and the style sheet",
    ),
    _element("ruby", "ruby|rt|rp", "it is set as plain words, glued together", "use brackets"),
    # Attributes
    _attribute(
        "size", "width|height", _SILENT, "write the size in the style sheet",
        within="img|table|t[dhr]|col|colgroup|thead|tbody|hr|pre",
    ),
    _attribute(
        "old-look",
        "align|valign|bgcolor|background|border|cellpadding|cellspacing|color|face|hspace|vspace"
        "|nowrap|noshade|clear|compact|rules|frame|char|charoff|text|alink|vlink",
        _SILENT, "use a class and the style sheet",
    ),
    _attribute(
        "list-count", "start|reversed|type", f"{_SILENT}: the numbers would be wrong",
        "use `counter-reset: list-item …` in the style sheet", within="ol|ul|li",
    ),
    _attribute(
        "list-value", "value", f"{_SILENT}: the number would be wrong",
        "use `counter-reset: list-item …` on the list", within="li",
    ),
    _attribute(
        "tab-order", "tabindex|accesskey", "the order of tags is the order of reading",
        "put the elements in the right order",
    ),
    _attribute(
        "interactive", r"on[a-z]+|contenteditable|autofocus|usemap|ismap|srcset|sizes|loading",
        _ONLY_PRINTED, "leave it out",
    ),
    _attribute(
        "attachment", "rel", "an attached file has to be PDF/A itself", "leave it out",
        value=r".*\battachment\b.*", within="a|link",
    ),
    _attribute(
        "hidden-words", "aria-hidden", "our tagging heeds it on pictures only", "leave it out",
        value="true", within="(?!img$|svg$).*",
    ),
    _attribute(
        "dir-auto", "dir", "WeasyPrint 70 does not find the direction itself",
        'write `dir="ltr"` or `dir="rtl"`', value="auto",
    ),
    _attribute(
        "picture-address", "src", "only the project's own pictures can get into a page",
        "use `figures/…`, `pictograms/…` or `clinic/…`",
        value=r"(?!figures/|pictograms/|clinic/|\ue000).*",
    ),
    _attribute(
        "link-address", "href", "it leads nowhere on paper or in a reader",
        "use `https:`, `tel:`, `mailto:` or `#…`", value=r"(javascript|data|file):.*|",
    ),
    # What stands in for a picture; tables, lists, headings and links
    Construct(
        "picture-without-words", "H014", ELEMENT, "img", r"(?!.* alt ).*",
        why="a picture needs words in its place", remedy='write `alt`, or `alt=""` for decoration',
    ),
    Construct(
        "drawing-without-words", "H014", ELEMENT, "svg",
        r"(?!.* (aria-label|aria-hidden|title|inside-a-picture) ).*",
        why="a drawing needs words in its place",
        remedy='write `role="img"` and `aria-label`, or `aria-hidden="true"`',
    ),
    Construct(
        "words-as-picture", "H014", ELEMENT, "(?!img$|svg$).*", r"(?!.* aria-label ).* role=img .*",
        why="a picture needs words in its place", remedy="write `aria-label`",
    ),
    Construct(
        "head-without-scope", "H014", ELEMENT, "th", r"(?!.* scope ).*",
        why="a listener has to know which cells it is for",
        remedy='write `scope="col"` or `scope="row"`',
    ),
    Construct(
        "bdi", "H014", ELEMENT, "bdi", r"(?!.* dir ).*",
        why="WeasyPrint 70 does nothing: “250 mg” is printed as “mg 250”",
        remedy='write `dir="ltr"` on it',
    ),
    Construct(
        "table-for-looks", "H014", ELEMENT, "table", r".* role=(presentation|none) .*",
        why="it is tagged as a table all the same", remedy="use flex",
    ),
    Construct(
        "table-without-heads", "H014", STRUCTURE, "table",
        why="without heads a cell is a number without a meaning", remedy="write `th` with `scope`",
    ),
    Construct(
        "skipped-heading", "H014", STRUCTURE, "h[1-6]",
        why="a level of headings is skipped (PDF/UA 7.4.2)", remedy="use the next level",
    ),
    Construct(
        "list-with-strays", "H014", STRUCTURE, "in-list",
        why="a list holds items and nothing else", remedy="put it into an `li`, `dt` or `dd`",
    ),
    Construct(
        "item-without-list", "H014", STRUCTURE, "li|dt|dd",
        why="an item stands in a list", remedy="put it into `ul`, `ol` or `dl`",
    ),
    Construct(
        "block-in-link", "H014", STRUCTURE, "in-link",
        why="a link holds words and pictures only (PDF/UA-2)",
        remedy="put the link inside the paragraph",
    ),
    Construct(
        "soft-hyphen", "H014", TEXT, "soft hyphen",
        why="where the line breaks at it, its hyphen is read out in the middle of the word",
        remedy="leave it out",
    ),
)  # fmt: skip
