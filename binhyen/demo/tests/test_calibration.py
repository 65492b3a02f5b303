# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invented country has the published figures, give or take what the tolerances say."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from binhyen.core import clock
from binhyen.demo.world.commune import World, build
from binhyen.demo.world.plan import YEAR, plan
from binhyen.demo.world.sources import DEMO_PROVINCE, rows
from binhyen.incidents.choices import LAW_CATEGORIES, SUPPORTED_OUTCOMES, ReportState
from binhyen.patrols.choices import PatrolState

SEED = 1
PUBLISHED = {row["indicator"]: float(row["value"]) for row in rows("calibration/force-national")}


@pytest.mark.parametrize(
    ("field", "indicator"),
    [
        ("teams", "teams"),
        ("patrols", "patrols"),
        ("findings", "violations_detected"),
        ("traffic", "traffic_guidance"),
        ("reports", "reports_to_police"),
        ("cases", "cases_supported"),
    ],
)
def test_nation_has_the_published_totals(field: str, indicator: str) -> None:
    total = sum(getattr(one, field) for one in plan(SEED).values())
    assert total == pytest.approx(PUBLISHED[indicator], rel=0.01)


def test_nation_has_the_published_members() -> None:
    total = sum(one.decided - one.unfilled for one in plan(SEED).values())
    assert total == pytest.approx(PUBLISHED["members"], rel=0.01)


def test_some_communes_are_not_fully_staffed() -> None:
    share = sum(one.unfilled > 0 for one in plan(SEED).values()) / len(plan(SEED))
    assert 0.1 < share < 0.4


def test_known_provinces_have_their_number_of_teams() -> None:
    teams: Counter[str] = Counter()
    for one in plan(SEED).values():
        teams[one.province] += one.teams
    assert teams["01"] == 5438
    assert teams["38"] == 4351


def test_every_commune_with_people_has_a_team_and_places_for_it() -> None:
    for one in plan(SEED).values():
        assert 1 <= one.teams <= one.villages
        assert one.decided >= 2 * one.teams
        assert 0 <= one.unfilled < one.decided


@pytest.fixture(scope="module")
def province() -> Counter[str]:
    """What the demonstration province has in the reference year, counted from its records."""
    world = World(SEED, datetime(2025, 9, 20, 3, tzinfo=UTC))
    found: Counter[str] = Counter()
    for code, one in world.plans().items():
        if one.province != DEMO_PROVINCE:
            continue
        commune = build(world, code)
        found["teams"] += len(commune.teams)
        found["members"] += sum(
            one.recognised_on < YEAR[1] and (one.ended_on is None or one.ended_on >= YEAR[1])
            for one in commune.memberships
        )
        found["patrols"] += sum(
            one.state == PatrolState.DONE and _in_year(one.started_at) for one in commune.patrols
        )
        found["findings"] += sum(_in_year(one.found_at) for one in commune.findings)
        found["traffic"] += sum(_in_year(one.started_at) for one in commune.traffic)
        found["reports"] += sum(
            one.category in LAW_CATEGORIES
            and one.handed_at is not None
            and one.state != ReportState.WITHDRAWN
            and _in_year(one.received_at)
            for one in commune.reports
        )
        found["cases"] += sum(
            one.outcome in SUPPORTED_OUTCOMES
            and one.concluded_on is not None
            and YEAR[0] <= one.concluded_on < YEAR[1]
            for one in commune.cases
        )
    return found


def _in_year(moment: datetime | None) -> bool:
    return moment is not None and YEAR[0] <= clock.day_of(moment) < YEAR[1]


@pytest.mark.parametrize(
    ("part", "whole", "ratio", "tolerance"),
    [
        ("members", "teams", 276_000 / 86_000, 0.01),
        ("patrols", "teams", 2_600_000 / 86_000, 0.01),
        ("findings", "patrols", 83_000 / 2_600_000, 0.02),
        ("traffic", "teams", 463_000 / 86_000, 0.02),
        ("reports", "teams", 141_000 / 86_000, 0.02),
        ("cases", "reports", 91_000 / 141_000, 0.03),
    ],
)
def test_province_has_the_published_ratios(
    province: Counter[str], part: str, whole: str, ratio: float, tolerance: float
) -> None:
    assert province[part] / province[whole] == pytest.approx(ratio, rel=tolerance)
