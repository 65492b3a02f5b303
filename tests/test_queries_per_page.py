# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many queries a page takes: no more than a dozen, with few records as with many.

Somebody of each role follows every link from the start page, one address of each kind. A number of
queries that grew with the records, or with the figures on a page, would pass the dozen here.
"""

import re
from collections import deque
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from binhyen.accounts.models import User
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.demo import loading, signing, signins
from binhyen.demo.world.commune import World
from binhyen.demo.world.plan import SHOWCASE
from binhyen.indicators import catalogue, engine
from binhyen.personnel.models import Member
from binhyen.teams.models import Team
from binhyen.territory.models import Territory
from tests import cast
from tests.access.world import records

MOST = 12
A_FILE = 13
"""A person's file: its reading is written in a transaction, which counts as two queries here."""
FILES = {"/people/me/", "/people/…/"}
OTHER_COMMUNE = "25114"
SAMPLES = ("to-truong", "truong-cong-an-xa", "chu-tich-xa", "chu-tich-tinh", "bo-cong-an")
LINK = re.compile(r'<a[^>]*? href="(/[^"#]*)"')
ONE_OF_MANY = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[0-9]{2,5}(-[0-9]+)?(?=/)|(?<=/)[A-Z][A-Z0-9_]+(?=/)"
)
EXPORT = re.compile(r"format=|\.(csv|xlsx)$|\.(csv|xlsx)\?")
ELSEWHERE = ("/static/", "/api/", "/i18n/", "/theme/", "/account/")
"""Files, programs, and pages that another package draws."""

pytestmark = pytest.mark.django_db


def shape(address: str) -> str:
    """An address without what is one of many: ids and codes, and without what follows the path."""
    return ONE_OF_MANY.sub("…", urlsplit(address).path)


def most_of(page: str) -> int:
    """How many queries a page may take."""
    return A_FILE if page in FILES else MOST


def walked(user: User) -> dict[str, int]:
    """The number of queries of one page of each kind that somebody can reach by links."""
    client = Client(headers={"host": "localhost"})
    cast.sign_in(client, user)
    found: dict[str, int] = {}
    ahead = deque(["/"])
    while ahead:
        address = ahead.popleft()
        if shape(address) in found or address.startswith(ELSEWHERE) or EXPORT.search(address):
            continue
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        found[shape(address)] = len(asked)
        if answer.headers["Content-Type"].startswith("text/html"):
            ahead.extend(unescape(link) for link in LINK.findall(answer.content.decode()))
    return found


def too_many(users: list[User]) -> dict[str, int]:
    """The pages that took more than a dozen queries, with their number."""
    return {
        f"{user.username} {page}": number
        for user in users
        for page, number in walked(user).items()
        if number > most_of(page)
    }


@pytest.fixture
def few(
    officer: Actor, head: Actor, leader: Actor, province_officer: Actor, team: Team,
    leader_member: Member, member: Member, villages: tuple[Territory, Territory],
) -> list[User]:  # fmt: skip
    """One record of each kind, and people of a team, a commune and a province."""
    records(officer, team, member, villages)
    people = [cast.an_account(one) for one in (head, leader, province_officer)]
    engine.freshen()  # whoever reads first after a write sums it up
    return people


@pytest.fixture
def many(db: None) -> list[User]:
    """Two communes of the demonstration, and its sample accounts."""
    world = loading.begin(World(7, clock.now()))
    officer = signins.open_offices(world)
    loading.load(world, [SHOWCASE, OTHER_COMMUNE], officer=officer)
    signins.open_team(world)
    signing.sign_provinces(world, [SHOWCASE, OTHER_COMMUNE])
    loading.finish()
    return list(User.objects.filter(username__in=SAMPLES))


def kinds_of_figures() -> list[str]:
    """One indicator for each way in which figures are made and read."""
    one_each = {(one.source, one.form, one.is_derived): one.code for one in catalogue.listed()}
    return sorted(one_each.values())


def test_a_walk_sees_lists_records_forms_and_figures(few: list[User]) -> None:
    seen = walked(few[0])
    assert {"/", "/patrols/", "/patrols/…/", "/patrols/plan/", "/incidents/…/", "/log-book/",
            "/figures/", "/figures/…/", "/figures/…/records/", "/teams/…/", "/people/…/",
            "/roles/give/", "/places/…/"} <= set(seen)  # fmt: skip
    assert {page: number for page, number in seen.items() if number > most_of(page)} == {}


def test_no_page_takes_more_than_a_dozen_queries_with_few_records(few: list[User]) -> None:
    assert too_many(few[1:]) == {}


def test_no_page_takes_more_than_a_dozen_queries_with_many_records(many: list[User]) -> None:
    assert too_many(many) == {}


def test_no_kind_of_figure_takes_more_than_a_dozen_queries(many: list[User]) -> None:
    client = Client(headers={"host": "localhost"})
    taken = {}
    for user in many:
        cast.sign_in(client, user)
        for code in kinds_of_figures():
            for page in ("", "records/"):
                with CaptureQueriesContext(connection) as asked:
                    client.get(f"/figures/{code}/{page}")
                taken[user.username, code, page] = len(asked)
    assert {what: number for what, number in taken.items() if number > MOST} == {}
