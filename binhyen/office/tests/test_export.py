# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen export`: exact, resumable, within one's rights, in every format."""

import csv
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from binhyen.core import clock, exports, tables
from binhyen.core.actors import Actor
from binhyen.core.export_text import write_lines
from binhyen.core.exports import Field
from binhyen.core.models import Event
from binhyen.core.periods import from_days
from binhyen.incidents.actions import receive_report
from binhyen.patrols.actions import record_patrol
from binhyen.patrols.models import Patrol
from binhyen.personnel.models import Member
from binhyen.reports.taking import Wanted, take_out
from binhyen.teams.models import Team
from binhyen.territory.models import Territory
from tests.cast import an_account

PERIOD = from_days(clock.today() - timedelta(days=40), clock.today())


@pytest.fixture
def patrols(officer: Actor, team: Team, member: Member) -> list[Patrol]:
    """Twelve patrols, a day apart."""
    return [
        record_patrol(
            by=officer, team=team, members=[member], route="=1+1",
            started_at=clock.now() - timedelta(days=day, hours=3),
            ended_at=clock.now() - timedelta(days=day, hours=1),
        )
        for day in range(12, 0, -1)
    ]  # fmt: skip


def exported(
    by: Actor, area: Territory, path: Path, table: str = "patrols", **more: Any
) -> exports.Made:
    kind: Any = path.suffix[1:]
    wanted = Wanted(by, exports.table_named(table), area, PERIOD)
    return take_out(wanted, kind, path, **more)


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_holds_every_row_as_it_is(patrols, officer, commune, tmp_path):
    made = exported(officer, commune, tmp_path / "a.csv")

    found = lines(made.path)
    assert [row["key"] for row in found] == sorted(str(one.id) for one in patrols)
    stored = Patrol.everything.get(pk=found[0]["key"])
    assert stored.started_at is not None
    here = stored.started_at.astimezone(clock.VIETNAM)
    assert found[0]["started_at"] == here.isoformat(timespec="seconds")
    assert (found[0]["commune"], found[0]["state"]) == ("22918", "done")
    assert int(found[0]["member_minutes"]) == 120
    assert made.rows == 12


def test_description_proves_the_file_and_names_its_columns(patrols, officer, commune, tmp_path):
    made = exported(officer, commune, tmp_path / "a.csv")

    said = json.loads((tmp_path / "a.csv.json").read_text(encoding="utf-8"))
    assert said["sha256"] == hashlib.sha256(made.path.read_bytes()).hexdigest() == made.sha256
    assert (said["rows"], said["area"], said["table"]) == (12, "22918", "patrols")
    assert [one["name"] for one in said["columns"]] == list(lines(made.path)[0])
    assert all(one["about"] for one in said["columns"])


def test_parquet_holds_the_same_with_types(patrols, officer, commune, tmp_path):
    made = exported(officer, commune, tmp_path / "a.parquet")

    table = duckdb.read_parquet(str(made.path))
    row = table.aggregate("count(*), sum(member_minutes), max(day)").fetchall()
    assert row == [(12, 12 * 120, max(one.on_day for one in patrols))]


def test_xlsx_holds_the_same(patrols, officer, commune, tmp_path):
    made = exported(officer, commune, tmp_path / "a.xlsx")

    cells = CalamineWorkbook.from_path(str(made.path)).get_sheet_by_index(0).to_python()
    assert len(cells) == 13
    assert cells[0][0] == "key"
    assert {row[0] for row in cells[1:]} == {str(one.id) for one in patrols}
    first = dict(zip(cells[0], cells[1], strict=True))
    assert (first["member_minutes"], first["day"]) == (120, min(one.on_day for one in patrols))


@pytest.mark.parametrize("kind", exports.FORMATS)
def test_the_same_rows_give_the_same_bytes(kind, patrols, officer, commune, tmp_path):
    sums = {exported(officer, commune, tmp_path / f"{n}.{kind}").sha256 for n in "ab"}

    assert len(sums) == 1


def test_export_that_was_stopped_goes_on_behind_the_last_whole_row(
    patrols, officer, commune, tmp_path, monkeypatch
):
    monkeypatch.setattr(exports, "_BATCH", 5)
    told: list[int] = []

    def stop(rows: int) -> None:
        told.append(rows)
        if sum(told) >= 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exported(officer, commune, tmp_path / "a.csv", watch=stop)
    part = tmp_path / "a.csv.part"
    with part.open("a", encoding="utf-8") as file:
        file.write("0199,2291")  # the disk took half a row
    told.clear()

    made = exported(officer, commune, tmp_path / "a.csv", watch=told.append)

    assert told == [10, 2]
    assert [row["key"] for row in lines(made.path)] == sorted(str(one.id) for one in patrols)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", "a.csv.json"]


def test_table_whose_key_has_several_parts_goes_on_too(
    patrols, officer, commune, tmp_path, monkeypatch
):
    whole = exported(officer, commune, tmp_path / "whole.csv", "figures")
    assert {row["indicator"] for row in lines(whole.path)} >= {"ACT_PATROLS", "ACT_PATROL_HOURS"}
    monkeypatch.setattr(exports, "_BATCH", 5)

    def stop(rows: int) -> None:
        if rows:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exported(officer, commune, tmp_path / "a.csv", "figures", watch=stop)
    told: list[int] = []
    made = exported(officer, commune, tmp_path / "a.csv", "figures", watch=told.append)

    assert told[0] == 5
    assert made.sha256 == whole.sha256


