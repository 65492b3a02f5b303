# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compares the stored sums with the records, and names every difference."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from binhyen.indicators import catalogue, engine, giving, sql, sql_recount
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


@dataclass(frozen=True)
class Difference:
    """A stored sum that is not what a recount gives."""

    indicator: str
    territory_id: int
    grain: str
    start: date
    part: str
    stored: int
    counted: int


@transaction.atomic
def verify(codes: Sequence[str] | None = None) -> list[Difference]:
    """Every stored sum that differs from a recount, at every level and grain; empty is good."""
    engine.freshen()
    found: list[Difference] = []
    for one in catalogue.counted():
        if codes is None or one.code in codes:
            with sql_recount.counted(one.definition):
                found += _differing(one.code)
    if codes is None:
        nation = Territory.everything.get(level=Level.NATION).id
        found += [
            Difference(f"recorded {kind}", nation, grain, start, "", stored, counted)
            for kind, (grain, start), stored, counted in giving.differing()
        ]
    return found


def _differing(code: str) -> Iterator[Difference]:
    for place, grain, start, part, stored, counted in sql.rows(sql_recount.differences(code)):
        yield Difference(code, place, grain, sql.as_day(start), part, int(stored), int(counted))
