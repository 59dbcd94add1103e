"""Defects of what was put into a file: things that act, play, hide, or are filled in."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from defects.table import defect


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.beep(0)"))


def _annotate(pdf: Pdf, subtype: str, **entries: Any) -> None:
    """Put an annotation on the last page."""
    page = pdf.pages[-1].obj
    made = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name(f"/{subtype}"),
            Rect=Array([100, 100, 200, 130]),
            Contents=String("something"),
            F=4,
            **entries,
        )
    )
    page.Annots = Array([*page.get("/Annots", Array()), made])


def _first_link(pdf: Pdf) -> Any:
    links = (each for page in pdf.pages for each in page.obj.get("/Annots", Array()))
    return next(links)


@defect("P119")
def a_script_runs_when_it_is_opened(pdf: Pdf) -> None:
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), _script()]))


@defect("P119")
def a_script_runs_when_it_is_printed(pdf: Pdf) -> None:
    pdf.Root.AA = Dictionary(WP=_script())


@defect("P119")
def a_script_runs_when_a_page_is_turned(pdf: Pdf) -> None:
    pdf.pages[-1].obj.AA = Dictionary(O=_script())


@defect("P119")
def a_link_runs_a_script(pdf: Pdf) -> None:
    _first_link(pdf).A = _script()


@defect("P119")
def a_link_starts_a_program(pdf: Pdf) -> None:
    _first_link(pdf).A = Dictionary(S=Name.Launch, F=String("calc.exe"))


@defect("P119")
def a_link_does_two_things(pdf: Pdf) -> None:
    _first_link(pdf).A.Next = Dictionary(S=Name.URI, URI=String("https://www.example.net/"))


@defect("P119")
def a_link_sends_where_it_was_pressed(pdf: Pdf) -> None:
    _first_link(pdf).A.IsMap = True


@defect("P119", of="ur")
def a_link_of_an_edition_does_something_when_it_is_passed(pdf: Pdf) -> None:
    _first_link(pdf).AA = Dictionary(E=_script())


@defect("P119")
def there_is_a_field_to_fill_in(pdf: Pdf) -> None:
    _annotate(pdf, "Widget", FT=Name.Tx, T=String("name"))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[-1].obj.Annots[-1]]))


@defect("P119")
def there_is_a_form(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array())


@defect("P119")
def there_is_a_note_on_the_page(pdf: Pdf) -> None:
    _annotate(pdf, "Text")


@defect("P119")
def there_is_a_sound(pdf: Pdf) -> None:
    _annotate(pdf, "Sound")


@defect("P119")
def there_is_a_film(pdf: Pdf) -> None:
    _annotate(pdf, "Movie")


@defect("P119", of="en-GB")
def a_stamp_covers_words_of_an_edition(pdf: Pdf) -> None:
    _annotate(pdf, "Stamp")


@defect("P119")
def there_is_a_file_inside(pdf: Pdf) -> None:
    file = Dictionary(Type=Name.Filespec, F=String("a.txt"), UF=String("a.txt"))
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array([String("a.txt"), file]))


@defect("P119")
def there_are_layers(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
    shown = Dictionary(Name=String("all"), Order=Array([layer]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=shown)


@defect("P119")
def there_are_threads_of_articles(pdf: Pdf) -> None:
    pdf.Root.Threads = Array()


@defect("P119")
def pages_turn_by_themselves(pdf: Pdf) -> None:
    pdf.pages[0].obj.Dur = 2
