# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invented world: the same from the same seed, possible in itself, nobody real in it."""

import itertools
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest

from binhyen.core import clock
from binhyen.core.text import fold
from binhyen.demo.world.commune import Commune, World, build, sample_posts
from binhyen.demo.world.plan import SHOWCASE
from binhyen.demo.world.planted import COPIED_MINUTES, LEAP_M
from binhyen.demo.world.rhythm import LAUNCH, rhythm, stretches
from binhyen.demo.world.sources import rows, stream
from binhyen.incidents.choices import ReportState
from binhyen.incidents.words import check_account
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.rules import decode_track, track_distance_m
from binhyen.personnel.rules import YOUNGEST, age_on
from binhyen.teams.choices import Post

NOW = datetime(2025, 11, 12, 3, 0, tzinfo=UTC)
WORLD = World(7, NOW)
SMALL = "25114"
"""Đạ Huoai 3, one of the smallest communes of the province."""


@pytest.fixture(scope="module")
def showcase() -> Commune:
    """The commune of the sample accounts."""
    return build(WORLD, SHOWCASE)


def digest(commune: Commune) -> str:
    """A fingerprint of everything in a commune."""
    return sha256(repr(commune).encode()).hexdigest()


def test_commune_is_the_same_from_the_same_seed() -> None:
    assert digest(build(WORLD, SMALL)) == digest(build(WORLD, SMALL))


def test_commune_is_another_from_another_seed() -> None:
    assert digest(build(WORLD, SMALL)) != digest(build(World(8, NOW), SMALL))


def test_commune_is_the_same_whatever_was_made_before() -> None:
    alone = digest(build(WORLD, SMALL))
    build(WORLD, SHOWCASE)
    assert digest(build(WORLD, SMALL)) == alone


def test_later_now_leaves_what_was_before() -> None:
    before, after = build(WORLD, SMALL), build(World(7, NOW + timedelta(days=70)), SMALL)
    done = {one.id: one for one in after.patrols}
    for one in before.patrols:
        if one.state == PatrolState.DONE:
            assert done[one.id].started_at == one.started_at
            assert done[one.id].members == one.members
    assert {one.id for one in before.members} <= {one.id for one in after.members}
    assert {one.id for one in before.reports} <= {one.id for one in after.reports}


def test_members_are_never_on_two_patrols_at_once(showcase: Commune) -> None:
    duties = defaultdict(list)
    for one in showcase.patrols:
        if one.state in {PatrolState.PLANNED, PatrolState.UNDER_WAY, PatrolState.DONE}:
            for member in one.members:
                duties[member].append((one.began_at, one.ended_at or one.planned_end))
    for mine in duties.values():
        mine.sort()
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(mine))


def test_patrol_states_fit_the_moment(showcase: Commune) -> None:
    for one in showcase.patrols:
        if one.state == PatrolState.DONE:
            assert one.ended_at is not None
            assert one.ended_at <= NOW
        elif one.state == PatrolState.UNDER_WAY:
            assert one.started_at is not None
            assert one.started_at <= NOW
        elif one.state == PatrolState.PLANNED:
            assert one.planned_start > NOW


def test_sample_commune_has_something_to_do_this_morning(showcase: Commune) -> None:
    states = [one.state for one in showcase.patrols]
    assert PatrolState.UNDER_WAY in states
    assert states.count(PatrolState.PLANNED) > 5
    assert sum(one.state == ReportState.RECEIVED for one in showcase.reports) >= 2


def test_tracks_are_kept_thirty_days_and_measure_the_way(showcase: Commune) -> None:
    walked = [one for one in showcase.patrols if one.track]
    assert walked
    for one in walked:
        assert one.started_at is not None
        assert NOW - timedelta(days=30) <= one.started_at
        assert one.distance_m == track_distance_m(decode_track(one.track))


def test_each_team_has_at_most_one_leader_a_day(showcase: Commune) -> None:
    led = defaultdict(list)
    for membership in showcase.memberships:
        for role in membership.roles:
            assert role.valid_to is None or role.valid_from < role.valid_to
            if role.post == Post.LEADER:
                led[membership.team_id].append((role.valid_from, role.valid_to or date.max))
    for spans in led.values():
        spans.sort()
        assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))


