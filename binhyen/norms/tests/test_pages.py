# SPDX-License-Identifier: AGPL-3.0-or-later
"""A resolution from the first field to what a member reads: on pages, refusals included."""

import hashlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from binhyen.core.ids import uuid7
from binhyen.norms.choices import Item
from binhyen.norms.drafts import NewValue
from binhyen.norms.models import NormValue, Resolution
from binhyen.norms.queries import value_on
from binhyen.norms.tests.making import DAY, a_draft, cap, in_force
from tests import cast

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.7 quyet nghi"
HEAD = {"territory": "68", "number": "12/2025/NQ-HĐND", "valid_from": "01/01/2026",
        "last_day": "31/12/2026", "replaces": "all", "covers_all": "on"}  # fmt: skip
NIGHT = {"item": "NIGHT", "role": "all", "amount": "100.000", "is_plain": "on"}


def send(client, name, given, *args):
    return client.post(reverse(name, args=args), given)


def test_resolution_from_the_first_field_to_what_a_member_reads(
    client, finance, province_chair, member_actor, province, commune, other_commune, member
):
    cast.sign_in(client, finance)
    send(client, "resolution-new", HEAD)
    draft = Resolution.everything.get()
    whole = draft.sets.get()
    assert whole.communes.count() == 2
    absurd = send(client, "norm-value-add", NIGHT | {"amount": "100.000.000"}, draft.pk)
    assert absurd.status_code == 422
    assert "100.000.000" in absurd.content.decode()
    where = {"commune_set": str(whole.pk)}
    send(client, "norm-value-add", NIGHT | where, draft.pk)
    value = NormValue.everything.get()
    send(client, "norm-value", NIGHT | where | {"amount": "120.000"}, value.pk)
    unknown = send(client, "norm-set", {"name": "Đảo", "how": "listed", "listed": "Phú Quốc"},
                   whole.pk)  # fmt: skip
    assert unknown.status_code == 422
    assert "Phú Quốc" in unknown.content.decode()
    send(client, "norm-set", {"name": "Đảo", "how": "listed", "listed": "phú quý\n22918"}, whole.pk)
    send(client, "resolution-scan", {"document": SimpleUploadedFile("nq.pdf", SCAN)}, draft.pk)
    assert client.post(reverse("resolution-approve", args=[draft.pk])).status_code == 404

    cast.sign_in(client, province_chair)
    send(client, "resolution-approve", {"op_id": str(uuid7())}, draft.pk)
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by_name) == ("approved", province_chair.name)
    assert draft.digest == hashlib.sha256(SCAN).hexdigest()
    assert draft.sets.get().name == "Đảo"

    cast.sign_in(client, member_actor)
    assert client.get(reverse("norms")).url == reverse("norms-in", args=["22918"])
    page = client.get(reverse("norms-in", args=["22918"]), {"on": "09/03/2026"}).content.decode()
    assert "120.000" in page
    assert "12/2025/NQ-HĐND" in page
    kept = client.get(reverse("resolution-document", args=[draft.pk]))
    assert kept.content == SCAN
    assert kept["Content-Disposition"].startswith("attachment")
    assert value_on("NIGHT", other_commune, DAY).amount == 120_000


def test_refused_file_keeps_the_page_and_says_why(client, finance, province):
    cast.sign_in(client, finance)
    file = SimpleUploadedFile("nq.yaml", b"territory: 68\nnumber: 1\nvalid_from: 2026-01-01\n"
                              b"values: [{item: NIGHT, amount: '=SUM(A1)'}]")  # fmt: skip
    answer = send(client, "resolution-file", {"file": file})
    assert answer.status_code == 422
    assert "=SUM(A1)" in answer.content.decode()
    assert not Resolution.everything.exists()


def test_scan_that_is_none_and_other_than_named_are_refused(client, finance, commune):
    draft = a_draft(cap(10, commune), digest="0" * 64)
    cast.sign_in(client, finance)
    for content in (b"<html>", SCAN):
        given = {"document": SimpleUploadedFile("nq.pdf", content)}
        assert send(client, "resolution-scan", given, draft.pk).status_code == 422
    assert Resolution.everything.get().document_id is None


def test_draft_says_what_it_lacks_and_commune_people_do_not_see_it(client, finance, officer,
                                                                   commune):  # fmt: skip
    draft = a_draft(cap(10))
    cast.sign_in(client, finance)
    assert "Chưa nêu đủ các xã" in client.get(
        reverse("resolution", args=[draft.pk])).content.decode()  # fmt: skip
    cast.sign_in(client, officer)
    assert client.get(reverse("resolution", args=[draft.pk])).status_code == 404


def test_province_sees_gaps_and_which_communes_share_norms(client, finance, commune, other_commune):
    in_force(cap(10, commune), first=DAY)
    cast.sign_in(client, finance)
    page = client.get(reverse("norms-in", args=["68"])).content.decode()
    assert "Phú Quý" in page
    assert "1/NQ-HĐND" in page
    assert "chưa có nghị quyết của tỉnh" in page


def test_value_that_the_floor_has_overtaken_says_so(client, officer, commune):
    in_force(NewValue(Item.HI, 30, communes=[commune]), first=date(2024, 7, 1))
    cast.sign_in(client, officer)
    for day, said in (("14/08/2025", False), ("15/08/2025", True)):
        page = client.get(reverse("norms-in", args=["22918"]), {"on": day}).content.decode()
        assert ("thấp hơn mức sàn 50 %" in page) == said


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_speak_both_languages(client, finance, commune, language):
    draft = a_draft(cap(10, commune))
    user = cast.sign_in(client, finance)
    user.language = language
    user.save(update_fields=["language"])
    address = reverse("norm-value-add", args=[draft.pk])
    said = client.get(address, headers={"accept-language": language}).content.decode()
    assert ("Thêm một mức" in said) == (language == "vi")
    assert ("Add a value" in said) == (language == "en")