def test_file_begun_with_another_question_is_refused(patrols, officer, commune, tmp_path):
    def stop(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exported(officer, commune, tmp_path / "a.csv", watch=stop)
    with pytest.raises(exports.OtherExport):
        exported(officer, commune, tmp_path / "a.csv", table="findings")


def test_reports_of_domestic_violence_never_leave(officer, team, commune, tmp_path):
    for category in ("violation", "domestic_violence"):
        receive_report(by=officer, team=team, category=category, channel="phone",
                       received_at=clock.now() - timedelta(hours=2),
                       account="Việc ở bến cá.")  # fmt: skip

    made = exported(officer, commune, tmp_path / "a.csv", table="reports")

    assert [row["category"] for row in lines(made.path)] == ["violation"]
    assert "bến cá" not in made.path.read_text(encoding="utf-8")


def test_that_a_table_left_is_recorded(patrols, officer, commune, tmp_path):
    exported(officer, commune, tmp_path / "a.csv")

    event = Event.everything.get(kind="territory.exported_patrols")
    assert (event.actor_id, event.path) == (officer.id, "68.22918.")
    assert event.purpose


def test_command_answers_with_sum_and_refuses_outsiders(
    patrols, officer, outsider, tmp_path, english
):
    names = [an_account(one).username for one in (officer, outsider)]
    given = ["--area", "22918", "--period", f"{PERIOD.start}..{PERIOD.last}", "--json"]
    out = StringIO()

    call_command("export", "patrols", *given, "--out", str(tmp_path / "a.csv"), "--as", names[0],
                 stdout=out)  # fmt: skip

    assert json.loads(out.getvalue())["rows"] == 12
    with pytest.raises(CommandError) as refusal:
        call_command("export", "patrols", *given, "--out", str(tmp_path / "b.csv"), "--as",
                     names[1])  # fmt: skip
    assert refusal.value.returncode == 1
    assert not list(tmp_path.glob("b.csv*"))


@pytest.mark.parametrize(
    ("table", "out", "code"), [("people", "a.csv", 1), ("patrols", "a.doc", 2)]
)
def test_unknown_tables_and_formats_are_refused(table, out, code, officer, commune, tmp_path):
    name = an_account(officer).username
    with pytest.raises(CommandError) as refusal:
        call_command("export", table, "--area", "22918", "--period", "2026", "--as", name,
                     "--out", str(tmp_path / out))  # fmt: skip
    assert refusal.value.returncode == code


MOMENTS = ("2025-06-01T16:59:59.999999", "2025-12-31T17:00:00", "2024-07-01T03:04:05.000001")
TEXTS = ("", "Bến cá, chợ", 'nói "to"', "=1+1", " -5", "\u00a0@x", "\t+", "＝1", "\u3000＋1",
         "hai\ndòng", "\r", "a_b.c-d", "_a", "-", "'x", "1,5", "\u1680\u2028=1")  # fmt: skip


def test_the_database_writes_what_python_would(team, commune):
    """Every kind of value a column may have, hostile texts first."""
    made = [
        Patrol(
            team=team, territory=commune, on_day=date(2025, 6, 1), route=text,
            planned_start=datetime.fromisoformat(MOMENTS[number % 3]).replace(tzinfo=UTC),
            planned_end=datetime(2026, 1, 1, tzinfo=UTC), distance_m=number or None,
        )
        for number, text in enumerate(TEXTS)
    ]  # fmt: skip
    Patrol.everything.bulk_create(made)
    sources = ("pk", "team_id", "territory__code", "on_day", "planned_start", "started_at", "route",
               "state", "distance_m")  # fmt: skip
    out = BytesIO()

    count = write_lines(
        Patrol.everything.order_by("pk"), sources, out, watch=lambda _rows: None, batch=4
    )

    values = Patrol.everything.order_by("pk").values_list(*sources)
    read = list(csv.reader(StringIO(out.getvalue().decode(), newline="")))
    assert read == [[as_python_writes(one) for one in row] for row in values]
    assert count == len(TEXTS)


def as_python_writes(value: Any) -> str:
    if isinstance(value, str):
        return tables.safe_text(value)
    if isinstance(value, datetime):
        return value.astimezone(clock.VIETNAM).isoformat(timespec="seconds")
    return "" if value is None else str(value)


@pytest.mark.parametrize("table", sorted(exports.TABLES))
def test_no_table_holds_a_person_or_a_free_text(table):
    closed = {"account", "note", "route", "objective", "place", "track", "full_name", "phone"}
    sources = [field.source for field in exports.TABLES[table].fields]
    assert not [one for one in sources if closed & set(one.split("__")) or "member" in
                one.replace("member_minutes", "")]  # fmt: skip
    assert all(isinstance(one, Field) for one in exports.TABLES[table].fields)
