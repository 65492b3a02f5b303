# SPDX-License-Identifier: AGPL-3.0-or-later
"""A device that a restore lost: told in words, refused and kept, known again with its own key."""

from uuid import UUID

import pytest

from binhyen.accounts.actions_devices import revoke_device
from binhyen.accounts.choices import RevokedWhy
from binhyen.accounts.models import Device
from binhyen.sync.models import Operation
from binhyen.sync.tests.phones import a_help, a_phone, point_of, signature
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def again(leader, phone, member_actor):
    """The same person's phone, enrolled anew with another key after a restore lost `phone`."""
    Device.everything.filter(pk=phone.device).delete()
    return a_phone(leader, cast.an_account(member_actor).appointments.get(), 3)


def claim(client, by, lost, **told):
    sig = signature(lost.key, f"binhyen claim 1 {lost.device} {by.device}")
    body = {"v": 1, "device": lost.device, "key": point_of(lost.key), "sig": sig} | told
    return by.post(client, "/sync/claim", body)


def test_lost_phone_is_told_to_enrol_again_and_then_all_it_made_is_kept(
    client, phone, again, team, leaders_phone
):
    made = a_help(phone, team)
    told = phone.post(client, "/sync/push", {"ops": [made]})
    assert (told.status_code, "đăng ký lại" in told.json()["why"]) == (401, True)
    carried = leaders_phone.push(client, made)["answers"][0]
    assert (carried["answer"], "đăng ký lại" in carried["why"]) == ("refused", True)
    assert not Operation.everything.exists()

    assert claim(client, again, phone).json()["device"] == phone.device

    kept = leaders_phone.push(client, made)["answers"][0]
    assert (kept["answer"], bool(kept["owner"])) == ("quarantined", True)
    assert Operation.everything.get().device_id == UUID(phone.device)
    assert phone.post(client, "/sync/push", {"ops": []}).status_code == 401
    assert claim(client, again, phone).status_code == 200
    assert Device.everything.filter(pk=phone.device).count() == 1


def test_nobody_claims_with_another_key_or_for_somebody_else(client, phone, again, leaders_phone):
    for by, told in (
        (again, {"key": point_of(again.key)}),
        (again, {"sig": signature(again.key, f"binhyen claim 1 {phone.device} {again.device}")}),
        (leaders_phone, {"device": again.device}),
        (again, {"device": "x"}), (again, {"sig": 7}), (again, {"v": 2}), (again, {"more": 1}),
    ):  # fmt: skip
        answer = claim(client, by, phone, **told)
        assert (answer.status_code, bool(answer.json()["why"])) == (422, True)
    sig = signature(again.key, f"binhyen claim 1 {again.device} {leaders_phone.device}")
    answer = claim(client, leaders_phone, again, sig=sig)
    assert answer.status_code == 422
    assert not Device.everything.filter(pk=phone.device).exists()


def test_revoked_phone_is_not_known_again(client, phone, again, officer):
    claim(client, again, phone)
    lost = Device.everything.get(pk=phone.device)
    revoke_device(by=officer, device=lost, why=RevokedWhy.LOST)

    assert claim(client, again, phone).status_code == 422
