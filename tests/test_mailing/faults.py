"""A night's list with every kind of fault, and what has to become of each row."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf
from office import Office, letter, row, tagged_pdf


@dataclass(frozen=True)
class Case:
    """A row, and what must become of it: its verdict, and a rule that its receipt names."""

    row: dict[str, str]
    verdict: str
    rule: str = ""


Kind = Callable[[Office, str, str], list[Case]]
"""Makes rows and letters of a reference that nobody else has, and a file's name."""


def _good(**columns: str) -> Kind:
    def make(office: Office, ref: str, name: str) -> list[Case]:
        office.letter(name, letter(ref))
        verdict = "separate" if columns.get("delivery") == "email" else "joined"
        return [Case(row(name, ref, **columns), verdict)]

    return make


def _braille(office: Office, ref: str, name: str) -> list[Case]:
    office.letter(name, letter(ref))
    return [Case(row(name, ref, need="936661000000109"), "separate")]


def _fallback(office: Office, ref: str, name: str) -> list[Case]:
    office.letter(name, letter(ref))
    return [Case(row(name, ref, language="Somali", fallback="en-GB"), "joined")]


def _refused(rule: str, **columns: str) -> Kind:
    def make(office: Office, ref: str, name: str) -> list[Case]:
        office.letter(name, letter(ref))
        return [Case(row(name, ref, **columns), "refused", rule)]

    return make


def _letter(rule: str, data: Callable[[str], bytes]) -> Kind:
    def make(office: Office, ref: str, name: str) -> list[Case]:
        office.letter(name, data(ref))
        return [Case(row(name, ref), "refused", rule)]

    return make


def _missing(office: Office, ref: str, name: str) -> list[Case]:
    return [Case(row(name, ref), "refused", "E042")]


def _outside(office: Office, ref: str, name: str) -> list[Case]:
    (office.root / name).write_bytes(letter(ref))
    return [Case(row(f"../{name}", ref), "refused", "E043")]


def _substring(office: Office, ref: str, name: str) -> list[Case]:
    office.letter(name, letter(f"{ref}9"))
    return [Case(row(name, ref), "refused", "E045")]


def _twice(office: Office, ref: str, name: str) -> list[Case]:
    office.letter(name, letter(ref))
    return [Case(row(name, ref), "joined"), Case(row(name, ref), "repeated", "E049")]


def _contradiction(office: Office, ref: str, name: str) -> list[Case]:
    office.letter(name, letter(ref))
    one, other = row(name, ref, language="ur"), row(name, ref, language="pl")
    return [Case(one, "refused", "E048"), Case(other, "refused", "E048")]


def _copied_row(office: Office, ref: str, name: str) -> list[Case]:
    """Another patient's row names this letter: only the one whose reference it holds gets it."""
    office.letter(name, letter(ref))
    return [Case(row(name, ref), "joined"), Case(row(name, f"{ref}B"), "refused", "E045")]


def _two_patients(office: Office, ref: str, name: str) -> list[Case]:
    office.letter(name, letter(ref, f"and {ref}B"))
    return [Case(row(name, each), "refused", "E046") for each in (ref, f"{ref}B")]


def _two_letters(office: Office, ref: str, name: str) -> list[Case]:
    office.letter(name, letter(ref))
    office.letter(f"second-{name}", letter(ref, "Another day"))
    return [Case(row(name, ref), "joined"), Case(row(f"second-{name}", ref), "joined")]


def _look_alike(office: Office, ref: str, name: str) -> list[Case]:
    """`X-12` and `X12` may be two patients: each gets only a letter that spells it so."""
    dashed = f"{ref[:2]}-{ref[2:]}"
    for place, spelt in enumerate((ref, dashed, ref)):
        office.letter(f"{place}-{name}", letter(spelt))
    return [
        Case(row(f"0-{name}", ref), "joined"),
        Case(row(f"1-{name}", dashed), "joined"),
        Case(row(f"2-{name}", f"{ref[:2]} {ref[2:]}"), "refused", "E045"),
    ]


def _encrypted(ref: str) -> bytes:
    with pikepdf.open(io.BytesIO(letter(ref))) as pdf:
        made = io.BytesIO()
        pdf.save(made, encryption=pikepdf.Encryption(owner="o", user="u"))
    return made.getvalue()


