"""Objects of a PDF that any program may have written: read by type, with wrong types as absent."""

from __future__ import annotations

PDF2_NAMESPACE = "http://iso.org/pdf2/ssn"
"""The namespace of PDF 2.0's structure types (ISO 32000-2, 14.8.6.2)."""
