# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole thread: what a team did is in the figures, in the review, and in no wrong hand."""

from datetime import timedelta
from typing import Any
from zipfile import ZipFile

from docx import Document

from binhyen.core import clock
from tests.browser.screen import Screen
from tests.browser.world import PROVINCE, WARD

YESTERDAY = clock.today() - timedelta(days=1)
DAY = f"{YESTERDAY:%d/%m/%Y}"
FIRST = YESTERDAY - timedelta(days=29)
PERIOD = f"{FIRST:%Y-%m-%d}..{YESTERDAY:%Y-%m-%d}"
"""Thirty days that are over, so that a review of them can be made."""
MOVED = ("ACT_PATROLS", "ACT_VIOLATIONS", "ACT_TRAFFIC", "ACT_REPORTS", "ACT_CASES_SUPPORTED")


def figures(screen: Screen, area: str) -> dict[str, int]:
    """The figures that the thread moves, as the page of an area shows them."""
    screen.open(f"/figures/?area={area}&period={PERIOD}")
    return {code: int(shown(screen, code)) for code in MOVED}


def shown(screen: Screen, code: str) -> str:
    """The number in a figure's row."""
    row = screen.main.locator(f"tr:has(a[href^='/figures/{code}/'])").first
    return row.locator("strong").first.inner_text()


def plans_and_does_a_patrol(officer: Screen, leader: Screen) -> str:
    """A patrol of yesterday evening, planned by commune police and recorded by the leader."""
    officer.open("/patrols/plan/")
    officer.of_team("Tổ 1")
    officer.fill(day=DAY, from_time="17:00", to_time="18:30", route="Vòng quanh chợ đêm",
                 members=["Trần Thị An", "Đinh Xuân Phúc"])  # fmt: skip
    officer.send("Plan the patrol")
    leader.open(officer.path)
    leader.click("Record as done")
    leader.send("Record the patrol")
    patrol = leader.path
    leader.click("Add a finding")
    leader.fill(kind="gambling", found_at=(DAY, "17:40"), handed_at=(DAY, "17:50"))
    leader.send("Note the finding")
    leader.click("Add traffic help")
    leader.fill(kind="jam", started_at=(DAY, "18:00"), duration_min="20", place="Cổng chợ đêm")
    leader.send("Record the traffic help")
    return patrol


def reports_and_settles(leader: Screen, officer: Screen) -> str:
    """A report of yesterday: handed over, assigned, confirmed as a case, concluded, closed."""
    leader.open("/incidents/new/")
    leader.fill(category="violation", channel="in_person", received_at=(DAY, "18:40"),
                handing="before", handed_at=(DAY, "18:45"), account="Mất trộm ở quầy.")  # fmt: skip
    leader.send("Save the report")
    report = leader.path
    officer.open(report)
    officer.click("Assign")
    officer.main.get_by_label("Lê Minh Quang").check()
    officer.send("Give to this officer")
    officer.click("Confirm a case")
    officer.fill(number="VV-12/2026", confirmed_on=DAY)
    officer.send("Confirm the case")
    officer.click("Conclude")
    officer.fill(outcome="administrative", concluded_on=DAY)
    officer.send("Conclude the case")
    officer.open(report)
    officer.click("Close the report")
    officer.send("Close the report")
    return report


def opened_records(screen: Screen, code: str, area: str) -> set[str]:
    """The addresses of the records that stand behind a figure for this reader."""
    screen.open(f"/figures/{code}/records/?area={area}&period={PERIOD}")
    links = screen.main.locator("td a.row-link")
    return set(links.evaluate_all("all => all.map(link => link.getAttribute('href'))"))


def review_prints(police: Screen, expected: dict[str, int], folder: Any) -> str:
    """Make the review; page and Word file print these numbers. The address of the review."""
    police.open("/reviews/new/")
    police.fill(area=PROVINCE, first=f"{FIRST:%d/%m/%Y}", last=DAY)
    police.send("Make the review")
    address = police.path
    with police.page.expect_download() as download:
        police.click("Word")
    path = folder / "review.docx"
    download.value.save_as(path)
    assert ZipFile(path).testzip() is None
    cells = [
        [cell.text for cell in row.cells] for table in Document(path).tables for row in table.rows
    ]
    for code, number in expected.items():
        on_page = police.page.locator(f"tr:has-text('{code}') td").all_inner_texts()
        assert str(number) in on_page, (code, on_page)
        in_word = [row for row in cells if code in row]
        assert in_word, code
        assert str(number) in in_word[0], (code, in_word)
    return address


def test_thread_from_a_patrol_to_the_review(enter: Any, tmp_path: Any) -> None:
    officer, leader, police = enter("officer"), enter("leader"), enter("province_police")
    outsider = enter("outsider")
    of_commune, of_province = figures(officer, WARD), figures(police, PROVINCE)

    patrol = plans_and_does_a_patrol(officer, leader)
    report = reports_and_settles(leader, officer)

    for before, after in (
        (of_commune, figures(officer, WARD)),
        (of_province, figures(police, PROVINCE)),
    ):
        assert after == {code: number + 1 for code, number in before.items()}
    review = review_prints(police, figures(police, PROVINCE), tmp_path)

    assert patrol in opened_records(officer, "ACT_PATROLS", WARD)
    assert report in opened_records(officer, "ACT_REPORTS", WARD)
    assert len(opened_records(officer, "ACT_PATROLS", WARD)) == of_commune["ACT_PATROLS"] + 1
    assert not opened_records(police, "ACT_PATROLS", PROVINCE)
    reason = police.main.locator(".note .words").first.inner_text()
    assert reason.startswith(f"{of_province['ACT_PATROLS'] + 1} "), reason
    sees_nothing(outsider, patrol, report, review)


def sees_nothing(outsider: Screen, *addresses: str) -> None:
    """Nothing of it is there for somebody of another province."""
    for address in (
        *addresses,
        f"{addresses[-1]}word/",
        f"/figures/?area={WARD}&period={PERIOD}",
        f"/figures/ACT_PATROLS/?area={PROVINCE}&period={PERIOD}",
        f"/figures/ACT_PATROLS/records/?area={WARD}&period={PERIOD}",
        f"/log-book/?commune={WARD}",
        "/cases/?q=VV-12/2026",
    ):
        outsider.open(address)
        text = outsider.main.inner_text()
        for word in ("chợ đêm", "VV-12/2026", "Mũi Né"):
            assert word not in text, address
    for address in addresses:
        assert outsider.open(address) == 404
    outsider.open("/search/?q=Mui Ne")
    assert "Tổ 1" not in outsider.main.inner_text()
