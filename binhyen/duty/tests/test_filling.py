# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filling fairly: cases worked by hand, and any small case against everything that is possible."""

from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from binhyen.core import clock
from binhyen.duty import reasons, rules, solver, solving
from binhyen.duty.filling import Filled, Measure, Person, Pick, Problem, Slot, level, stopping
from binhyen.duty.rules import Code, Days, Limits, Stretch

pytest.importorskip("ortools")

TEAM, OTHER = UUID(int=1), UUID(int=2)
FIRST = date(2026, 12, 1)
"""A Tuesday."""
ALWAYS = (Days(date(2024, 7, 1), date.max),)
NAMES = ("An", "Bình", "Cường", "Dung", "Giang", "Hạnh")


def stretch(day, hour=22, hours=4):
    start = clock.at_vietnam(FIRST + timedelta(days=day), hour)
    return Stretch(start, start + timedelta(hours=hours))


def night(day, places=1, *, number=None, **more):
    """A night of the team, so many days after the first."""
    counts = more.pop("counts", {Measure.NIGHTS, Measure.DUTIES})
    return Slot(UUID(int=100 + (day if number is None else number)), TEAM, stretch(day), places,
                counts=frozenset(counts), **more)  # fmt: skip


def person(number, *, team=TEAM, **more):
    given = {"serving": {team: ALWAYS}} | more
    return Person(UUID(int=10 + number), NAMES[number], **given)


def away(first, last):
    return (Days(FIRST + timedelta(days=first), FIRST + timedelta(days=last + 1)),)


def solved(problem):
    """What the solver says, asked in this process."""
    bundles = solving._bundles(problem)
    groups = [solving._group(problem, pools) for pools in bundles]
    picks, proven = [], True
    for pools, one in zip(bundles, solver.solve(groups, seconds=10), strict=True):
        slots, people = solving._parts(problem, pools)
        picks += [Pick(slots[slot].id, people[who].id) for slot, who in one["picks"]]
        proven = proven and one["proven"]
    return Filled(problem, picks), proven


def nights_of(filled):
    return {one.name: filled.added(one.id, Measure.NIGHTS) for one in filled.problem.people}


def test_six_nights_for_three_people_are_two_each():
    problem = Problem(tuple(night(day) for day in range(6)), tuple(map(person, range(3))))
    filled, proven = solved(problem)
    assert nights_of(filled) == {"An": 2, "Bình": 2, "Cường": 2}
    assert proven
    assert level(filled) == (0, 0, 0, 0, 0)


def test_nights_are_not_in_a_row_where_they_need_not_be():
    problem = Problem(tuple(night(day) for day in range(6)), tuple(map(person, range(2))))
    filled, _proven = solved(problem)
    assert [pick.person for pick in filled.picks[::2]] == [filled.picks[0].person] * 3
    assert nights_of(filled) == {"An": 3, "Bình": 3}


def test_who_has_more_already_gets_less():
    people = (person(0, before={Measure.NIGHTS: 3, Measure.DUTIES: 3}), person(1), person(2))
    filled, _proven = solved(Problem(tuple(night(day) for day in range(6)), people))
    assert nights_of(filled) == {"An": 0, "Bình": 3, "Cường": 3}


def test_tet_is_evened_out_before_nights():
    tet = night(0, counts={Measure.TET, Measure.OFF, Measure.NIGHTS, Measure.DUTIES})
    people = (
        person(0, before={Measure.TET: 1}),
        person(1, before={Measure.NIGHTS: 5, Measure.DUTIES: 5}),
    )
    filled, _proven = solved(Problem((tet,), people))
    assert nights_of(filled) == {"An": 0, "Bình": 1}


def test_whoever_joined_later_does_not_catch_up():
    settled = {Measure.NIGHTS: 4, Measure.DUTIES: 4}
    people = (
        person(0, before=settled, since={TEAM: date(2024, 7, 1)}),
        person(1, before=settled, since={TEAM: date(2024, 7, 3)}),
        person(2, since={TEAM: date(2026, 11, 20)}),
    )
    windows = dict.fromkeys(Measure, date(2026, 10, 1))
    problem = Problem(tuple(night(day) for day in range(6)), people, windows=windows)
    filled, _proven = solved(problem)
    assert set(nights_of(filled).values()) == {2}
    assert problem.pools[0].start[Measure.NIGHTS][people[2].id] == 4


def test_leave_that_is_only_asked_for_keeps_a_program_away():
    people = (person(0, granted=away(0, 0)), person(1, asked=away(0, 0)), person(2))
    filled, _proven = solved(Problem((night(0),), people))
    assert nights_of(filled) == {"An": 0, "Bình": 0, "Cường": 1}
    [why] = reasons.proposed(filled, {TEAM}).values()
    assert why.startswith("Người duy nhất")


