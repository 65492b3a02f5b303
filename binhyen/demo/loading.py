# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing the invented world into the database: commune by commune, some in one transaction.

A commune is either there in full, with the event that says so, or not at all. So a load may be
stopped at any moment and run again; a second run adds what is missing and touches nothing else.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import Role
from binhyen.core import bulk, clock
from binhyen.core.actors import Actor, Standing
from binhyen.core.errors import Refused
from binhyen.core.models import Event
from binhyen.demo import hands
from binhyen.demo.world.commune import Commune, World, build
from binhyen.demo.world.plan import LAUNCH, SHOWCASE
from binhyen.demo.world.sources import DEMO_PROVINCE
from binhyen.incidents.bulk import load_incidents
from binhyen.indicators import engine
from binhyen.patrols.bulk import load_patrols
from binhyen.personnel.bulk import load_members
from binhyen.teams.bulk import load_strengths, load_teams
from binhyen.territory.actions import add_villages, load_reference
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
    done: set[UUID | None] = set()
    for start in range(0, len(keys), 500):
        rows = Event.everything.filter(op_id__in=keys[start : start + 500])
        done |= set(rows.values_list("op_id", flat=True))
    return [code for key, code in operations.items() if key not in done]


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
    processes work at it. Raises HandLost.
    """
    sets = [codes[start : start + _TOGETHER] for start in range(0, len(codes), _TOGETHER)]
    total = Counts()
    if jobs > 1 and connection.vendor == "postgresql":
        connection.close()  # nothing of this process waits while the others work
        for loaded, counts in hands.load_sets(world, sets, officer, jobs):
            total.add(counts)
            for code in loaded:
                watch(code)
        return total
    if jobs > 1:
        communes = hands.built(world, codes, officer, jobs - 1)
    else:
        communes = (make(world, code, officer) for code in codes)
    for one in sets:
        total.add(_write_set(world, islice(communes, len(one)), watch))
    return total


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
    engine.recount(watch=watch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def write_manifest(world: World, folder: Path) -> Path:
    """Write the list of planted records of every commune that is loaded, as JSON; where it is."""
    path = folder / "demo-planted.json"
    communes = {}
    for event in Event.everything.filter(kind=_LOADED).order_by("path"):
        planted = event.detail["planted"]
        if planted["copied"] or planted["leaps"]:
            communes[event.path.split(".")[1]] = planted
    path.write_text(json.dumps(_said(world) | {"communes": communes}, indent=1), encoding="utf-8")
    return path


@transaction.atomic
def _load_commune(by: Actor, world: World, commune: Commune) -> None:
    place = Territory.everything.get(
        code=commune.plan.code, level=Level.COMMUNE, valid_to__isnull=True
    )
    if Territory.everything.filter(parent=place, level=Level.VILLAGE).exists():
        raise NotEmpty(commune=place.full_name)
    add_villages(
        by=by,
        commune=place,
        villages=[(village.kind, village.name) for village in commune.villages],
        valid_from=LAUNCH,
        decision="01/NQ-HĐND",
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
    planted = {
        "copied": [str(key) for key in commune.planted.copied],
        "leaps": [str(key) for key in commune.planted.leaps],
    }
    mark(commune.plan.code, world, place, {"planted": planted}, kind=_LOADED)


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
