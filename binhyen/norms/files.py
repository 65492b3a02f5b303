# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading a resolution from a small text file (TOML), as the command takes it.

territory = "68"
number = "12/2025/NQ-HĐND"
valid_from = 2026-01-01

[[values]]
item = "NIGHT_CAP"
amount = 10
unit = "nights/month"
communes = ["22918"]
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from binhyen.core.errors import Refused
from binhyen.norms.actions import NewValue
from binhyen.norms.choices import For
from binhyen.territory.queries import territory_by_code

_MOST_BYTES = 1_000_000


class UnreadableResolution(Refused):
    """A file that holds no resolution."""

    what = _("The file was not read.")
    why = _("%(reason)s")
    remedy = _("Correct the file; the handbook shows one that is right.")


class _ValueIn(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    item: str
    amount: int = Field(ge=0, le=10**15)
    unit: str = Field(min_length=1, max_length=120)
    role: str = For.ALL
    communes: list[str] = []
    unverified: bool = False
    source: str = ""


class _ResolutionIn(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    territory: str
    number: str = Field(min_length=1, max_length=80)
    valid_from: date
    valid_to: date | None = None
    adopted_on: date | None = None
    digest: str = ""
    values: list[_ValueIn]


def read_resolution(path: Path, *, on: date) -> dict[str, Any]:
    """The arguments of `draft_resolution` that a file holds.

    Raises UnreadableResolution, UnknownTerritory.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableResolution(reason=_("It is larger than 1 MB."))
        given = _ResolutionIn(**tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise UnreadableResolution(reason=error.strerror or str(error)) from error
    except (ValueError, TypeError) as error:
        raise UnreadableResolution(reason=_said(error)) from error
    return {
        "territory": territory_by_code(given.territory, on=on),
        "number": given.number,
        "valid_from": given.valid_from,
        "valid_to": given.valid_to,
        "adopted_on": given.adopted_on,
        "digest": given.digest,
        "values": [
            NewValue(
                item=one.item,
                amount=one.amount,
                unit=one.unit,
                role=one.role,
                communes=[territory_by_code(code, on=on) for code in one.communes],
                is_unverified=one.unverified,
                source=one.source,
            )
            for one in given.values
        ],
    }


def _said(error: Exception) -> str:
    """The first fault of a file with its place."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error)[:200]