def test_members_are_of_age_and_in_one_team(showcase: Commune) -> None:
    born = {one.id: one.born_on for one in showcase.members}
    seen = set()
    for one in showcase.memberships:
        assert age_on(born[one.member_id], one.recognised_on) >= YOUNGEST
        assert one.member_id not in seen
        seen.add(one.member_id)


def test_nobody_is_called_like_a_street_or_an_example() -> None:
    taken = {row["street"] for row in rows("names/street-names")}
    taken |= {row["full_name"] for row in rows("names/ethnic-full-name-examples")}
    for code in (SMALL, "24617", "23005"):
        assert not taken & {one.full_name for one in build(WORLD, code).members}


def test_phone_numbers_reach_nobody(showcase: Commune) -> None:
    assert all(one.phone[:4] in {"0100", ""} for one in showcase.members)


def test_villages_have_names_of_their_own() -> None:
    for code in (SHOWCASE, "24781", "24617", "00004", "11329"):
        commune = build(World(7, datetime(2025, 9, 17, 3, tzinfo=UTC), 1), code)
        assert len({fold(one.spoken) for one in commune.villages}) == len(commune.villages)


def test_texts_of_reports_speak_of_places_only(showcase: Commune) -> None:
    texts = {one.account for one in showcase.reports if one.account}
    assert texts
    for text in texts:
        assert check_account(text, confirm_words=False) is False


def test_texts_of_reports_are_forgotten_after_ninety_days(showcase: Commune) -> None:
    for one in showcase.reports:
        if one.handed_at is not None and one.handed_at < NOW - timedelta(days=91):
            assert one.account == ""


def test_planted_records_are_what_the_list_says() -> None:
    found = {"copied": 0, "leaps": 0}
    for code, plan in list(WORLD.plans().items())[2000:2400:10]:
        if plan.teams > 12:
            continue
        commune = build(World(7, NOW), code)
        patrols = {one.id: one for one in commune.patrols}
        for key in commune.planted.copied:
            one = patrols[key]
            assert one.started_at == one.planned_start
            assert one.ended_at == one.planned_start + timedelta(minutes=COPIED_MINUTES)
        for key in commune.planted.leaps:
            assert (patrols[key].distance_m or 0) >= LEAP_M
        found["copied"] += len(commune.planted.copied)
        found["leaps"] += len(commune.planted.leaps)
        honest = [one for one in commune.patrols if one.id not in commune.planted.leaps]
        assert all((one.distance_m or 0) < LEAP_M for one in honest)
    assert found["copied"]
    assert found["leaps"]


def test_sample_accounts_serve_today() -> None:
    sample = sample_posts(WORLD)
    for one in (sample.leader, sample.deputy, sample.member):
        assert one.is_serving(WORLD.today)
        assert one.team.id == sample.team.id


def test_stretches_join_and_reach_the_day() -> None:
    found = list(stretches(date(2026, 1, 5)))
    assert found[0][0] == LAUNCH
    assert all(one[1] == two[0] for one, two in itertools.pairwise(found))
    assert found[-1][0] <= date(2026, 1, 5) < found[-1][1]
    assert (date(2025, 9, 1), date(2025, 9, 16)) in found


def test_weekends_tet_and_storms_see_more_patrols() -> None:
    weights = rhythm("68")

    def on(day: date) -> float:
        return weights.until(day + timedelta(days=1)) - weights.until(day)

    assert on(date(2025, 3, 8)) > 1.3 * on(date(2025, 3, 4))
    assert on(date(2025, 1, 28)) > 1.5 * on(date(2025, 2, 11))
    assert on(date(2025, 10, 30)) > 1.2 * on(date(2025, 10, 16))
    assert rhythm("01").share(date(2025, 10, 27), date(2025, 11, 3)) < weights.share(
        date(2025, 10, 27), date(2025, 11, 3)
    )


def test_years_leave_out_what_lies_between_but_keep_the_last_weeks() -> None:
    now = clock.at_vietnam(date(2026, 10, 20), 10)
    found = World(7, now, 1).stretches()
    assert (date(2025, 9, 1), date(2025, 9, 16)) in found
    assert not any(date(2025, 9, 16) <= start < date(2026, 7, 1) for start, _end in found)
    assert found[-1][1] > date(2026, 10, 20)


def test_stream_is_named_by_all_of_its_key() -> None:
    assert stream(1, "a", "bc").random() != stream(1, "ab", "c").random()
