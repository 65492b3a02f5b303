# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page in both languages, light and dark, wide and narrow: axe finds nothing.

That no console complains and no page breaks the content security policy is checked for every
journey by `conftest.py`.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.screen import Screen
from tests.browser.server import Site
from tests.browser.world import ELSEWHERE, PROVINCE, WARD

PERIOD = "2024-09-16..2025-09-15"
PAGES: tuple[tuple[str, str], ...] = (
    ("", "/account/login/"),
    ("officer", "/"),
    ("officer", "/search/?q=mui"),
    ("officer", "/nowhere/"),
    ("officer", "/teams/"),
    ("officer", "/teams/{team}/"),
    ("officer", "/people/"),
    ("officer", "/patrols/"),
    ("officer", "/patrols/?state=planned&late=1"),
    ("officer", "/patrols/{patrol}/"),
    ("officer", "/patrols/plan/{team}/"),
    ("officer", "/patrols/{patrol}/finding/"),
    ("officer", "/patrols/{patrol}/traffic/"),
    ("officer", "/patrols/{patrol}/correct/"),
    ("officer", "/findings/{finding}/"),
    ("officer", "/traffic/"),
    ("officer", "/traffic/{traffic}/"),
    ("officer", "/log-book/"),
    ("officer", "/incidents/"),
    ("officer", "/incidents/new/"),
    ("officer", "/incidents/{report}/"),
    ("officer", "/incidents/{report}/assign/"),
    ("officer", "/incidents/{report}/case/"),
    ("officer", "/incidents/{report}/withdraw/"),
    ("officer", "/cases/"),
    ("officer", "/disputes/"),
    ("officer", "/disputes/new/"),
    ("officer", "/disputes/{dispute}/"),
    ("officer", "/places/"),
    ("officer", f"/places/{WARD}/"),
    ("officer", f"/figures/ACT_PATROLS/records/?area={WARD}&period=2026"),
    ("officer", "/account/"),
    ("officer", "/account/keys/new/"),
    ("officer", "/account/password/"),
    ("officer", "/account/second-factor/"),
    ("officer", "/policy/"),
    ("clerk", "/people/{member}/"),
    ("clerk", "/people/recognise/"),
    ("clerk", "/people/import/"),
    ("clerk", "/people/{member}/role/"),
    ("clerk", "/people/{member}/end/"),
    ("clerk", "/people/{member}/correct/"),
    ("clerk", f"/teams/new/{WARD}/"),
    ("clerk", "/teams/{team}/change/"),
    ("clerk", f"/places/{WARD}/villages/new/"),
    ("head", "/roles/"),
    ("head", "/roles/give/"),
    ("head", "/roles/accounts/new/"),
    ("head", "/figures/signed/"),
    ("head", "/figures/signed/new/"),
    ("province_chair", "/"),
    ("province_chair", f"/strength/{WARD}/"),
    ("province_chair", f"/strength/{WARD}-01/decide/"),
    ("province_police", "/teams/"),
    ("province_police", f"/figures/?area={PROVINCE}&period=2026"),
    ("province_police", f"/figures/ACT_PATROLS/?area={PROVINCE}&period=2026"),
    ("province_police", "/reviews/"),
    ("province_police", "/reviews/new/"),
    ("analyst", "/figures/"),
    ("data_officer", "/access-log/"),
    ("member", "/people/me/"),
    ("leader", "/log-book/"),
    ("outsider", f"/places/{ELSEWHERE}/"),
)
# Contrast depends on the colours and not on the language, structure the other way round: two looks
# at each page see what four would. The sixth row of a table is built like the seventh.
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
COLOURS: dict[str, Any] = {"runOnly": ["color-contrast"]}
LOOKS: tuple[tuple[str, dict[str, int], str, dict[str, Any]], ...] = (
    ("vi", WIDE, "light", COLOURS), ("en", NARROW, "dark", {})
)  # fmt: skip
MORE_OF_THE_SAME = "tbody tr:nth-child(n+7)"


@pytest.mark.parametrize(("who", "path"), PAGES, ids=[f"{who} {path}" for who, path in PAGES])
def test_page_is_accessible_and_fits_a_phone(
    enter: Any, stranger: Any, site: Site, who: str, path: str
) -> None:
    screen = enter(who) if who else stranger()
    known = site.known | {"member": site.known["members"]["Nguyễn Văn Bình"]}
    found = []
    for language, size, theme, rules in LOOKS:
        choose(screen, site, language, theme)
        screen.page.set_viewport_size(size)
        screen.open(path.format(**known))
        found += looked_at(screen, f"{language} {theme}", rules)
        found += sticking_out(screen, language)
    assert not found, "\n".join(found)


def choose(screen: Screen, site: Site, language: str, theme: str) -> None:
    """Choose language and colours as the switches do."""
    screen.page.context.add_cookies(
        [
            {"name": "binhyen_language", "value": language, "url": site.url},
            {"name": "binhyen_theme", "value": theme, "url": site.url},
        ]
    )


def looked_at(screen: Screen, how: str, rules: dict[str, Any]) -> list[str]:
    """What axe finds on the page."""
    context = {"exclude": [[MORE_OF_THE_SAME]]}
    run = Axe().run(screen.page, context, {"resultTypes": ["violations"], **rules})
    violations = run.response["violations"]
    return [
        f"{how}: {one['id']} ({one['help']}): {node['html'][:160]}"
        for one in violations
        for node in one["nodes"][:3]
    ]


def sticking_out(screen: Screen, language: str) -> list[str]:
    """Parts that make a phone scroll sideways."""
    screen.page.set_viewport_size(NARROW)
    wide = screen.page.evaluate(
        """() => {
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return [];
          return [...document.querySelectorAll("body *")]
            .filter(one => one.getBoundingClientRect().right > root.clientWidth + 1)
            .slice(0, 3).map(one => one.outerHTML.slice(0, 160));
        }"""
    )
    return [f"{language}: too wide for 360 px: {part}" for part in wide]


def test_start_page_is_reached_from_the_menu_on_a_phone(enter: Any) -> None:
    leader = enter("leader", width=360, height=740)
    leader.open("/patrols/")
    leader.page.locator(".menu-all summary").click()
    entries = leader.page.locator(".menu-all nav a")
    assert entries.count() >= 4
    entries.first.click()
    assert leader.path == "/"


def test_every_entry_of_every_menu_opens(enter: Any) -> None:
    for who in ("officer", "head", "clerk", "leader", "member", "province_police", "analyst"):
        screen = enter(who)
        screen.open("/")
        entries = screen.page.locator(".side nav a").evaluate_all(
            "all => all.map(link => link.getAttribute('href'))"
        )
        assert entries
        for entry in entries:
            assert screen.page.request.get(entry).status == 200, (who, entry)
