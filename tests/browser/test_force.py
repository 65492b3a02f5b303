# SPDX-License-Identifier: AGPL-3.0-or-later
"""Teams and members: what clerk and chair record, what the province decides, what people see."""

from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.browser.screen import Screen, said
from tests.browser.server import Site
from tests.browser.world import WARD

HEADER = ("Họ và tên", "Ngày sinh", "Giới tính", "Thôn, tổ dân phố", "Chức danh",
          "Tham gia từ ngày", "Quyết định công nhận")  # fmt: skip
AS_THE_DECISION_SAYS = ("Hàm Tiến 1", "Tổ viên", "01/10/2026", "51/QĐ-UBND")


def written(path: Path, *rows: tuple[str, ...]) -> str:
    """A workbook as a clerk's Excel writes it."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Danh sách")
        for number, row in enumerate((HEADER, *rows)):
            sheet.write_row(number, 0, row)
    return str(path)


def vacancies(clerk: Screen) -> str:
    """How many teams have vacant places, as the start page says it."""
    clerk.open("/")
    card = clerk.main.locator("li", has_text=said("See which"))
    return card.locator(".number").inner_text()


def test_clerk_keeps_teams_and_members(enter: Any, tmp_path: Path) -> None:
    clerk = enter("clerk")
    clerk.open("/teams/")
    clerk.click("Establish a team")
    clerk.fill(name="Tổ 2", decision="45/QĐ-UBND", decided_on="01/09/2026",
               villages=["Khu phố Hàm Tiến 1"])  # fmt: skip
    clerk.send("Establish the team")
    clerk.says("Tổ 2", "Hàm Tiến 1", "45/QĐ-UBND")
    _recognises_and_promotes(clerk)
    _imports(clerk, tmp_path)
    _ends(clerk)


def _recognises_and_promotes(clerk: Screen) -> None:
    clerk.open("/people/")
    clerk.click("Recognise a member")
    clerk.fill(full_name="Tạ Văn Lực", born_on="3/2/1985", sex="male", origin="new",
               phone="0901 234 567", recognised_on="01/09/2026", decision="46/QĐ-UBND")  # fmt: skip
    clerk.main.locator("[name=village]").select_option(label="Khu phố Hàm Tiến 1")
    clerk.send("Recognise the member")
    clerk.says("Tạ Văn Lực", "Tổ 2", said("Team member"))
    clerk.click("Change the role")
    clerk.fill(post="leader", valid_from="01/10/2026", decision="50/QĐ-UBND")
    clerk.send("Change the role")
    assert clerk.fact("Role in the team") == said("Team leader")


def _imports(clerk: Screen, folder: Path) -> None:
    good = (
        "Lưu Thị Thanh",
        "12/04/1990",
        "Nữ",
        "Hàm Tiến 1",
        "Tổ viên",
        "01/10/2026",
        "51/QĐ-UBND",
    )
    bad = (
        "Kiều Văn Đông",
        "31/02/1991",
        "Nam",
        "Hàm Tiến 1",
        "Tổ viên",
        "01/10/2026",
        "51/QĐ-UBND",
    )
    clerk.open("/people/import/")
    clerk.fill(file=written(folder / "sai.xlsx", good, bad))
    clerk.click("Check the file")
    clerk.says(said("What is wrong"), said("Date of birth"))
    clerk.click("Upload another file")
    clerk.fill(file=written(folder / "dung.xlsx", good, (bad[0], "28/02/1991", *bad[2:])))
    clerk.click("Check the file")
    clerk.main.locator("form button.primary").click()
    clerk.page.wait_for_url("**/people/")
    clerk.says("Lưu Thị Thanh", "Kiều Văn Đông")


def _ends(clerk: Screen) -> None:
    clerk.open("/people/?q=kieu")
    clerk.main.get_by_role("link", name="Kiều Văn Đông").click()
    clerk.click("End the membership")
    clerk.fill(ground="own_request", ended_on="01/11/2026", decision="60/QĐ-UBND")
    clerk.send("End the membership")
    clerk.says(said("No longer serves"), said("Own request"))
    clerk.click("Undo")
    clerk.says(said("Serves"))


def test_strength_decided_by_the_province_shows_vacancies_to_the_commune(enter: Any) -> None:
    chair, clerk = enter("province_chair"), enter("clerk")
    chair.open(f"/strength/{WARD}/")
    before = int(chair.fact("Vacant places"))
    chair.main.get_by_role("link", name="Khu phố Suối Nước").click()
    chair.fill(number="6", decision="3000/QĐ-UBND", valid_from="01/11/2026")
    chair.send("Record the decided number")
    assert int(chair.fact("Vacant places")) == before + 2
    assert int(vacancies(clerk)) >= 1
    clerk.click("See which")
    clerk.says("Tổ 1")


def test_decided_number_that_begins_too_early_is_refused(enter: Any) -> None:
    police = enter("province_police")
    police.open(f"/strength/{WARD}-02/decide/")
    police.fill(number="5", decision="3001/QĐ-UBND", valid_from="01/01/2024")
    text = police.refused("Record the decided number")
    assert "01/07/2024" in text
    assert police.main.locator("[name=decision]").input_value() == "3001/QĐ-UBND"


def test_member_sees_the_own_file_and_who_opened_it(enter: Any, site: Site) -> None:
    clerk, member = enter("clerk"), enter("member")
    files = site.known["members"]
    assert clerk.open(f"/people/{files['Nguyễn Văn Bình']}/") == 200
    member.open("/people/")
    assert member.path == "/people/me/"
    member.says("Nguyễn Văn Bình", "Võ Thị Hồng Nhung", said("Managing the force"))
    assert member.open(f"/people/{files['Trần Thị An']}/") == 404
    assert member.open("/people/recognise/") == 404
    assert member.open("/log-book/") == 200
    member.open("/access-log/")
    member.says("Võ Thị Hồng Nhung")


def test_leader_sees_whom_to_call_but_not_the_file(enter: Any, site: Site) -> None:
    leader = enter("leader")
    leader.open(f"/people/{site.known['members']['Mai Văn Tư']}/")
    leader.says("Mai Văn Tư", "0901000003")
    text = leader.main.inner_text()
    assert str(date(1981, 5, 20).year) not in text
    assert said("Former force") not in text


def test_people_of_another_commune_are_nowhere(enter: Any, site: Site) -> None:
    for key in ("outsider", "sibling", "outsider_province"):
        screen = enter(key)
        assert screen.open(f"/people/{site.known['members']['Mai Văn Tư']}/") == 404
        assert screen.open(f"/teams/{site.known['team']}/") == 404
        screen.open("/search/?q=mai van tu")
        assert "Mai Văn Tư" not in screen.main.inner_text()
