# SPDX-License-Identifier: AGPL-3.0-or-later
from typing import Any

DAY: Any
MONTH: Any

class Instant: ...

def period(value: str) -> Period: ...

class Period:
    size_in_days: int
    start: Instant
    stop: Instant
