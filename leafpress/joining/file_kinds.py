"""What a file is that is no PDF, by its first bytes: nobody should have to guess (E007)."""

from __future__ import annotations

import re
from collections.abc import Callable

_MARKUP = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
_MAIL = re.compile(rb"(?:Received|From|Return-Path|MIME-Version|Date|Subject|Delivered-To):? ")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "it is a file of Word, Excel or Outlook as they were before 2007"),
    (b"{\\rtf", "it is a word processor’s file (RTF)"),
    (b"\x89PNG", "it is a picture (PNG)"),
    (b"\xff\xd8\xff", "it is a picture (JPEG)"),
    (b"GIF8", "it is a picture (GIF)"),
    (b"II*\0", "it is a picture (TIFF), as scanners and fax machines write it"),
    (b"MM\0*", "it is a picture (TIFF), as scanners and fax machines write it"),
    (b"BM", "it is a picture (BMP)"),
    (b"%!PS", "it is PostScript, as for a printer"),
    (b"\x1b%-12345X", "it is a print job (PJL)"),
    (b"\x1bE", "it is a print job (PCL)"),
    (b"%FDF", "it holds a form’s answers only (FDF)"),
    (b"JVBERi", "it is a PDF written out as text (Base64), which has to be decoded first"),
    (b"\x1f\x8b", "it is packed (gzip)"),
    (b"7z\xbc\xaf", "it is packed (7-Zip)"),
    (b"Rar!", "it is packed (RAR)"),
    (b"-----BEGIN PKCS7", "it is enveloped by a signature or a cipher (PKCS #7)"),
    (b"-----BEGIN PGP", "it is encrypted or signed (PGP)"),
    (b"%PDF", "it says that it is a PDF, but not of which version"),
)

_PACKED: tuple[tuple[bytes, str], ...] = (
    (b"word/", "it is a Word document (.docx)"),
    (b"xl/", "it is an Excel workbook (.xlsx)"),
    (b"ppt/", "it is a PowerPoint file (.pptx)"),
    (b"opendocument.text", "it is a LibreOffice document (.odt)"),
    (b"opendocument", "it is a LibreOffice file"),
    (b"Documents/1/", "it is an XPS document"),
)
"""What stands in a ZIP archive that an office program wrote."""


def kind_of(data: bytes) -> str:
    """What `data` is, as the sentence of a refusal; for a file without a PDF's head."""
    if not data:
        return "it is empty"
    if not data.strip(b"\0 \r\n\t\xff"):
        return "it holds nothing but blanks or zeros, as after a transfer that failed"
    if data.startswith(b"PK\x03\x04"):
        inside = (words for trace, words in _PACKED if trace in data)
        return next(inside, "it is an archive (ZIP)")
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, words in _STARTS:
        if start.startswith(beginning):
            return words
    return _text(data, start)


def _text(data: bytes, start: bytes) -> str:
    for is_so, words in _TEXTS:
        if is_so(start):
            return words
    if b"%PDF-" in data:
        return "a PDF begins only after its first 1024 bytes, where no reader looks"
    if data.startswith(_UTF16) or _is_plain(data[:1024]):
        return "it is plain text"
    return "it does not begin as a PDF does"


def _is_page(start: bytes) -> bool:
    return _MARKUP.match(start) is not None or b"<html" in start.lower()


def _is_mail(start: bytes) -> bool:
    return _MAIL.match(start) is not None


_TEXTS: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (_is_page, "it is a web page, as from an address that asks to sign in"),
    (lambda start: start.startswith(b"<"), "it is XML"),
    (lambda start: start.startswith((b"{", b"[")), "it is data (JSON), not a document"),
    (_is_mail, "it is an e-mail"),
)


def _is_plain(start: bytes) -> bool:
    return not any(byte < 9 or 13 < byte < 32 for byte in start)  # control signs
