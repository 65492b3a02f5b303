# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who acts, what they may do and where: one policy table, one `decide`.

Each app's `permissions.py` adds its verbs and its rows; `decide` is pure and answers three
questions from them: may this actor do this here, on which rows may a query run (`Actor.scope`),
and which fields and purposes come with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol
from uuid import UUID

from binhyen.core.errors import Forbidden, Text


class HasPath(Protocol):
    """Anything in the territory tree: a path ends with a separator, the nation's is empty."""

    @property
    def path(self) -> str: ...


class Reach(StrEnum):
    """How far a role's right goes from the place where the role is held."""

    AREA = "area"
    """The unit of the appointment and everything below it."""
    UNIT = "unit"
    """The unit of the appointment only, not what lies below."""
    TEAM = "team"
    """One's own team."""
    SELF = "self"
    """One's own file."""


class DataClass(StrEnum):
    """What kind of data a verb touches; decides masking, logging and who may ever hold it."""

    PUBLIC = "public"
    ORGANISATION = "organisation"
    AGGREGATE = "aggregate"
    DUTY = "duty"
    PERSONAL = "personal"
    CASE = "case"
    SEALED = "sealed"
    AUDIT = "audit"


class Purpose(StrEnum):
    """Why personal data was read; a closed list (Law 91/2025/QH15 Art. 3: a clear purpose)."""

    MANAGE_FORCE = "manage_force"
    DIRECT_DUTY = "direct_duty"
    HANDLE_REPORT = "handle_report"
    OWN_FILE = "own_file"
    VERIFY_FIGURE = "verify_figure"
    INSPECT = "inspect"


@dataclass(frozen=True)
class Verb:
    """Something that can be done; `key` is `app.what` and never changes once stored."""

    key: str
    title: Text = field(compare=False)
    data_class: DataClass = field(compare=False)
    writes: bool = field(default=True, compare=False)

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True)
class Rule:
    """One row of the policy table."""

    role: str
    verb: Verb
    reach: Reach
    fields: frozenset[str] | None = None
    """The fields that the role sees; none named means all that the verb shows."""
    purposes: tuple[Purpose, ...] = ()


@dataclass(frozen=True)
class Standing:
    """A dated appointment as the policy sees it: a role held at a place (and team)."""

    role: str
    path: str
    valid_from: date
    valid_to: date | None = None
    team_id: UUID | None = None
    place: HasPath | None = field(default=None, compare=False, repr=False)
    """The unit itself where it is at hand, so that a page need not look it up again."""

    def is_in_force(self, on: date) -> bool:
        """Whether the appointment counts on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class Limits(NamedTuple):
    """What a program's key leaves of its owner's rights: one area, and some verbs by key."""

    path: str
    verbs: frozenset[str]
    key: UUID | None = None
    """The key itself, which may look at and revoke itself."""

    def allow(self, verb: "Verb", path: str) -> bool:
        """Whether the verb may be used at a place."""
        return verb.key in self.verbs and path.startswith(self.path)

    def part_of(self, path: str) -> str | None:
        """The part of an area that lies within the limits; None if no part does."""
        if path.startswith(self.path):
            return path
        return self.path if self.path.startswith(path) else None


@dataclass(frozen=True)
class Decision:
    """The answer of the policy."""

    allowed: bool
    fields: frozenset[str] | None = None
    purposes: tuple[Purpose, ...] = ()


@dataclass(frozen=True)
class Scope:
    """The rows that a query may see: areas, single units, teams, or one's own file."""

    areas: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    teams: tuple[UUID, ...] = ()
    member: UUID | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all may be seen."""
        return not (self.areas or self.units or self.teams or self.member)

    def covers(self, path: str, *, team: UUID | None = None, member: UUID | None = None) -> bool:
        """Whether one thing at this place may be seen."""
        return (
            any(path.startswith(area) for area in self.areas)
            or path in self.units
            or (team is not None and team in self.teams)
            or (member is not None and member == self.member)
        )


EVERYWHERE = Scope(areas=("",))
"""For programs that count for everybody (figures, integrity checks), never for a person's page."""

NOWHERE = Scope()


