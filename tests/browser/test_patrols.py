# SPDX-License-Identifier: AGPL-3.0-or-later
"""A patrol from the plan to the log book, by the people who do it."""

from datetime import date, timedelta
from typing import Any

from binhyen.core import clock
from tests.browser.screen import said
from tests.browser.server import Site
from tests.browser.world import ISLAND


def tonight() -> dict[str, str]:
    """The fields of a plan for this evening."""
    return {"day": f"{clock.today():%d/%m/%Y}", "from_time": "22:00", "to_time": "00:30"}


def moment(at: Any) -> tuple[str, str]:
    """A moment as the day and the time that a person types."""
    here = at.astimezone(clock.VIETNAM)
    return f"{here:%d/%m/%Y}", f"{here:%H:%M}"


def test_patrol_is_planned_by_the_officer_and_done_by_the_leader(enter: Any, site: Site) -> None:
    officer, leader = enter("officer"), enter("leader")
    officer.open("/patrols/")
    officer.click("Plan a patrol")
    officer.of_team("Tổ 1")
    # Two whom the journeys of the phone leave alone: theirs may have walked a minute ago.
    officer.fill(**tonight(), members=["Mai Văn Tư", "Cao Thị Ngọc"], route="Chợ Mũi Né",
                 plan_number="07/KH-CAP")  # fmt: skip
    officer.send("Plan the patrol")
    officer.says(said("Planned"), "Chợ Mũi Né", "Cao Thị Ngọc", "07/KH-CAP")

    leader.open(officer.path)
    leader.click("Start the patrol")
    leader.fill(at=moment(clock.now() - timedelta(minutes=5)))
    leader.send("Start now")
    leader.says(said("Under way"))
    leader.click("Add a finding")
    leader.fill(kind="theft", place="Sau chợ", handed_at=moment(clock.now()))
    leader.send("Note the finding")
    leader.click("Add traffic help")
    leader.fill(kind="guidance", duration_min="15", place="Trước cổng chợ")
    leader.send("Record the traffic help")
    leader.click("End the patrol")
    leader.fill(note="Một vụ mất xe đạp, đã báo Công an phường.")
    leader.send("End the patrol")
    leader.says(said("Done"), said("Theft or damage of property"), said("Traffic guidance"))

    officer.open("/log-book/")
    officer.says("Chợ Mũi Né", said("Theft or damage of property"))


def test_member_sees_the_plan_of_the_own_team_only(enter: Any) -> None:
    member, sibling = enter("member"), enter("sibling")
    member.open("/patrols/")
    member.says("Đường bờ kè, chợ, bến cá")
    assert "Tổ Đảo" not in member.main.inner_text()
    sibling.open("/patrols/")
    sibling.says("Tổ Đảo")


def test_patrol_and_its_finding_are_recorded_afterwards(enter: Any) -> None:
    deputy = enter("deputy")
    deputy.open("/patrols/")
    deputy.click("Record a patrol")
    yesterday = f"{clock.today() - timedelta(days=1):%d/%m/%Y}"
    deputy.fill(day=yesterday, from_time="19h", to_time="20 giờ 30", members=["Mai Văn Tư"],
                route="Khu phố Long Sơn")  # fmt: skip
    deputy.send("Record the patrol")
    deputy.says(said("Done"), "Long Sơn", "19:00")
    deputy.click("Add a finding")
    deputy.fill(kind="drugs", found_at=(yesterday, "19:40"))
    deputy.send("Note the finding")
    deputy.says(said("Drugs"), said("Not handed over yet"))


def test_patrol_that_overlaps_is_refused_and_keeps_what_was_typed(enter: Any, site: Site) -> None:
    leader = enter("leader")
    leader.open("/patrols/record/")
    back = date.fromisoformat(site.known["day"]) - timedelta(days=5)
    leader.fill(day=f"{back:%d/%m/%Y}", from_time="20:00", to_time="22:00", route="Bãi Rạng",
                members=["Mai Văn Tư", "Cao Thị Ngọc"], note="Yên ắng.")  # fmt: skip
    text = leader.refused("Record the patrol")
    assert "20:00" in text
    assert leader.main.locator("[name=route]").input_value() == "Bãi Rạng"
    assert leader.main.locator("[name=note]").input_value() == "Yên ắng."
    assert leader.main.get_by_label("Cao Thị Ngọc").is_checked()
    leader.fill(from_time="05:00", to_time="06:00")
    leader.send("Record the patrol")


def test_outsider_finds_no_patrol(enter: Any, site: Site) -> None:
    outsider = enter("outsider")
    known = site.known
    for path in (
        f"/patrols/{known['patrol']}/",
        f"/patrols/plan/{known['team']}/",
        f"/findings/{known['finding']}/",
        f"/traffic/{known['traffic']}/",
        f"/strength/{ISLAND}/decide/",
    ):
        assert outsider.open(path) == 404
    outsider.open("/patrols/")
    assert "Tổ 1" not in outsider.main.inner_text()
