"""What a file is by its bytes, where it is no list that can be read: the true reason is told.

Names say little: web pages and tables of HTML are saved as `.xls` by many systems, and a workbook
with a password is a file of another kind altogether.
"""

from __future__ import annotations

import io
import re
import zipfile

from leafpress.findings import Problem, Span
from leafpress.rules import finding

ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"

_STARTS = (
    (b"%PDF", "it is a PDF: export the list as CSV or XLSX"),
    (b"{\\rtf", "it is a text document (RTF): save its table as CSV or XLSX"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"GIF8", "it is a picture"),
    (b"\x1f\x8b", "it is a compressed file (gzip): unpack it first"),
    (b"7z\xbc\xaf", "it is a compressed file (7z): unpack it first"),
    (b"Rar!", "it is a compressed file (RAR): unpack it first"),
    (b"PK\x05\x06", "it is an empty ZIP archive"),
    (b"SQLite format 3", "it is a database"),
    (b"\x09\x08\x10\x00", "it is an old .xls workbook: save it as .xlsx"),
    (b"\x09\x08\x08\x00", "it is an old .xls workbook: save it as .xlsx"),
    (b"\x09\x04\x06\x00", "it is an old .xls workbook: save it as .xlsx"),
    (b"ID;P", "it is a SYLK file (.slk): save it as .xlsx"),
)
"""First bytes of files that are taken for lists, and what they are."""

_LOCKED = "it is protected with a password: save a copy without one"

_OLE_STREAMS = (
    ("EncryptedPackage", _LOCKED),
    ("Workbook", "it is an old .xls workbook: save it as .xlsx"),
    ("Book", "it is an old .xls workbook: save it as .xlsx"),
    ("WordDocument", "it is a Word document (.doc): save its table as CSV or XLSX"),
    ("PowerPoint Document", "it is a presentation (.ppt)"),
)
"""Names of streams in files of old Office programs ([MS-CFB]), written in UTF-16, and what they
show. Workbooks with a password keep their whole package in one ([MS-OFFCRYPTO] 2.3)."""

_ZIP_MEMBERS = (
    ("xl/workbook.bin", "it is a binary workbook (.xlsb): save it as .xlsx"),
    ("word/document.xml", "it is a Word document (.docx): save its table as CSV or XLSX"),
    ("ppt/presentation.xml", "it is a presentation (.pptx)"),
    ("Index/Document.iwa", "it is a file of Apple Numbers or Pages: export it as XLSX"),
)
"""Members of archives that are no XLSX, and what they show."""

_MOST_MEMBERS = 20_000
"""Files in an archive. Its list of them is read as a whole, and a workbook has some dozens."""

_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

_TEXT_STARTS = (
    (r"mime-version:", "it is a web page (MHT)"),
    (r'\[\s*[\[{"\]]', "it is JSON, and no FHIR Bundle"),
    (r"begin:v(?:calendar|card)", "it is a calendar or an address book"),
)
"""How texts start that are no lists."""

_HTML = r"<(?:!doctype html|html|head|body|table|tr)\b"
"""What a web page has near its start, saved as `.xls` or as itself."""

_XML_KINDS = (
    ("http://hl7.org/fhir", "it is FHIR as XML: export the Bundle as JSON"),
    ("urn:schemas-microsoft-com:office:spreadsheet", "it is an XML spreadsheet of Excel 2003"),
    ("urn:oasis:names:tc:opendocument", "it is an OpenDocument spreadsheet (.fods)"),
    ("http://www.w3.org/1999/xhtml", "it is a web page (HTML)"),
    ("urn:hl7-org:v3", "it is HL7 version 3 as XML"),
)
"""What stands near the start of XML files, and what they are."""

_NEAR_START = 4000
"""Bytes or characters within which a file says what it is."""


def refuse_other_files(data: bytes, name: str) -> None:
    """Check that the bytes may be a workbook or a text.

    Raises:
        Problem: they are a file of another kind, or nothing at all (E031).
    """
    if not data.strip():
        raise _is_no_list(name, "it is empty")
    for start, reason in _STARTS:
        if data.startswith(start):
            raise _is_no_list(name, reason)
    if data.startswith(_OLE):
        raise _is_no_list(name, _inside_ole(data))
    if data.startswith(ZIP):
        if data.count(b"PK\x01\x02") > _MOST_MEMBERS:
            raise _is_no_list(name, "it is an archive of far more files than a workbook has")
        reason = _inside_zip(data)
        if reason:
            raise _is_no_list(name, reason)


def _is_no_list(name: str, reason: str) -> Problem:
    return Problem(finding("E031", Span(name), problem=reason))


def _inside_ole(data: bytes) -> str:
    for stream, reason in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return reason
    return "it is a file of an old Office program: save it as .xlsx"


def _inside_zip(data: bytes) -> str:
    """What an archive is, if not a workbook; empty if it is one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            locked = any(info.flag_bits & 1 for info in archive.infolist())
            kind = b""
            if "mimetype" in names and not locked:
                kind = archive.open("mimetype").read(200)
    except Exception:  # zipfile lets through what its decompressors raise
        return "it is damaged: only a part of a workbook"
    if locked:
        return _LOCKED
    if kind.decode("ascii", "replace").startswith(_OPEN_DOCUMENT):
        return "it is an OpenDocument file (.ods or its kin): save it as .xlsx"
    for member, reason in _ZIP_MEMBERS:
        if member in names:
            return reason
    if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
        return ""
    return "it is a ZIP archive, and no workbook: unpack it first"


def refuse_other_texts(text: str, name: str) -> None:
    """Check that a text may be a table with separators.

    Raises:
        Problem: it is a web page, XML, or something else (E031).
    """
    start = text[:_NEAR_START].lstrip("\ufeff \t\r\n")
    if not start:
        raise _is_no_list(name, "it is empty")
    for pattern, reason in _TEXT_STARTS:
        if re.match(pattern, start, re.IGNORECASE):
            raise _is_no_list(name, f"{reason}: save it as CSV or XLSX")
    if re.match(r"<[a-z!]", start, re.IGNORECASE) and re.search(_HTML, start, re.IGNORECASE):
        raise _is_no_list(name, "it is a web page (HTML): save it as CSV or XLSX")
    if start.startswith("<?xml") or (start.startswith("<") and "xmlns" in start):
        raise _is_no_list(name, _kind_of_xml(start))


def _kind_of_xml(start: str) -> str:
    kinds = [reason for mark, reason in _XML_KINDS if mark in start]
    return f"{kinds[0] if kinds else 'it is XML'}: save it as CSV or XLSX"
