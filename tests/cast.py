# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cast: the same invented people and real places in every app's tests.

`conftest.py` hands them out as fixtures; a test that needs another person builds one with
`an_actor`. Actors need no database. Places, the team and the member's file do.
"""

from datetime import date
from uuid import UUID, uuid5

from django.test import Client

from binhyen.accounts.choices import Role
from binhyen.accounts.models import Appointment, User
from binhyen.attachments.choices import Kind as FileKind
from binhyen.attachments.preparing import Prepared
from binhyen.core import clock
from binhyen.core.actors import Actor, Standing
from binhyen.core.text import fold, name_order, natural_order
from binhyen.personnel.models import Member, Membership, RoleHeld
from binhyen.teams.choices import Post
from binhyen.teams.models import DecidedStrength, ServedVillage, Team
from binhyen.territory.choices import Kind, Level
from binhyen.territory.models import Territory

SINCE = date(2024, 7, 1)
"""The first day of everything in the cast: Law 30/2023 came into force."""
PASSWORD = "tuần-tra-ban-đêm-2025"
_NAMES = UUID("6d0f6c1e-0000-4000-8000-62696e687965")

NATION = ""
PROVINCE = "68."
COMMUNE = "68.22918."
OTHER_COMMUNE = "68.23272."
OTHER_PROVINCE = "56."
OTHER_PROVINCE_COMMUNE = "56.22366."

TEAM = uuid5(_NAMES, "team")
OTHER_TEAM = uuid5(_NAMES, "other team")
MEMBER = uuid5(_NAMES, "member")
LEADER_MEMBER = uuid5(_NAMES, "leader's file")

A_SOUND = Prepared(FileKind.SOUND, "audio/ogg", b"OggS")
A_PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8//8/AwMDEwMDAwMD"
    "AwAkBgMB/DXemwAAAABJRU5ErkJggg=="
)
"""The smallest photo, as programs send it."""

_PLACES: dict[str, tuple[Level, str, str]] = {
    NATION: (Level.NATION, Kind.NATION, "Việt Nam"),
    PROVINCE: (Level.PROVINCE, Kind.PROVINCE, "Lâm Đồng"),
    COMMUNE: (Level.COMMUNE, Kind.WARD, "Mũi Né"),
    OTHER_COMMUNE: (Level.COMMUNE, Kind.SPECIAL_ZONE, "Phú Quý"),
    OTHER_PROVINCE: (Level.PROVINCE, Kind.PROVINCE, "Khánh Hòa"),
    OTHER_PROVINCE_COMMUNE: (Level.COMMUNE, Kind.WARD, "Nha Trang"),
}


def the_place(path: str) -> Territory:
    """The territory of a path of the cast, made with everything above it when it is missing."""
    found = Territory.everything.filter(path=path).first()
    if found is not None:
        return found
    codes = path.rstrip(".").split(".")
    parent = None if path == NATION else the_place("".join(f"{code}." for code in codes[:-1]))
    level, kind, name = _PLACES.get(path) or (Level.VILLAGE, "thôn", f"Số {codes[-1]}")
    return a_place(path=path, level=level, kind=kind, name=name, parent=parent)


def a_place(
    *, path: str, level: Level, kind: str, name: str, parent: Territory | None
) -> Territory:
    """A territory that stands since the cast's first day."""
    codes = path.rstrip(".").split(".")
    code = "-".join(codes[1:]) if level is Level.VILLAGE else codes[-1] or "VN"
    return Territory.everything.create(
        level=level,
        code=code,
        parent=parent,
        path=path,
        kind=kind,
        name=name,
        name_folded=fold(name),
        name_order=natural_order(name),
        valid_from=SINCE,
        decision="1671/NQ-UBTVQH15",
    )


def two_villages(commune: Territory) -> tuple[Territory, Territory]:
    """The first two villages of a commune."""
    return the_place(f"{commune.path}01."), the_place(f"{commune.path}02.")


def an_actor(
    role: Role,
    path: str,
    *,
    name: str = "",
    team_id: UUID | None = None,
    member_id: UUID | None = None,
    on: date | None = None,
    valid_from: date = SINCE,
    valid_to: date | None = None,
) -> Actor:
    """Someone with one appointment; the same role at the same path is the same person."""
    return Actor(
        id=uuid5(_NAMES, f"{role}@{path}"),
        name=name or f"{role}@{path}",
        on=on or clock.today(),
        standings=(Standing(role, path, valid_from, valid_to, team_id),),
        member_id=member_id,
    )


def a_team(team_id: UUID, villages: tuple[Territory, ...], name: str) -> Team:
    """A team since the first day, serving the villages, with a decided strength of three each."""
    commune = villages[0].parent
    assert commune is not None
    team = Team.everything.create(
        id=team_id,
        territory=commune,
        name=name,
        name_folded=fold(name),
        name_order=natural_order(name),
        established_on=SINCE,
    )
    for village in villages:
        ServedVillage.everything.create(team=team, village=village, valid_from=SINCE)
        DecidedStrength.everything.create(
            territory=commune,
            village=village,
            number=3,
            valid_from=SINCE,
            decision="15/QĐ-UBND",
        )
    return team


def a_member(
    team: Team,
    village: Territory,
    *,
    name: str,
    member_id: UUID | None = None,
    post: Post = Post.MEMBER,
) -> Member:
    """A member's file with a membership and a role since the first day."""
    member = Member(
        territory=team.territory,
        team=team,
        full_name=name,
        name_folded=fold(name),
        name_order=name_order(name),
        born_on=date(1990, 5, 20),
    )
    if member_id is not None:
        member.id = member_id
    member.save(force_insert=True)
    membership = Membership.everything.create(
        member=member,
        team=team,
        territory=team.territory,
        village=village,
        recognised_on=SINCE,
        recognition="20/QĐ-UBND",
    )
    RoleHeld.everything.create(
        membership=membership, team=team, post=post, valid_from=SINCE, decision="20/QĐ-UBND"
    )
    return member


def an_account(actor: Actor) -> User:
    """The account behind an actor, with the same appointments in the database."""
    user = User.objects.filter(id=actor.id).first()
    if user is not None:
        return user
    user = User(
        id=actor.id,
        username=f"user-{actor.id.hex[-12:]}",
        member_id=actor.member_id,
    )
    user.name_it(actor.name)
    user.set_password(PASSWORD)
    user.save(force_insert=True)
    for standing in actor.standings:
        Appointment.everything.create(
            user=user,
            role=standing.role,
            territory=the_place(standing.path),
            team_id=standing.team_id,
            valid_from=standing.valid_from,
            valid_to=standing.valid_to,
        )
    return user


def sign_in(client: Client, who: Actor | User) -> User:
    """Sign an actor or a user in, making the account and its places when they are missing."""
    user = who if isinstance(who, User) else an_account(who)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user