def test_nights_that_are_not_paid_stay_open_and_are_explained():
    slots = tuple(night(day, cap=2) for day in range(5))
    people = (person(0, nights={(2026, 12): 1}), person(1))
    filled, proven = solved(Problem(slots, people))
    assert sum(nights_of(filled).values()) == 3
    assert proven
    first = next(reasons.gaps(filled))
    assert first.missing == 1
    assert any("An" in words for words in first.why)
    assert any("không được chi" in words for words in first.mend)


def test_two_shifts_too_near_each_other_are_not_for_one_person():
    morning = Slot(UUID(int=900), TEAM, stretch(1, 6, 4), 1)
    filled, _proven = solved(Problem((night(0), morning), (person(0),)))
    assert len(filled.picks) == 1
    [gap] = reasons.gaps(filled)
    assert gap.missing == 1
    assert "nghỉ" in gap.why[0]


def test_a_shift_without_a_plan_is_left_open_and_says_so():
    filled, proven = solved(Problem((night(0, has_plan=False),), (person(0),)))
    assert (filled.picks, proven) == ((), True)
    [gap] = reasons.gaps(filled)
    assert gap.why == (str(rules.Found(Code.NO_PLAN)),)


def test_more_places_than_members_say_that_everybody_is_needed():
    filled, _proven = solved(Problem((night(0, places=3),), (person(0), person(1))))
    assert len(filled.picks) == 2
    [gap] = reasons.gaps(filled)
    assert (gap.missing, len(gap.why), len(gap.mend)) == (1, 1, 1)
    assert all(why.startswith("Cả tổ") for why in reasons.proposed(filled, {TEAM}).values())


def test_a_place_that_was_not_looked_at_does_not_blame_a_rule():
    problem = Problem((night(0),), (person(0),))
    [gap] = reasons.gaps(Filled(problem, ()))
    assert gap.why == ("Không quy định nào ngăn An; đã hết thời gian tìm.",)


def test_a_member_of_another_team_is_not_taken():
    filled, _proven = solved(Problem((night(0),), (person(0, team=OTHER), person(1))))
    assert nights_of(filled) == {"An": 0, "Bình": 1}


def test_two_teams_that_share_somebody_are_solved_together():
    slots = (night(0), Slot(UUID(int=500), OTHER, stretch(0), 1))
    both = Person(UUID(int=99), "Khoa", serving={TEAM: ALWAYS, OTHER: ALWAYS})
    problem = Problem(slots, (both, person(0)))
    assert len(solving._bundles(problem)) == 1
    filled, _proven = solved(problem)
    assert {pick.person for pick in filled.picks} == {both.id, person(0).id}


def test_the_fewest_is_said_only_of_whoever_has_fewest():
    people = (person(0, before={Measure.NIGHTS: 3, Measure.DUTIES: 3}), person(1))
    filled, _proven = solved(Problem((night(0),), people))
    [why] = reasons.proposed(filled, {TEAM}).values()
    assert why == (
        "Ít đêm nhất trong quý này (0; những người khác rảnh lúc đó: 3);"
        " hai tuần trước đó không trực."
    )


def test_the_same_question_gets_the_same_answer():
    problem = Problem(
        tuple(night(day, places=2) for day in range(12)), tuple(map(person, range(6)))
    )
    assert solved(problem)[0].picks == solved(problem)[0].picks


days_away = st.lists(st.integers(0, 3), max_size=2)
tiny = st.builds(
    lambda days, people, rest, cap: Problem(
        tuple(
            night(day, places, number=number, cap=cap,
                  counts={Measure.NIGHTS, Measure.DUTIES} | ({Measure.OFF} if day > 1 else set()))
            for number, (day, places) in enumerate(sorted(days))
        ),
        tuple(
            person(number, before={Measure.NIGHTS: had, Measure.DUTIES: had},
                   nights={(2026, 12): had}, granted=tuple(away(day, day)[0] for day in gone))
            for number, (had, gone) in enumerate(people)
        ),
        Limits(rest=timedelta(hours=rest)),
    ),
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 2)), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), days_away), min_size=1, max_size=3),
    st.sampled_from([0, 8, 30]),
    st.sampled_from([None, 2, 4]),
)  # fmt: skip


@seed(4)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(tiny)
def test_any_proposal_keeps_the_rules_and_nothing_fairer_exists(problem):
    filled, proven = solved(problem)
    assert proven
    assert keeps_the_rules(filled)
    assert level(filled) == min(level(one) for one in everything(problem))


def keeps_the_rules(filled):
    problem = filled.problem
    return all(filled.missing(slot) >= 0 for slot in problem.slots) and not any(
        stopping(problem.slot[pick.slot], problem.person[pick.person], problem.limits,
                 filled.of_person[pick.person])
        for pick in filled.picks
    )  # fmt: skip


def everything(problem):
    """Every way to fill some of the places that the rules allow."""
    pairs = [Pick(slot, who) for slot, fit in problem.fit.items() for who in fit]
    for chosen in product((False, True), repeat=len(pairs)):
        one = Filled(problem, [pick for pick, is_in in zip(pairs, chosen, strict=True) if is_in])
        if keeps_the_rules(one):
            yield one
