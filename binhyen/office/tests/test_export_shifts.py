# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shifts as a whole table."""

import csv
from datetime import timedelta
from typing import Any

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from binhyen.core import clock, exports
from binhyen.core.periods import from_days
from binhyen.duty.actions import cancel_shift
from binhyen.duty.tests.roster import at, shift
from binhyen.reports.taking import Wanted, take_out

pytestmark = pytest.mark.django_db
WEEK = from_days(clock.today(), clock.today() + timedelta(days=7))


def test_shifts_leave_in_every_format_with_how_many_are_on_them(
    officer, sibling, commune, team, other_team, member, leader_member, tmp_path
):
    full = shift(officer, team, member, leader_member, start=at(1, 22), needed=2)
    empty = shift(officer, team, start=at(2, 22))
    cancel_shift(by=officer, shift=empty, reason="Bão")
    shift(officer, team, member, start=at(9, 22))
    shift(sibling, other_team, start=at(1, 22))

    def leave(kind: Any) -> exports.Made:
        wanted = Wanted(officer, exports.table_named("shifts"), commune, WEEK)
        return take_out(wanted, kind, tmp_path / f"shifts.{kind}")

    with leave("csv").path.open(encoding="utf-8", newline="") as file:
        found = {row["key"]: row for row in csv.DictReader(file)}
    assert {key: (row["state"], row["needed"], row["assigned"]) for key, row in found.items()} == {
        str(full.pk): ("assigned", "2", "2"), str(empty.pk): ("cancelled", "1", "0"),
    }  # fmt: skip
    cells = CalamineWorkbook.from_path(leave("xlsx").path).get_sheet_by_index(0).to_python()
    assert len(cells) == 3
    table = duckdb.read_parquet(str(leave("parquet").path))
    assert table.aggregate("sum(assigned)").fetchall() == [(2,)]
