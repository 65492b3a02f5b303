# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing the invented world into the database: commune by commune, some in one transaction.

A commune is either there in full, with the event that says so, or not at all. So a load may be
stopped at any moment and run again; a second run adds what is missing and touches nothing else.
Villages come first, since they are numbered: in the order of communes, whoever loads them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import Role
from binhyen.core import bulk, bulk_indexes, bulk_parts, clock, hands
from binhyen.core.actors import Actor, Standing
from binhyen.core.errors import Refused
from binhyen.core.models import Event
from binhyen.demo.world.commune import Commune, World, build, villages_of
from binhyen.demo.world.plan import LAUNCH, SHOWCASE
from binhyen.demo.world.sources import DEMO_PROVINCE
from binhyen.incidents.bulk import load_incidents
from binhyen.incidents.models import Case, Dispute, Report
from binhyen.indicators import recounting
from binhyen.indicators.models import Fact
from binhyen.patrols.bulk import load_patrols
from binhyen.patrols.models import Finding, Patrol, PatrolMember, TrafficHelp
from binhyen.personnel.bulk import load_members
from binhyen.personnel.models import Member, Membership, RoleHeld
from binhyen.teams.bulk import load_strengths, load_teams
from binhyen.teams.models import DecidedStrength, ServedVillage, Team, TeamDecision
from binhyen.territory.actions import add_villages, load_reference, set_duty_phone
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

Watcher = Callable[[str], None]
SCALES = ("commune", "province", "nation")
NAMES = UUID("0190699a-2c00-7000-8000-62696e687965")
"""The namespace of the operations by which a load knows what it has done."""
_BEGUN, _LOADED = "demo.begun", "demo.commune_loaded"
_TOGETHER = 16
"""Communes in one transaction. Identifiers follow time, so every commune touches pages all over the
indexes; together they write each page once."""
TABLES = (
    Team, TeamDecision, ServedVillage, DecidedStrength, Member, Membership, RoleHeld, Case, Dispute,
    Patrol, PatrolMember, Finding, TrafficHelp, Report, Event,
)  # fmt: skip
"""Every table that a load fills, in the order of their references."""
_VILLAGES_TOGETHER = 128
_TASK = ("binhyen.demo.loading", "load_set")
_NOBODYS_PHONE = "0100 384 7113"
_LOOKED_UP = ("territory_id", "village_id", "op_id")
"""Columns by which a load looks something up in these tables."""


class NotThatDay(Refused):
    """A day at which the invented world cannot stand."""

    what = _("The demonstration was not loaded.")
    why = _("%(day)s does not lie between 16/09/2025 and today.")
    remedy = _("Choose another --today, or leave it out.")


class OtherDemo(Refused):
    """A second demonstration in a database that holds one."""

    what = _("The demonstration was not loaded.")
    why = _(
        "This database holds the demonstration with seed %(seed)s, as of %(now)s, years: %(years)s."
    )
    remedy = _(
        "Leave out --seed, --today and --years to go on with it, or choose another database with"
        " DATABASE_URL."
    )


class NotEmpty(Refused):
    """A commune in which people already work."""

    what = _("The demonstration was not loaded.")
    why = _("%(commune)s already has villages that the demonstration did not make.")
    remedy = _("Choose an empty database with DATABASE_URL; invented records never join real ones.")


@dataclass
class Counts:
    """How many of each a load wrote."""

    communes: int = 0
    teams: int = 0
    members: int = 0
    patrols: int = 0
    findings: int = 0
    traffic: int = 0
    reports: int = 0
    cases: int = 0
    disputes: int = 0

    def count(self, commune: Commune) -> None:
        """Count one more commune."""
        self.communes += 1
        for name in list(asdict(self))[1:]:
            setattr(self, name, getattr(self, name) + len(getattr(commune, name)))

    def add(self, other: "Counts") -> None:
        """Add what another set wrote."""
        for name, number in asdict(other).items():
            setattr(self, name, getattr(self, name) + number)


def loader(world: World) -> Actor:
    """The program that loads; it may load anywhere and appoint, and read nothing."""
    standing = Standing(Role.LOADER, "", LAUNCH)
    return Actor(uuid5(NAMES, "loader"), "Bình Yên demo", world.today, (standing,))


