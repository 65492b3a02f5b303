# SPDX-License-Identifier: AGPL-3.0-or-later
"""The decision and the request for papers: their words, sums in words, when they are there."""

from io import BytesIO

import docx
import pytest
from django.urls import reverse
from django.utils import translation

from binhyen.claims.actions import ask_papers
from binhyen.claims.actions_decided import refuse_claim
from binhyen.claims.choices import Kind, Paper
from binhyen.claims.refusals import NoPaperYet
from binhyen.claims.taking import claim_file
from binhyen.claims.tests.making import (
    CHAIR,
    CLERK,
    a_draft,
    appraised,
    checked,
    granted,
    received,
    refused,
)
from binhyen.core.actors import Purpose
from binhyen.entitlements.taking import UnknownFile
from binhyen.entitlements.tests.making import a_resolution
from tests import cast

pytestmark = pytest.mark.django_db


def taken(claim, name, purpose=Purpose.MANAGE_FORCE):
    return claim_file(by=CLERK, claim=claim, name=name, purpose=purpose).content


def words(claim, name="decision.docx"):
    document = docx.Document(BytesIO(taken(claim, name)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    told = "\n".join([*(one.text for one in document.paragraphs), *cells])
    return told.replace("\xa0", " ")


@pytest.fixture
def hai_duong(commune):
    a_resolution(("INPATIENT_MEAL", "all", 70_200, "dong_day"), number="30/2024/NQ-HĐND")
    return commune


def test_a_grant_names_law_value_sum_in_words_recipient_and_the_chair(hai_duong, member):
    told = words(granted(a_draft(member)))

    assert "Số: 12/QĐ-UBND" in told
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG MŨI NÉ" in told
    assert "Căn cứ Điều 24 Luật" in told
    assert "Căn cứ Điều 5 Nghị định số 40/2024/NĐ-CP" in told
    assert "Nghị quyết số 30/2024/NQ-HĐND (" in told
    assert "70.200 đồng" in told
    assert "10 ngày × 70.200 đồng" in told
    assert "4.952.000 đồng. Bằng chữ: Bốn triệu chín trăm năm mươi hai nghìn đồng." in told
    assert f"được chi cho {member.full_name}" in told
    assert "Điều 3. Quyết định này có hiệu lực kể từ ngày ký." in told
    assert f"CHỦ TỊCH\n\n\n\n\n{CHAIR.name}" in told
    assert "DỰ THẢO" not in told


def test_family_is_named_as_who_is_paid_and_the_decree_follows_the_kind(commune, member):
    a_resolution(("FUNERAL", "all", 14_900_000, "dong_case"), number="30/2024/NQ-HĐND")
    told = words(granted(a_draft(member, Kind.FUNERAL)))

    assert "Nguyễn Thị Thân Nhân (" in told
    assert "Căn cứ Điều 6 Nghị định số 40/2024/NĐ-CP" in told
    assert "Mười bốn triệu chín trăm nghìn đồng" in told


def test_before_the_decision_it_says_that_it_is_a_draft_and_leaves_room_for_the_number(member):
    claim = appraised(a_draft(member))
    told = words(claim)

    assert "(DỰ THẢO – CHƯA QUYẾT ĐỊNH)" in told
    assert "Số:       /QĐ-UBND" in told
    assert CHAIR.name not in told
    with pytest.raises(NoPaperYet):
        taken(claim, "decision.pdf", Purpose.OWN_FILE)


def test_a_refusal_says_why_and_how_to_complain(member):
    claim = refuse_claim(by=CHAIR, claim=appraised(a_draft(member)), decision="5/QĐ-UBND",
                         decided_on=CHAIR.on, why="Ngoài nhiệm vụ")  # fmt: skip
    told = words(claim)

    assert "Số: 05/QĐ-UBND" in told
    assert "Lý do: Ngoài nhiệm vụ." in told
    assert "quyền khiếu nại" in told
    assert "Bằng chữ" not in told


def test_a_refusal_under_the_number_of_a_notice_is_headed_as_one(member):
    told = words(refused(a_draft(member)))

    assert "Số: 13/TB-UBND" in told
    assert "THÔNG BÁO" in told
    assert "QUYẾT ĐỊNH" not in told


def test_the_draft_of_a_refusal_gives_the_reason_that_was_computed(member):
    told = words(appraised(a_draft(member), on_duty=0))

    assert "không giải quyết" in told
    assert "Lý do: " in told


def test_the_request_names_what_is_missing_and_nothing_else(member):
    claim = ask_papers(by=CLERK, claim=received(a_draft(member), papers=[Paper.RECEIPT]))
    told = words(claim, "request.docx")

    assert "YÊU CẦU BỔ SUNG" in told
    assert str(Paper.DISCHARGE.label) in told
    assert str(Paper.RECEIPT.label) not in told
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in told


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_same_decision_gives_the_same_bytes(kind, member):
    claim = granted(a_draft(member))
    made = taken(claim, f"decision.{kind}")

    assert made == taken(claim, f"decision.{kind}")
    assert kind != "pdf" or f"sha256:{claim.digest}" in made.decode("latin-1")


def test_a_paper_speaks_english_where_it_is_asked_for(member):
    claim = granted(a_draft(member))
    with translation.override("en"):
        told = words(claim)

    assert "Article 1. The benefit “examination and treatment” is granted" in told
    assert "Four million two hundred and fifty thousand dong" in told


def test_what_is_not_there_yet_and_what_there_is_never_are_refused(member):
    claim = checked(a_draft(member))
    for name in ("decision.docx", "request.docx"):
        with pytest.raises(NoPaperYet):
            taken(claim, name)
    with pytest.raises(UnknownFile):
        taken(claim, "decision.exe")


def test_the_office_and_the_member_take_the_decision_on_their_pages(
    client, clerk, member_actor, member
):
    claim = granted(a_draft(member))
    for actor, page in ((clerk, "claim"), (member_actor, "my-claim")):
        cast.sign_in(client, actor)
        address = reverse(f"{page}-file", args=[claim.pk, "decision.docx"])
        assert address in client.get(reverse(page, args=[claim.pk])).content.decode()
        answer = client.get(address)
        assert answer["Content-Disposition"].endswith('"decision-22918-2026-09-07.docx"')
        assert answer["Cache-Control"] == "no-store"
