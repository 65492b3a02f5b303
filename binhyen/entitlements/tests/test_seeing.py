# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who sees what: the office its commune, the province sums, a member the own slip; the command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from binhyen.core.errors import Forbidden
from binhyen.core.models import Event
from binhyen.entitlements import queries
from binhyen.entitlements.actions_insurance import end_insurance, record_insurance
from binhyen.entitlements.choices import InsuranceKind
from binhyen.entitlements.permissions import VIEW_OWN_PAY, VIEW_PAY
from binhyen.entitlements.refusals import InsuranceOverlaps
from binhyen.entitlements.tests.making import (
    CLERK,
    FIRST,
    MONTH,
    a_patrol,
    a_resolution,
    approved,
    at,
    computed,
    day,
)
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(commune, team, member, leader_member):
    a_resolution(("MONTHLY", "all", 1_440_000, "dong_month"))
    a_patrol(team, [member], at(3, 22), at(3, 26))
    return approved(commune)


def said(*args, by):
    """What the command prints, for the account of an actor."""
    out = StringIO()
    account = cast.an_account(by)
    account.language = "en"
    account.save()
    call_command("pay", *args, "--as", account.username, stdout=out, stderr=StringIO())
    return out.getvalue().replace("\xa0", " ")


def test_a_slip_opens_to_its_office_and_its_member_only(
    sheet, clerk, chair, member_actor, leader, officer, finance, province_officer, outsider, member
):
    slip = sheet.slips.get(member=member)
    for actor in (clerk, chair):
        assert queries.slip(scope=actor.scope(VIEW_PAY), slip_id=slip.pk) == slip
    assert queries.own_slip(scope=member_actor.scope(VIEW_OWN_PAY), slip_id=slip.pk) == slip
    for actor in (leader, officer, finance, province_officer, outsider, member_actor):
        with pytest.raises(Forbidden):
            queries.slip(scope=actor.scope(VIEW_PAY), slip_id=slip.pk)
    for actor in (leader, officer, finance, outsider):
        with pytest.raises(Forbidden):
            queries.own_slip(scope=actor.scope(VIEW_OWN_PAY), slip_id=slip.pk)


def test_a_member_does_not_see_what_is_not_approved(commune, team, member, member_actor):
    computed(commune)
    assert not queries.own_slips(scope=member_actor.scope(VIEW_OWN_PAY))


def test_the_command_says_the_chain_and_notes_the_reading(sheet, member):
    told = said("explain", str(member.pk), "2026-09", by=CLERK)
    assert "Monthly support: 1,440,000 đồng (To pay)" in told
    assert "Night duty: 0 đồng (No value in force)" in told
    assert "Article: Law 30/2023/QH15 Art. 23" in told
    assert "Value: 1,440,000 đồng a month, 9/NQ-HĐND" in told
    assert Event.everything.filter(kind="slip.read", purpose="manage_force").exists()


def test_the_command_names_what_lacks_to_the_office_and_counts_it_for_the_province(
    sheet, member, finance
):
    told = said("run", cast.COMMUNE.split(".")[1], "2026-09", by=CLERK)
    assert "No value in force: Nguyễn Văn Bình, Night duty, from 01/09/2026" in told
    told = said("run", "68", "2026-09", by=finance)
    assert "Night duty, from 01/09/2026: 1 member" in told
    assert member.full_name not in told


def test_the_command_says_what_a_correction_would_change(sheet, team, member):
    code = cast.COMMUNE.split(".")[1]
    assert "everything is the same" in said("diff", code, "2026-09", by=CLERK)
    a_resolution(("MONTHLY", "all", 1_500_000, "dong_month"), number="11/NQ", first=day(1))
    assert "Monthly support: 1,440,000 đồng → 1,500,000 đồng" in said(
        "diff", code, "2026-09", by=CLERK
    )


@pytest.mark.parametrize("month", ["2026", "2026-13", "15-14:2026-09", "x"])
def test_the_command_takes_calendar_months_only(month, sheet, member):
    with pytest.raises(CommandError):
        said("explain", str(member.pk), month, by=CLERK)


def test_insurance_does_not_overlap_and_ends(sheet, member):
    kept = record_insurance(by=CLERK, member=member, kind=InsuranceKind.VSI, valid_from=FIRST,
                            contribution=330_000)  # fmt: skip
    with pytest.raises(InsuranceOverlaps):
        record_insurance(by=CLERK, member=member, kind=InsuranceKind.VSI, valid_from=MONTH)
    assert end_insurance(by=CLERK, insurance=kept, last_day=day(9)).valid_to == day(10)
    record_insurance(by=CLERK, member=member, kind=InsuranceKind.VSI, valid_from=day(10))