@transaction.atomic
def begin(world: World, *, is_asked: frozenset[str] = frozenset()) -> World:
    """Load the official units and fix seed and moment; the world that this database holds.

    `is_asked` names what was asked for explicitly, and must fit what is there. Raises OtherDemo.
    """
    load_reference(by=loader(world), stands_from=LAUNCH)
    found = Event.everything.filter(op_id=uuid5(NAMES, _BEGUN)).first()
    if found is None:
        mark(_BEGUN, world, None, _said(world), kind=_BEGUN)
        return world
    kept = World(
        found.detail["seed"], datetime.fromisoformat(found.detail["now"]), found.detail["years"]
    )
    differs = {
        "seed": kept.seed != world.seed,
        "today": kept.today != world.today,
        "years": kept.years != world.years,
    }
    if any(differs[name] for name in is_asked):
        raise OtherDemo(seed=kept.seed, now=f"{kept.today:%d/%m/%Y}", years=kept.years or "–")
    return kept


def communes_of(world: World, scale: str) -> list[str]:
    """The communes of a scale, the one of the sample accounts first."""
    plans = world.plans()
    if scale == "commune":
        return [SHOWCASE]
    wanted = [code for code, plan in plans.items()
              if scale == "nation" or plan.province == DEMO_PROVINCE]  # fmt: skip
    return sorted(wanted, key=lambda code: (code != SHOWCASE, plans[code].province, code))


def missing(codes: Iterable[str]) -> list[str]:
    """Those communes that are not loaded yet."""
    operations = {uuid5(NAMES, code): code for code in codes}
    keys = list(operations)
    done: set[UUID | None] = {key for part in _parts() for key in bulk_parts.operations(part)}
    for start in range(0, len(keys), 500):
        rows = Event.everything.filter(op_id__in=keys[start : start + 500])
        done |= set(rows.values_list("op_id", flat=True))
    return [code for key, code in operations.items() if key not in done]


def is_unfinished() -> bool:
    """Whether a load was stopped before it put everything together."""
    return bool(_parts()) or bulk_indexes.is_set_aside()


def load(
    world: World,
    codes: Sequence[str],
    *,
    officer: UUID | None = None,
    jobs: int = 1,
    watch: Watcher = lambda _code: None,
) -> Counts:
    """Load communes that are missing; `watch` is told the code of each.

    `officer` is the account of the commune police officer in the sample commune; `jobs` how many
    processes work at it: with more than one, `put_together` ends the load. Raises HandLost.
    """
    _add_villages(world, codes)
    sets = [codes[start : start + _TOGETHER] for start in range(0, len(codes), _TOGETHER)]
    total = Counts()
    if jobs > 1:
        databases = _prepared(min(jobs, len(sets)))
        if connection.vendor == "postgresql":
            connection.close()  # nothing of this process waits while the others work
        for loaded, counts in hands.shared(
            _TASK, sets, lambda some: (world, some, officer), databases
        ):
            total.add(counts)
            for code in loaded:
                watch(code)
        return total
    for one in sets:
        total.add(_write_set(world, (make(world, code, officer) for code in one), watch))
    return total


def put_together(watch: Watcher = lambda _name: None, *, jobs: int = 1) -> None:
    """End a load by several processes: join what they wrote, build the indexes, check the keys."""
    bulk_parts.join(_parts(), TABLES, numbered=(Event,), watch=watch)
    bulk_indexes.put_back(watch, hands=jobs)


def _parts() -> list[Path]:
    return bulk_parts.paths(0)


def _prepared(jobs: int) -> list[str]:
    """Make the database ready for several processes; the address that each of them writes to."""
    if connection.vendor == "postgresql":
        if not Patrol.everything.exists():
            bulk_indexes.set_aside(TABLES, needed=_LOOKED_UP)
        return [settings.ENV.database_url] * jobs
    parts = bulk_parts.paths(jobs)[:jobs]
    for part in parts:
        bulk_parts.prepare(part, own=(*TABLES, Fact), bare=TABLES, needed=_LOOKED_UP)
    return [f"sqlite:///{part}" for part in parts]


