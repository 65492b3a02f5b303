# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records of phones for programs: the same decisions as the pages."""

from datetime import timedelta

import pytest

from binhyen.accounts.actions_tokens import make_token
from binhyen.accounts.models import Device
from binhyen.core import clock
from binhyen.core.models import Event
from binhyen.patrols.models import TrafficHelp
from binhyen.sync import queries
from binhyen.sync.models import Operation
from binhyen.sync.permissions import RESOLVE, VIEW_RECEIPT
from tests import cast

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/phone-records"


@pytest.fixture
def waiting(client, phone, team):
    """A record that waits: its number was used before."""
    body = {"team": str(team.pk), "kind": "jam", "duration_min": 5, "place": "Ngã ba chim yến"}
    ops = [phone.operation("traffic.help", body, n=1) for _each in range(2)]
    phone.push(client, *ops)
    return Operation.everything.get(standing="quarantined")


def key_for(actor, *verbs, path=cast.COMMUNE):
    user = cast.an_account(actor)
    made = make_token(
        by=user.actor(clock.today()), label="thử", territory=cast.the_place(path),
        verbs=[verb.key for verb in verbs], valid_to=clock.today() + timedelta(days=9),
    )  # fmt: skip
    return {"HTTP_AUTHORIZATION": f"Bearer {made.secret}", "HTTP_ACCEPT_LANGUAGE": "en"}


def test_the_list_says_what_waits_and_why_but_neither_who_nor_what(client, waiting, officer):
    answer = client.get(ROOT, **key_for(officer, RESOLVE))

    (row,) = answer.json()["rows"]
    assert (row["id"], row["standing"]) == (str(waiting.pk), "quarantined")
    assert "number" in row["why"]
    assert "chim yến" not in answer.content.decode()
    assert waiting.device.user.full_name not in answer.content.decode()


def test_opening_a_record_is_recorded_and_tells_who_and_what(client, waiting, officer):
    told = client.get(f"{ROOT}/{waiting.pk}", **key_for(officer, RESOLVE)).json()

    assert told["recorded_by"] == waiting.device.user.full_name
    assert {"label": "Place", "value": "Ngã ba chim yến"} in told["says"]
    assert Event.everything.filter(kind="operation.read", object_id=waiting.pk).count() == 1


def test_a_program_lets_a_record_count(client, waiting, officer):
    key = key_for(officer, RESOLVE)

    told = client.post(f"{ROOT}/{waiting.pk}/apply", {}, content_type="application/json", **key)

    assert (told.status_code, told.json()["standing"]) == (200, "accepted")
    assert TrafficHelp.everything.filter(pk=waiting.op_id).exists()
    again = client.post(f"{ROOT}/{waiting.pk}/apply", {}, content_type="application/json", **key)
    assert again.status_code == 422
    assert "decided" in again.json()["detail"]


def test_a_program_lets_a_record_not_count_with_words(client, waiting, officer):
    key = key_for(officer, RESOLVE)
    address = f"{ROOT}/{waiting.pk}/refuse"

    empty = client.post(address, {"words": " "}, content_type="application/json", **key)
    told = client.post(address, {"words": "Ghi hai lần"}, content_type="application/json", **key)

    assert empty.status_code == 422
    assert (told.status_code, told.json()["standing"]) == (200, "refused")
    waiting.refresh_from_db()
    assert "Ghi hai lần" in waiting.reason


def test_a_receipt_is_told_within_the_keys_area(client, waiting, officer):
    told = client.get(f"/api/v1/receipts/{waiting.receipt.lower()}",
                      **key_for(officer, VIEW_RECEIPT)).json()  # fmt: skip

    assert (told["receipt"], told["kind"]) == (waiting.receipt, "traffic.help")
    assert waiting.device.user.full_name not in str(told)


def test_a_key_does_not_tell_of_its_owners_phones_beyond_its_area(
    client, waiting, officer, other_team
):
    key = key_for(officer, VIEW_RECEIPT)
    Device.everything.update(user=officer.id)
    Operation.everything.update(territory=other_team.territory, team_id=None)

    answer = client.get(f"/api/v1/receipts/{waiting.receipt}", **key)

    assert answer.status_code == 404
    assert queries.receipt(by=officer, code=waiting.receipt) == waiting
