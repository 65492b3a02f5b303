# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking operations: judged one by one, applied once, answered with what became of each.

A push is one transaction with a savepoint for each operation, so that one that fails never touches
the others, and an answer is given only after everything before it is durable.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, QuerySet

from binhyen.accounts.choices import RevokedWhy
from binhyen.accounts.models import Device
from binhyen.accounts.queries_devices import actor_on_phone, devices_by_id, saw_device
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.compiled import compiled, first, insert
from binhyen.core.errors import Refused
from binhyen.core.events import record
from binhyen.sync import blobs, kinds, refusals, wire
from binhyen.sync.applying import (
    Judged,
    NotAppliedError,
    applied,
    opened,
    settled,
    try_waiting,
)
from binhyen.sync.choices import Standing
from binhyen.sync.ledger import Ledger
from binhyen.sync.models import Operation
from binhyen.sync.receipts import code_for
from binhyen.sync.refusals import in_both
from binhyen.sync.rules import SKEW, moment_done, role_changed
from binhyen.sync.wire import Signed
from binhyen.territory.models import Territory

_MOST_MISSING = 200
_MOST_CODES = 5


class NoFreeCodeError(RuntimeError):
    """Every code that an operation may have belongs to another one: the table is broken."""


@dataclass(frozen=True)
class Answer:
    """What is said about one operation."""

    id: UUID | None
    answer: str
    standing: str = ""
    code: str | None = None
    why: dict[str, str] | None = None
    territory: Territory | None = None


