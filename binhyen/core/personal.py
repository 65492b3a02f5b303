# SPDX-License-Identifier: AGPL-3.0-or-later
"""The registry of personal fields: class, purpose, legal basis, retention.

Every model names in `personal` each of its fields that says something about a person. A test
fails for a model field that is neither declared here nor plainly impersonal, and the inventory
page `docs/data-inventory.md` is generated from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from binhyen.core.errors import Text


class Sensitivity(StrEnum):
    """Decree 356/2025/NĐ-CP Art. 3 and 4."""

    BASIC = "basic"
    SENSITIVE = "sensitive"


@dataclass(frozen=True)
class Personal:
    """What the law wants to be known about one field before it holds a value."""

    sensitivity: Sensitivity
    purpose: Text
    basis: str
    """Instrument and article."""
    retention: str
    """How long, counted from what; periods marked [own] are this project's choice, configurable."""
