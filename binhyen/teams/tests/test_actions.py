# SPDX-License-Identifier: AGPL-3.0-or-later
"""Founding, changing and dissolving teams: what is done, what is refused."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden, Invalid, OperationIdReused, Refused
from binhyen.core.models import Event
from binhyen.teams import actions, checks
from binhyen.teams.models import DecidedStrength, ServedVillage, Team, TeamDecision
from binhyen.territory.models import Territory

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 3)


def establish(
    by: Actor, commune: Territory, villages: tuple[Territory, ...], **more: object
) -> Team:
    arguments = {"name": "Tổ 1", "decision": "12/QĐ-UBND", "decided_on": DAY} | more
    return actions.establish_team(by=by, commune=commune, villages=villages, **arguments)


def test_establishing_leaves_team_decision_villages_and_event(clerk, commune, villages):
    team = establish(clerk, commune, villages)

    assert list(team.served.values_list("village__code", flat=True)) == [v.code for v in villages]
    assert team.decisions.get().number == "12/QĐ-UBND"
    event = Event.everything.get(object_id=team.id)
    assert (event.kind, event.place_id, event.on_day) == ("team.established", commune.id, DAY)


def test_establishing_the_same_operation_twice_gives_one_team(clerk, commune, villages):
    op_id = uuid4()
    first = establish(clerk, commune, villages, op_id=op_id)

    assert establish(clerk, commune, villages, op_id=op_id) == first
    assert Team.everything.count() == 1


def test_an_operation_id_sent_again_with_another_name_is_refused(clerk, commune, villages):
    op_id = uuid4()
    establish(clerk, commune, villages[:1], op_id=op_id)

    with pytest.raises(OperationIdReused) as refusal:
        establish(clerk, commune, villages[1:], name="Tổ 2", op_id=op_id)

    assert refusal.value.field == "op_id"
    assert all(refusal.value.sentences())
    assert Team.everything.count() == 1


def test_an_operation_id_of_one_team_does_not_stand_for_another(clerk, commune, villages):
    teams = [establish(clerk, commune, (village,), name=f"Tổ {village.code}")
             for village in villages]  # fmt: skip
    op_id, later = uuid4(), DAY + timedelta(days=9)
    for _time in range(2):
        actions.dissolve_team(by=clerk, team=teams[0], decision="9/QĐ", decided_on=later,
                              op_id=op_id)  # fmt: skip

    with pytest.raises(OperationIdReused):
        actions.dissolve_team(by=clerk, team=teams[1], decision="9/QĐ", decided_on=later,
                              op_id=op_id)  # fmt: skip

    assert Team.everything.filter(dissolved_on__isnull=True).get() == teams[1]


def test_an_operation_id_of_one_step_does_not_stand_for_another_step(clerk, commune, villages):
    team, op_id = establish(clerk, commune, villages), uuid4()
    actions.change_team(by=clerk, team=team, name="Tổ B", villages=villages, decision="8/QĐ",
                        decided_on=DAY, op_id=op_id)  # fmt: skip

    with pytest.raises(OperationIdReused):
        actions.dissolve_team(by=clerk, team=team, decision="9/QĐ", op_id=op_id,
                              decided_on=DAY + timedelta(days=9))  # fmt: skip


def test_an_operation_id_of_one_person_does_not_stand_for_anothers(clerk, chair, commune, villages):
    op_id = uuid4()
    establish(clerk, commune, villages, op_id=op_id)

    with pytest.raises(OperationIdReused):
        establish(chair, commune, villages, op_id=op_id)


def test_an_operation_id_used_for_something_else_is_refused(
    clerk, province_officer, commune, villages
):
    op_id = uuid4()
    establish(clerk, commune, villages, op_id=op_id)

    with pytest.raises(OperationIdReused):
        actions.decide_strength(by=province_officer, village=villages[0], number=3,
                                valid_from=DAY, decision="1/QĐ", op_id=op_id)  # fmt: skip


@pytest.mark.parametrize("role", ["officer", "head", "leader", "member_actor", "province_officer",
                                  "analyst", "outsider", "sibling", "operator"])  # fmt: skip
def test_establishing_is_for_chair_and_clerk_of_the_commune(role, request, commune, villages):
    with pytest.raises(Forbidden):
        establish(request.getfixturevalue(role), commune, villages)

    assert not Team.everything.exists()
    assert not Event.everything.exists()


def test_a_team_without_village_is_refused(clerk, commune):
    with pytest.raises(actions.NoVillage) as refusal:
        establish(clerk, commune, ())

    assert refusal.value.field == "villages"


def test_a_team_outside_its_commune_is_refused_and_nothing_is_half_written(
    clerk, commune, villages, other_villages
):
    with pytest.raises(actions.VillageOutsideCommune, match="Mũi Né"):
        establish(clerk, commune, (villages[0], other_villages[0]))

    assert not Team.everything.exists()
    assert not ServedVillage.everything.exists()
    assert not TeamDecision.everything.exists()


def test_a_village_that_another_team_serves_is_refused(clerk, commune, villages):
    establish(clerk, commune, villages[:1])

    with pytest.raises(checks.VillageAlreadyServed, match="Tổ 1"):
        establish(clerk, commune, villages, name="Tổ 2")


def test_two_teams_of_one_name_in_a_commune_are_refused(clerk, commune, villages):
    establish(clerk, commune, villages[:1], name="Tổ Hòa Bình")

    with pytest.raises(Invalid):
        establish(clerk, commune, villages[1:], name="Tổ Hoà Bình")


def test_a_team_of_a_province_is_refused(clerk, loader, province, villages):
    with pytest.raises(actions.NotACommune):
        establish(loader, province, villages)


def test_a_team_before_its_commune_stands_is_refused(clerk, commune, villages):
    with pytest.raises(actions.CommuneNotInForce) as refusal:
        establish(clerk, commune, villages, decided_on=commune.valid_from - timedelta(days=1))

    assert refusal.value.field == "decided_on"


def test_changing_closes_villages_that_leave_and_opens_those_that_join(clerk, commune, villages):
    team = establish(clerk, commune, villages[:1])
    later = DAY + timedelta(days=30)

    actions.change_team(by=clerk, team=team, name="Tổ 1A", villages=villages[1:],
                        decision="20/QĐ-UBND", decided_on=later)  # fmt: skip

    dates = {s.village_id: (s.valid_from, s.valid_to) for s in team.served.all()}
    assert dates == {villages[0].id: (DAY, later), villages[1].id: (later, None)}
    assert Event.everything.get(kind="team.changed").detail["old_name"] == "Tổ 1"


def test_dissolving_frees_the_villages_from_that_day(clerk, commune, villages):
    team = establish(clerk, commune, villages)
    later = DAY + timedelta(days=30)

    actions.dissolve_team(by=clerk, team=team, decision="30/QĐ-UBND", decided_on=later)

    team.refresh_from_db()
    assert team.dissolved_on == later
    assert not team.served.filter(valid_to__isnull=True).exists()
    establish(clerk, commune, villages, decided_on=later)


def test_dissolving_before_establishing_is_refused(clerk, commune, villages):
    team = establish(clerk, commune, villages)

    with pytest.raises(actions.TeamDissolved):
        actions.dissolve_team(by=clerk, team=team, decision="30/QĐ-UBND",
                              decided_on=DAY - timedelta(days=1))  # fmt: skip


def test_dissolving_a_team_in_which_members_serve_is_refused(chair, team, member):
    with pytest.raises(actions.TeamStillHasMembers):
        actions.dissolve_team(by=chair, team=team, decision="30/QĐ-UBND", decided_on=DAY)


def dissolve(by: Actor, team: Team, day: date) -> Team:
    return actions.dissolve_team(by=by, team=team, decision="30/QĐ-UBND", decided_on=day)


def change(by: Actor, team: Team, villages: tuple[Territory, ...], day: date) -> Team:
    return actions.change_team(by=by, team=team, name=team.name, villages=villages,
                               decision=f"{uuid4().hex[:8]}/QĐ-UBND", decided_on=day)  # fmt: skip


def said_well(refusal: Refused, field: str) -> bool:
    return refusal.field == field and all(refusal.sentences())


def test_dissolving_on_the_day_of_establishing_is_refused(clerk, commune, villages):
    team = establish(clerk, commune, villages)

    with pytest.raises(actions.NotYetEstablished) as refusal:
        dissolve(clerk, team, DAY)

    assert said_well(refusal.value, "decided_on")


def test_dissolving_before_a_village_joined_is_refused(clerk, commune, villages):
    team = establish(clerk, commune, villages[:1])
    change(clerk, team, villages, DAY + timedelta(days=30))

    with pytest.raises(checks.DecidedTooEarly, match="02/04/2025") as refusal:
        dissolve(clerk, team, DAY + timedelta(days=10))

    assert said_well(refusal.value, "decided_on")
    team.refresh_from_db()
    assert team.dissolved_on is None
    assert team.served.filter(valid_to__isnull=True).count() == 2


def test_dissolving_on_the_day_a_village_joins_is_refused_by_its_name(clerk, commune, villages):
    team = establish(clerk, commune, villages[:1])
    joined = DAY + timedelta(days=30)
    change(clerk, team, villages, joined)

    with pytest.raises(checks.VillageJustJoined, match=villages[1].full_name) as refusal:
        dissolve(clerk, team, joined)

    assert said_well(refusal.value, "decided_on")
    dissolve(clerk, team, joined + timedelta(days=1))


def test_a_village_leaves_no_earlier_than_the_day_after_it_joined(clerk, commune, villages):
    team = establish(clerk, commune, villages[:1])
    joined = DAY + timedelta(days=30)
    change(clerk, team, villages, joined)

    with pytest.raises(checks.VillageJustJoined):
        change(clerk, team, villages[:1], joined)
    with pytest.raises(checks.DecidedTooEarly):
        change(clerk, team, villages[:1], joined - timedelta(days=1))

    assert team.served.filter(valid_to__isnull=True).count() == 2


def test_a_change_before_an_earlier_recorded_renaming_is_refused(clerk, commune, villages):
    team = establish(clerk, commune, villages)
    change(clerk, team, villages, DAY + timedelta(days=30))

    with pytest.raises(checks.DecidedTooEarly):
        change(clerk, team, villages, DAY + timedelta(days=29))


def test_dissolving_before_the_last_member_left_is_refused(clerk, commune, team, member):
    left = team.memberships.get()
    left.roles.update(valid_to=DAY)
    team.memberships.update(ended_on=DAY)

    with pytest.raises(actions.TeamStillHasMembers, match="02/03/2025"):
        dissolve(clerk, team, DAY - timedelta(days=1))

    dissolve(clerk, team, DAY)


def test_a_village_is_free_only_from_the_day_it_left_the_other_team(clerk, commune, villages):
    team = establish(clerk, commune, villages)
    dissolve(clerk, team, DAY + timedelta(days=30))

    with pytest.raises(checks.VillageAlreadyServed):
        establish(clerk, commune, villages, decided_on=DAY + timedelta(days=29))


def test_a_village_that_no_longer_stands_is_refused(clerk, province_officer, commune, villages):
    Territory.everything.filter(pk=villages[0].pk).update(valid_to=DAY)
    villages[0].refresh_from_db()

    with pytest.raises(checks.VillageNotInForce) as refusal:
        establish(clerk, commune, villages)
    with pytest.raises(checks.VillageNotInForce) as number:
        actions.decide_strength(by=province_officer, village=villages[0], number=3,
                                valid_from=DAY, decision="1/QĐ-UBND")  # fmt: skip

    assert said_well(refusal.value, "villages")
    assert said_well(number.value, "valid_from")


def test_a_new_decided_number_closes_the_one_before(province_officer, villages):
    first = actions.decide_strength(by=province_officer, village=villages[0], number=3,
                                    valid_from=DAY, decision="1/QĐ-UBND")  # fmt: skip
    later = DAY + timedelta(days=90)

    actions.decide_strength(by=province_officer, village=villages[0], number=5,
                            valid_from=later, decision="2/QĐ-UBND")  # fmt: skip

    first.refresh_from_db()
    assert first.valid_to == later
    assert DecidedStrength.everything.get(valid_to__isnull=True).number == 5


def test_a_decided_number_before_the_one_in_force_is_refused(province_officer, villages):
    actions.decide_strength(by=province_officer, village=villages[0], number=3,
                            valid_from=DAY, decision="1/QĐ-UBND")  # fmt: skip

    with pytest.raises(actions.StrengthOverlaps):
        actions.decide_strength(by=province_officer, village=villages[0], number=5,
                                valid_from=DAY, decision="2/QĐ-UBND")  # fmt: skip


def test_the_commune_cannot_decide_its_own_number(clerk, chair, villages):
    for actor in (clerk, chair):
        with pytest.raises(Forbidden):
            actions.decide_strength(by=actor, village=villages[0], number=9,
                                    valid_from=DAY, decision="1/QĐ-UBND")  # fmt: skip


def test_every_refusal_says_what_why_and_how_to_mend_it():
    for refusal in Refused.__subclasses__():
        if refusal.__module__ in {actions.__name__, checks.__name__}:
            assert all(part for part in (refusal.what, refusal.why, refusal.remedy)), refusal
