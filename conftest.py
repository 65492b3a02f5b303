# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cast and the ground rules of every test.

Places (need the database): `nation`, `province` (68 Lâm Đồng), `commune` (22918 Mũi Né),
`other_commune` (23272 Phú Quý, same province), `other_province_commune` (22366 Nha Trang), and two
villages each: `villages`, `other_villages`, `other_province_villages`.
Force (need the database): `team` serves `villages`, `other_team` serves `other_villages`; `member`
is a file in `team`, `leader_member` is its leader.
Actors (need no database, may act today): in the commune `clerk`, `chair`, `officer` (commune
police), `head` (of commune police), `leader`, `deputy`, `member_actor` (owns the file `member`); in
the province `province_officer`, `province_chair`, `finance`, `inspector`, `data_officer`; of the
nation `analyst`, `operator`, `loader`; who must see nothing of the commune: `sibling` (commune
police of `other_commune`) and `outsider` (commune police of another province).
Doing: `today`; `sign_in(client, actor_or_user)` makes the account and signs it in; `english`
switches the language of one test; `standing_clock` stops the clock. More builders: `tests/cast.py`.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client, override_settings
from django.utils import translation

from binhyen.accounts.choices import Role
from binhyen.accounts.models import User
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.personnel.models import Member
from binhyen.teams.choices import Post
from binhyen.teams.models import Team
from binhyen.territory.models import Territory
from scripts import messages
from tests import cast

ONE_DATABASE = (
    "tests/architecture/", "tests/access/", "tests/api/", "tests/test_",
    "binhyen/core/tests/test_database.py", "binhyen/demo/tests/test_command.py",
    "binhyen/demo/tests/test_killed.py", "binhyen/demo/tests/test_calibration.py",
    "binhyen/core/tests/test_forms.py", "binhyen/core/tests/test_show.py",
    "binhyen/core/tests/test_tables.py", "binhyen/accounts/tests/test_signing_in.py",
    "binhyen/incidents/tests/test_words.py", "binhyen/indicators/tests/test_catalogue.py",
    "binhyen/law/", "binhyen/duty/tests/test_rules.py", "binhyen/duty/tests/test_pages.py",
    "binhyen/calls/tests/test_pages.py", "binhyen/patrols/tests/test_kit.py",
    "binhyen/patrols/tests/test_roster.py",
    "binhyen/territory/tests/test_duty_phone.py", "binhyen/duty/tests/test_own.py",
    "binhyen/duty/tests/test_filling.py", "binhyen/duty/tests/test_fill_pages.py",
    "binhyen/norms/tests/test_pages.py", "binhyen/norms/tests/test_files.py",
    "binhyen/budgets/tests/test_pages.py", "binhyen/budgets/tests/test_sums.py",
    "binhyen/budgets/tests/test_papers.py",
    "binhyen/entitlements/tests/test_pages.py", "binhyen/entitlements/tests/test_api.py",
    "binhyen/entitlements/tests/test_papers.py", "binhyen/entitlements/tests/test_contests.py",
    "binhyen/entitlements/tests/test_rules.py", "binhyen/entitlements/tests/test_support.py",
    "binhyen/simulations/tests/test_pages.py", "binhyen/simulations/tests/test_rules.py",
    "binhyen/claims/tests/test_pages.py", "binhyen/claims/tests/test_rules.py",
    "binhyen/claims/tests/test_api.py", "binhyen/claims/tests/test_papers.py",
    "binhyen/office/tests/test_generate.py", "binhyen/api/tests/test_limits.py",
)  # fmt: skip
"""Tests that ask the same of every database: the suite runs them once."""
BEGIN = datetime.fromisoformat(os.environ.get("TESTS_BEGIN", "2026-11-18T09:30:00+07:00"))
"""When all tests take place; another moment shows what depends on it."""


class Travel:
    """Lets every test meet the same day and hour, whenever somebody runs it; the clock goes on."""

    def __init__(self) -> None:
        self._shift = BEGIN - datetime.now(UTC)
        self._there: time_machine.travel | None = None

    @property
    def is_on(self) -> bool:
        """Whether the tests' clock is not the machine's."""
        return self._there is not None

    def begin(self) -> None:
        """Set the clock."""
        self._there = time_machine.travel(datetime.now(UTC) + self._shift, tick=True)
        self._there.start()

    def end(self) -> None:
        """Give the machine's clock back."""
        if self._there is not None:
            self._there.stop()
            self._there = None


