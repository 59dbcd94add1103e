"""Defects of tables: heads that are lost or wrong, and a grid that does not fit."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Name, Pdf

from defects.table import attributes, defect, elements, find, index, remove, swap


@defect("P035")
def two_cells_have_each_other_s_heads(pdf: Pdf) -> None:
    one, other = (attributes(find(pdf, "TD", words), "Table") for words in ("one", "two"))
    one.Headers, other.Headers = other.Headers, one.Headers


@defect("P035")
def a_cell_names_no_heads(pdf: Pdf) -> None:
    del attributes(find(pdf, "TD", "one"), "Table").Headers


@defect("P035", of="en-GB")
def no_cell_of_an_edition_names_heads(pdf: Pdf) -> None:
    for cell in elements(pdf, "TD"):
        if cell.attribute("Table", "Headers"):
            del attributes(cell.object, "Table").Headers


@defect("P035")
def a_head_has_no_scope(pdf: Pdf) -> None:
    del attributes(find(pdf, "TH", "Dose"), "Table").Scope


@defect("P035")
def a_head_of_a_column_is_said_to_be_of_a_row(pdf: Pdf) -> None:
    attributes(find(pdf, "TH", "Dose"), "Table").Scope = Name.Row


@defect("P035")
def there_is_no_tree_of_ids(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.IDTree


@defect("P035")
def an_id_leads_to_another_head(pdf: Pdf) -> None:
    names = pdf.Root.StructTreeRoot.IDTree.Names
    heads = [i for i in range(1, len(names), 2) if names[i].S == "/TH"]
    names[heads[0]], names[heads[1]] = names[heads[1]], names[heads[0]]


@defect("P035")
def two_heads_share_an_id(pdf: Pdf) -> None:
    heads = [find(pdf, "TH", words) for words in ("Warfarin", "Clobazam")]
    heads[1].ID = heads[0].ID
    one, other = (attributes(find(pdf, "TD", words), "Table") for words in ("one", "two"))
    other.Headers = one.Headers


@defect("P035")
def a_head_is_a_cell(pdf: Pdf) -> None:
    find(pdf, "TH", "Dose").S = Name.TD


@defect("P035")
def a_row_has_lost_a_cell(pdf: Pdf) -> None:
    remove(find(pdf, "TD", "one"))


@defect("P035")
def a_cell_has_lost_its_columns(pdf: Pdf) -> None:
    del attributes(find(pdf, "TD", "8 to 12"), "Table").ColSpan


@defect("P035")
def a_cell_has_lost_its_rows(pdf: Pdf) -> None:
    del attributes(find(pdf, "TD", "shut"), "Table").RowSpan


@defect("P035", "P040")
def a_table_is_called_as_another(pdf: Pdf) -> None:
    caption = find(pdf, "Caption", "Opening")
    remove(caption)
    other = find(pdf, "Table", "Two medicines")
    other.K.append(caption)
    caption.P = other


@defect("P040")
def two_cells_are_swapped(pdf: Pdf) -> None:
    one, other = find(pdf, "TD", "one"), find(pdf, "TD", "two")
    rows = one.P, other.P
    i, j = index(rows[0].K, one), index(rows[1].K, other)
    rows[0].K[i], rows[1].K[j] = other, one
    one.P, other.P = rows[1], rows[0]
    mine, its = attributes(one, "Table"), attributes(other, "Table")
    mine.Headers, its.Headers = its.Headers, mine.Headers


@defect("P040")
def two_rows_are_swapped(pdf: Pdf) -> None:
    swap(find(pdf, "TR", "Warfarin"), find(pdf, "TR", "Clobazam"))


@defect("P035", "P040")
def a_table_becomes_paragraphs(pdf: Pdf) -> None:
    table = elements(pdf, "Table", "Two medicines")[0]
    for cell in list(table.descend()):
        if cell.type in {"TH", "TD"}:
            cell.object.S = Name.P
    table.object.S = Name.Div


@defect("P035")
def a_head_names_a_cell_that_is_not_there(pdf: Pdf) -> None:
    attributes(find(pdf, "TD", "one"), "Table").Headers = Array([pikepdf.String("nowhere")])