def _only_in_a_note(ref: str) -> bytes:
    with pikepdf.open(io.BytesIO(tagged_pdf("Your appointment"))) as pdf:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text)
        note.Rect, note.Contents = pikepdf.Array([0, 0, 9, 9]), pikepdf.String(ref)
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


def _picture(_ref: str) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


KINDS: dict[str, tuple[int, Kind]] = {
    "plain": (40, _good()),
    "urdu": (8, _good(language="Urdu")),
    "polish by native name": (4, _good(language="polski")),
    "large print": (4, _good(need="UK large print".removeprefix("UK "))),
    "24 point": (3, _good(need="957351000000102")),
    "easy read": (3, _good(need="Easy-Read; no")),
    "clinic's code": (4, _good(leaflets="", clinic="msk1")),
    "by e-mail": (4, _good(delivery="email")),
    "braille": (2, _braille),
    "fallback": (2, _fallback),
    "unknown language": (2, _refused("E050", language="Klingon")),
    "sign language": (1, _refused("E050", language="BSL")),
    "no such edition": (2, _refused("E054", language="Welsh")),
    "unknown need": (2, _refused("E051", need="something else")),
    "unknown code": (1, _refused("E051", need="796161000000109")),
    "audio": (2, _refused("E052", need="936601000000105")),
    "needs that exclude each other": (1, _refused("E052", need="easy read; large print")),
    "a size that is not built": (2, _refused("E054", need="28 point")),
    "notes": (4, _good(notes="Ring first, remove nail polish")),
    "need in notes": (2, _refused("E071", notes="Ring first; needs large print")),
    "language in notes": (2, _refused("E071", notes="daughter says: speaks Polish")),
    "expired": (1, _refused("E055", leaflets="old")),
    "unproven": (1, _refused("E056", leaflets="unproven")),
    "changed edition": (1, _refused("E057", leaflets="changed")),
    "stale edition": (1, _refused("E057", leaflets="stale")),
    "unknown leaflet": (2, _refused("E058", leaflets="knee")),
    "no leaflet": (1, _refused("E058", leaflets="")),
    "unknown delivery": (1, _refused("E059", delivery="pigeon")),
    "wrong reference": (3, _letter("E045", lambda _ref: letter("ZZ999999"))),
    "leading zeros": (1, _letter("E045", lambda ref: letter(f"00{ref}"))),
    "missing letter": (3, _missing),
    "letter outside": (1, _outside),
    "substring": (3, _substring),
    "scan": (2, _letter("E044", _picture)),
    "encrypted": (1, _letter("E044", _encrypted)),
    "no PDF": (1, _letter("E044", lambda _ref: b"%PDF-1.7 nonsense")),
    "empty": (1, _letter("E044", lambda _ref: b"")),
    "only in a note": (1, _letter("E045", _only_in_a_note)),
    "row twice": (2, _twice),
    "contradiction": (2, _contradiction),
    "copied row": (2, _copied_row),
    "letter of two patients": (1, _two_patients),
    "two letters": (2, _two_letters),
    "look-alike": (1, _look_alike),
}
"""Each kind of row with how often it comes, against the others."""


def night(office: Office, count: int, seed: int) -> list[Case]:
    """At least `count` rows, shuffled, with every kind among them."""
    chance = random.Random(seed)  # noqa: S311  # the same night every time
    names, weights = list(KINDS), [weight for weight, _ in KINDS.values()]
    cases: list[Case] = []
    kinds = iter(_endless(names, weights, chance))
    while len(cases) < count:
        number = len(cases) + 10_000 * seed
        ref = f"{chance.choice('AKMPR')}{chance.choice('AKMPR')}{number:06d}"
        kind = next(kinds)
        if kind == "leading zeros":
            ref = f"{number:07d}".lstrip("0") + "77"
        cases += KINDS[kind][1](office, ref, f"{len(cases):05d}.pdf")
    chance.shuffle(cases)
    return cases


def _endless(names: list[str], weights: list[int], chance: random.Random) -> Iterator[str]:
    yield from names
    while True:
        yield chance.choices(names, weights)[0]
