# SPDX-License-Identifier: AGPL-3.0-or-later
"""Giving and ending roles: nobody gives more than they hold."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from binhyen.accounts import actions, queries
from binhyen.accounts.actions import TeamOfRole
from binhyen.accounts.choices import LEVEL_OF_ROLE, TEAM_ROLES, Role
from binhyen.accounts.models import Appointment, User
from binhyen.accounts.permissions import GRANTS, VIEW_ACCOUNTS
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden, Invalid
from binhyen.core.models import Event
from binhyen.territory.models import Territory
from tests.cast import COMMUNE, NATION, OTHER_PROVINCE, PROVINCE, an_account, an_actor

SINCE = date(2025, 9, 1)


@pytest.fixture
def newcomer(loader: Actor, nation: Territory) -> User:
    return actions.open_account(
        by=loader, at=nation, username="mai.le", full_name="Lê Thị Mai"
    ).user


def _appoint(by: Actor, user: User, role: str, place: Territory, **more: object) -> Appointment:
    arguments = {"valid_from": SINCE} | more
    return actions.appoint(by=by, user=user, role=role, territory=place, **arguments)


def test_head_of_police_appoints_an_officer_in_the_commune(
    head: Actor, newcomer: User, commune: Territory, today: date
) -> None:
    _appoint(head, newcomer, Role.COMMUNE_POLICE, commune, decision="5/QĐ-CAX")
    actor = newcomer.actor(today)
    assert actor.roles == {Role.COMMUNE_POLICE}
    event = Event.everything.get(kind="role.given")
    assert event.path == COMMUNE
    assert event.detail == {"role": "commune_police", "acting": False, "decision": "5/QĐ-CAX"}


_GIVERS = [Role.PROVINCE_POLICE, Role.PROVINCE_CHAIR, Role.COMMUNE_POLICE_HEAD, Role.COMMUNE_CHAIR,
           Role.COMMUNE_CLERK, Role.COMMUNE_POLICE, Role.LEADER, Role.MINISTRY_ANALYST,
           Role.DATA_PROTECTION, Role.INSPECTOR, Role.OPERATOR]  # fmt: skip


@pytest.mark.parametrize("giver", _GIVERS)
@pytest.mark.parametrize("role", Role)
def test_every_role_gives_exactly_what_the_law_lets_it_give(
    giver: Role, role: Role, newcomer: User, commune: Territory, team: TeamOfRole
) -> None:
    places = {"nation": NATION, "province": PROVINCE, "commune": COMMUNE}
    held_at = places[sorted(LEVEL_OF_ROLE[giver])[0]]
    level = sorted(LEVEL_OF_ROLE[role])[0]
    place = Territory.everything.get(path=places[level])
    by = an_actor(giver, held_at)
    team_of_role = team if role in TEAM_ROLES else None
    if role in GRANTS.get(giver, frozenset()) and place.path.startswith(held_at):
        assert _appoint(by, newcomer, role, place, team=team_of_role).role == role
    else:
        with pytest.raises((Forbidden, actions.RoleNotYoursToGive)):
            _appoint(by, newcomer, role, place, team=team_of_role)


def test_nobody_gives_roles_outside_their_area(
    head: Actor, newcomer: User, other_commune: Territory, other_province_commune: Territory
) -> None:
    for place in (other_commune, other_province_commune):
        with pytest.raises(Forbidden):
            _appoint(head, newcomer, Role.COMMUNE_POLICE, place)


def test_role_held_elsewhere_does_not_lend_its_grants(
    newcomer: User, commune: Territory, other_province: Territory
) -> None:
    """A clerk here who is provincial police elsewhere appoints nobody here."""
    here = an_actor(Role.COMMUNE_CHAIR, COMMUNE)
    there = an_actor(Role.PROVINCE_POLICE, OTHER_PROVINCE)
    both = Actor(here.id, here.name, here.on, (*here.standings, *there.standings))
    with pytest.raises(actions.RoleNotYoursToGive):
        _appoint(both, newcomer, Role.COMMUNE_POLICE_HEAD, commune)


@pytest.mark.parametrize("days", [(-10, 0), (1, 10)])
def test_expired_and_future_givers_give_nothing(
    days: tuple[int, int], newcomer: User, commune: Territory, today: date
) -> None:
    by = an_actor(Role.COMMUNE_POLICE_HEAD, COMMUNE, valid_from=today + timedelta(days[0]),
                  valid_to=today + timedelta(days[1]))  # fmt: skip
    with pytest.raises(Forbidden):
        _appoint(by, newcomer, Role.COMMUNE_POLICE, commune)


def test_nobody_appoints_themselves(head: Actor, commune: Territory) -> None:
    with pytest.raises(actions.OwnAppointment):
        _appoint(head, an_account(head), Role.COMMUNE_POLICE, commune)


@pytest.mark.parametrize(
    ("role", "path"),
    [(Role.COMMUNE_CHAIR, PROVINCE), (Role.PROVINCE_POLICE, COMMUNE), (Role.LEADER, PROVINCE),
     (Role.MINISTRY_ANALYST, PROVINCE), ("king", COMMUNE), (Role.COMMUNE_CLERK, COMMUNE + "01.")],
)  # fmt: skip
def test_role_at_the_wrong_level_is_refused(
    loader: Actor, newcomer: User, villages: object, role: str, path: str
) -> None:
    with pytest.raises(actions.RoleAtWrongLevel) as refusal:
        _appoint(loader, newcomer, role, Territory.everything.get(path=path))
    assert refusal.value.field == "territory"


def test_loader_is_never_given(loader: Actor, newcomer: User, nation: Territory) -> None:
    with pytest.raises(actions.RoleNotYoursToGive):
        _appoint(loader, newcomer, Role.LOADER, nation)


def test_acting_appointment_needs_an_end(chair: Actor, newcomer: User, commune: Territory) -> None:
    with pytest.raises(actions.ActingNeedsEnd):
        _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune, is_acting=True)
    given = _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune, is_acting=True,
                     valid_to=date(2025, 12, 1))  # fmt: skip
    assert given.is_acting


def test_end_before_the_beginning_is_refused(
    chair: Actor, newcomer: User, commune: Territory
) -> None:
    with pytest.raises(Invalid):
        _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune, valid_to=SINCE - timedelta(1))


def test_place_that_does_not_stand_yet_is_refused(
    chair: Actor, newcomer: User, commune: Territory
) -> None:
    with pytest.raises(actions.PlaceNotInForce):
        _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune, valid_from=date(2024, 6, 30))


def test_team_role_needs_a_team_of_the_commune(
    head: Actor, newcomer: User, commune: Territory, team: TeamOfRole, other_team: TeamOfRole
) -> None:
    for wrong in (None, other_team):
        with pytest.raises(actions.TeamMissing):
            _appoint(head, newcomer, Role.LEADER, commune, team=wrong)
    assert _appoint(head, newcomer, Role.LEADER, commune, team=team).team_id == team.id


def test_other_roles_have_no_team(
    chair: Actor, newcomer: User, commune: Territory, team: TeamOfRole
) -> None:
    with pytest.raises(actions.TeamNotWanted):
        _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune, team=team)


def test_same_role_on_the_same_days_is_refused_and_after_its_end_given(
    chair: Actor, newcomer: User, commune: Territory
) -> None:
    end = date(2025, 12, 1)
    _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune, valid_to=end)
    with pytest.raises(actions.AlreadyAppointed, match="01/09/2025"):
        _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune, valid_from=end - timedelta(1))
    with pytest.raises(actions.AlreadyAppointed):
        _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune, valid_from=date(2025, 8, 1))
    assert _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune, valid_from=end).pk


def test_closed_account_gets_no_role(chair: Actor, newcomer: User, commune: Territory) -> None:
    newcomer.is_active = False
    newcomer.save()
    with pytest.raises(actions.AccountClosed):
        _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune)


def test_same_operation_twice_appoints_once(
    chair: Actor, newcomer: User, commune: Territory
) -> None:
    op_id = uuid4()
    both = [_appoint(chair, newcomer, Role.COMMUNE_CLERK, commune, op_id=op_id) for _ in range(2)]
    assert both[0] == both[1]


def test_rights_end_on_the_day_of_the_end(chair: Actor, newcomer: User, commune: Territory) -> None:
    given = _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune)
    end = date(2025, 10, 1)
    actions.end_appointment(by=chair, appointment=given, ended_on=end, decision="9/QĐ-UBND")
    assert newcomer.actor(end - timedelta(1)).roles == {Role.COMMUNE_CLERK}
    assert newcomer.actor(end).roles == frozenset()


def test_role_given_by_mistake_ends_before_it_was_held(
    chair: Actor, newcomer: User, commune: Territory
) -> None:
    given = _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune)
    actions.end_appointment(by=chair, appointment=given, ended_on=SINCE)
    assert newcomer.actor(SINCE).roles == frozenset()


def test_end_is_refused_before_the_start_and_after_an_earlier_end(
    chair: Actor, newcomer: User, commune: Territory
) -> None:
    given = _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune, valid_to=date(2025, 12, 1))
    with pytest.raises(actions.EndsBeforeStart):
        actions.end_appointment(by=chair, appointment=given, ended_on=SINCE - timedelta(1))
    with pytest.raises(actions.AlreadyEnded):
        actions.end_appointment(by=chair, appointment=given, ended_on=date(2025, 12, 1))


def test_role_is_ended_only_by_those_who_may_give_it(
    chair: Actor, head: Actor, sibling: Actor, newcomer: User, commune: Territory
) -> None:
    given = _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune)
    with pytest.raises(actions.RoleNotYoursToGive):
        actions.end_appointment(by=head, appointment=given, ended_on=date(2025, 12, 1))
    with pytest.raises(Forbidden):
        actions.end_appointment(by=sibling, appointment=given, ended_on=date(2025, 12, 1))


def test_account_is_opened_with_a_made_up_password_shown_once(
    head: Actor, commune: Territory
) -> None:
    op_id = uuid4()
    opened = actions.open_account(by=head, at=commune, username=" An.Tran ", full_name="Trần  An",
                                  op_id=op_id)  # fmt: skip
    assert (opened.user.username, opened.user.full_name) == ("an.tran", "Trần An")
    assert opened.user.check_password(opened.password)
    assert opened.user.actor(date.max).roles == frozenset()
    again = actions.open_account(by=head, at=commune, username="an.tran", full_name="Trần An",
                                 op_id=op_id)  # fmt: skip
    assert again == (opened.user, "")


def test_user_name_is_given_once(head: Actor, commune: Territory, newcomer: User) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.open_account(by=head, at=commune, username="MAI.LE", full_name="Lê Mai")
    assert refusal.value.field == "username"


def test_only_those_who_appoint_open_accounts(clerk: Actor, commune: Territory) -> None:
    with pytest.raises(Forbidden):
        actions.open_account(by=clerk, at=commune, username="x", full_name="X")


def test_no_event_about_accounts_names_the_person(
    chair: Actor, newcomer: User, commune: Territory
) -> None:
    given = _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune)
    actions.end_appointment(by=chair, appointment=given, ended_on=date(2025, 12, 1))
    for event in Event.everything.all():
        assert "Mai" not in str(event.detail)
        assert "mai.le" not in str(event.detail)


def test_list_of_roles_ends_at_the_scope(
    chair: Actor, head: Actor, newcomer: User, commune: Territory, other_commune: Territory,
    loader: Actor, today: date,
) -> None:  # fmt: skip
    given = _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune)
    _appoint(loader, newcomer, Role.COMMUNE_CLERK, other_commune)
    rows = queries.appointments_in(scope=head.scope(VIEW_ACCOUNTS), on=today)
    assert list(rows) == [given]


def test_appointment_of_another_commune_is_not_found(
    loader: Actor, head: Actor, newcomer: User, other_commune: Territory
) -> None:
    given = _appoint(loader, newcomer, Role.COMMUNE_CLERK, other_commune)
    with pytest.raises(Forbidden):
        queries.appointment(scope=head.scope(VIEW_ACCOUNTS), appointment_id=given.id)


def test_ended_and_standing_roles_are_two_lists(
    chair: Actor, newcomer: User, commune: Territory
) -> None:
    given = _appoint(chair, newcomer, Role.COMMUNE_CLERK, commune, valid_to=date(2025, 10, 1))
    scope = chair.scope(VIEW_ACCOUNTS)
    last, after = date(2025, 9, 30), date(2025, 10, 1)
    assert list(queries.appointments_in(scope=scope, on=last)) == [given]
    assert list(queries.ended_appointments_in(scope=scope, on=last)) == []
    assert list(queries.appointments_in(scope=scope, on=after)) == []
    assert list(queries.ended_appointments_in(scope=scope, on=after)) == [given]


@pytest.mark.parametrize("username", ["", "nobody", "mai.le'--", "x" * 5000, "mai\x00"])
def test_unknown_user_name_is_refused(newcomer: User, username: str) -> None:
    with pytest.raises(queries.UnknownAccount):
        queries.account_named(username)


def test_user_name_is_found_in_any_case(newcomer: User) -> None:
    assert queries.account_named(" Mai.LE ") == newcomer


def test_language_is_chosen_by_oneself_only(newcomer: User, head: Actor, today: date) -> None:
    actions.choose_language(by=newcomer.actor(today), user=newcomer, language="en")
    assert User.objects.get(pk=newcomer.pk).language == "en"
    with pytest.raises(Forbidden):
        actions.choose_language(by=head, user=newcomer, language="vi")
    with pytest.raises(Forbidden):
        actions.choose_language(by=newcomer.actor(today), user=newcomer, language="fr")
