"""Defects of what a file says of itself."""

from __future__ import annotations

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from defects.table import defect


def _xmp(pdf: Pdf, old: str, new: str) -> None:
    data = pdf.Root.Metadata.read_bytes().decode()
    assert old in data, old
    pdf.Root.Metadata.write(data.replace(old, new).encode())


@defect("P044")
def it_claims_another_part_of_PDF_UA(pdf: Pdf) -> None:  # noqa: N802  # the standard's name
    _xmp(pdf, 'pdfuaid:part="1"', 'pdfuaid:part="2"')


@defect("P044")
def it_claims_less_of_PDF_A(pdf: Pdf) -> None:  # noqa: N802  # names of standards keep their capitals
    _xmp(pdf, 'pdfaid:conformance="A"', 'pdfaid:conformance="B"')


@defect("P044")
def it_does_not_claim_PDF_UA(pdf: Pdf) -> None:  # noqa: N802  # names of standards keep their capitals
    _xmp(pdf, ' pdfuaid:part="1"', "")


@defect("P044")
def its_title_is_another_one(pdf: Pdf) -> None:
    _xmp(pdf, ">A sheet to break<", ">Another sheet<")


@defect("P044")
def its_information_has_another_title(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = pikepdf.String("Another sheet")


@defect("P044")
def its_metadata_are_gone(pdf: Pdf) -> None:
    del pdf.Root.Metadata


@defect("P044")
def its_metadata_are_in_another_language(pdf: Pdf) -> None:
    _xmp(pdf, "<rdf:li>en-GB<", "<rdf:li>cy<")


@defect("P044")
def the_window_shows_its_file_s_name(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@defect("P044")
def it_does_not_say_that_it_is_tagged(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


@defect("P044")
def its_tags_are_said_to_be_suspect(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


@defect("P044")
def the_tabulator_key_follows_no_order(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Tabs


@defect("P044")
def its_pages_have_no_labels(pdf: Pdf) -> None:
    del pdf.Root.PageLabels


@defect("P044")
def its_pages_have_other_labels(pdf: Pdf) -> None:
    pdf.Root.PageLabels.Nums[1] = Dictionary(S=Name.r, St=7)


@defect("P044")
def it_does_something_when_it_is_opened(pdf: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert('')"))
    pdf.Root.OpenAction = action
