# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sample accounts: one for each role, one password, for demonstrations only."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.actions import appoint, open_account
from binhyen.accounts.choices import TEAM_ROLES, Role
from binhyen.accounts.models import User
from binhyen.core.errors import Refused
from binhyen.demo.loading import NAMES, loader
from binhyen.demo.world.alive import Sample
from binhyen.demo.world.commune import World, sample_posts
from binhyen.demo.world.names import Namer
from binhyen.demo.world.people import Serving
from binhyen.demo.world.plan import LAUNCH, SHOWCASE
from binhyen.demo.world.sources import DEMO_PROVINCE, stream
from binhyen.teams.models import Team
from binhyen.territory.choices import Level
from binhyen.territory.models import NATION_CODE, Territory

PASSWORD = "binh-yen-demo"  # noqa: S105 - public on purpose; `check_private` keeps it off servers
ELSEWHERE = "22366"
"""Phường Nha Trang, in another province: whoever works there must see nothing of this one."""


class NotOnAServer(Refused):
    """Sample accounts with a known password where strangers can reach them."""

    what = _("The demonstration was not loaded.")
    why = _(
        "BINHYEN_HTTPS is on, so this is a server, and the password of the sample accounts is"
        " public."
    )
    remedy = _("Load the demonstration on a laptop without BINHYEN_HTTPS.")


@dataclass(frozen=True)
class SignIn:
    """A sample account: user name, role, and where the role is held."""

    username: str
    role: Role
    code: str


OFFICER = SignIn("cong-an-xa", Role.COMMUNE_POLICE, SHOWCASE)
PROVINCE_OFFICER = SignIn("cong-an-tinh", Role.PROVINCE_POLICE, DEMO_PROVINCE)
OFFICES = (
    OFFICER,
    SignIn("truong-cong-an-xa", Role.COMMUNE_POLICE_HEAD, SHOWCASE),
    SignIn("can-bo-xa", Role.COMMUNE_CLERK, SHOWCASE),
    SignIn("chu-tich-xa", Role.COMMUNE_CHAIR, SHOWCASE),
    PROVINCE_OFFICER,
    SignIn("tai-chinh-tinh", Role.PROVINCE_FINANCE, DEMO_PROVINCE),
    SignIn("chu-tich-tinh", Role.PROVINCE_CHAIR, DEMO_PROVINCE),
    SignIn("thanh-tra", Role.INSPECTOR, DEMO_PROVINCE),
    SignIn("bao-ve-du-lieu", Role.DATA_PROTECTION, DEMO_PROVINCE),
    SignIn("bo-cong-an", Role.MINISTRY_ANALYST, NATION_CODE),
    SignIn("cong-an-xa-khac", Role.COMMUNE_POLICE, ELSEWHERE),
)
IN_TEAM = (
    SignIn("to-vien", Role.MEMBER, SHOWCASE),
    SignIn("to-pho", Role.DEPUTY, SHOWCASE),
    SignIn("to-truong", Role.LEADER, SHOWCASE),
)
EVERY = (*IN_TEAM, *OFFICES)


def check_private() -> None:
    """The demonstration stays on a laptop. Raises NotOnAServer."""
    if settings.SESSION_COOKIE_SECURE:
        raise NotOnAServer


def open_offices(world: World) -> UUID:
    """Open the accounts of offices; the account of the commune police officer."""
    for one in OFFICES:
        _open(world, one, name=_name(world, one))
    return User.objects.get(username=OFFICER.username).id


def open_team(world: World) -> None:
    """Open the accounts of the sample team's people, once their files are there."""
    sample = sample_posts(world)
    held = _held(sample)
    for one in IN_TEAM:
        serving = held[one.role]
        _open(world, one, name=serving.member.full_name, serving=serving)


def places() -> dict[str, str]:
    """What the places of the sample accounts are called, by code."""
    codes = {one.code for one in EVERY}
    rows = Territory.everything.filter(code__in=codes, valid_to__isnull=True)
    return {place.code: place.full_name for place in rows}


def _held(sample: Sample) -> dict[Role, Serving]:
    return {Role.LEADER: sample.leader, Role.DEPUTY: sample.deputy, Role.MEMBER: sample.member}


def _open(world: World, one: SignIn, *, name: str, serving: Serving | None = None) -> None:
    """Open an account and give its role, unless that was done before."""
    by = loader(world)
    at = _place(one.code)
    user, _password = open_account(
        by=by,
        at=at,
        username=one.username,
        full_name=name,
        member_id=serving.member.id if serving else None,
        password=PASSWORD,
        op_id=uuid5(NAMES, f"account {one.username}"),
    )
    is_team_role = one.role in TEAM_ROLES and serving is not None
    appoint(
        by=by,
        user=user,
        role=one.role,
        territory=at,
        valid_from=max(LAUNCH, serving.roles[-1].valid_from) if serving else LAUNCH,
        team=Team.everything.get(pk=serving.team.id) if serving and is_team_role else None,
        decision="01/QĐ-DEMO",
        op_id=uuid5(NAMES, f"role {one.username}"),
    )


def _place(code: str) -> Territory:
    if code == NATION_CODE:
        return Territory.everything.get(code=code)
    level = Level.PROVINCE if len(code) == 2 else Level.COMMUNE
    return Territory.everything.get(code=code, level=level, valid_to__isnull=True)


def _name(world: World, one: SignIn) -> str:
    draw = stream(world.seed, one.username)
    namer = Namer(province="", region="SCC_CH", draw=draw)
    born_on = LAUNCH - timedelta(days=365 * draw.randrange(28, 55))
    return namer.name(is_woman=draw.random() < 0.35, born_in=born_on.year)
