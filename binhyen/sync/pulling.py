# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a phone may hold: whole objects in its person's scope, and what changed since a cursor.

The cursor is the number of a write event: writes are numbered in the order of their commits, so
nothing that commits later stands before it. Readings are not, and are left out.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from binhyen.accounts.models import Device, User
from binhyen.accounts.permissions import USE_PHONE
from binhyen.accounts.queries_devices import actor_on_phone
from binhyen.core import clock, feed
from binhyen.core.actors import Actor, Purpose
from binhyen.core.events import record_reading
from binhyen.core.models import Event
from binhyen.duty.choices import ShiftState
from binhyen.duty.models import Assignment
from binhyen.duty.queries import LIVE
from binhyen.patrols.kit import unpacked
from binhyen.patrols.models import Patrol
from binhyen.personnel.models import Membership, RoleHeld
from binhyen.sync.cursors import EVERYTHING, Cursor, Object, part_of
from binhyen.sync.models import Operation
from binhyen.sync.owners import owner_said, place_today
from binhyen.sync.pulling_counts import own_count_objects, own_counts_now
from binhyen.sync.pulling_help import help_aged, help_objects, help_rows
from binhyen.sync.pulling_safe import safe_since
from binhyen.sync.wire import moment_text
from binhyen.teams.models import Team
from binhyen.teams.queries import in_force
from binhyen.territory.models import Territory

PATROL_DAYS, SHIFT_DAYS, ANSWER_DAYS = 60, 60, 550
_BATCH = 400


