# SPDX-License-Identifier: AGPL-3.0-or-later
"""How values look."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import engines
from django.utils import translation

from binhyen.core.pages import Badge
from binhyen.core.templatetags import show


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        (0, None, "0", "0"),
        (1234.5, None, "1.234,5", "1,234.5"),
        (Decimal("1234567.891"), None, "1.234.567,89", "1,234,567.89"),
        (-12, None, "-12", "-12"),
        (2, 1, "2,0", "2.0"),
        (2, 0, "2", "2"),
        (None, None, "–", "–"),
    ],
)
def test_number_follows_the_language(
    value: Any, decimals: int | None, vietnamese: str, english: str
) -> None:
    with translation.override("vi"):
        assert show.number(value, decimals) == vietnamese
    with translation.override("en"):
        assert show.number(value, decimals) == english


def test_money_is_whole_dong_with_full_stops() -> None:
    with translation.override("vi"):
        assert show.dong(2_340_000) == "2.340.000\u00a0đồng"
        assert show.dong(None) == "–"


@pytest.mark.parametrize(
    ("ratio", "vietnamese"), [(0.125, "12,5%"), (1, "100%"), (0, "0%"), (None, "–")]
)
def test_share_as_per_cent(ratio: float | None, vietnamese: str) -> None:
    with translation.override("vi"):
        assert show.percent(ratio) == vietnamese


@pytest.mark.parametrize(
    ("on", "vietnamese", "english"),
    [
        (date(2026, 11, 21), "Thứ Bảy, 21/11/2026", "Saturday, 21/11/2026"),
        (date(2026, 11, 22), "Chủ nhật, 22/11/2026", "Sunday, 22/11/2026"),
        (date(2026, 9, 1), "Thứ Ba, 01/09/2026", "Tuesday, 01/09/2026"),
    ],
)
def test_weekday_stands_before_the_day(on: date, vietnamese: str, english: str) -> None:
    with translation.override("vi"):
        assert show.weekday(on) == vietnamese
    with translation.override("en"):
        assert show.weekday(on) == english


def test_moment_is_told_on_the_clock_of_viet_nam() -> None:
    late = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)
    assert show.moment(late) == "22/11/2026 00:30"
    assert show.day(late) == "22/11/2026"


def test_dash_for_nothing_and_never_for_zero() -> None:
    assert show.or_dash("") == "–"
    assert show.or_dash(None) == "–"
    assert show.or_dash(0) == 0


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        ("", "–"),
        (True, "Có"),
        (False, "Không"),
        (0, "0"),
        (10432, "10.432"),
        ("2026", "2026"),
        (date(2026, 1, 2), "02/01/2026"),
        (["Tổ 1", "Tổ 2"], "Tổ 1, Tổ 2"),
        ([], "–"),
    ],
)
def test_every_type_has_its_look(value: Any, shown: str) -> None:
    with translation.override("vi"):
        assert show.show(value) == shown


def _rendered(source: str, **context: Any) -> str:
    return engines["django"].from_string(source).render(context)


def test_user_text_stays_text_in_a_template() -> None:
    assert "&lt;b&gt;" in _rendered("{{ value|show }}", value="<b>")
    assert "&lt;b&gt;" in _rendered("{{ value|show }}", value=["<b>", "x"])
    assert "&lt;b&gt;" in _rendered("{{ value|show }}", value=Badge("<b>"))


def test_badge_is_drawn_with_its_tone() -> None:
    assert _rendered("{{ value|show }}", value=Badge("Thiếu", "needs")) == (
        '<span class="badge badge-needs">Thiếu</span>'
    )


def test_icon_is_hidden_unless_it_speaks() -> None:
    assert 'aria-hidden="true"' in _rendered('{% icon "search" %}')
    labelled = _rendered('{% icon "search" "Tìm" %}')
    assert 'aria-label="Tìm"' in labelled
    assert "#search" in labelled


def test_one_button_forms_carry_a_fresh_operation() -> None:
    assert _rendered("{% op_id %}") != _rendered("{% op_id %}")
