# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers of invented papers: they grow through the year, and one day's decisions share one."""

from datetime import date


def commune_decision(day: date) -> str:
    """A decision of a commune's chair.

    >>> commune_decision(date(2025, 1, 2)), commune_decision(date(2025, 12, 31))
    ('06/QĐ-UBND', '587/QĐ-UBND')
    """
    return f"{day.timetuple().tm_yday * 8 // 5 + 3:02d}/QĐ-UBND"


def province_decision(day: date) -> str:
    """A decision of a province on the number of members."""
    return f"{day.timetuple().tm_yday * 7 + 41}/QĐ-UBND"


def duty_plan(day: date, *, is_ward: bool) -> str:
    """The commune police's duty plan of a month."""
    return f"{day.month:02d}/KH-{'CAP' if is_ward else 'CAX'}"


def case_number(count: int, day: date) -> str:
    """A case in the register of commune police."""
    return f"{count:02d}/{day.year}"
