# SPDX-License-Identifier: AGPL-3.0-or-later
"""States, times, days and tracks."""

import doctest
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from binhyen.core import clock
from binhyen.patrols import log_book, rules
from binhyen.patrols.choices import PatrolState

PLANNED, UNDER_WAY, DONE, CANCELLED, VOID = PatrolState
ALLOWED = {
    (PLANNED, UNDER_WAY), (PLANNED, CANCELLED), (PLANNED, DONE), (UNDER_WAY, DONE), (DONE, VOID),
}  # fmt: skip
IN_VIET_NAM = st.tuples(
    st.floats(rules.SOUTH, rules.NORTH, allow_nan=False),
    st.floats(rules.WEST, rules.EAST, allow_nan=False),
)
STEADY = settings(
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
"""The same examples each time, however busy the machine is."""
AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(("before", "after"), list(product(PatrolState, PatrolState)))
def test_a_patrol_goes_only_where_the_states_lead(before, after):
    assert rules.may_go(before, after) == ((before, after) in ALLOWED)


@STEADY
@given(st.lists(IN_VIET_NAM, max_size=30))
def test_a_track_comes_back_within_half_a_unit_of_the_fifth_decimal(points):
    back = rules.decode_track(rules.encode_track(points))

    assert len(back) == len(points)
    for one, other in zip(points, back, strict=True):
        assert abs(one[0] - other[0]) <= 0.500001e-5
        assert abs(one[1] - other[1]) <= 0.500001e-5


@STEADY
@given(st.lists(IN_VIET_NAM, max_size=30))
def test_encoding_what_was_decoded_gives_the_same_text(points):
    text = rules.encode_track(points)

    assert rules.encode_track(rules.decode_track(text)) == text


@STEADY
@given(st.lists(IN_VIET_NAM, min_size=2, max_size=40))
def test_two_hours_with_a_point_every_ten_seconds_fit_in_8_kb_wherever_they_lie(points):
    two_hours = [points[i % len(points)] for i in range(720)]

    assert len(rules.encode_track(two_hours).encode()) <= 8 * 1024


def test_a_walkers_two_hours_take_less_than_4_kb():
    walk = [(10.9287 + i * 0.00011, 108.2871 - i * 0.00009) for i in range(720)]

    assert len(rules.encode_track(walk)) < 4 * 1024


@pytest.mark.parametrize(
    "point", [(108.28, 10.92), (0.0, 0.0), (float("nan"), 108.0), (10.9, float("inf")), (91, 108)]
)
def test_a_point_outside_viet_nam_is_refused(point):
    with pytest.raises(rules.BadTrack):
        rules.encode_track([point])


def test_more_points_than_a_day_holds_are_refused():
    with pytest.raises(rules.BadTrack):
        rules.encode_track([(10.9, 108.2)] * (rules.MAX_POINTS + 1))


@pytest.mark.parametrize(
    "text", ["k", "kouaA", "\x00", "kouaAky|s", "~~~~~~~~~", "??", "đ", "ko ua"]
)
def test_a_text_that_is_no_track_is_refused(text):
    with pytest.raises(rules.BadTrack):
        rules.decode_track(text)


def test_an_empty_track_has_no_point_and_no_length():
    assert rules.decode_track("") == []
    assert rules.track_distance_m([]) == rules.track_distance_m([(10.9, 108.2)]) == 0


def test_distance_is_that_of_the_earth():
    a_degree_east_at_the_16th_parallel = rules.track_distance_m([(16.0, 107.0), (16.0, 108.0)])

    assert a_degree_east_at_the_16th_parallel == pytest.approx(106_890, abs=30)


def test_small_steps_add_up():
    steps = [(10.9 + i * 0.00001, 108.2) for i in range(1001)]

    assert rules.track_distance_m(steps) == pytest.approx(1112, abs=1)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (59, 0), (60, 1), (7199, 119), (-60, 0), (86_400, 1440)]
)
def test_minutes_are_whole_and_never_negative(seconds, minutes):
    assert rules.minutes_between(AT, AT + timedelta(seconds=seconds)) == minutes


@pytest.mark.parametrize(
    ("start", "end", "shared"),
    [(-2, 0, False), (-2, 1, True), (0, 2, True), (1, 1.5, True), (2, 3, False), (-1, 3, True)],
)
def test_stretches_that_only_touch_do_not_overlap(start, end, shared):
    hour = timedelta(hours=1)

    assert rules.overlaps(AT, AT + 2 * hour, AT + start * hour, AT + end * hour) is shared


def test_a_night_patrol_belongs_to_its_evening():
    assert rules.day_of_patrol(clock.at_vietnam(date(2026, 11, 20), 23, 50)) == date(2026, 11, 20)
    assert rules.day_of_patrol(datetime(2026, 11, 20, 17, 10, tzinfo=UTC)) == date(2026, 11, 21)


@pytest.mark.parametrize("module", [rules, log_book])
def test_the_examples_in_the_code_hold(module):
    assert doctest.testmod(module).failed == 0