_TRAVEL = Travel()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what need not run again on the second database."""
    for item in items:
        if item.nodeid.startswith(ONE_DATABASE):
            item.add_marker(pytest.mark.once)


def pytest_configure(config: pytest.Config) -> None:
    """Set the clock before anything is read; compile the catalogues once, for the words' sake."""
    if config.option.markexpr != "browser":
        _TRAVEL.begin()
    if not hasattr(config, "workerinput"):
        messages.compile_stale()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Tests with a browser keep the real clock, as the browser does."""
    if not item.get_closest_marker("browser") or not _TRAVEL.is_on:
        return (yield)
    _TRAVEL.end()
    try:
        return (yield)
    finally:
        _TRAVEL.begin()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """No pool in tests: a pooled connection would keep the test database from being dropped."""
    connections.settings["default"].get("OPTIONS", {}).pop("pool", None)


@pytest.fixture(scope="session", autouse=True)
def _settings_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A password hash that costs nothing, static files as they stand, files in a folder apart.

    Static files are looked for when asked for: reading all of them for each client takes 30 ms.
    """
    by_name = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={**settings.STORAGES, "staticfiles": by_name},
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=True,
        DATA_DIR=tmp_path_factory.mktemp("data"),
    ):
        yield


@pytest.fixture(autouse=True)
def _clean_air() -> Iterator[None]:
    """Each test begins in Vietnamese and with an empty cache (log-in limits live there)."""
    cache.clear()
    with translation.override("vi"):
        yield


