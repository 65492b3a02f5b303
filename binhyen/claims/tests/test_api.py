# SPDX-License-Identifier: AGPL-3.0-or-later
"""A claim by API from the accident to the answered complaint; a member's own; papers."""

from datetime import date, timedelta
from functools import partial

import pytest

from binhyen.claims.actions_decided import grant_claim
from binhyen.claims.models import Claim
from binhyen.claims.permissions import (
    APPRAISE_CLAIM,
    DRAFT_CLAIM,
    NOTE_ACCIDENT,
    PAY_CLAIM,
    RECEIVE_CLAIM,
    SIGN_OWN_CLAIM,
    VIEW_ACCIDENT,
    VIEW_CLAIM,
    VIEW_OWN_CLAIM,
)
from binhyen.claims.tests.making import CHAIR, DAY, PLAN, a_draft, an_accident, appraised, granted
from binhyen.core import clock
from binhyen.core.models import Event
from binhyen.entitlements.tests.making import a_patrol, a_resolution
from tests.asking import asking

pytestmark = pytest.mark.django_db
OFFICE = (APPRAISE_CLAIM, DRAFT_CLAIM, PAY_CLAIM, RECEIVE_CLAIM, VIEW_ACCIDENT, VIEW_CLAIM)
OWN = (SIGN_OWN_CLAIM, VIEW_OWN_CLAIM)
TODAY = f"{clock.today()}"


@pytest.fixture
def asks(client):
    """How somebody asks about claims with a key that may do some verbs."""
    return partial(asking, client, "claims")


@pytest.fixture
def noted(asks, officer, team, member):
    """An accident on a patrol, noted by API."""
    now = clock.now()
    patrol = a_patrol(team, [member], now - timedelta(hours=6), now - timedelta(hours=2))
    told = {"member": str(member.pk), "harm": "injury", "on_day": f"{patrol.on_day}",
            "duty": {"kind": "patrol", "id": str(patrol.pk)}}  # fmt: skip
    return asks(officer, NOTE_ACCIDENT)("/accidents", **told).json()


def test_a_claim_goes_its_way_by_api_and_only_persons_sign_and_decide(asks, clerk, noted):
    a_resolution(("INPATIENT_MEAL", "all", 70_200, "dong_day"), number="30/2024/NQ-HĐND")
    office = asks(clerk, *OFFICE)
    assert noted["plan_number"] == PLAN
    (missing,) = office("/unclaimed").json()["accidents"]
    assert (missing["accident"]["id"], missing["kinds"]) == (noted["id"], ["treatment", "capacity"])
    made = office("", member=noted["member"], kind="treatment", on_day=noted["on_day"],
                  accident=noted["id"]).json()  # fmt: skip
    one = f"/{made['id']}"
    assert office(f"{one}/sign", op_id=None).status_code == 404
    came = office(f"{one}/receive", signed_on=noted["on_day"], received_on=TODAY, channel="post",
                  recipient="self", means="cash", papers=["receipt"])  # fmt: skip
    assert came.json()["state"] == "received"
    assert office(f"{one}/ask", op_id=None).json()["due_on"] is None
    assert office(f"{one}/papers", came_on=TODAY, shared=["discharge"]).json()["days_left"] == 2
    assert office(f"{one}/pass-on", op_id=None).json()["state"] == "checked"
    facts = {"on_duty": True, "cost": 1_250_000, "inpatient_days": 3}
    assert office(f"{one}/appraise", facts=facts).json()["total"] == 1_460_600
    assert office(f"{one}/grant", decision="12/QĐ-UBND", decided_on=TODAY).status_code == 404
    grant_claim(by=CHAIR, claim=Claim.everything.get(), decision="12/QĐ-UBND",
                decided_on=clock.today())  # fmt: skip
    assert office(f"{one}/payment", paid_on=TODAY).json()["paid_on"] == TODAY
    office(f"{one}/complaint", lodged_on=TODAY, lodged_by="member")
    office(f"{one}/answer", outcome="upheld", answered_on=TODAY)
    assert office(one).json()["appeals"][0]["outcome"] == "upheld"


