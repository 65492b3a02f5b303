# SPDX-License-Identifier: AGPL-3.0-or-later
"""A resolution as a file: YAML and TOML, sets of communes, what is refused, and the command."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from binhyen.core.errors import Refused
from binhyen.norms.actions import draft_resolution
from binhyen.norms.files import UnreadableResolution, read_resolution
from binhyen.norms.models import NormValue, Resolution
from binhyen.norms.queries import value_on
from binhyen.norms.tests.making import DAY, FINANCE
from tests import cast

pytestmark = pytest.mark.django_db

YAML = """
territory: 68
number: 12/2025/NQ-HĐND
valid_from: 01/01/2026
areas:
  - name: Toàn tỉnh
    communes: all
  - {name: Đảo, communes: [Phú Quý]}
values:
  - {item: NIGHT_CAP, amount: 10, unverified: yes, area: Toàn tỉnh}
  - {item: AREA, amount: "70.000", area: Đảo}
"""
TOML = """
territory = "68"
number = "12/2025/NQ-HĐND"
valid_from = 2026-01-01
last_day = 2026-12-31

[[values]]
item = "NIGHT_CAP"
amount = 10
unit = "nights"
communes = ["22918"]
unverified = true
"""


def read(text, **more):
    return read_resolution(text.encode(), on=DAY, **more)


def test_yaml_names_sets_of_communes(province, commune, other_commune):
    drafted = draft_resolution(by=FINANCE, **read(YAML))
    assert drafted.valid_from == date(2026, 1, 1)
    told = {one.item: one for one in drafted.values_set.all()}
    assert told["NIGHT_CAP"].commune_set.communes.count() == 2
    assert told["NIGHT_CAP"].is_unverified
    assert list(told["AREA"].commune_set.communes.all()) == [other_commune]
    assert told["AREA"].amount == 70_000


def test_toml_is_read_as_well(province, commune):
    drafted = draft_resolution(by=FINANCE, **read(TOML, is_toml=True))
    assert drafted.valid_to == date(2027, 1, 1)
    assert drafted.values_set.get().unit == "nights"


def test_former_province_is_known_by_its_lineage(province, commune, other_commune, nation):
    former = cast.a_place(path="60.", level="province", kind="province", name="Bình Thuận",
                          parent=nation)  # fmt: skip
    old = cast.a_place(path="60.22915.", level="commune", kind="ward", name="Mũi Né",
                       parent=former)  # fmt: skip
    province.succeeds.add(former)
    commune.succeeds.add(old)
    given = read(YAML.replace("communes: all", 'former: "60"'))
    assert [one.communes for one in given["areas"]] == [[commune], [other_commune]]
    with pytest.raises(Refused) as refused:
        read(YAML.replace("communes: all", 'former: "61"'))
    assert "Bình Thuận" in str(refused.value)


@pytest.mark.parametrize("text", [
    "", "territory: [", "\x00", "- 1", "a: &x [1]\nb: *x", "number: 1\nnumber: 2",
    "[" * 5_000, YAML.replace("amount: 10", "amount: 1.5"),
    YAML.replace("amount: 10", "amount: -1"),
    YAML.replace("amount: 10", "amount: '=5+5'"), YAML.replace("amount: 10", "amount: yes"),
    YAML.replace("amount: 10", "amount: 10, sum: 3"), YAML.replace("[Phú Quý]", "[Phú Quốc]"),
    YAML.replace("[Phú Quý]", "Phú Quý"), YAML.replace("01/01/2026", "hôm nay"),
    YAML.replace("area: Đảo", "area: Núi"), YAML.replace("territory: 68", "territory: 99"),
    YAML.replace("NIGHT_CAP", "BRIBE"), "x" * 300_001,
])  # fmt: skip
def test_file_that_is_none_is_refused_with_words(text, province, commune, other_commune):
    with pytest.raises(Refused) as refused:
        draft_resolution(by=FINANCE, **read(text))
    assert all(refused.value.sentences())
    assert not Resolution.everything.exists()


def test_every_fault_of_a_file_is_told_with_its_place(province, commune, other_commune):
    text = YAML.replace("amount: 10", "amount: '=1'").replace('"70.000"', "bảy mươi")
    with pytest.raises(UnreadableResolution) as refused:
        read(text)
    assert "values, 1, amount" in str(refused.value)
    assert "values, 2, amount" in str(refused.value)


def test_command_drafts_another_account_approves_and_anybody_asks(
    tmp_path, finance, province_chair, officer, commune, other_commune, capsys
):
    file = tmp_path / "nghi-quyet.toml"
    file.write_text(TOML, "utf-8")
    drafter, second = cast.an_account(finance), cast.an_account(province_chair)
    call_command("norms", "draft", str(file), "--as", drafter.username)
    assert value_on("NIGHT_CAP", commune, DAY) is None
    file.with_suffix(".yaml").write_text(YAML, "utf-8")
    call_command("norms", "revise", "12/2025/NQ-HĐND", str(file.with_suffix(".yaml")),
                 "--as", drafter.username)  # fmt: skip
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 x")
    call_command("norms", "document", "12/2025/NQ-HĐND", str(scan), "--as", drafter.username)
    with pytest.raises(CommandError):
        call_command("norms", "approve", "12/2025/NQ-HĐND", "--as", drafter.username)
    call_command("norms", "approve", "12/2025/NQ-HĐND", "--as", second.username)
    assert value_on("NIGHT_CAP", commune, DAY).amount == 10
    assert NormValue.everything.get(item="NIGHT_CAP").is_unverified
    capsys.readouterr()
    local = cast.an_account(officer).username
    call_command("norms", "holding", "22918", "--on", "09/03/2026", "--as", local)
    told = capsys.readouterr().out
    assert "12/2025/NQ-HĐND" in told
    assert "70.000" not in told
    call_command("norms", "gaps", "22918", "--on", "09/03/2026", "--as", local)
    assert "hằng tháng" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("norms", "gaps", "68", "--as", local)
    call_command("norms", "end", "12/2025/NQ-HĐND", "--last-day", "31/03/2026",
                 "--decision", "1/NQ", "--as", second.username)  # fmt: skip
    assert value_on("NIGHT_CAP", commune, date(2026, 4, 1)) is None