@pytest.fixture(scope="session", autouse=True)
def _events_yield_to_flush() -> Iterator[None]:
    """Let a test with real transactions empty its SQLite tables when it ends.

    Django empties them with DELETE, which the triggers on the events refuse; the statements that
    empty the tables are therefore wrapped in taking the triggers away and putting them back.
    """
    if connection.vendor != "sqlite":
        yield
        return
    operations = type(connection.ops)
    plain = operations.sql_flush

    def wrapped(self: object, *args: object, **kwargs: object) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("select name, sql from sqlite_master where type = 'trigger'")
            triggers = cursor.fetchall()
        return [
            *(f"drop trigger {name}" for name, _sql in triggers),
            *plain(self, *args, **kwargs),
            *(sql for _name, sql in triggers),
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", wrapped)
        yield


@pytest.fixture
def standing_clock() -> Iterator[None]:
    """A clock that stands still, so that a code of thirty seconds holds for a whole test."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


@pytest.fixture
def today() -> date:
    """Today in Vietnam."""
    return clock.today()


@pytest.fixture
def english() -> Iterator[None]:
    """One test in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def sign_in(db: None) -> Callable[[Client, Actor | User], User]:
    """`sign_in(client, officer)`: the account of an actor, signed in."""
    return cast.sign_in


@pytest.fixture
def nation(db: None) -> Territory:
    """The whole country."""
    return cast.the_place(cast.NATION)


@pytest.fixture
def province(db: None) -> Territory:
    """68 Lâm Đồng."""
    return cast.the_place(cast.PROVINCE)


@pytest.fixture
def commune(db: None) -> Territory:
    """22918, the ward of Mũi Né: where the cast works."""
    return cast.the_place(cast.COMMUNE)


@pytest.fixture
def other_commune(db: None) -> Territory:
    """23272, the special zone of Phú Quý, in the same province."""
    return cast.the_place(cast.OTHER_COMMUNE)


@pytest.fixture
def other_province(db: None) -> Territory:
    """56 Khánh Hòa."""
    return cast.the_place(cast.OTHER_PROVINCE)


@pytest.fixture
def other_province_commune(db: None) -> Territory:
    """22366, the ward of Nha Trang, in another province."""
    return cast.the_place(cast.OTHER_PROVINCE_COMMUNE)


@pytest.fixture
def villages(commune: Territory) -> tuple[Territory, Territory]:
    """Two villages of `commune`."""
    return cast.two_villages(commune)


@pytest.fixture
def other_villages(other_commune: Territory) -> tuple[Territory, Territory]:
    """Two villages of `other_commune`."""
    return cast.two_villages(other_commune)


@pytest.fixture
def other_province_villages(other_province_commune: Territory) -> tuple[Territory, Territory]:
    """Two villages of `other_province_commune`."""
    return cast.two_villages(other_province_commune)


@pytest.fixture
def team(villages: tuple[Territory, Territory]) -> Team:
    """The team that serves both villages of `commune`."""
    return cast.a_team(cast.TEAM, villages, "Tổ 1")


@pytest.fixture
def other_team(other_villages: tuple[Territory, Territory]) -> Team:
    """The team of `other_commune`."""
    return cast.a_team(cast.OTHER_TEAM, other_villages, "Tổ Đảo")


@pytest.fixture
def member(team: Team, villages: tuple[Territory, Territory]) -> Member:
    """The file of `member_actor`, in `team`."""
    return cast.a_member(team, villages[0], name="Nguyễn Văn Bình", member_id=cast.MEMBER)


@pytest.fixture
def leader_member(team: Team, villages: tuple[Territory, Territory]) -> Member:
    """The file of `leader`, in `team`."""
    return cast.a_member(
        team, villages[0], name="Trần Thị An", member_id=cast.LEADER_MEMBER, post=Post.LEADER
    )


@pytest.fixture
def clerk() -> Actor:
    """Commune clerk."""
    return cast.an_actor(Role.COMMUNE_CLERK, cast.COMMUNE)


@pytest.fixture
def chair() -> Actor:
    """Chair of the commune."""
    return cast.an_actor(Role.COMMUNE_CHAIR, cast.COMMUNE)


@pytest.fixture
def officer() -> Actor:
    """Commune police officer."""
    return cast.an_actor(Role.COMMUNE_POLICE, cast.COMMUNE)


@pytest.fixture
def head() -> Actor:
    """Head of commune police."""
    return cast.an_actor(Role.COMMUNE_POLICE_HEAD, cast.COMMUNE)


@pytest.fixture
def leader() -> Actor:
    """Leader of `team`."""
    return cast.an_actor(Role.LEADER, cast.COMMUNE, team_id=cast.TEAM, member_id=cast.LEADER_MEMBER)


@pytest.fixture
def deputy() -> Actor:
    """Deputy leader of `team`."""
    return cast.an_actor(Role.DEPUTY, cast.COMMUNE, team_id=cast.TEAM)


@pytest.fixture
def member_actor() -> Actor:
    """Member of `team`."""
    return cast.an_actor(Role.MEMBER, cast.COMMUNE, team_id=cast.TEAM, member_id=cast.MEMBER)


@pytest.fixture
def province_officer() -> Actor:
    """Provincial police."""
    return cast.an_actor(Role.PROVINCE_POLICE, cast.PROVINCE)


@pytest.fixture
def province_chair() -> Actor:
    """Chair of the province."""
    return cast.an_actor(Role.PROVINCE_CHAIR, cast.PROVINCE)


@pytest.fixture
def finance() -> Actor:
    """Provincial Department of Finance."""
    return cast.an_actor(Role.PROVINCE_FINANCE, cast.PROVINCE)


@pytest.fixture
def inspector() -> Actor:
    """Inspector of the province."""
    return cast.an_actor(Role.INSPECTOR, cast.PROVINCE)


@pytest.fixture
def data_officer() -> Actor:
    """Data-protection officer of the province."""
    return cast.an_actor(Role.DATA_PROTECTION, cast.PROVINCE)


@pytest.fixture
def analyst() -> Actor:
    """Ministry analyst."""
    return cast.an_actor(Role.MINISTRY_ANALYST, cast.NATION)


@pytest.fixture
def operator() -> Actor:
    """Platform operator, who holds no right."""
    return cast.an_actor(Role.OPERATOR, cast.NATION)


@pytest.fixture
def loader() -> Actor:
    """The program that loads in bulk."""
    return cast.an_actor(Role.LOADER, cast.NATION)


@pytest.fixture
def sibling() -> Actor:
    """Commune police of `other_commune`."""
    return cast.an_actor(Role.COMMUNE_POLICE, cast.OTHER_COMMUNE)


@pytest.fixture
def outsider() -> Actor:
    """Commune police of another province: must see nothing here."""
    return cast.an_actor(Role.COMMUNE_POLICE, cast.OTHER_PROVINCE_COMMUNE)
