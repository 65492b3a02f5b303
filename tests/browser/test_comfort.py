# SPDX-License-Identifier: AGPL-3.0-or-later
"""Language, colours, keyboard, no script, impatience and second thoughts."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from binhyen.core import clock
from tests.browser.screen import Screen, said

MONTH_AGO = f"{clock.today() - timedelta(days=30):%d/%m/%Y}"


def how_many(screen: Screen, path: str) -> int:
    """The count in the sentence of a list."""
    screen.open(path)
    digits = re.findall(r"\d+", screen.main.locator("[role=status]").first.inner_text())
    return int(digits[0])


def test_language_is_switched_and_kept(enter: Any) -> None:
    leader = enter("leader")
    leader.open("/patrols/")
    leader.page.get_by_role("button", name="English (EN)").first.click()
    leader.page.wait_for_selector("html[lang=en]")
    leader.says("Patrols")
    leader.open("/teams/")
    leader.says("Teams")
    leader.page.get_by_role("button", name="Tiếng Việt (VI)").first.click()
    leader.page.wait_for_selector("html[lang=vi]")
    leader.says(said("Teams"))


def test_colours_are_switched_and_kept(enter: Any) -> None:
    leader = enter("leader")
    leader.open("/")
    background = "getComputedStyle(document.body).backgroundColor"
    light = leader.page.evaluate(background)
    switch = leader.page.locator("form[data-theme-switch] button").first
    with leader.page.expect_response("**/theme/"):
        switch.click()
    assert leader.page.locator("html").get_attribute("data-theme") == "light"
    with leader.page.expect_response("**/theme/"):
        switch.click()
    assert leader.page.evaluate(background) != light
    leader.open("/patrols/")
    assert leader.page.locator("html").get_attribute("data-theme") == "dark"


def test_record_is_opened_by_keyboard_alone(enter: Any) -> None:
    leader = enter("leader")
    leader.open("/patrols/")
    for _press in range(60):
        leader.page.keyboard.press("Tab")
        if leader.page.evaluate("document.activeElement.matches('main .row-link')"):
            break
    leader.page.keyboard.press("Enter")
    leader.page.wait_for_url(re.compile(r"/patrols/[0-9a-f-]{36}/$"))


def test_form_is_filled_in_and_sent_by_keyboard_alone(enter: Any) -> None:
    leader = enter("leader")
    before = how_many(leader, "/disputes/")
    leader.open("/disputes/new/")
    leader.page.locator("[name=kind]").first.focus()
    leader.page.keyboard.press("ArrowDown")
    for _press in range(20):
        leader.page.keyboard.press("Tab")
        if leader.page.evaluate("document.activeElement.matches('main .button.primary')"):
            break
    leader.page.keyboard.press("Enter")
    leader.page.wait_for_url(re.compile(r"/disputes/[0-9a-f-]{36}/$"))
    assert how_many(leader, "/disputes/") == before + 1


def test_single_keys_walk_the_list_and_can_be_switched_off(enter: Any) -> None:
    leader = enter("leader")
    leader.open("/patrols/")
    leader.page.keyboard.press("j")
    leader.page.keyboard.press("j")
    second = leader.page.locator("main .row-link").nth(1).get_attribute("href")
    assert leader.page.evaluate("document.activeElement.getAttribute('href')") == second
    leader.page.keyboard.press("?")
    leader.page.locator("#keys-on").uncheck()
    leader.page.get_by_role("button", name=said("Close")).click()
    leader.open("/patrols/")
    leader.page.keyboard.press("j")
    assert leader.page.evaluate("document.activeElement.tagName") == "BODY"


def test_patrol_is_planned_and_recorded_without_javascript(enter: Any) -> None:
    officer = enter("officer", java_script_enabled=False)
    officer.open("/patrols/")
    officer.click("Plan a patrol")
    officer.of_team("Tổ 1")
    tomorrow = f"{clock.today() + timedelta(days=1):%d/%m/%Y}"
    officer.fill(day=tomorrow, from_time="21:00", to_time="23:00", members=["Đinh Xuân Phúc"],
                 route="Đồi Hồng")  # fmt: skip
    officer.send("Plan the patrol")
    officer.says(said("Planned"), "Đồi Hồng")
    officer.open("/patrols/record/")
    officer.of_team("Tổ 1")
    officer.fill(day=MONTH_AGO, from_time="04:00", to_time="05:00", members=["Đinh Xuân Phúc"],
                 route="Bãi Rạng")  # fmt: skip
    officer.send("Record the patrol")
    officer.says(said("Done"), "Bãi Rạng")
    officer.open("/patrols/?state=planned")
    officer.says("Đồi Hồng")


def test_double_click_records_once(enter: Any) -> None:
    leader = enter("leader")
    before = how_many(leader, "/disputes/")
    leader.open("/disputes/new/")
    leader.fill(kind="debt")
    leader.main.locator("form.form .button.primary").dblclick(no_wait_after=True)
    expect(leader.page).to_have_url(re.compile(r"/disputes/[0-9a-f-]{36}/$"))
    assert how_many(leader, "/disputes/") == before + 1


@pytest.mark.parametrize("way", ["stays", "back and forth"])
def test_refusal_loses_nothing_that_was_typed(enter: Any, way: str) -> None:
    leader = enter("leader")
    leader.open("/patrols/record/")
    leader.fill(day=MONTH_AGO, from_time="02:00", to_time="03:00", route="Đường ven biển",
                note="Trời mưa to.")  # fmt: skip
    assert said("Choose who goes.") in leader.refused("Record the patrol")
    if way == "back and forth":
        leader.page.go_back()
        assert leader.page.locator("[name=route]").input_value() == "Đường ven biển"
        assert leader.page.locator("[name=note]").input_value() == "Trời mưa to."
        return
    assert leader.page.locator("[name=route]").input_value() == "Đường ven biển"
    assert leader.page.locator("[name=from_time]").input_value() == "02:00"


def test_form_that_changed_asks_before_it_is_left(enter: Any) -> None:
    leader = enter("leader")
    leader.open("/patrols/record/")
    leader.main.locator("[name=route]").press_sequentially("Chợ")
    asked = []
    leader.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    leader.page.get_by_role("link", name="Bình Yên").first.click(no_wait_after=True)
    leader.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert leader.page.locator("[name=route]").input_value() == "Chợ"
