# SPDX-License-Identifier: AGPL-3.0-or-later
"""Adding and ending villages."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden, Invalid
from binhyen.core.models import Event
from binhyen.territory import queries
from binhyen.territory.actions import (
    CommuneNotInForce,
    NotACommune,
    NotAVillage,
    VillageEnded,
    VillageExists,
    VillageStillServed,
    add_village,
    add_villages,
    end_village,
)
from binhyen.territory.models import Territory

DAY = date(2025, 9, 1)
DECISION = "12/NQ-HĐND"


def _add(by: Actor, commune: Territory, name: str, kind: str = "thôn") -> Territory:
    return add_village(
        by=by, commune=commune, kind=kind, name=name, valid_from=DAY, decision=DECISION
    )


def test_village_gets_the_communes_code_and_the_next_serial(
    clerk: Actor, commune: Territory, villages: tuple[Territory, Territory]
) -> None:
    village = _add(clerk, commune, "Suối Nước")
    assert (village.code, village.path) == ("22918-03", "68.22918.03.")
    assert village.full_name == "Thôn Suối Nước"
    assert queries.designation_on(village, DAY).decision == DECISION


def test_serial_of_an_ended_village_is_not_given_again(clerk: Actor, commune: Territory) -> None:
    first = _add(clerk, commune, "Một")
    end_village(by=clerk, village=first, ended_on=DAY + timedelta(days=9), decision="1/NQ")
    assert _add(clerk, commune, "Hai").code == "22918-02"


def test_hundredth_village_has_a_longer_serial(clerk: Actor, commune: Territory) -> None:
    made = add_villages(
        by=clerk,
        commune=commune,
        villages=[("khu phố", str(i)) for i in range(1, 101)],
        valid_from=DAY,
        decision=DECISION,
    )
    assert made[-1].code == "22918-100"
    assert Event.everything.filter(kind="village.added").count() == 100


@pytest.mark.parametrize("again", ["Hòa Bình", "Hoà Bình", "HÒA  BÌNH", "Ho\u0300a Bình"])
def test_same_name_however_written_is_refused(clerk: Actor, commune: Territory, again: str) -> None:
    _add(clerk, commune, "Hoà Bình")
    with pytest.raises(VillageExists, match="22918-01") as refusal:
        _add(clerk, commune, again)
    assert refusal.value.field == "name"


def test_names_that_differ_in_a_tone_are_two_villages(clerk: Actor, commune: Territory) -> None:
    _add(clerk, commune, "Hòa")
    assert _add(clerk, commune, "Hoa").code == "22918-02"


def test_same_number_of_another_kind_is_another_village(clerk: Actor, commune: Territory) -> None:
    _add(clerk, commune, "1", "thôn")
    assert _add(clerk, commune, "1", "Khu Phố").full_name == "Khu phố 1"


def test_name_of_an_ended_village_may_be_used_again(clerk: Actor, commune: Territory) -> None:
    old = _add(clerk, commune, "Mới")
    end_village(by=clerk, village=old, ended_on=DAY + timedelta(days=1), decision="1/NQ")
    assert _add(clerk, commune, "Mới").code == "22918-02"


def test_bulk_with_one_bad_name_adds_none(clerk: Actor, commune: Territory) -> None:
    with pytest.raises(VillageExists):
        add_villages(by=clerk, commune=commune, villages=[("thôn", "1"), ("thôn", "1")],
                     valid_from=DAY, decision=DECISION)  # fmt: skip
    assert queries.villages_of(commune, DAY) == []


@pytest.mark.parametrize(("kind", "name"), [("", "Một"), ("thôn", ""), ("thôn", "x" * 121)])
def test_village_without_kind_or_name_or_with_an_endless_one_is_refused(
    clerk: Actor, commune: Territory, kind: str, name: str
) -> None:
    with pytest.raises(Invalid):
        _add(clerk, commune, name, kind)


def test_village_in_a_province_is_refused(loader: Actor, province: Territory) -> None:
    with pytest.raises(NotACommune):
        _add(loader, province, "Một")


def test_village_before_its_commune_is_refused(clerk: Actor, commune: Territory) -> None:
    with pytest.raises(CommuneNotInForce, match="30/06/2024"):
        add_village(by=clerk, commune=commune, kind="thôn", name="Sớm",
                    valid_from=date(2024, 6, 30), decision=DECISION)  # fmt: skip


def test_same_operation_twice_adds_one_village(clerk: Actor, commune: Territory) -> None:
    op_id = uuid4()
    both = [
        add_village(by=clerk, commune=commune, kind="thôn", name="Một", valid_from=DAY,
                    decision=DECISION, op_id=op_id)
        for _ in range(2)
    ]  # fmt: skip
    assert both[0] == both[1]


def test_police_and_neighbours_may_not_add_villages(
    officer: Actor, outsider: Actor, commune: Territory, other_commune: Territory, clerk: Actor
) -> None:
    for actor, place in ((officer, commune), (outsider, commune), (clerk, other_commune)):
        with pytest.raises(Forbidden):
            _add(actor, place, "Một")


def test_ended_village_stands_until_the_day_before(chair: Actor, commune: Territory) -> None:
    village = _add(chair, commune, "Một")
    end = date(2025, 12, 1)
    end_village(by=chair, village=village, ended_on=end, decision="3/NQ-HĐND")
    assert queries.villages_of(commune, end - timedelta(days=1)) == [village]
    assert queries.villages_of(commune, end) == []
    assert queries.designation_on(village, end) is None


def test_village_cannot_end_twice_nor_on_its_first_day(chair: Actor, commune: Territory) -> None:
    village = _add(chair, commune, "Một")
    with pytest.raises(VillageEnded):
        end_village(by=chair, village=village, ended_on=DAY, decision="3")
    end_village(by=chair, village=village, ended_on=date(2025, 12, 1), decision="3")
    with pytest.raises(VillageEnded):
        end_village(by=chair, village=village, ended_on=date(2025, 11, 1), decision="3")


def test_village_that_a_team_serves_cannot_end(
    chair: Actor, villages: tuple[Territory, Territory], team: Any
) -> None:
    with pytest.raises(VillageStillServed, match="Tổ 1") as refusal:
        end_village(by=chair, village=villages[0], ended_on=DAY, decision="3")
    assert refusal.value.field == "ended_on"
    villages[0].refresh_from_db()
    assert villages[0].valid_to is None


def test_village_ends_on_the_day_it_left_the_team(
    chair: Actor, villages: tuple[Territory, Territory], team: Any
) -> None:
    team.served.filter(village=villages[0]).update(valid_to=DAY)
    with pytest.raises(VillageStillServed):
        end_village(by=chair, village=villages[0], ended_on=DAY - timedelta(days=1), decision="3")
    end_village(by=chair, village=villages[0], ended_on=DAY, decision="3")
    assert villages[0].valid_to == DAY


def test_commune_cannot_be_ended_as_a_village(chair: Actor, commune: Territory) -> None:
    with pytest.raises(NotAVillage):
        end_village(by=chair, village=commune, ended_on=DAY, decision="3")


def test_adding_leaves_an_event_with_code_and_decision(clerk: Actor, commune: Territory) -> None:
    village = _add(clerk, commune, "Một")
    event = Event.everything.get(kind="village.added")
    assert (event.path, event.on_day, event.place_id) == (village.path, DAY, village.id)
    assert event.detail == {"code": "22918-01", "decision": DECISION}
