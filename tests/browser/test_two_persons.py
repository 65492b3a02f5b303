# SPDX-License-Identifier: AGPL-3.0-or-later
"""A long list leaves: the clerk asks, the head of police approves, the file is made once."""

from pathlib import Path
from typing import Any

from tests.browser.screen import said
from tests.browser.world import PASSWORD


def export(screen: Any) -> None:
    """Choose the text table above the list of members."""
    screen.open("/people/")
    screen.main.locator("details.exports summary").click()
    screen.main.get_by_role("link", name=said("Text table (CSV)")).click()


def test_long_list_leaves_with_two_persons(enter: Any, tmp_path: Path) -> None:
    clerk, head = enter("clerk"), enter("head")
    export(clerk)
    clerk.click("Ask a second person")
    clerk.fill(why="Chi trợ cấp tháng 10")
    clerk.click("Ask for approval")
    clerk.confirm(PASSWORD)
    if clerk.path.startswith("/approvals/ask/"):
        clerk.send("Ask for approval")
    clerk.says("Chi trợ cấp tháng 10")

    head.open("/")
    head.click("Answer them")
    head.main.locator("tbody a").first.click()
    head.click("Approve")
    head.click("Approve")
    head.confirm(PASSWORD)
    if head.path.endswith("/approve/"):
        head.send("Approve")

    export(clerk)
    with clerk.page.expect_download() as download:
        clerk.click("Make the file now")
    file = tmp_path / "members.csv"
    download.value.save_as(file)
    assert "Nguyễn Văn Bình" in file.read_text("utf-8-sig")

    export(clerk)
    clerk.says(said("The file was not made."))
    clerk.main.get_by_role("link", name=said("Ask a second person")).wait_for()
