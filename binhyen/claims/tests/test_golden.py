# SPDX-License-Identifier: AGPL-3.0-or-later
"""Worked by hand: each kind of benefit with the values of a resolution, its article and sentence.

Values in đồng are those of Resolution 30/2024/NQ-HĐND of Hải Dương; those of capacity and the
multiples are shapes of drafts, as `law/tests/art24-benefits.yaml` says.
"""

from datetime import date

import pytest
from django.utils import translation

from binhyen.claims import computing
from binhyen.claims.choices import Kind
from binhyen.claims.explaining import chain, explained
from binhyen.claims.tests.making import DAY, FACTS, a_draft, appraised
from binhyen.entitlements.tests.making import a_resolution
from binhyen.law.choices import Outcome

pytestmark = pytest.mark.django_db


def lines_of(claim):
    return {line["item"]: (line["amount"], Outcome(line["outcome"])) for line in claim.lines}


@pytest.fixture
def hai_duong(commune):
    a_resolution(
        ("INPATIENT_MEAL", "all", 70_200, "dong_day"),
        ("DEATH_SURVIVOR", "all", 53_640_000, "dong_case"),
        ("FUNERAL", "all", 14_900_000, "dong_case"),
        number="30/2024/NQ-HĐND",
    )
    return commune


def test_treatment_is_paid_as_it_cost_and_meals_by_the_day(hai_duong, member):
    claim = appraised(a_draft(member))
    # 4,250,000 as it cost; 10 × 70,200 = 702,000; together 4,952,000.
    assert lines_of(claim) == {
        "TREATMENT_COST": (4_250_000, Outcome.PAID),
        "INPATIENT_MEAL": (702_000, Outcome.PAID),
    }
    assert claim.total == 4_952_000


def test_survivors_and_funeral_are_paid_as_decided_at_whatever_base_salary(hai_duong, member):
    survivor, funeral = (appraised(a_draft(member, kind)) for kind in (Kind.SURVIVOR, Kind.FUNERAL))
    assert lines_of(survivor) == {"DEATH_SURVIVOR": (53_640_000, Outcome.PAID)}
    assert lines_of(funeral) == {"FUNERAL": (14_900_000, Outcome.PAID)}


def test_a_loss_of_twelve_percent_in_dong(commune, member):
    a_resolution(
        ("CAPACITY_FROM", "all", 5, "percent_lost"),
        ("CAPACITY_FIRST", "all", 7_450_000, "dong_case"),
        ("CAPACITY_STEP", "all", 750_000, "dong_case"),
    )
    # 7,450,000 + 7 × 750,000 = 12,700,000.
    claim = appraised(a_draft(member, Kind.CAPACITY))
    assert lines_of(claim) == {"CAPACITY_LOSS": (12_700_000, Outcome.PAID)}
    with translation.override("en"):
        labels = [str(label) for label, _said in explained(claim)[0].inputs]
    assert "Lost working capacity, for each further percent" in labels


def test_multiples_follow_the_base_salary_of_the_day_of_the_event(commune, member):
    a_resolution(
        ("CAPACITY_FROM", "all", 5, "percent_lost"),
        ("CAPACITY_FIRST", "all", 500, "base_hundredths"),
        ("CAPACITY_STEP", "all", 50, "base_hundredths"),
        ("FUNERAL", "all", 1_000, "base_hundredths"),
    )
    # From 1 July 2026 the base salary is 2,530,000: (5 + 7 × 0.5) × 2,530,000 = 21,505,000;
    # 10 × 2,530,000 = 25,300,000.
    assert appraised(a_draft(member, Kind.CAPACITY)).total == 21_505_000
    assert appraised(a_draft(member, Kind.FUNERAL)).total == 25_300_000


def test_a_share_and_a_most_of_the_treatment(commune, member):
    a_resolution(
        ("TREATMENT_MOST", "all", 80, "percent_cost"), ("INPATIENT_MEAL", "all", 70_000, "dong_day")
    )
    # 80 % × 4,250,000 = 3,400,000; 10 × 70,000 = 700,000.
    assert appraised(a_draft(member)).total == 4_100_000


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"on_duty": 0}, Outcome.NOT_ON_DUTY),
        ({"self_harm": 1}, Outcome.SELF_HARM),
        ({"private_conflict": 1}, Outcome.PRIVATE_CONFLICT),
        ({"substances": 1}, Outcome.SUBSTANCES),
        ({"has_health_insurance": 1}, Outcome.INSURED),
    ],
)
def test_what_is_left_out_pays_nothing_and_says_why(hai_duong, facts, outcome):
    found = computing.reckon(
        Kind.TREATMENT, FACTS[Kind.TREATMENT] | facts, hai_duong, DAY, base_on=None
    )
    assert found.total == 0
    assert {line["outcome"] for line in found.lines} == {outcome}


def test_without_a_value_in_force_nothing_is_paid_and_no_rate_is_made_up(commune, member):
    claim = appraised(a_draft(member, Kind.SURVIVOR))
    assert lines_of(claim) == {"DEATH_SURVIVOR": (0, Outcome.NO_VALUE)}
    assert claim.values == []


def test_a_claim_explains_itself_from_what_was_frozen(hai_duong, member):
    claim = appraised(a_draft(member))
    a_resolution(("INPATIENT_MEAL", "all", 99_000, "dong_day"), number="40/2026/NQ-HĐND",
                 first=date(2026, 9, 1))  # fmt: skip
    claim.refresh_from_db()
    with translation.override("en"):
        said = "\n".join(chain(claim)).replace("\xa0", " ")
    assert "10 days × 70,200 đồng, 30/2024/NQ-HĐND" in said
    assert "Law 30/2023/QH15 Art. 24(2); Decree 40/2024/NĐ-CP Art. 5" in said
    assert "Total: 4,952,000 đồng" in said
    assert computing.digest_of(claim) == claim.digest
