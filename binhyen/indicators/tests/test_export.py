# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of figures to take away: the same numbers as the page, in files that open."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from binhyen.core.actors import EVERYWHERE, Actor
from binhyen.core.periods import calendar_month
from binhyen.indicators import catalogue
from binhyen.indicators.figures import plain
from binhyen.indicators.queries import figure
from binhyen.indicators.tests.world import Commune
from binhyen.territory.models import Territory
from tests import cast

MONTH = "period=2025-09"
HEADER = ["Mã địa bàn", "Địa bàn", "Mã chỉ tiêu", "Chỉ tiêu", "Số liệu", "Đơn vị", "Ngày đầu",
          "Ngày cuối", "Trạng thái"]  # fmt: skip
SignIn = Callable[[Client, Actor], Any]


@pytest.fixture
def home(db: None) -> Commune:
    home = Commune(cast.COMMUNE)
    for day in (3, 10, 17):
        home.patrol(date(2025, 9, day), minutes=100)
    return home


@pytest.fixture
def reader(client: Client, sign_in: SignIn, province_officer: Actor, home: Commune) -> Client:
    cast.the_place(cast.OTHER_COMMUNE)
    sign_in(client, province_officer)
    return client


def content(client: Client, kind: str, asked: str) -> bytes:
    response = client.get(f"/figures/table.{kind}?{asked}")
    assert response.status_code == 200, asked
    assert f".{kind}" in response["Content-Disposition"]
    assert response["Cache-Control"] == "no-store"
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def from_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def from_xlsx(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_csv_holds_every_area_and_indicator_once(reader: Client) -> None:
    header, *rows = from_csv(content(reader, "csv", f"area=68&{MONTH}"))

    assert header == HEADER
    areas = ["68", "22918", "23272"]
    assert {(row[0], row[2]) for row in rows} == {
        (area, one.code) for area in areas for one in catalogue.listed()
    }
    assert len(rows) == len(areas) * len(catalogue.listed())


def test_the_numbers_are_those_of_the_page(reader: Client, home: Commune) -> None:
    _header, *rows = from_csv(content(reader, "csv", f"area=68&{MONTH}"))

    patrols = {row[0]: row for row in rows if row[2] == "ACT_PATROLS"}
    assert [patrols[area][4] for area in ("68", "22918", "23272")] == ["3", "3", "0"]
    assert patrols["22918"][5:8] == ["lượt tuần tra", "2025-09-01", "2025-09-30"]
    hours = figure("ACT_PATROL_HOURS", home.place, calendar_month(2025, 9), scope=EVERYWHERE)
    shown = next(row[4] for row in rows if row[0] == "22918" and row[2] == "ACT_PATROL_HOURS")
    assert float(shown) == plain(hours.value)


def test_the_workbook_opens_with_numbers_and_days(reader: Client) -> None:
    header, *rows = from_xlsx(content(reader, "xlsx", f"area=22918&{MONTH}"))

    assert header == HEADER
    (patrols,) = (row for row in rows if row[2] == "ACT_PATROLS")
    assert patrols[0] == "22918"
    assert patrols[4] == 3
    assert isinstance(patrols[4], float)
    assert patrols[6:8] == [date(2025, 9, 1), date(2025, 9, 30)]


def test_a_place_that_looks_like_a_formula_is_text(reader: Client) -> None:
    Territory.everything.filter(path=cast.OTHER_COMMUNE).update(kind="=cmd", name="1+1")

    csv_rows = from_csv(content(reader, "csv", f"area=68&{MONTH}"))
    xlsx_rows = from_xlsx(content(reader, "xlsx", f"area=68&{MONTH}"))

    for rows in (csv_rows, xlsx_rows):
        assert "'=cmd 1+1" in {row[1] for row in rows}


def test_a_figure_without_a_value_says_why(reader: Client) -> None:
    _header, *rows = from_csv(content(reader, "csv", f"area=22918&{MONTH}"))

    without = [row for row in rows if not row[4]]
    assert without
    assert all(row[8] for row in without)


def test_the_table_speaks_english_when_asked(reader: Client, settings: Any) -> None:
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    header = from_csv(content(reader, "csv", MONTH))[0]

    assert header[:5] == ["Area code", "Area", "Indicator code", "Indicator", "Value"]


def test_the_page_leads_to_the_table_of_the_same_place_and_days(reader: Client) -> None:
    page = reader.get(f"/figures/?area=22918&{MONTH}").content.decode()

    for kind in ("csv", "xlsx"):
        assert f'href="/figures/table.{kind}?area=22918&amp;{MONTH}"' in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_place_out_of_reach_gives_no_table(
    kind: str, client: Client, sign_in: SignIn, sibling: Actor, home: Commune
) -> None:
    sign_in(client, sibling)

    for area in ("22918", "68", "VN", "00000"):
        assert client.get(f"/figures/table.{kind}?area={area}&{MONTH}").status_code == 404


def test_another_kind_of_file_is_not_there(reader: Client) -> None:
    for kind in ("xls", "pdf", "csvx"):
        assert reader.get(f"/figures/table.{kind}?{MONTH}").status_code == 404


def test_days_that_cannot_be_read_are_refused_on_the_page(reader: Client) -> None:
    answer = reader.get("/figures/table.csv?period=2025-99")

    assert answer.status_code == 422
    assert "text/html" in answer["Content-Type"]
