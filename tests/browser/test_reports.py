# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports: from what a team hears to what commune police make of it; the sealed ones too."""

from datetime import timedelta
from typing import Any

from binhyen.core import clock
from tests.browser.screen import Screen, said
from tests.browser.server import Site


def receive(screen: Screen, **fields: Any) -> str:
    """Record a report; the address of its page."""
    screen.open("/incidents/new/")
    screen.fill(**fields)
    screen.send("Save the report")
    return screen.path


def test_report_is_handed_over_assigned_and_closed(enter: Any) -> None:
    deputy, officer = enter("deputy"), enter("officer")
    report = receive(deputy, category="social_evil", channel="noticed", handing="not_yet",
                     account="Đánh bạc ở quán nước gần bến xe.")  # fmt: skip
    deputy.says(said("Received", "report"))
    deputy.click("Hand over now")
    deputy.says(said("Handed over to commune police"))

    officer.open(report)
    officer.says("Đánh bạc ở quán nước")
    officer.click("Assign")
    officer.main.get_by_label("Lê Minh Quang").check()
    officer.send("Give to this officer")
    officer.says(said("Being dealt with"), "Lê Minh Quang")
    officer.click("Close the report")
    officer.send("Close the report")
    officer.says(said("Closed", "report"))


def test_two_reports_make_one_case(enter: Any) -> None:
    officer = enter("officer")
    earlier = clock.now() - timedelta(minutes=30)
    label = f"{said('Fire')} · {earlier.astimezone(clock.VIETNAM):%d/%m/%Y %H:%M}"
    when = tuple(f"{earlier.astimezone(clock.VIETNAM):%d/%m/%Y %H:%M}".split())
    receive(officer, category="fire", channel="phone", handing="now", received_at=when)
    receive(officer, category="fire", channel="in_person", handing="now")
    officer.click("Confirm a case")
    officer.fill(number="VV-11/2026")
    officer.main.get_by_label(label).check()
    officer.send("Confirm the case")
    officer.says("VV-11/2026")
    assert officer.main.locator("tbody tr").count() == 2
    officer.click("Conclude")
    officer.fill(outcome="assisted")
    officer.send("Conclude the case")
    officer.says(said("Help was given"))


def test_dispute_is_noticed_and_settled(enter: Any) -> None:
    leader = enter("leader")
    leader.open("/disputes/new/")
    leader.fill(kind="neighbours")
    leader.send("Save the dispute")
    leader.says(said("Between neighbours"))
    dispute = leader.path
    leader.open(f"{dispute}close/")
    leader.fill(state="settled")
    leader.send("Save the result")
    leader.says(said("Settled", "dispute"))


def test_report_without_category_is_refused_and_keeps_what_was_typed(enter: Any) -> None:
    leader = enter("leader")
    leader.open("/incidents/new/")
    leader.fill(channel="phone", handing="now", account="Xe máy đâm nhau ở ngã ba.")
    text = leader.refused("Save the report")
    assert said("What is it about?") in text
    assert leader.main.locator("[name=account]").input_value() == "Xe máy đâm nhau ở ngã ba."
    leader.fill(category="accident")
    leader.send("Save the report")


def test_sealed_report_is_read_by_commune_police_alone(enter: Any) -> None:
    words = "La hét trong nhà, có tiếng đập phá."
    leader, officer, clerk, member = (
        enter(key) for key in ("leader", "officer", "clerk", "member")
    )
    report = receive(leader, category="domestic_violence", channel="in_person", handing="now",
                     account=words)  # fmt: skip
    leader.says(said("Sealed"))
    assert words not in leader.main.inner_text()
    leader.open(f"{report}correct/")
    assert words not in leader.main.inner_text()

    officer.open(report)
    officer.says(words, said("Commune police alone read this report."))
    assert clerk.open(report) == 404
    assert member.open(report) == 404
    member.open("/incidents/")
    assert said("Domestic violence") not in member.main.locator("table").inner_text()


def test_outsider_and_clerk_find_no_report(enter: Any, site: Site) -> None:
    for key in ("outsider", "sibling", "clerk", "province_police"):
        screen = enter(key)
        for path in ("", "assign/", "correct/", "case/"):
            assert screen.open(f"/incidents/{site.known['report']}/{path}") == 404
        assert screen.open(f"/disputes/{site.known['dispute']}/") == 404
