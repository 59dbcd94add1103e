"""Receipts as FHIR R4 DocumentReference (hl7.org/fhir/R4/documentreference), for the record."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from leafpress.mailing.reports.receipts import Receipt
from leafpress.translation.direction import isolated

_TYPES = {".pdf": "application/pdf", ".eml": "message/rfc822", ".brf": "text/plain"}
_DIGEST = "urn:ietf:rfc:3986"


def bundle(receipts: list[Receipt], folder: Path) -> bytes:
    """A Bundle (collection) with a DocumentReference for each row that is out."""
    finished = [receipt for receipt in receipts if receipt.verdict.is_finished]
    entries = [{"resource": document(receipt, folder)} for receipt in finished]
    resource = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return (json.dumps(resource, indent=1, ensure_ascii=False) + "\n").encode()


def document(receipt: Receipt, folder: Path) -> dict[str, Any]:
    """One DocumentReference: whose, which files, in which language, made of which leaflets."""
    contents = [_content(receipt, name, folder) for name in receipt.outputs]
    facts = (receipt.leaflets, receipt.leaflet_versions, receipt.leaflet_states)
    rows = zip(*facts, strict=True)
    leaflets = ", ".join(f"{leaflet} {version}, {state}" for leaflet, version, state in rows)
    digests = [f"urn:sha256:{sha256}" for sha256 in receipt.output_digests]
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "docStatus": "final",
        "identifier": [{"system": _DIGEST, "value": value} for value in digests],
        "type": {"text": "Appointment letter with patient information leaflets"},
        "subject": {"type": "Patient", "identifier": {"value": receipt.reference}},
        "date": f"{receipt.day}T00:00:00Z",
        "description": f"{leaflets} ({receipt.language}, {receipt.format})",
        "content": contents,
    }


def _content(receipt: Receipt, name: str, folder: Path) -> dict[str, Any]:
    data = (folder / name).read_bytes()
    # R4 says that `hash` is SHA-1; the SHA-256 is among the identifiers.
    sha1 = base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()
    title = Path(name).name if "/" in name else "Letter and leaflets"
    attachment = {
        "contentType": _TYPES.get(Path(name).suffix, "application/octet-stream"),
        "language": receipt.language,
        "url": name,
        "size": len(data),
        "hash": sha1,
        "title": isolated(title, "ltr"),
        "creation": receipt.day,
    }
    return {"attachment": attachment}
