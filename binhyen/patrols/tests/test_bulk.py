# SPDX-License-Identifier: AGPL-3.0-or-later
"""A bulk load of patrols makes the checks of the actions over the whole set, or loads nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.bulk import BadRow
from binhyen.core.errors import Forbidden
from binhyen.core.ids import uuid7
from binhyen.core.models import Event
from binhyen.patrols import bulk_checks
from binhyen.patrols.bulk import NewFinding, NewPatrol, NewTrafficHelp, load_patrols
from binhyen.patrols.models import Finding, Patrol, PatrolMember, TrafficHelp
from binhyen.personnel.models import Member
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

EVENING = datetime(2025, 3, 4, 20, 0, tzinfo=clock.VIETNAM)
HOUR = timedelta(hours=1)


@pytest.fixture
def patrol(team: Team, member: Member) -> NewPatrol:
    """Two hours of one member, done."""
    return NewPatrol(
        id=uuid7(),
        team_id=team.id,
        state="done",
        planned_start=EVENING,
        planned_end=EVENING + 2 * HOUR,
        started_at=EVENING,
        ended_at=EVENING + 2 * HOUR,
        route="Chợ – trường học",
        members=(member.id,),
        recorded_at=EVENING + 3 * HOUR,
        distance_m=5000,
    )


def _finding(patrol: NewPatrol, **changes: object) -> NewFinding:
    found = NewFinding(uuid7(), patrol.id, "theft", EVENING + HOUR, EVENING + 2 * HOUR, "Chợ")
    return replace(found, **changes)


def _refused(loader: Actor, commune: Territory, *patrols: NewPatrol) -> str:
    with pytest.raises(BadRow) as refusal:
        load_patrols(by=loader, commune=commune, patrols=patrols)
    assert Patrol.everything.count() == 0
    return str(refusal.value)


def test_patrol_is_loaded_as_the_action_would_record_it(
    loader: Actor, commune: Territory, patrol: NewPatrol
) -> None:
    load_patrols(by=loader, commune=commune, patrols=[patrol], findings=[_finding(patrol)])
    stored = Patrol.everything.get(pk=patrol.id)
    assert stored.on_day == EVENING.date()
    assert stored.member_minutes == 120
    assert PatrolMember.everything.get().member_id == patrol.members[0]
    assert Finding.everything.get().on_day == EVENING.date()
    kinds = list(Event.everything.order_by("id").values_list("kind", flat=True))
    assert kinds == ["patrol.recorded", "finding.noted"]
    assert Event.everything.first().at == EVENING + 3 * HOUR


def test_night_patrol_belongs_to_its_evening(
    loader: Actor, commune: Territory, patrol: NewPatrol
) -> None:
    late = EVENING + 3.5 * HOUR
    patrol = replace(patrol, planned_start=late, started_at=late,
                     planned_end=late + 2 * HOUR, ended_at=late + 2 * HOUR)  # fmt: skip
    load_patrols(by=loader, commune=commune, patrols=[patrol])
    assert Patrol.everything.get().on_day == EVENING.date()


def test_states_bring_their_events(loader: Actor, commune: Territory, patrol: NewPatrol) -> None:
    day = timedelta(days=1)
    void = replace(patrol, id=uuid7(), state="void", corrected_at=EVENING + day)
    moved = replace(patrol, corrected_at=EVENING + day, was_on=(EVENING - day).date())
    load_patrols(by=loader, commune=commune, patrols=[void, moved])
    kinds = list(Event.everything.order_by("id").values_list("kind", flat=True))
    assert kinds == ["patrol.recorded", "patrol.voided", "patrol.recorded", "patrol.corrected"]
    assert Event.everything.last().was_on_day == (EVENING - day).date()


def test_member_on_two_patrols_of_the_set_is_refused(
    loader: Actor, commune: Territory, patrol: NewPatrol
) -> None:
    other = replace(patrol, id=uuid7(), started_at=EVENING + HOUR, ended_at=EVENING + 3 * HOUR)
    assert str(bulk_checks.TWO_AT_ONCE) in _refused(loader, commune, patrol, other)


def test_member_on_a_stored_patrol_is_refused(
    loader: Actor, commune: Territory, patrol: NewPatrol
) -> None:
    load_patrols(by=loader, commune=commune, patrols=[patrol])
    other = replace(patrol, id=uuid7(), started_at=EVENING + HOUR, ended_at=EVENING + 3 * HOUR)
    with pytest.raises(BadRow):
        load_patrols(by=loader, commune=commune, patrols=[other])
    assert Patrol.everything.count() == 1


def test_patrols_that_touch_are_loaded(
    loader: Actor, commune: Territory, patrol: NewPatrol
) -> None:
    start, end = EVENING + 2 * HOUR, EVENING + 3 * HOUR
    other = replace(patrol, id=uuid7(), started_at=start, ended_at=end)
    assert load_patrols(by=loader, commune=commune, patrols=[patrol, other]).patrols == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ended_at": EVENING}, bulk_checks.ENDS_BEFORE),
        ({"planned_end": EVENING - HOUR}, bulk_checks.ENDS_BEFORE),
        ({"ended_at": EVENING + 25 * HOUR}, bulk_checks.TOO_LONG),
        ({"ended_at": None}, bulk_checks.NO_TIMES),
        ({"members": ()}, bulk_checks.NOBODY),
        ({"route": ""}, bulk_checks.NO_ROUTE),
        ({"members": (uuid7(),)}, bulk_checks.NOT_SERVING),
        ({"team_id": uuid7()}, bulk_checks.OTHER_TEAM),
    ],
)
def test_impossible_patrol_is_refused_with_its_row(
    loader: Actor, commune: Territory, patrol: NewPatrol, changes: dict[str, object], reason: object
) -> None:
    bad = replace(patrol, id=uuid7(), **changes)
    message = _refused(loader, commune, patrol, bad)
    assert str(reason) in message
    assert "2" in message


def test_patrol_ahead_is_refused_as_done(
    loader: Actor, commune: Territory, patrol: NewPatrol
) -> None:
    soon = clock.now() + 2 * HOUR
    bad = replace(patrol, planned_start=soon, planned_end=soon + HOUR,
                  started_at=soon, ended_at=soon + HOUR)  # fmt: skip
    assert str(bulk_checks.AHEAD) in _refused(loader, commune, bad)


def test_patrol_before_the_team_existed_is_refused(
    loader: Actor, commune: Territory, patrol: NewPatrol
) -> None:
    early = EVENING.replace(year=2023)
    bad = replace(patrol, planned_start=early, planned_end=early + HOUR,
                  started_at=early, ended_at=early + HOUR)  # fmt: skip
    assert str(bulk_checks.OTHER_TEAM) in _refused(loader, commune, bad)


def test_what_was_noted_outside_its_patrol_is_refused(
    loader: Actor, commune: Territory, patrol: NewPatrol
) -> None:
    for bad in (
        _finding(patrol, found_at=EVENING + 5 * HOUR, handed_at=EVENING + 6 * HOUR),
        _finding(patrol, handed_at=EVENING),
        _finding(patrol, patrol_id=uuid7()),
    ):
        with pytest.raises(BadRow):
            load_patrols(by=loader, commune=commune, patrols=[patrol], findings=[bad])
    assert Patrol.everything.count() == Finding.everything.count() == 0


def test_traffic_help_of_no_time_is_refused(
    loader: Actor, commune: Territory, patrol: NewPatrol
) -> None:
    helped = NewTrafficHelp(uuid7(), patrol.team_id, None, "jam", EVENING, 0, "Cổng trường")
    with pytest.raises(BadRow):
        load_patrols(by=loader, commune=commune, patrols=[], traffic=[helped])
    assert TrafficHelp.everything.count() == 0


def test_nobody_but_loader_and_police_loads(
    leader: Actor, outsider: Actor, officer: Actor, commune: Territory, patrol: NewPatrol
) -> None:
    for actor in (leader, outsider):
        with pytest.raises(Forbidden):
            load_patrols(by=actor, commune=commune, patrols=[patrol])
    assert load_patrols(by=officer, commune=commune, patrols=[patrol]).patrols == 1