class Policy:
    """The one policy table, put together from the apps when Django starts."""

    def __init__(self) -> None:
        self.verbs: dict[str, Verb] = {}
        self._rules: dict[tuple[str, str], list[Rule]] = {}

    def add(self, rules: Iterable[Rule]) -> None:
        """Add an app's rows; the same row twice is an error of the programmer."""
        for rule in rules:
            self.verbs[rule.verb.key] = rule.verb
            held = self._rules.setdefault((rule.role, rule.verb.key), [])
            if rule in held:
                raise ValueError(f"twice in the policy table: {rule.role} {rule.verb.key}")
            held.append(rule)

    def rules_for(self, role: str, verb: Verb) -> list[Rule]:
        """The rows of one role and verb."""
        return self._rules.get((role, verb.key), [])

    def rules(self) -> list[Rule]:
        """Every row, in the order of apps."""
        return [rule for rules in self._rules.values() for rule in rules]


POLICY = Policy()


def _reaches(
    rule: Rule,
    standing: Standing,
    actor: "Actor",
    path: str,
    team: UUID | None,
    member: UUID | None,
) -> bool:
    if rule.reach is Reach.AREA:
        return path.startswith(standing.path)
    if rule.reach is Reach.UNIT:
        return path == standing.path
    if rule.reach is Reach.TEAM:
        return team is not None and team == standing.team_id
    return member is not None and member == actor.member_id


def decide(
    actor: "Actor", verb: Verb, path: str, *, team: UUID | None = None, member: UUID | None = None
) -> Decision:
    """Whether `actor` may do `verb` at `path`, and with which fields and purposes.

    Pure: the actor carries the day and the dated appointments; nothing is looked up.
    """
    allowed, every_field = False, False
    if actor.limits is not None and not actor.limits.allow(verb, path):
        return Decision(allowed=False)
    fields: set[str] = set()
    purposes: dict[Purpose, None] = {}
    for standing in actor.standings:
        if not standing.is_in_force(actor.on):
            continue
        for rule in POLICY.rules_for(standing.role, verb):
            if _reaches(rule, standing, actor, path, team, member):
                allowed = True
                every_field = every_field or rule.fields is None
                fields |= rule.fields or frozenset()
                purposes |= dict.fromkeys(rule.purposes)
    return Decision(allowed, None if every_field else frozenset(fields), tuple(purposes))


@dataclass(frozen=True)
class Actor:
    """Who acts, on which day, with which appointments."""

    id: UUID
    name: str
    on: date
    standings: tuple[Standing, ...] = ()
    member_id: UUID | None = None
    limits: Limits | None = None
    """Set for a program that acts with a key; a person acts without."""

    @property
    def roles(self) -> frozenset[str]:
        """The roles in force today."""
        return frozenset(s.role for s in self.standings if s.is_in_force(self.on))

    def can(
        self, verb: Verb, at: HasPath, *, team: UUID | None = None, member: UUID | None = None
    ) -> bool:
        """Whether the actor may do this at this place."""
        return decide(self, verb, at.path, team=team, member=member).allowed

    def require(
        self, verb: Verb, at: HasPath, *, team: UUID | None = None, member: UUID | None = None
    ) -> Decision:
        """The first line of every action. Raises Forbidden, which looks like 'not found'."""
        decision = decide(self, verb, at.path, team=team, member=member)
        if not decision.allowed:
            raise Forbidden
        return decision

    def scope(self, verb: Verb) -> Scope:
        """The rows on which a query for this verb may run."""
        if self.limits is not None and verb.key not in self.limits.verbs:
            return NOWHERE
        areas: dict[str, None] = {}
        units: dict[str, None] = {}
        teams: dict[UUID, None] = {}
        member = None
        for standing in self.standings:
            area = self.limits.part_of(standing.path) if self.limits else standing.path
            if area is None or not standing.is_in_force(self.on):
                continue
            whole = area == standing.path
            for rule in POLICY.rules_for(standing.role, verb):
                if rule.reach is Reach.AREA:
                    areas[area] = None
                elif rule.reach is Reach.UNIT and whole:
                    units[standing.path] = None
                elif rule.reach is Reach.TEAM and standing.team_id and whole:
                    teams[standing.team_id] = None
                elif rule.reach is Reach.SELF and whole:
                    member = self.member_id
        return Scope(tuple(areas), tuple(units), tuple(teams), member)

    def can_anywhere(self, verb: Verb) -> bool:
        """Whether any place is open to the actor for this verb: what menus ask."""
        return not self.scope(verb).is_empty
