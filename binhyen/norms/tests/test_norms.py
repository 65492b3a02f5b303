# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which value holds where and when, who may set it, and what a file must look like."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from binhyen.core.errors import Forbidden, Refused
from binhyen.norms import actions
from binhyen.norms.actions import NewValue, approve_resolution, draft_resolution
from binhyen.norms.choices import For, Item, State
from binhyen.norms.models import NormValue, Resolution
from binhyen.norms.queries import value_on, values_on
from tests import cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 9)


@pytest.fixture
def approved(finance, province_chair, province):
    def make(*values, number="1/NQ-HĐND", first=date(2026, 1, 1), until=None, place=None):
        drafted = draft_resolution(
            by=finance, territory=place or province, number=number, valid_from=first,
            valid_to=until, values=values,
        )  # fmt: skip
        return approve_resolution(by=province_chair, resolution=drafted)

    return make


def cap(amount, *communes, **more):
    return NewValue(Item.NIGHT_CAP, amount, "nights/month", communes=communes, **more)


def amount(commune, day=DAY, role=For.ALL, item=Item.NIGHT_CAP):
    found = value_on(item, commune, day, role=role)
    return None if found is None else found.amount


def test_value_holds_in_its_communes_and_on_its_days(approved, commune, other_commune):
    approved(cap(10, commune), until=date(2026, 7, 1))
    assert amount(commune) == 10
    assert amount(other_commune) is None
    assert amount(commune, date(2025, 12, 31)) is None
    assert amount(commune, date(2026, 6, 30)) == 10
    assert amount(commune, date(2026, 7, 1)) is None


def test_value_without_communes_holds_nowhere(approved, commune):
    approved(cap(10))
    assert amount(commune) is None


def test_draft_pays_nobody_and_caps_nobody(finance, province, commune):
    draft_resolution(
        by=finance, territory=province, number="1/NQ", valid_from=date(2026, 1, 1),
        values=[cap(10, commune)],
    )  # fmt: skip
    assert amount(commune) is None


def test_newer_resolution_and_the_own_role_come_first(approved, commune):
    approved(cap(10, commune), cap(12, commune, role=For.LEADER))
    approved(cap(7, commune), number="2/NQ-HĐND", first=date(2026, 3, 1))
    assert amount(commune, date(2026, 2, 1)) == 10
    assert amount(commune) == 7
    assert amount(commune, role=For.LEADER) == 12
    assert amount(commune, role=For.DEPUTY) == 7


def test_value_of_the_nation_holds_everywhere_unless_the_province_sets_its_own(
    nation, commune, other_commune, approved, loader
):
    drafted = draft_resolution(
        by=loader, territory=nation, number="161/2026/NĐ-CP", valid_from=date(2026, 1, 1),
        values=[NewValue(Item.BASE_SALARY, 2_530_000, "VND/month", is_unverified=True)],
    )  # fmt: skip
    Resolution.everything.filter(pk=drafted.pk).update(
        state=State.APPROVED, approved_by_id=cast.TEAM, approved_at="2026-01-01T00:00Z"
    )
    approved(NewValue(Item.BASE_SALARY, 9, "VND/month", communes=[other_commune]))
    assert amount(commune, item=Item.BASE_SALARY) == 2_530_000
    assert amount(other_commune, item=Item.BASE_SALARY) == 9
    assert set(values_on([Item.BASE_SALARY, Item.NIGHT], commune, DAY)) == {"BASE_SALARY"}


def test_two_persons_stand_behind_a_value(province_officer, province_chair, province, commune):
    drafted = draft_resolution(
        by=province_officer, territory=province, number="1/NQ", valid_from=DAY,
        values=[cap(10, commune)],
    )  # fmt: skip
    with pytest.raises(Forbidden):
        approve_resolution(by=province_officer, resolution=drafted)
    Resolution.everything.filter(pk=drafted.pk).update(drafted_by_id=province_chair.id)
    with pytest.raises(actions.OwnDraft):
        approve_resolution(by=province_chair, resolution=drafted)


def test_nothing_is_approved_twice(approved, province_chair, commune):
    done = approved(cap(10, commune))
    with pytest.raises(actions.AlreadyApproved):
        approve_resolution(by=province_chair, resolution=done)


@pytest.mark.parametrize("role", ["clerk", "chair", "officer", "leader", "outsider", "analyst"])
def test_others_draft_nothing(role, request, province, commune):
    with pytest.raises(Forbidden):
        draft_resolution(
            by=request.getfixturevalue(role), territory=province, number="1/NQ", valid_from=DAY,
            values=[cap(10, commune)],
        )  # fmt: skip


def test_what_cannot_be_a_norm_is_refused_and_leaves_nothing(
    loader, province, commune, other_province_commune
):
    given = {"by": loader, "number": "1/NQ", "valid_from": DAY}
    for place, values in (
        (province, []), (commune, [cap(10, commune)]),
        (province, [cap(10, other_province_commune)]),
        (province, [cap(-1, commune)]), (province, [NewValue("BRIBE", 1, "VND")]),
        (province, [cap(1, commune), cap(2, commune)]),
    ):  # fmt: skip
        with pytest.raises(Refused):
            draft_resolution(territory=place, values=values, **given)
    assert not Resolution.everything.exists()
    assert not NormValue.everything.exists()


FILE = """
territory = "68"
number = "12/2025/NQ-HĐND"
valid_from = 2026-01-01

[[values]]
item = "NIGHT_CAP"
amount = 10
unit = "nights/month"
communes = ["22918"]
unverified = true
"""


def test_command_drafts_and_another_account_approves(
    tmp_path, finance, province_chair, commune, capsys
):
    file = tmp_path / "nghi-quyet.toml"
    file.write_text(FILE, "utf-8")
    drafter, second = cast.an_account(finance), cast.an_account(province_chair)
    call_command("norms", "draft", str(file), "--as", drafter.username)
    assert amount(commune) is None
    with pytest.raises(CommandError):
        call_command("norms", "approve", "12/2025/NQ-HĐND", "--as", drafter.username)
    call_command("norms", "approve", "12/2025/NQ-HĐND", "--as", second.username)
    assert amount(commune) == 10
    assert NormValue.everything.get().is_unverified
    assert "12/2025/NQ-HĐND" in capsys.readouterr().out


@pytest.mark.parametrize("text", [
    "", "territory = ", "\x00", FILE.replace("amount = 10", "amount = 1.5"),
    FILE.replace("amount = 10", "amount = -1"), FILE + "sum = 3", FILE.replace("22918", "99999"),
    FILE.replace("2026-01-01", '"hôm nay"'),
])  # fmt: skip
def test_file_that_is_none_is_refused_with_words(text, tmp_path, finance, commune):
    file = tmp_path / "nghi-quyet.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("norms", "draft", str(file), "--as", cast.an_account(finance).username)
    assert refused.value.returncode == 1
    assert not Resolution.everything.exists()
