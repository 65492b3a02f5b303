# SPDX-License-Identifier: AGPL-3.0-or-later
"""What ships: every row is read, marked, and pays nobody before two persons said so."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from binhyen.norms import rules
from binhyen.norms.actions_collected import FOLDER
from binhyen.norms.choices import Item, Origin, State
from binhyen.norms.files import parsed
from binhyen.norms.models import Holding, NormValue, Resolution
from binhyen.norms.queries import national_value
from tests import cast

FILES = {path.stem: parsed(path.read_bytes()) for path in sorted(FOLDER.glob("*.yaml"))}


def test_every_shipped_file_names_its_sources():
    assert len(FILES) >= 28
    for given in FILES.values():
        assert given.source.startswith("https://")
        assert given.values
        assert given.territory == "VN" or given.unverified
    assert sum(len(given.values) for given in FILES.values()) >= 117


def test_what_is_not_plain_is_marked():
    marked = Counter(
        (name.split("-2")[0], one.item)
        for name, given in FILES.items() for one in given.values if not one.usable
    )  # fmt: skip
    assert {("dong-nai", "MONTHLY"), ("binh-dinh", "HI"), ("can-tho", "MONTHLY_FACTOR"),
            ("dong-nai", "TEAM_COUNT")} <= set(marked)  # fmt: skip
    assert marked["dong-nai", "MONTHLY"] == 2


@pytest.mark.django_db
def test_load_brings_the_nation_into_force_and_provinces_as_drafts(nation, capsys):
    for one in {given.territory for given in FILES.values()} - {"VN"}:
        cast.a_place(path=f"{one}.", level="province", kind="province", name=f"Tỉnh {one}",
                     parent=nation)  # fmt: skip
    old = cast.a_place(path="60.", level="province", kind="province", name="Cũ", parent=nation)
    cast.a_place(path="60.00001.", level="commune", kind="ward", name="Cũ", parent=old)
    new = cast.the_place(cast.COMMUNE)
    new.parent.succeeds.add(old)
    new.succeeds.add(old.children.get())

    call_command("norms", "load")
    assert "In force: 7 of the nation; drafts: 21 of provinces" in capsys.readouterr().out
    rows = NormValue.everything.select_related("resolution")
    assert rows.count() == sum(len(given.values) for given in FILES.values())
    assert set(Resolution.everything.values_list("origin", flat=True)) == {Origin.SHIPPED}
    of_nation = Resolution.everything.filter(territory=nation)
    assert set(of_nation.values_list("state", flat=True)) <= {State.APPROVED, State.CLOSED}
    drafts = Resolution.everything.exclude(territory=nation)
    assert set(drafts.values_list("state", flat=True)) == {State.DRAFT}
    assert not Holding.everything.exclude(place=nation).exists()
    assert national_value(Item.BASE_SALARY, date(2026, 6, 30)).amount == 2_340_000
    assert national_value(Item.BASE_SALARY, date(2026, 7, 1)).amount == 2_530_000
    listed = Resolution.everything.get(territory__code="68").sets.get()
    assert list(listed.communes.all()) == [new]
    assert not Resolution.everything.filter(territory__code="48", sets__communes__isnull=False)

    call_command("norms", "load")
    assert rows.count() == sum(len(given.values) for given in FILES.values())


def test_shipped_amounts_lie_within_the_schema():
    for given in FILES.values():
        for one in given.values:
            spec = rules.SCHEMA[Item(one.item)]
            least, most = spec.bounds(one.unit or spec.units[0])
            assert least <= one.amount <= most, (given.number, one.item)
