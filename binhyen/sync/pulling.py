# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a phone may hold: whole objects in its person's scope, and what changed since a cursor.

The cursor is the number of a write event: writes are numbered in the order of their commits, so
nothing that commits later stands before it. Readings are not, and are left out.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from binhyen.accounts.models import Device, User
from binhyen.accounts.permissions import USE_PHONE
from binhyen.accounts.queries_devices import actor_on_phone
from binhyen.core import clock, feed
from binhyen.core.actors import Actor, Purpose
from binhyen.core.events import record_reading
from binhyen.patrols.kit import unpacked
from binhyen.patrols.models import Patrol
from binhyen.sync import pulling_reads as reads
from binhyen.sync.cursors import EVERYTHING, Cursor, Object, part_of
from binhyen.sync.models import Operation
from binhyen.sync.owners import owner_said, place_today
from binhyen.sync.pulling_counts import own_count_objects, own_counts_now
from binhyen.sync.pulling_help import help_aged, help_ids, help_objects
from binhyen.sync.pulling_pay import own_pay_aged, own_pay_ids, own_pay_objects
from binhyen.sync.pulling_safe import safe_since
from binhyen.sync.wire import moment_text

PATROL_DAYS, SHIFT_DAYS, ANSWER_DAYS = (timedelta(days=days) for days in (60, 60, 550))
_BATCH = 512
"""As many as a statement is compiled for."""


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
        event = max(reads.newest_event(settled=settled), default=0)
        self.now = Cursor(str(epoch), event, self._stamp(), self.today)
        self._communes = reads.communes(paths=sorted({s.path for s in self.standings}))
        self._in_communes = [one.pk for one in self._communes]
        self._since = self.today - PATROL_DAYS

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
        patrols = reads.patrols(teams=self.teams, since=self._since)
        return [*self._roster(), *_patrols(patrols), *self._shifts(),
                *help_objects(self.teams, self.today),
                *own_count_objects(self.actor, self.teams),
                *own_pay_objects(self.actor, self.today),
                *_answers(reads.answers(**self._answered()))]  # fmt: skip

    def since(self, cursor: Cursor) -> dict[str, Any]:
        """What changed since a cursor that this server knows."""
        objects, purge = self._changed(cursor)
        if any(one["type"] == "person" for one in objects):
            self._note_reading()
        safe = self._safe(cursor.event)
        return self._told(objects, purge, safe, self.now.going_on(cursor.event))

    def _changed(self, cursor: Cursor) -> tuple[list[Object], list[str]]:
        """What changed since a cursor, and what is no longer in scope."""
        patrols = reads.patrol_ids(teams=self.teams, since=self._since)
        helps, roster = help_ids(self.teams, self.today), self._roster_ids()
        mine = self._own_duties()
        own = {key for pair in mine for key in pair}
        answers = reads.answer_ids(**self._answered())
        pay = own_pay_ids(self.actor, self.today)
        paid = {key for keys in pay.values() for key in keys}
        wanted = [*patrols, *helps, *roster, *own, *answers, *paid]
        touched = self._touched(cursor.event, wanted)
        objects = _patrols(reads.patrols_of(ids=[one for one in patrols if one in touched]))
        purge = self._aged(cursor.day) + help_aged(self.teams, cursor.day, self.today)
        purge += own_pay_aged(self.actor, cursor.day, self.today)
        changed = {slip for slip, keys in pay.items() if touched.intersection(keys)}
        objects += own_pay_objects(self.actor, self.today, changed)
        if called := touched.intersection(helps):
            objects += help_objects(self.teams, self.today, called)
        if touched & roster:
            told = self._roster()
            objects += told
            purge += self._left({one["id"] for one in told})
        moved = touched & own
        if moved:
            shifts = self._shifts()
            objects += shifts
            kept = {one["id"] for one in shifts}
            purge += [str(one) for one, _shift in mine if str(one) not in kept]
        if moved or cursor.day != self.today:
            counts, gone = own_counts_now(self.actor, self.teams)
            objects, purge = objects + counts, purge + gone
        objects += _answers(reads.answers_of(ids=[one for one in answers if one in touched]))
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
            rows = reads.touched(ids=wanted[start : start + _BATCH], after=after)
            found |= {one for one in rows if one is not None}
        return found

    def _note_reading(self) -> None:
        for team in reads.teams(ids=self.teams):
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
            for one in reads.teams(ids=self.teams)
        ]
        return [person, *teams, *self._members(), *self._places(), *self._numbers()]

    def _members(self) -> list[Object]:
        posts = dict(reads.posts(teams=self.teams, on=self.today))
        return [
            {"type": "member", "id": str(row.member_id), "team": str(row.team_id),
             "name": row.member.full_name, "post": posts.get(row.pk, "")}
            for row in reads.serving(teams=self.teams, on=self.today)
        ]  # fmt: skip

    def _places(self) -> list[Object]:
        return [
            {"type": "place", "id": one.code, "name": one.full_name, "kind": one.kind}
            | ({} if one.latitude is None else {"lat": one.latitude, "long": one.longitude})
            for one in reads.places(communes=self._in_communes, on=self.today)
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
        villages = reads.villages(communes=self._in_communes)
        small = [*(number for number, _code in villages), *self._in_communes]
        places = (UUID(int=number) for number in small)  # as events write small numbers
        memberships = reads.memberships(teams=self.teams)
        return {*self.teams, self.user.id, *places, *(key for pair in memberships for key in pair)}

    def _left(self, kept: set[str]) -> list[str]:
        """Members who served in the teams once, and villages that stood once, and no longer do."""
        members = (str(member) for _pk, member in reads.memberships(teams=self.teams))
        villages = (code for _pk, code in reads.villages(communes=self._in_communes))
        return sorted({*members, *villages} - kept)

    def _aged(self, before: date) -> list[str]:
        """Patrols that the phone had at a cursor's day and that are too old today."""
        rows = reads.aged_patrols(teams=self.teams, since=before - PATROL_DAYS, before=self._since)
        return list(map(str, rows))

    def _own(self) -> dict[str, Any]:
        """Which assignments are one's own and told."""
        since = clock.now() - SHIFT_DAYS
        return {"member": self.user.member_id, "teams": self.teams, "since": since}

    def _own_duties(self) -> list[tuple[UUID, UUID]]:
        """One's own assignments, kept or not, with their shifts."""
        return reads.own_duties(**self._own()) if self.user.member_id else []

    def _shifts(self) -> list[Object]:
        rows = reads.live_duties(**self._own()) if self.user.member_id else []
        return [
            {"type": "shift", "id": str(one.pk), "team": str(one.shift.team_id),
             "day": one.shift.on_day.isoformat(), "starts_at": moment_text(one.shift.starts_at),
             "ends_at": moment_text(one.shift.ends_at), "place": one.shift.place,
             "acknowledged": one.state == "acknowledged"}
            for one in rows
        ]  # fmt: skip

    def _answered(self) -> dict[str, Any]:
        """What became of operations that waited, whoever's phone brought them."""
        return {"user": self.user.id, "since": clock.now() - ANSWER_DAYS}

    def _safe(self, after: int) -> list[str]:
        return safe_since(self.user, after)


def _answers(rows: Iterable[Operation]) -> list[Object]:
    return [
        {"type": "answer", "id": str(one.op_id), "standing": one.standing,
         "code": one.receipt, "why": one.reason or None,
         "owner": owner_said(place_today(one.territory))
         if one.standing == "quarantined" else None}
        for one in rows
    ]  # fmt: skip


def _patrols(rows: Sequence[Patrol]) -> list[Object]:
    """Patrols with who goes along and their lists."""
    crews, lists = defaultdict[UUID, list[str]](list), defaultdict[UUID, list[Object]](list)
    ids = [one.pk for one in rows]
    for patrol, member in reads.crews(patrols=ids):
        crews[patrol].append(str(member))
    for row in reads.lists(patrols=ids):
        line = {"id": str(row.pk), "words": row.words, "result": row.result}
        lists[row.patrol_id].append(line)
    return [_patrol(one, crews[one.pk], lists[one.pk]) for one in rows]


def _patrol(one: Patrol, members: list[str], places: list[Object]) -> Object:
    moments = {name: getattr(one, name) for name in
               ("planned_start", "planned_end", "started_at", "ended_at")}  # fmt: skip
    return {
        "type": "patrol", "id": str(one.pk), "team": str(one.team_id), "state": one.state,
        "on_day": one.on_day.isoformat(), "route": one.route, "objective": one.objective,
        "members": members,
        **{name: moment_text(at) if at else None for name, at in moments.items()},
        **({"kit": unpacked(one.kit)} if one.kit else {}),
        **({"places": places} if places else {}),
    }  # fmt: skip
