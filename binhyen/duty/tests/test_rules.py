# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nights, rest and strength, worked by hand; and where each state may go."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binhyen.core.clock import at_vietnam
from binhyen.duty import rules
from binhyen.duty.choices import AssignmentState, LeaveState, ShiftState, SwapState
from binhyen.duty.rules import Code, Days, Limits, Service, Stretch

DAY = date(2026, 3, 9)
HOUR = timedelta(hours=1)
LIMITS = Limits()


def stretch(hour: int, hours: float, days: int = 0) -> Stretch:
    start = at_vietnam(DAY + timedelta(days=days), hour)
    return Stretch(start, start + hours * HOUR)


def codes(shift: Stretch, service: Service, limits: Limits = LIMITS) -> list[Code]:
    return [found.code for found in rules.against(shift, service, limits)]


@pytest.mark.parametrize(
    ("hour", "hours", "inside"),
    [(22, 4, 4), (20, 4, 2), (18, 4, 0), (6, 16, 0), (5, 2, 1), (22, 8, 8), (22, 10, 8),
     (0, 24, 8), (6, 24, 8), (2, 3, 3)],
)  # fmt: skip
def test_night_is_what_lies_between_22_and_6(hour, hours, inside):
    assert rules.night_time(stretch(hour, hours)) == inside * HOUR


@pytest.mark.parametrize(
    ("hour", "hours", "least", "night"),
    [(22, 4, 4, True), (21, 4, 4, False), (21, 4, 3, True), (8, 4, 0, False), (22, 1, 0, True)],
)
def test_night_needs_enough_of_these_hours(hour, hours, least, night):
    assert rules.is_night(stretch(hour, hours), Limits(night=least * HOUR)) is night


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (stretch(22, 4), [Code.SAME_TIME]),
        (stretch(18, 5), [Code.SAME_TIME]),
        (stretch(14, 8), [Code.SHORT_REST]),
        (stretch(2, 4, days=1), [Code.SHORT_REST]),
        (stretch(9, 4, days=1), [Code.SHORT_REST]),
        (stretch(10, 4, days=1), []),
        (stretch(10, 4), []),
    ],
)
def test_members_rest_eight_hours_before_and_after(other, expected):
    assert codes(stretch(22, 4), Service("An", duties=(other,))) == expected


def test_no_rest_is_asked_for_where_none_is_configured():
    service = Service("An", duties=(stretch(18, 4),))
    assert codes(stretch(22, 4), service, Limits(rest=timedelta())) == []


_STRETCHES = st.builds(stretch, st.integers(0, 23), st.integers(1, 24), days=st.integers(-3, 3))


@settings(deadline=None, max_examples=60)
@given(_STRETCHES, _STRETCHES)
def test_rest_is_the_same_from_both_sides(one, other):
    assert rules.rest_between(one, other) == rules.rest_between(other, one)
    assert rules.overlaps(one, other) <= (rules.rest_between(one, other) == timedelta())


@pytest.mark.parametrize(
    ("first", "end", "blocked"),
    [(0, 1, True), (1, 2, True), (2, 3, False), (-2, 0, False), (-2, 1, True)],
)
def test_leave_covers_every_day_that_a_shift_touches(first, end, blocked):
    away = Days(DAY + timedelta(days=first), DAY + timedelta(days=end))
    assert (codes(stretch(22, 4), Service("An", granted=(away,))) == [Code.ON_LEAVE]) is blocked


def test_shift_that_ends_at_midnight_does_not_touch_the_next_day():
    away = Days(DAY + timedelta(days=1), DAY + timedelta(days=2))
    assert codes(stretch(18, 6), Service("An", granted=(away,))) == []


def test_leave_that_was_only_asked_for_warns():
    found = list(rules.against(
        stretch(8, 4), Service("An", asked=(Days(DAY, DAY + timedelta(days=1)),)), LIMITS
    ))  # fmt: skip
    assert [(one.code, one.blocks) for one in found] == [(Code.LEAVE_ASKED, False)]


@pytest.mark.parametrize(("nights", "warns"), [(9, False), (10, True), (14, True)])
def test_cap_of_paid_nights_warns_and_forbids_nothing(nights, warns):
    found = list(rules.against(stretch(22, 4), Service("An", nights=nights, cap=10), LIMITS))
    assert bool(found) is warns
    assert not rules.blocking(found)


def test_cap_says_nothing_about_a_shift_by_day():
    assert codes(stretch(8, 4), Service("An", nights=12, cap=10)) == []


def test_who_does_not_serve_is_not_assigned():
    assert codes(stretch(8, 4), Service("An", serves=False)) == [Code.NOT_SERVING]


@pytest.mark.parametrize(
    ("assigned", "expected"),
    [(1, [Code.BELOW_STRENGTH]), (2, []), (3, [Code.ABOVE_STRENGTH])],
)
def test_strength_compares_needed_with_assigned_and_only_warns(assigned, expected):
    found = list(rules.strength(2, assigned))
    assert [one.code for one in found] == expected
    assert not rules.blocking(found)


@pytest.mark.parametrize(("number", "blocks"), [("", True), ("  ", True), ("05/KH", False)])
def test_no_duty_without_a_plan(number, blocks):
    assert bool(rules.blocking(rules.competent(number))) is blocks


def test_every_finding_has_words():
    assert set(rules.WORDS) == set(Code)


ALLOWED = {
    ("draft", "assigned"), ("draft", "cancelled"), ("assigned", "cancelled"),
    ("assigned", "acknowledged"), ("assigned", "declined"), ("assigned", "replaced"),
    ("acknowledged", "declined"), ("acknowledged", "replaced"),
    ("asked", "granted"), ("asked", "refused"), ("asked", "withdrawn"), ("granted", "withdrawn"),
    ("offered", "accepted"), ("offered", "refused"), ("offered", "withdrawn"),
    ("accepted", "approved"), ("accepted", "refused"), ("accepted", "withdrawn"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("states", "steps"),
    [(ShiftState, rules.SHIFT_STEPS), (AssignmentState, rules.ASSIGNMENT_STEPS),
     (LeaveState, rules.LEAVE_STEPS), (SwapState, rules.SWAP_STEPS)],
)  # fmt: skip
def test_every_pair_of_states_is_as_it_was_written_by_hand(states, steps):
    assert set(steps) == set(states)
    for before in states:
        for after in states:
            expected = (before.value, after.value) in ALLOWED
            assert (after in steps[before]) is expected, (before, after)


def test_weeks_that_follow_begin_on_mondays_up_to_the_last_day():
    monday = date(2026, 3, 2)
    assert rules.weeks_after(monday, date(2026, 3, 8)) == []
    assert rules.weeks_after(monday, date(2026, 3, 9)) == [date(2026, 3, 9)]
    assert rules.weeks_after(monday, date(2026, 3, 31))[-1] == date(2026, 3, 30)