def test_a_claim_opens_by_api_down_to_article_and_value_and_the_reading_is_kept(
    asks, clerk, member
):
    a_resolution(("INPATIENT_MEAL", "all", 70_200, "dong_day"), number="30/2024/NQ-HĐND")
    claim = appraised(a_draft(member))
    told = asks(clerk, VIEW_CLAIM)(f"/{claim.pk}").json()
    meal = next(line for line in told["lines"] if line["item"] == "INPATIENT_MEAL")
    assert (meal["amount"], meal["facts"]["inpatient_days"]) == (702_000, 10)
    assert "Decree 40/2024/NĐ-CP Art. 5" in meal["article"]
    assert [(one["amount"], one["instrument"]) for one in meal["values"]] == [
        (70_200, "30/2024/NQ-HĐND")
    ]
    assert [step["state"] for step in told["steps"]] == ["received", "checked", "appraised"]
    assert {one["present"] for one in told["papers"]} == {"present"}
    assert Event.everything.filter(kind="claim.read", actor_id=clerk.id).exists()


def test_a_member_reads_drafts_and_withdraws_by_api_and_sees_nobody_elses(
    asks, clerk, member_actor, member, leader_member
):
    noted = an_accident(member)
    an_accident(leader_member)
    own = asks(member_actor, *OWN)
    (missing,) = own("/mine/unclaimed").json()["accidents"]
    assert missing["accident"]["id"] == str(noted.pk)
    made = own("/mine", kind="treatment", on_day=f"{DAY}", accident=str(noted.pk)).json()
    assert own(f"/mine/{made['id']}").json()["papers"][0] == {
        "paper": "application", "present": None, "came_on": None,
    }  # fmt: skip
    assert own("/mine", kind="funeral", on_day=f"{DAY}").json()["type"] == "NotOneself"
    assert own(f"/mine/{made['id']}/withdraw", op_id=None).json()["state"] == "withdrawn"
    other = a_draft(leader_member)
    assert own(f"/mine/{other.pk}").status_code == 404
    assert [row["id"] for row in own("/mine").json()["rows"]] == [made["id"]]


def test_accidents_are_listed_by_api_without_claims_for_police(asks, officer, clerk, noted, member):
    made = a_draft(member, day=date.fromisoformat(noted["on_day"]))
    police, office = asks(officer, VIEW_ACCIDENT), asks(clerk, *OFFICE, NOTE_ACCIDENT)
    assert [row["id"] for row in police("/accidents?open=true").json()["rows"]] == []
    assert police(f"/accidents/{noted['id']}").json()["claims"] == []
    seen = office(f"/accidents/{noted['id']}").json()["claims"]
    assert [row["id"] for row in seen] == [str(made.pk)]
    closed = office(f"/accidents/{noted['id']}/close", left="no_loss").json()
    assert closed["left"] == "no_loss"


def test_a_duty_of_somebody_else_and_an_unknown_fact_are_refused(
    asks, clerk, team, member, leader_member
):
    now = clock.now()
    patrol = a_patrol(team, [leader_member], now - timedelta(hours=3), now)
    office = asks(clerk, *OFFICE, NOTE_ACCIDENT)
    told = {"member": str(member.pk), "harm": "injury", "on_day": TODAY}
    refused = office("/accidents", **told, duty={"kind": "patrol", "id": str(patrol.pk)})
    assert refused.json()["type"] == "OtherDuty"
    claim = a_draft(member)
    assert office(f"/{claim.pk}/appraise", facts={"height": 3}).status_code == 422


def test_papers_come_by_api_when_they_are_there(asks, clerk, member_actor, member):
    claim = appraised(a_draft(member))
    office, own = asks(clerk, VIEW_CLAIM), asks(member_actor, *OWN)
    file = "files/decision.docx"
    assert office(f"/{claim.pk}/{file}").content.startswith(b"PK")
    assert own(f"/mine/{claim.pk}/{file}").json()["type"] == "NoPaperYet"
    after = granted(a_draft(member, day=DAY + timedelta(days=1)))
    assert own(f"/mine/{after.pk}/{file}").content.startswith(b"PK")
    assert office(f"/{after.pk}/files/request.pdf").json()["type"] == "NoPaperYet"
    taken = Event.everything.filter(kind="claim.decision_taken").order_by("id")
    assert [event.purpose for event in taken] == ["manage_force", "own_file"]