class Taker:
    """Takes the operations that one phone brings at one moment."""

    def __init__(self, carrier: Device, arrived: datetime) -> None:
        self.carrier, self.arrived = carrier, arrived
        self._devices: dict[UUID, Device] = {carrier.id: carrier}
        self._actors: dict[UUID, Actor] = {}
        self._ledger = Ledger([])

    def take(self, raws: Sequence[Any]) -> list[Answer]:
        """An answer for each operation, in the same order; durable when this returns."""
        read = [_read(raw) for raw in raws]
        self._fetch(one.device for one in read if isinstance(one, Signed))
        judged = [one if isinstance(one, Answer) else self._judge(one) for one in read]
        good = [one for one in judged if isinstance(one, Judged)]
        with transaction.atomic():
            self._ledger = Ledger([(one.device.pk, one.signed) for one in good])
            answers = [one if isinstance(one, Answer) else self._take_one(one) for one in judged]
            if self._ledger.waits():
                try_waiting(phones={one.device.pk for one in good},
                            ids={one.signed.id for one in good})  # fmt: skip
            saw_device(self.carrier, self.arrived)  # last: what it holds, another push waits for
        return answers

    def missing(self) -> dict[str, list[int]]:
        """The numbers that were skipped, of each phone whose operations came."""
        return {str(one): gaps for one in sorted(self._devices) if (gaps := _gaps(one))}

    def _fetch(self, ids: Iterable[UUID]) -> None:
        wanted = set(ids) - set(self._devices)
        if wanted:
            self._devices |= devices_by_id(wanted)

    def _judge(self, signed: Signed) -> Judged | Answer:
        """Everything that needs no lock: signature, moment, seal, fields."""
        # A phone that had to be enrolled anew after a restore still signs with the same key.
        device = self._devices.get(signed.device)
        try:
            wire.check_signature(signed, (device or self.carrier).key)
        except refusals.Forged as refusal:
            return _refused(signed.id, refusal if device else refusals.UnknownPhone())
        acted = moment_done(
            server_at=signed.server_at, ran_ms=signed.ran_ms, clock_said=signed.clock,
            doubt=signed.doubt, arrived=self.arrived,
        )  # fmt: skip
        return opened(Judged(signed, device or self.carrier, self.arrived, acted))

    def _take_one(self, judged: Judged) -> Answer:
        signed = judged.signed
        if known := self._ledger.same(signed.digest):
            return _again(known)
        for attempt in range(_MOST_CODES):
            try:
                kept = self._settle(judged, code_for(signed.digest, attempt))
            except IntegrityError:
                # The same bytes came over another way at this moment and were committed first, or
                # another operation has the code: with a hundred million, one in ten thousand does.
                found = Operation.everything.filter(digest=signed.digest).first()
                if found is not None:
                    return _again(found)
            else:
                self._ledger.add(kept)
                return _answer(signed.id, kept)
        raise NoFreeCodeError(signed.digest)

    def _settle(self, judged: Judged, code: str) -> Operation:
        """Apply it or note why not, and keep it with what became of it under a receipt's code.

        What it made and that it is kept stand in one savepoint: neither comes without the other.
        """
        refusal = judged.refusal or self._doubt(judged)
        if refusal is None:
            try:
                with transaction.atomic():
                    return self._keep(judged, code, applied(judged, self._actor(judged)), None)
            except NotAppliedError as error:
                refusal = error.refusal
        with transaction.atomic():
            return self._keep(judged, code, None, refusal)

    def _actor(self, judged: Judged) -> Actor:
        user = judged.device.user
        if user.id not in self._actors:
            self._actors[user.id] = actor_on_phone(user, clock.day_of(judged.acted))
        return replace(self._actors[user.id], on=clock.day_of(judged.acted))

    def _doubt(self, judged: Judged) -> Refused | None:
        """Why somebody must look at it first, or None."""
        signed, device = judged.signed, judged.device
        if self._ledger.has_id(signed.id):
            return refusals.IdUsed()
        if self._ledger.has_number(device.pk, signed.n):
            return refusals.NumberUsed()
        if device.revoked_at is not None:
            if device.revoked_why == RevokedWhy.LOST:
                return refusals.LostPhone()
            if judged.acted > device.revoked_at:
                return refusals.AfterRevocation()
        if signed.server_at < device.enrolled_at - SKEW:
            return refusals.BeforeEnrolment()
        if self._runs_back(judged):
            return refusals.TimeRunsBack()
        standings = self._actor(judged).standings
        if signed.doubt and role_changed(standings, signed.server_at, judged.arrived):
            return refusals.RightsUnclear()
        return None

    def _runs_back(self, judged: Judged) -> bool:
        before = self._ledger.server_time_before(judged.device.pk, judged.signed.n)
        return before is not None and judged.signed.server_at < before - SKEW

    def _keep(self, judged: Judged, code: str, made: Any, refusal: Refused | None) -> Operation:
        signed, device = judged.signed, judged.device
        operation = Operation(
            op_id=signed.id,
            device=device,
            carrier=None if device.pk == self.carrier.pk else self.carrier,
            n=signed.n,
            kind=signed.kind,
            text=signed.text,
            sig=signed.sig,
            digest=signed.digest,
            code=code,
            territory=device.territory,
            team_id=kinds.team_of(judged.body) or device.team_id,
            arrived_at=judged.arrived,
            acted_at=judged.acted,
            server_at=signed.server_at,
        )
        settled(operation, made, refusal)
        insert(operation)
        blobs.announce(operation, judged.body)
        if operation.standing == Standing.QUARANTINED:
            by = self._actor(judged)
            record("operation.quarantined", operation, by=by, where=operation.territory,
                   on=by.on, word=operation.word)  # fmt: skip
        return operation


def _read(raw: Any) -> Signed | Answer:
    try:
        return wire.read_operation(raw)
    except refusals.Unreadable as refusal:
        return _refused(None, refusal)


def _refused(op_id: UUID | None, refusal: Refused) -> Answer:
    return Answer(op_id, Standing.REFUSED, Standing.REFUSED, None, in_both(refusal))


def _answer(op_id: UUID, operation: Operation) -> Answer:
    return Answer(op_id, operation.standing, operation.standing, operation.receipt, operation.why,
                  operation.territory)  # fmt: skip


def _again(operation: Operation) -> Answer:
    return replace(_answer(operation.op_id, operation), answer="duplicate")


def _gaps(device_id: UUID) -> list[int]:
    last, different = first(_counted(device=device_id)) or (0, 0)
    if last == different:
        return []
    there = set(Operation.everything.filter(device=device_id).values_list("n", flat=True))
    gaps = (number for number in range(1, last) if number not in there)
    return [number for number, _limit in zip(gaps, range(_MOST_MISSING), strict=False)]


@compiled
def _counted(*, device: UUID) -> QuerySet[Operation, tuple[int, int]]:
    """The last number of a phone, and how many there are; nothing where none came."""
    rows = Operation.everything.filter(device=device).order_by().values("device")
    counted = rows.annotate(last=Max("n"), different=Count("n", distinct=True))
    return counted.values_list("last", "different")
