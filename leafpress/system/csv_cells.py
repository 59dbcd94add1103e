"""Cells of a CSV file that spreadsheets open."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheets run a cell that begins so; an apostrophe before it makes it text (OWASP)."""


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
