"""What all files of content are built from: ids, addresses, regions, and the frozen model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
ADDRESS = r"^https://[^\s]+$"
EMAIL = r"^[^\s@]+@[^\s@]+\.[^\s@]+$"
TELEPHONE = r"^\+?[0-9][0-9 ]{1,18}[0-9]$"
VERSION = r"^\d+(?:\.\d+)*$"
PERSON = r"\p{L}.*\p{L}"
DATE = r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$"
"""Patterns of values. `load.FORMS` has an example of each, for the author who missed it."""

Id = Annotated[str, StringConstraints(pattern=ID, max_length=60)]
"""Lower-case words joined by hyphens: it becomes a file name, an anchor and a gettext domain."""

Region = Literal["england", "scotland", "wales", "northern-ireland"]
REGIONS: tuple[Region, ...] = ("england", "scotland", "wales", "northern-ireland")

Regions = Annotated[
    tuple[Region, ...], Field(description="Printed only for clinics there. Left out: everywhere.")
]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Address = Annotated[str, StringConstraints(pattern=ADDRESS, max_length=500)]


class Frozen(BaseModel):
    """Read once, never changed; a key that we do not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