class Puller:
    """What one phone gets at one moment."""

    def __init__(self, device: Device, epoch: UUID) -> None:
        self.user: User = device.user
        self.today = clock.today()
        self.actor: Actor = actor_on_phone(self.user, self.today)
        self.standings = [s for s in self.actor.standings if s.is_in_force(self.today)]
        self.teams = list(self.actor.scope(USE_PHONE).teams)
        # Read before the rows: they may be newer than the cursor says, never older.
        settled, self.issued = feed.position()
        newest = Event.everything.filter(purpose="", id__lte=settled).order_by("-id")
        event = newest.values_list("id", flat=True).first() or 0
        self.now = Cursor(str(epoch), event, self._stamp(), self.today)
        self._communes = list(
            Territory.everything.filter(path__in={s.path for s in self.standings}).order_by("pk")
        )

    def _stamp(self) -> str:
        held = sorted(f"{s.role} {s.path} {s.team_id} {s.valid_to}" for s in self.standings)
        told = json.dumps([held, self.user.full_name, str(self.user.member_id)])
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def knows(self, cursor: Cursor | None) -> bool:
        """Whether what changed since this cursor can be told."""
        now = self.now
        return cursor is not None and (
            (cursor.epoch, cursor.stamp) == (now.epoch, now.stamp) and cursor.event <= self.issued
        )

    def all_in_scope(self, have: Iterable[str]) -> dict[str, Any]:
        """All that is in scope, and which of the phone's objects no longer are."""
        objects = self._everything()
        self._note_reading()
        # An answer has its operation's id, which is that of what the operation made elsewhere: it
        # keeps nothing on the phone.
        kept = {one["id"] for one in objects if one["type"] != "answer"}
        purge = [one for one in dict.fromkeys(have) if one not in kept]
        return self._told(objects, purge, self._safe(0), self.now.going_on(EVERYTHING))

    def more_of(self, cursor: Cursor) -> dict[str, Any]:
        """The next part of an answer that was too long for one."""
        if cursor.after == EVERYTHING:
            return self._told(self._everything(), [], [], cursor)
        objects, _purge = self._changed(replace(cursor, event=cursor.after))
        return self._told(objects, [], [], cursor)

    def _everything(self) -> list[Object]:
        helps = help_objects(help_rows(self.teams, self.today))
        return [*self._roster(), *self._patrols(None), *self._shifts(), *helps,
                *own_count_objects(self.actor, self.teams), *self._answers(None)]  # fmt: skip

    def since(self, cursor: Cursor) -> dict[str, Any]:
        """What changed since a cursor that this server knows."""
        objects, purge = self._changed(cursor)
        if any(one["type"] == "person" for one in objects):
            self._note_reading()
        safe = self._safe(cursor.event)
        return self._told(objects, purge, safe, self.now.going_on(cursor.event))

    def _changed(self, cursor: Cursor) -> tuple[list[Object], list[str]]:
        """What changed since a cursor, and what is no longer in scope."""
        first = self.today - timedelta(days=PATROL_DAYS)
        patrols = self._patrol_rows(first)
        touched = self._touched(cursor.event, patrols.values_list("pk", flat=True))
        objects = self._patrols(touched) if touched else []
        purge = self._aged(cursor.day, first) + help_aged(self.teams, cursor.day, self.today)
        helps = help_rows(self.teams, self.today)
        if called := self._touched(cursor.event, helps.values_list("pk", flat=True)):
            objects += help_objects(helps.filter(pk__in=called))
        if self._touched(cursor.event, self._roster_ids()):
            roster = self._roster()
            objects += roster
            purge += self._left({one["id"] for one in roster})
        mine = self._assignments()
        moved = self._touched(cursor.event, {key for pair in mine for key in pair})
        if moved:
            shifts = self._shifts()
            objects += shifts
            kept = {one["id"] for one in shifts}
            purge += [str(one) for one, _shift in mine if str(one) not in kept]
        if moved or cursor.day != self.today:
            counts, gone = own_counts_now(self.actor, self.teams)
            objects, purge = objects + counts, purge + gone
        rows = self._answer_rows().values_list("pk", flat=True)
        if answered := self._touched(cursor.event, rows):
            objects += self._answers(answered)
        return objects, purge

    def _told(
        self, objects: list[Object], purge: list[str], safe: list[str], going_on: Cursor
    ) -> dict[str, Any]:
        """An answer with so many objects as fit, and a cursor that says how to go on."""
        for one in objects:
            one["version"] = self.now.event
        part, last = part_of(objects, going_on.told)
        cursor = going_on.ended() if last is None else replace(going_on, told=last)
        return {"cursor": cursor.text(), "more": last is not None, "objects": part,
                "purge": purge, "safe": safe}  # fmt: skip

    def _touched(self, after: int, ids: Iterable[Any]) -> set[UUID]:
        """Those of some rows to which something happened after an event."""
        wanted, found = list(ids), set[UUID]()
        for start in range(0, len(wanted), _BATCH):
            rows = Event.everything.filter(object_id__in=wanted[start : start + _BATCH])
            since = rows.filter(id__gt=after, purpose="").values_list("object_id", flat=True)
            found |= {one for one in since if one is not None}
        return found

    def _note_reading(self) -> None:
        for team in Team.everything.filter(pk__in=self.teams).select_related("territory"):
            record_reading(team, by=self.actor, where=team.territory,
                           purpose=Purpose.DIRECT_DUTY, what="sent_to_phone")  # fmt: skip

    def _roster(self) -> list[Object]:
        """The person, their teams with members, and the villages of their communes."""
        role = self.standings[0].role if self.standings else ""
        team = str(self.teams[0]) if self.teams else None
        member = self.user.member_id
        person: Object = {"type": "person", "id": str(self.user.id), "name": self.user.full_name,
                          "member": str(member) if member else None, "team": team,
                          "role": role}  # fmt: skip
        teams: list[Object] = [
            {"type": "team", "id": str(one.pk), "name": one.name}
            for one in Team.everything.filter(pk__in=self.teams).order_by("name_order")
        ]
        return [person, *teams, *self._members(), *self._places(), *self._numbers()]

    def _members(self) -> list[Object]:
        held = RoleHeld.everything.filter(in_force(self.today, "valid_from", "valid_to"))
        posts = dict(held.filter(membership__team__in=self.teams).values_list("membership", "post"))
        return [
            {"type": "member", "id": str(row.member_id), "team": str(row.team_id),
             "name": row.member.full_name, "post": posts.get(row.pk, "")}
            for row in self._memberships().filter(
                in_force(self.today, "recognised_on", "ended_on")
            ).select_related("member")
        ]  # fmt: skip

    def _memberships(self) -> Any:
        return Membership.everything.filter(team__in=self.teams).order_by("member__name_order")

    def _places(self) -> list[Object]:
        rows = Territory.everything.filter(
            in_force(self.today, "valid_from", "valid_to"), parent__in=self._communes
        )
        return [
            {"type": "place", "id": one.code, "name": one.full_name, "kind": one.kind}
            | ({} if one.latitude is None else {"lat": one.latitude, "long": one.longitude})
            for one in rows.order_by("name_order")
        ]

    def _numbers(self) -> list[Object]:
        """Whom to call besides 113: the duty phones of the communes' police, empty where none is.

        An office's number. A leader's own is not told: the policy shows members no numbers.
        """
        return [
            {"type": "number", "id": one.code, "kind": "commune_police", "name": one.full_name,
             "phone": one.duty_phone}
            for one in self._communes
        ]  # fmt: skip

    def _roster_ids(self) -> set[UUID]:
        """The rows whose events change the roster: teams, members, memberships, the account."""
        memberships = self._memberships().values_list("pk", "member_id")
        villages = Territory.everything.filter(parent__in=self._communes).values_list("pk")
        small = [*(number for (number,) in villages), *(one.pk for one in self._communes)]
        places = (UUID(int=number) for number in small)  # as events write small numbers
        return {*self.teams, self.user.id, *places, *(key for pair in memberships for key in pair)}

    def _left(self, kept: set[str]) -> list[str]:
        """Members who served in the teams once, and villages that stood once, and no longer do."""
        members = self._memberships().values_list("member_id", flat=True)
        villages = Territory.everything.filter(parent__in=self._communes)
        ever = {*map(str, members), *villages.values_list("code", flat=True)}
        return sorted(ever - kept)

    def _patrol_rows(self, first: date) -> Any:
        return Patrol.everything.filter(team__in=self.teams, on_day__gte=first)

    def _patrols(self, only: set[UUID] | None) -> list[Object]:
        rows = self._patrol_rows(self.today - timedelta(days=PATROL_DAYS))
        if only is not None:
            rows = rows.filter(pk__in=only)
        return [
            _patrol(one)
            for one in rows.order_by("-on_day", "-id").prefetch_related("crew", "places_to_check")
        ]

    def _aged(self, before: date, first: date) -> list[str]:
        """Patrols that the phone had at a cursor's day and that are too old today."""
        rows = Patrol.everything.filter(
            team__in=self.teams, on_day__lt=first, on_day__gte=before - timedelta(days=PATROL_DAYS)
        )
        return [str(one) for one in rows.order_by("pk").values_list("pk", flat=True)]

    def _own(self) -> Any:
        since = clock.now() - timedelta(days=SHIFT_DAYS)
        return Assignment.everything.filter(
            member=self.user.member_id, shift__ends_at__gte=since, shift__team__in=self.teams
        )

    def _assignments(self) -> list[tuple[UUID, UUID]]:
        """One's own assignments, kept or not, with their shifts."""
        if self.user.member_id is None:
            return []
        return list(self._own().values_list("pk", "shift_id"))

    def _shifts(self) -> list[Object]:
        if self.user.member_id is None:
            return []
        rows = (
            self._own()
            .filter(state__in=LIVE, shift__state=ShiftState.ASSIGNED)
            .select_related("shift")
        )
        return [
            {"type": "shift", "id": str(one.pk), "team": str(one.shift.team_id),
             "day": one.shift.on_day.isoformat(), "starts_at": moment_text(one.shift.starts_at),
             "ends_at": moment_text(one.shift.ends_at), "place": one.shift.place,
             "acknowledged": one.state == "acknowledged"}
            for one in rows.order_by("shift__starts_at", "pk")
        ]  # fmt: skip

    def _answer_rows(self) -> Any:
        since = clock.now() - timedelta(days=ANSWER_DAYS)
        waited = ~Q(word="") | Q(resolved_at__isnull=False)
        return Operation.everything.filter(
            waited, device__user=self.user, arrived_at__gte=since
        ).select_related("territory")

    def _answers(self, only: set[UUID] | None) -> list[Object]:
        """What became of operations that waited, whoever's phone brought them."""
        rows = self._answer_rows() if only is None else self._answer_rows().filter(pk__in=only)
        return [
            {"type": "answer", "id": str(one.op_id), "standing": one.standing,
             "code": one.receipt, "why": one.reason or None,
             "owner": owner_said(place_today(one.territory))
             if one.standing == "quarantined" else None}
            for one in rows.order_by("arrived_at", "pk")
        ]  # fmt: skip

    def _safe(self, after: int) -> list[str]:
        return safe_since(self.user, after)


def _patrol(one: Patrol) -> Object:
    moments = {name: getattr(one, name) for name in
               ("planned_start", "planned_end", "started_at", "ended_at")}  # fmt: skip
    places = [{"id": str(row.pk), "words": row.words, "result": row.result}
              for row in one.places_to_check.all()]  # fmt: skip
    return {
        "type": "patrol", "id": str(one.pk), "team": str(one.team_id), "state": one.state,
        "on_day": one.on_day.isoformat(), "route": one.route, "objective": one.objective,
        "members": [str(row.member_id) for row in one.crew.all()],
        **{name: moment_text(at) if at else None for name, at in moments.items()},
        **({"kit": unpacked(one.kit)} if one.kit else {}),
        **({"places": places} if places else {}),
    }  # fmt: skip