def _add_villages(world: World, codes: Sequence[str]) -> None:
    """Add the villages of communes that do not have them yet. Raises NotEmpty."""
    by = loader(world)
    for start in range(0, len(codes), _VILLAGES_TOGETHER):
        some = codes[start : start + _VILLAGES_TOGETHER]
        communes = {place.code: place for place in Territory.everything.filter(
            code__in=some, level=Level.COMMUNE, valid_to__isnull=True)}  # fmt: skip
        there: dict[str, list[str]] = {}
        known = Territory.everything.filter(parent__in=communes.values(), level=Level.VILLAGE)
        for code, name in known.order_by("code").values_list("parent__code", "name"):
            there.setdefault(code, []).append(name)
        with transaction.atomic(), bulk.events_last():
            for code in some:
                wanted = villages_of(world, code)
                if code not in there:
                    add_villages(
                        by=by,
                        commune=communes[code],
                        villages=[(village.kind, village.name) for village in wanted],
                        valid_from=LAUNCH,
                        decision="01/NQ-HĐND",
                        points=[(village.latitude, village.longitude) for village in wanted],
                    )
                    if code == SHOWCASE:
                        set_duty_phone(by=by, commune=communes[code], phone=_NOBODYS_PHONE)
                elif there[code] != [village.name for village in wanted]:
                    raise NotEmpty(commune=communes[code].full_name)


def load_set(world: World, codes: Sequence[str], officer: UUID | None) -> Counts:
    """Build and load some communes in one transaction: the task of one process."""
    with bulk.quick_writes():
        return _write_set(world, (make(world, code, officer) for code in codes))


def make(world: World, code: str, officer: UUID | None) -> Commune:
    """Build one commune; the officer works in the sample commune only."""
    return build(world, code, officer if code == SHOWCASE else None)


@transaction.atomic
def _write_set(
    world: World, communes: Iterable[Commune], watch: Watcher = lambda _code: None
) -> Counts:
    counts, by = Counts(), loader(world)
    with bulk.events_last():
        for commune in communes:
            if is_marked(commune.plan.code):
                continue  # by another load, since this one looked
            _load_commune(by, world, commune)
            counts.count(commune)
            watch(commune.plan.code)
    return counts


def finish(watch: Callable[[str], None] | None = None) -> None:
    """Count every figure anew, and let the database look at its tables: after a load."""
    recounting.recount(watch=watch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def planted() -> dict[str, Any]:
    """The records planted in every commune that is loaded, by commune and kind."""
    begun = Event.everything.filter(kind=_BEGUN).first()
    communes = {
        event.path.split(".")[1]: event.detail["planted"]
        for event in Event.everything.filter(kind=_LOADED).order_by("path")
        if any(event.detail["planted"].values())
    }
    return (begun.detail if begun else {}) | {"communes": communes}


@transaction.atomic
def _load_commune(by: Actor, world: World, commune: Commune) -> None:
    place = Territory.everything.get(
        code=commune.plan.code, level=Level.COMMUNE, valid_to__isnull=True
    )
    load_teams(by=by, commune=place, teams=commune.teams)
    load_strengths(by=by, commune=place, strengths=commune.strengths)
    load_members(by=by, commune=place, members=commune.members, memberships=commune.memberships)
    load_patrols(
        by=by,
        commune=place,
        patrols=commune.patrols,
        findings=commune.findings,
        traffic=commune.traffic,
    )
    load_incidents(
        by=by,
        commune=place,
        reports=commune.reports,
        cases=commune.cases,
        disputes=commune.disputes,
    )
    listed = {kind: [str(key) for key in keys] for kind, keys in commune.planted.by_kind.items()}
    mark(commune.plan.code, world, place, {"planted": listed}, kind=_LOADED)


def is_marked(name: str) -> bool:
    """Whether a step of the load was done before."""
    return Event.everything.filter(op_id=uuid5(NAMES, name)).exists()


def mark(name: str, world: World, place: Territory | None, detail: dict[str, object], *,
         kind: str) -> None:  # fmt: skip
    """Note that a step of the load is done, in its transaction."""
    by = loader(world)
    Event.everything.create(
        kind=kind,
        object_type=Territory._meta.label_lower,
        place_id=place.pk if place else None,
        path=place.path if place else "",
        on_day=world.today,
        at=clock.now(),
        actor_id=by.id,
        actor_name=by.name,
        op_id=uuid5(NAMES, name),
        detail=detail,
    )


def _said(world: World) -> dict[str, object]:
    return {"seed": world.seed, "now": world.now.isoformat(), "years": world.years}
