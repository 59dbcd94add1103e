"""Ways by which a PDF leaves the clinic, and what each of them takes: one row each.

Lengths are in millimetres from the top left corner of the page as it is seen, sizes in bytes,
coverage in percent. The limits are those that the services publish; `source` says where.
"""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000
"""No service says which megabyte it means: what is under this one is under the other (1024²)."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a page, named as findings call it."""

    name: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Channel:
    """One way of delivery.

    Args:
        source: who publishes the limits.
        printed: it ends on paper; otherwise it is read on a screen, or by a program.
        pages, sheets: the most that it takes; sheets are printed on both sides.
        size: the file has to be smaller than this.
        a4: every page is A4.
        upright: and none lies on its side.
        sides, ends: free of ink at the left and right, and at the top and bottom.
        bleed: a page may be coloured to its edges, since the printer only leaves a white rim.
        address: where page 1 has the address that shows through the envelope's window.
        around: what has to be free around it.
        fonts: every font is embedded.
        codes: the most QR codes on one page.
        black, colour: ink coverage has to be less; without colour, all ink is black.
        mono: nothing may depend on colour.
        tagged: a listener gets structure, language and title.
        links: addresses outside need a second look.
    """

    id: str
    title: str
    source: str
    printed: bool
    pages: int | None = None
    sheets: int | None = None
    size: int | None = None
    a4: bool = False
    upright: bool = True
    sides: float = 0
    ends: float = 0
    bleed: bool = False
    address: Area | None = None
    around: tuple[Area, ...] = ()
    fonts: bool = False
    codes: int | None = None
    black: float | None = None
    colour: float | None = None
    mono: bool = False
    tagged: bool = False
    links: bool = False

    @property
    def paper(self) -> str:
        """Which paper it takes, in words; empty when any."""
        return ("A4 upright" if self.upright else "A4") if self.a4 else ""


_GOV_LETTERS = "GOV.UK Notify, letter specification"
_GOV_SIZE = 2 * MEGABYTE

_ADDRESS = Area("the address block", 24.6, 39.5, 120.0, 66.3)
_AROUND = (
    Area("left of the address block", 15.0, 30.0, 24.6, 95.0),
    Area("above the address block", 24.6, 30.0, 120.0, 39.5),
    Area("right of the address block", 120.0, 30.0, 125.0, 95.0),
    Area("below the address block", 24.6, 66.3, 120.0, 95.0),
)
"""Where GOV.UK Notify's own check of uploaded letters lets nothing be printed on page 1
(alphagov/notifications-template-preview, app/precompiled.py)."""

_ROWS = (
    Channel(
        "office",
        "Office printer: A4, both sides, perhaps without colour",
        "leafpress; 5 mm is what most office printers cannot reach",
        printed=True,
        a4=True,
        upright=False,
        sides=5,
        ends=5,
        bleed=True,
        fonts=True,
        mono=True,
    ),
    Channel(
        "gov-notify",
        "GOV.UK Notify, a whole letter: page 1 carries the address",
        _GOV_LETTERS,
        printed=True,
        pages=10,
        size=_GOV_SIZE,
        a4=True,
        sides=15,
        ends=5,
        address=_ADDRESS,
        around=_AROUND,
        fonts=True,
        codes=1,
    ),
    Channel(
        "gov-notify-attachment",
        "GOV.UK Notify, pages attached to a letter that is typed there",
        f"{_GOV_LETTERS} and attachment specification; one page of ten is the letter's",
        printed=True,
        pages=9,
        size=_GOV_SIZE,
        a4=True,
        sides=15,
        ends=5,
        fonts=True,
        codes=1,
    ),
    Channel(
        "gov-notify-email",
        "GOV.UK Notify, a link in an e-mail",
        "GOV.UK Notify, send files by email",
        printed=False,
        size=_GOV_SIZE,
        tagged=True,
    ),
    Channel(
        "nhs-notify",
        "NHS Notify, C5 pack in black",
        "NHS Notify, C5 pack: A4, 80 g, both sides",
        printed=True,
        pages=9,
        sheets=4,
        a4=True,
        fonts=True,
        black=20,
        mono=True,
    ),
    Channel(
        "nhs-notify-colour",
        "NHS Notify, C5 pack in colour",
        "NHS Notify, C5 colour pack: A4, 80 g, both sides",
        printed=True,
        pages=9,
        sheets=4,
        a4=True,
        fonts=True,
        black=20,
        colour=10,
    ),
    Channel(
        "email",
        "Attachment of an e-mail",
        "leafpress; the size that GOV.UK Notify allows",
        printed=False,
        size=_GOV_SIZE,
        tagged=True,
    ),
    Channel(
        "itk3",
        "ITK3 message to a GP's system",
        "NHS Digital, ITK3 Transfer of Care, use of attachments: the whole message at most 5 MB",
        printed=False,
        size=3_600_000,  # base64 makes it a third larger; 200 kB are left to the rest
        tagged=True,
        links=True,
    ),
)

CHANNELS = {channel.id: channel for channel in _ROWS}
"""Every channel by its id, in the order in which they are listed."""

_WORDS = (
    ("pages", "{0} pages at most"),
    ("sheets", "{0} sheets at most"),
    ("size", "less than {0:,} bytes"),
    ("paper", "{0}"),
    ("sides", "{0:g} mm free at the sides"),
    ("ends", "{0:g} mm free above and below"),
    ("address", "the address block of page 1 holds the address alone"),
    ("around", "nothing printed around it"),
    ("fonts", "fonts embedded"),
    ("codes", "{0} QR code a page, with its address in words"),
    ("black", "black coverage under {0:g} %"),
    ("colour", "colour coverage under {0:g} %"),
    ("mono", "nothing depends on colour"),
    ("tagged", "tags, language and title"),
    ("links", "outside links looked at"),
)


def limits(channel: Channel) -> list[str]:
    """What a channel takes, in words."""
    values = ((getattr(channel, name), words) for name, words in _WORDS)
    return [words.format(value) for value, words in values if value]
