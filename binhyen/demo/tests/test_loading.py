# SPDX-License-Identifier: AGPL-3.0-or-later
"""Loading: whole communes or nothing, once, with figures and accounts that work."""

from datetime import UTC, date, datetime
from uuid import uuid5

import pytest

from binhyen.accounts.models import User
from binhyen.core import clock
from binhyen.core.actors import EVERYWHERE
from binhyen.core.models import Event
from binhyen.core.periods import from_days
from binhyen.demo import loading, signing, signins
from binhyen.demo.world.commune import World, build
from binhyen.demo.world.plan import SHOWCASE
from binhyen.incidents.models import Case, Report
from binhyen.indicators import queries, verifying
from binhyen.indicators.models import TypedFigure
from binhyen.patrols.models import Patrol, PatrolMember
from binhyen.personnel.models import Member
from binhyen.teams.models import Team
from binhyen.territory.actions import add_village
from binhyen.territory.models import Territory

WORLD = World(7, datetime(2025, 9, 25, 3, 0, tzinfo=UTC))
SMALL = ["25114", "24620", "23074"]
COUNTED = (Team, Member, Patrol, PatrolMember, Report, Case)


def _counts() -> dict[str, int]:
    return {model.__name__: model.everything.count() for model in COUNTED} | {
        "events": Event.everything.count()
    }


@pytest.fixture
def world(db: None) -> World:
    """A database in which a load has begun."""
    return loading.begin(WORLD)


def test_loaded_commune_has_every_record_with_its_event(world: World) -> None:
    counts = loading.load(world, SMALL[:1])
    assert counts.patrols == Patrol.everything.count() > 50
    assert counts.members == Member.everything.count()
    assert counts.reports == Report.everything.count()
    for patrol in Patrol.everything.all():
        assert Event.everything.filter(object_id=patrol.id, kind__startswith="patrol.").exists()


def test_load_that_is_killed_goes_on_where_it_stopped(world: World) -> None:
    def kill(code: str) -> None:
        if code == SMALL[1]:
            raise KeyboardInterrupt

    loading.load(world, SMALL[:1])
    with pytest.raises(KeyboardInterrupt):
        loading.load(world, SMALL[1:], watch=kill)
    assert loading.missing(SMALL) == SMALL[1:]
    loading.load(world, loading.missing(SMALL))
    stopped = _counts()
    assert loading.missing(SMALL) == []
    assert stopped["Team"] == sum(world.plans()[code].teams for code in SMALL)
    assert Patrol.everything.count() == Patrol.everything.values("id").distinct().count()


def test_second_load_changes_nothing(world: World) -> None:
    loading.load(world, SMALL[:1])
    before = _counts()
    again = loading.begin(World(7, clock.now()))
    loading.load(again, loading.missing(SMALL[:1]))
    assert again == WORLD
    assert _counts() == before


def test_other_seed_is_refused_where_a_demo_is(world: World) -> None:
    with pytest.raises(loading.OtherDemo) as refusal:
        loading.begin(World(8, WORLD.now), is_asked=frozenset({"seed"}))
    assert "7" in str(refusal.value)


def test_commune_with_villages_of_its_own_is_left_alone(world: World) -> None:
    commune = Territory.everything.get(code=SMALL[0], valid_to__isnull=True)
    add_village(by=loading.loader(world), commune=commune, kind="thôn", name="Thật",
                valid_from=date(2025, 7, 1), decision="1/NQ-HĐND")  # fmt: skip
    with pytest.raises(loading.NotEmpty):
        loading.load(world, SMALL[:1])
    assert Team.everything.count() == 0


def test_figures_count_what_was_loaded(world: World) -> None:
    counts = loading.load(world, SMALL[:1])
    loading.finish()
    place = Territory.everything.get(code=SMALL[0], valid_to__isnull=True)
    period = from_days(date(2024, 7, 1), WORLD.today)
    figures = queries.figures_for(["ACT_PATROLS", "FORCE_TEAMS"], place, period, scope=EVERYWHERE)
    assert figures["FORCE_TEAMS"].value == counts.teams
    assert figures["ACT_PATROLS"].value == Patrol.everything.filter(state="done").count()
    assert verifying.verify() == []


def test_signed_figures_keep_the_contradiction_of_the_article(world: World) -> None:
    signins.open_offices(world)
    assert signing.sign_provinces(world, SMALL) == 1
    assert signing.sign_provinces(world, SMALL) == 0
    doubted = TypedFigure.everything.get(indicator="EXT_GAMBLING_SUBJECTS")
    assert doubted.value == 7596
    assert "EXT_SO_ARRESTED" in doubted.doubt
    assert doubted.signed_by == User.objects.get(username="cong-an-tinh").full_name


def test_planted_records_of_loaded_communes_are_listed(world: World) -> None:
    code = next(code for code, plan in world.plans().items()
                if plan.province == "68" and plan.teams < 14
                and _is_planted(world, code))  # fmt: skip
    loading.load(world, [code])
    planted = loading.planted()["communes"][code]
    keys = planted["copied"] + planted["leaps"]
    assert keys
    assert Patrol.everything.filter(id__in=keys).count() == len(keys)


def _is_planted(world: World, code: str) -> bool:
    planted = build(world, code).planted
    return bool(planted.copied or planted.leaps)


def test_loaded_commune_is_marked_by_its_operation(world: World) -> None:
    loading.load(world, SMALL[:1])
    event = Event.everything.get(op_id=uuid5(loading.NAMES, SMALL[0]))
    assert event.path.endswith(f"{SMALL[0]}.")
    assert SHOWCASE not in event.path
