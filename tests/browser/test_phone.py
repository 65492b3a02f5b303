# SPDX-License-Identifier: AGPL-3.0-or-later
"""The phone app against the real server: no network, two people, a killed tab."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect

from tests.browser.handset import (
    ALL_SENT,
    DEPUTY,
    LEADER,
    MEMBER,
    OTHER_PIN,
    PIN,
    RECEIPT,
    Phone,
    Ticket,
    a_photo,
)


def test_patrol_without_a_network_reaches_the_office(
    phone: Phone, ticket: Ticket, enter: Any
) -> None:
    phone.enrol(ticket(MEMBER), PIN)
    phone.page.context.set_offline(True)
    phone.page.reload()
    phone.type_pin(PIN)
    phone.is_home()
    phone.patrol("Dốc Đá Trắng")
    phone.foot("Chờ gửi: 2")

    phone.page.context.set_offline(False)
    phone.foot(ALL_SENT)
    phone.tap(ALL_SENT)
    expect(phone.page.locator(".standing.accepted")).to_have_count(2)
    assert RECEIPT.search(phone.page.locator("ol.lines").inner_text())
    officer = enter("officer")
    officer.open("/patrols/")
    officer.says("Dốc Đá Trắng")


def test_two_people_share_a_phone_and_lose_nothing(
    phone: Phone, ticket: Ticket, enter: Any
) -> None:
    phone.enrol(ticket(MEMBER), PIN)
    link = ticket(LEADER)
    phone.page.context.set_offline(True)
    phone.patrol("Lối mòn Hòn Rơm")
    phone.tap("Cài đặt")
    phone.tap("Ra khỏi, giữ nguyên mọi thứ")
    phone.page.context.set_offline(False)

    phone.enrol(link, OTHER_PIN)
    expect(phone.page.locator("h1")).to_have_text(LEADER)
    phone.foot(ALL_SENT)
    officer = enter("officer")
    officer.open("/patrols/")
    officer.says("Lối mòn Hòn Rơm")
    phone.tap("Cài đặt")
    phone.tap("Ra khỏi, giữ nguyên mọi thứ")
    expect(phone.page.locator(".tile")).to_have_count(2)
    phone.tap(MEMBER)
    phone.type_pin(OTHER_PIN)
    expect(phone.page.get_by_role("alert")).to_contain_text("Mã PIN chưa đúng")
    phone.type_pin(PIN)
    phone.tap("Nhật ký của tôi")
    expect(phone.page.locator("ol.lines")).to_contain_text("Lối mòn Hòn Rơm")


def test_tab_killed_before_the_answer_writes_nothing_twice(
    phone: Phone, ticket: Ticket, enter: Any
) -> None:
    phone.enrol(ticket(MEMBER), PIN)
    phone.foot(ALL_SENT)
    context = phone.page.context

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    context.route("**/sync/push", lose_the_answer)
    with phone.page.expect_event("requestfailed"):
        phone.patrol("Bờ kè phía bắc")
    phone.page.close()
    context.unroute("**/sync/push")

    one, other = Phone(context.new_page()), Phone(context.new_page())
    for tab in (one, other):
        tab.page.goto("/field/")
        tab.type_pin(PIN)
    for tab in (one, other):
        tab.foot(ALL_SENT)
    officer = enter("officer")
    officer.open("/patrols/")
    assert officer.main.inner_text().count("Bờ kè phía bắc") == 1


def test_report_is_sealed_on_the_phone_and_read_by_the_police(
    phone: Phone, ticket: Ticket, enter: Any
) -> None:
    phone.enrol(ticket(MEMBER), PIN)
    phone.page.context.set_offline(True)
    taps = ("Báo tin", "Mâu thuẫn, tranh chấp", "Tổ tự phát hiện")
    for words in taps:
        phone.tap(words)
    phone.page.get_by_label("Kể ngắn gọn").fill("Hai bên lấn ranh đất ở cuối ngõ chợ.")
    phone.tap("Gửi và niêm phong")
    phone.saved()
    phone.tap("Nhật ký của tôi")
    expect(phone.page.locator("ol.lines")).to_contain_text("Đã niêm phong")
    assert "lấn ranh" not in phone.page.inner_text("body")
    kept = phone.page.evaluate(_EVERYTHING)
    assert "report.file" in kept
    assert "lấn ranh" not in kept
    phone.page.go_back()
    phone.page.context.set_offline(False)
    phone.foot(ALL_SENT)
    officer = enter("officer")
    officer.open("/incidents/")
    officer.main.get_by_role("link", name=re.compile("Mâu thuẫn")).first.click()
    officer.says("Hai bên lấn ranh đất ở cuối ngõ chợ.")


def test_photo_of_a_report_is_shrunk_sealed_sent_after_the_text_and_seen_by_the_police(
    phone: Phone, ticket: Ticket, enter: Any
) -> None:
    phone.enrol(ticket(MEMBER), PIN)
    phone.page.context.set_offline(True)
    for words in ("Báo tin", "Cháy", "Tổ tự phát hiện"):
        phone.tap(words)
    phone.page.get_by_label("Kể ngắn gọn").fill("Cháy bãi cỏ cạnh nhà văn hóa.")
    camera = phone.page.locator("input[type=file]")
    for name in ("một.jpg", "hai.jpg"):
        file = {"name": name, "mimeType": "image/jpeg", "buffer": a_photo()}
        camera.set_input_files(file)  # type: ignore[arg-type]
        expect(phone.page.get_by_text("Chụp ảnh")).to_be_visible()
    expect(phone.page.locator(".taken img")).to_have_count(2)
    phone.page.get_by_role("button", name="Bỏ").first.click()
    phone.tap("Gửi và niêm phong")
    phone.saved()
    phone.foot("Chờ gửi: 2")
    size, start = phone.page.evaluate(_KEPT_PHOTO)
    assert size < 310 * 1024
    assert start != [0xFF, 0xD8]

    phone.page.context.set_offline(False)
    phone.foot(ALL_SENT)
    phone.tap(ALL_SENT)
    expect(phone.page.locator("ol.lines")).to_contain_text("Ảnh, ghi âm đã nhận: 1")
    officer = enter("officer")
    officer.open("/incidents/")
    officer.main.get_by_role("link", name=re.compile("Cháy")).first.click()
    shown = officer.main.locator(".attachments img")
    expect(shown).to_be_visible()
    shown.scroll_into_view_if_needed()
    seen = "all => all.map((one) => [one.naturalWidth, one.naturalHeight])[0]"
    expect(shown).to_have_js_property("complete", True)
    width, height = shown.evaluate_all(seen)
    assert width <= 1200
    assert abs(height / width - 3200 / 2400) < 0.01


_KEPT_PHOTO = """async () => {
  const names = (await indexedDB.databases()).map((one) => one.name);
  const name = names.find((one) => one.includes("person"));
  const db = await new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
  });
  const all = await new Promise((done) => {
    const asked = db.transaction("bytes").objectStore("bytes").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  db.close();
  return [all[0].length, [...all[0].slice(0, 2)]];
}"""


def test_full_storage_loses_nothing_that_was_typed(phone: Phone, ticket: Ticket) -> None:
    phone.enrol(ticket(MEMBER), PIN)
    phone.tap("Bắt đầu tuần tra")
    phone.page.get_by_label("Tuyến, nơi đi qua").fill("Xóm chài")
    phone.page.evaluate(_NO_ROOM)
    phone.tap("Bắt đầu")
    expect(phone.page.get_by_role("alert")).to_contain_text("Chưa ghi được")
    expect(phone.page.get_by_label("Tuyến, nơi đi qua")).to_have_value("Xóm chài")
    phone.page.evaluate("() => { IDBObjectStore.prototype.add = window.roomy; }")
    phone.tap("Bắt đầu")
    phone.saved()
    phone.foot(ALL_SENT)
    phone.tap("Kết thúc tuần tra")
    phone.tap("Kết thúc")
    phone.saved()


def test_call_for_help_says_how_far_it_is_until_somebody_has_seen_it(
    phone: Phone, ticket: Ticket, enter: Any
) -> None:
    phone.enrol(ticket(MEMBER), PIN)
    phone.foot(ALL_SENT)
    phone.page.context.set_offline(True)
    phone.tap("Xin hỗ trợ")
    phone.page.get_by_label("Bạn đang ở đâu").fill("Bãi sau Hòn Rơm")
    phone.tap("Xin hỗ trợ ngay")
    far = phone.page.locator(".far")
    expect(far).to_contain_text("CHƯA gửi được")
    assert phone.page.locator("a[href^='tel:']").count() == 3

    phone.page.context.set_offline(False)
    expect(far).to_contain_text("Đã đến xã. Chưa ai xem.")
    officer = enter("officer")
    officer.open("/")
    officer.says("Bãi sau Hòn Rơm")
    officer.click("Open the call")
    officer.click("I have seen it")

    phone.page.go_back()
    phone.tap(ALL_SENT)
    phone.tap("Gửi ngay")
    phone.page.go_back()
    expect(phone.page.locator(".tile.call")).to_contain_text("Lê Minh Quang đã xem lúc")
    phone.tap("Bạn xin hỗ trợ")
    phone.tap("Tôi không cần hỗ trợ nữa")
    phone.tap("Đã được hỗ trợ")
    expect(phone.page.locator(".tile.call")).to_have_count(0)
    phone.foot(ALL_SENT)
    officer.open("/help-calls/")
    officer.says("Đã được hỗ trợ")


_NO_ROOM = """() => {
  window.roomy = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""

_EVERYTHING = """async () => {
  const names = (await indexedDB.databases()).map((one) => one.name);
  const found = [];
  for (const name of names) {
    const db = await new Promise((done) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
    });
    for (const store of db.objectStoreNames) {
      found.push(await new Promise((done) => {
        const asked = db.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(asked.result);
      }));
    }
    db.close();
  }
  return JSON.stringify(found);
}"""


def test_screens_are_accessible_and_fit_a_small_phone(phone: Phone, ticket: Ticket) -> None:
    phone.enrol(ticket(MEMBER), PIN)
    routes = ("", "start", "traffic", "report", "report/fire/phone", "sent", "book", "settings",
              "sos", "map")  # fmt: skip
    for route in routes:
        phone.page.evaluate(f"location.hash = '/{route}'")
        expect(phone.page.locator("h1")).to_be_visible()
        width = phone.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, route
        small = phone.page.locator("button:visible").evaluate_all(
            "all => all.filter((one) => one.getBoundingClientRect().height < 56)"
            ".map((one) => one.innerText)"
        )
        assert not small, route
        found = Axe().run(phone.page)
        assert not found.response["violations"], f"{route}: {found.generate_report()}"


def test_way_is_recorded_on_a_patrol_only_and_switched_off_with_a_reason(
    phone: Phone, ticket: Ticket, enter: Any
) -> None:
    context = phone.page.context
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 10.93, "longitude": 108.29, "accuracy": 5})
    phone.enrol(ticket(MEMBER), PIN)
    expect(phone.page.locator(".tile", has_text="đường đi")).to_have_count(0)
    phone.tap("Bắt đầu tuần tra")
    phone.page.get_by_label("Tuyến, nơi đi qua").fill("Đồi Cát Bay")
    phone.tap("Bắt đầu")
    phone.saved()
    expect(phone.page.locator(".tile", has_text="Đang ghi đường đi: 1 điểm")).to_be_visible()
    assert phone.page.evaluate("document.documentElement.hasAttribute('data-way')")

    phone.tap("Đang ghi đường đi")
    phone.tap("Tiết kiệm pin")
    expect(phone.page.locator("main")).to_contain_text("Không ghi đường đi: Tiết kiệm pin")
    assert not phone.page.evaluate("document.documentElement.hasAttribute('data-way')")
    phone.page.go_back()
    phone.tap("Kết thúc tuần tra")
    phone.tap("Kết thúc")
    phone.saved()
    expect(phone.page.locator(".tile", has_text="đường đi")).to_have_count(0)
    phone.foot(ALL_SENT)
    officer = enter("officer")
    officer.open("/patrols/")
    officer.main.locator("tr", has_text="Đồi Cát Bay").get_by_role("link").first.click()
    officer.says("Để tiết kiệm pin")


