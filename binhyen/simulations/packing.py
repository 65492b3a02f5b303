# SPDX-License-Identifier: AGPL-3.0-or-later
"""A basis as columns of whole numbers, packed into bytes and back, with its digest. Pure.

A *group* is some members of one commune who had the same month: a row for each stretch of days in
one place and role, one after the other. A *pattern* is the duties of such a stretch, day after day.
"""

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

ROWS = ("payer", "place", "month", "group", "count", "role", "days", "family", "hi",
        "hi_contribution", "vsi", "vsi_contribution", "pattern")  # fmt: skip
"""Columns of groups; `payer`, `place`, `month` and `pattern` are places in the lists."""
VILLAGES = ("place", "family", "residents", "hectares", "decided", "serving", "count")
"""Columns of villages that are the same; -1 is not known, and as `decided` not decided."""


@dataclass(frozen=True)
class Counted:
    """The content of a basis."""

    months: list[str]
    """Calendar months such as 2026-09, in order."""
    places: list[str]
    """Codes of communes."""
    payers: list[str]
    """Codes of the communes that were asked for."""
    special: list[int]
    """Places (by their number) in areas of Law 30/2023 Art. 23(2)(c)."""
    patterns: list[str]
    rows: dict[str, Ints]
    villages: dict[str, Ints]

    @property
    def people(self) -> int:
        """Members in the last month."""
        return int(self.rows["count"][self.is_last & self.is_end].sum())

    @property
    def is_last(self) -> NDArray[np.bool_]:
        """Rows of the last month."""
        found: NDArray[np.bool_] = self.rows["month"] == len(self.months) - 1
        return found

    @property
    def is_end(self) -> NDArray[np.bool_]:
        """The last row of each group: what a member was last."""
        group = self.rows["group"]
        found = np.ones(len(group), dtype=np.bool_)
        found[:-1] = group[1:] != group[:-1]
        return found


def packed(counted: Counted) -> tuple[bytes, str]:
    """The bytes that are kept, and the digest; the same counts give the same of both."""
    said: dict[str, Any] = {
        "months": counted.months, "places": counted.places, "payers": counted.payers,
        "special": counted.special, "patterns": counted.patterns,
        "rows": {name: counted.rows[name].tolist() for name in ROWS},
        "villages": {name: counted.villages[name].tolist() for name in VILLAGES},
    }  # fmt: skip
    text = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    return zlib.compress(text, 6), hashlib.sha256(text).hexdigest()


def unpacked(content: bytes) -> Counted:
    """What `packed` made."""
    said = json.loads(zlib.decompress(content))
    for part in ("rows", "villages"):
        said[part] = {name: np.asarray(one, dtype=np.int64) for name, one in said[part].items()}
    return Counted(**said)