def test_places_are_checked_off_without_a_network_and_counted_in_the_office(
    phone: Phone, ticket: Ticket, enter: Any
) -> None:
    officer = enter("officer")
    officer.open("/patrols/")
    officer.click("Plan a patrol")
    officer.of_team("Tổ 1")
    # The deputy: other journeys of the same world send the leader and the member on patrol today.
    officer.fill(from_time="00:00", to_time="23:59", route="Xóm Cồn mùa lũ", members=[DEPUTY],
                 places="Ngõ 12, nhà 1 đến 20\nCầu Khe")  # fmt: skip
    officer.send("Plan the patrol")

    phone.enrol(ticket(DEPUTY), PIN)
    phone.tap("Bắt đầu tuần tra")
    expect(phone.page.get_by_role("button", name="Theo kế hoạch").first).to_be_visible()
    phone.page.context.set_offline(True)
    phone.tap("Theo kế hoạch")
    phone.page.locator("footer .main").click()
    phone.saved()
    phone.tap("Danh sách nơi kiểm tra")
    bridge = phone.page.get_by_role("group", name="Cầu Khe")
    bridge.get_by_role("button", name="Cần hỗ trợ").click()
    expect(phone.page.get_by_role("status")).to_contain_text("Đã kiểm tra 1/2 nơi")
    phone.page.go_back()
    phone.page.context.set_offline(False)
    phone.foot(ALL_SENT)
    officer.open("/patrols/")
    officer.main.locator("tr", has_text="Xóm Cồn mùa lũ").get_by_role("link").first.click()
    officer.says("Cần hỗ trợ: 1")
    phone.tap("Kết thúc tuần tra")
    phone.tap("Kết thúc")
    phone.saved()
