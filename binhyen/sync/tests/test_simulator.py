# SPDX-License-Identifier: AGPL-3.0-or-later
"""Simulated disasters: `BINHYEN_SEEDS=2000` runs as many, `BINHYEN_SEED=17` runs that one."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from binhyen.accounts.choices import Role
from binhyen.core.actors import Actor
from binhyen.core.ids import uuid7
from binhyen.sync import archive, cursors, epochs, pulling, taking
from binhyen.sync.tests import simulator
from binhyen.sync.tests.phones import a_phone, long_ago
from binhyen.sync.tests.simulator import BrokenInvariantError, World
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SEEDS = int(os.environ.get("BINHYEN_SEEDS", "48"))
PARTS = 8
"""The seeds are shared out among so many tests, so that all cores take part."""
ONLY = os.environ.get("BINHYEN_SEED")
BEGIN = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)
TRIES = 12


class Lab:
    """Runs seeds one after the other, each in a database as it was before."""

    def __init__(self, leader: Actor, officer: Actor, loader: Actor, folder: Path, patch: Any):
        self.leader, self.officer, self.loader = leader, officer, loader
        self.folder, self.patch, self.world = folder, patch, None
        patch.setattr(timezone, "now", lambda: self.world.now if self.world else BEGIN)

    def run(self, seed: int) -> None:
        self.world = None
        with transaction.atomic():
            folder = self.folder / str(seed)
            folder.mkdir(exist_ok=True)
            for old in folder.iterdir():
                old.unlink()
            # Every third world gets its answers in small parts.
            self.patch.setattr(cursors, "MOST_OBJECTS", 2 if seed % 3 == 0 else 500)
            self.world = World(seed, self.phones(), self.officer, folder, self.loader)
            try:
                self.world.run()
            except BrokenInvariantError as broken:
                raise BrokenInvariantError(f"seed {seed}: {broken}; {self.world.log}") from broken
            finally:
                self.world = None
                transaction.set_rollback(True)

    def phones(self) -> list[Any]:
        deputy = cast.an_actor(Role.DEPUTY, cast.COMMUNE, team_id=cast.TEAM, on=self.leader.on)
        member = cast.an_actor(
            Role.MEMBER, cast.COMMUNE, team_id=cast.TEAM, member_id=cast.MEMBER, on=self.leader.on
        )
        found = []
        # Leader and deputy put the same person on their patrols: some of them clash.
        crews = (cast.LEADER_MEMBER, cast.LEADER_MEMBER, cast.MEMBER)
        people = zip((self.leader, deputy, member), crews, strict=True)
        for number, (actor, walks) in enumerate(people, 1):
            user = cast.an_account(actor)
            phone = a_phone(self.leader, user.appointments.get(), number)
            phone.server_at = BEGIN
            long_ago(phone.device, BEGIN - timedelta(days=9))
            found.append((phone, walks))
        return found


@pytest.fixture
def lab(leader, officer, loader, nation, other_villages, leader_member, member, tmp_path,
        monkeypatch):  # fmt: skip
    on = BEGIN.date()
    with override_settings(API_REQUESTS_A_MINUTE=10**9):
        yield Lab(replace(leader, on=on), replace(officer, on=on), replace(loader, on=on),
                  tmp_path, monkeypatch)  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
def test_no_disaster_loses_doubles_or_shows_what_it_must_not(lab, part):
    for seed in [int(ONLY)] if ONLY else range(SEEDS):
        if seed % PARTS == part:
            lab.run(seed)


def _acks_before_commit(patch: Any) -> None:
    plain = taking.Taker.take

    def take(self: Any, raws: Any) -> Any:
        with transaction.atomic():
            answers = plain(self, raws)
            transaction.set_rollback(True)
        return answers

    patch.setattr(taking.Taker, "take", take)


def _skips_an_event(patch: Any) -> None:
    plain = pulling.Puller._touched
    patch.setattr(pulling.Puller, "_touched", lambda self, after, ids: plain(self, after + 2, ids))


def _knows_no_bytes_again(patch: Any) -> None:
    plain = taking.wire.read_operation
    salt = iter(range(10**9))
    patch.setattr(taking.wire, "read_operation",
                  lambda raw: replace(plain(raw), digest=f"{next(salt):064}"))  # fmt: skip


def _makes_things_under_new_ids(patch: Any) -> None:
    shape, plain = taking.kinds.KINDS["traffic.help"]

    def other(act: Any, body: Any) -> Any:
        return plain(replace(act, id=uuid7()), body)

    patch.setitem(taking.kinds.KINDS, "traffic.help", (shape, other))


def _purges_on_blank(patch: Any) -> None:
    plain = simulator.Model.pulled

    def pulled(self: Any, told: Any) -> None:
        if not told["objects"]:
            self.objects.clear()
        plain(self, told)

    patch.setattr(simulator.Model, "pulled", pulled)


def _names_nothing_to_purge(patch: Any) -> None:
    plain = pulling.Puller.all_in_scope
    patch.setattr(pulling.Puller, "all_in_scope", lambda self, have: plain(self, []))


def _keeps_the_epoch(patch: Any) -> None:
    patch.setattr(epochs, "begin_epoch", epochs.current_epoch)


def _calls_safe_what_is_not_written(patch: Any) -> None:
    patch.setattr(archive, "append", lambda path, lines: None)


def _judges_rights_on_arrival(patch: Any) -> None:
    patch.setattr(taking, "moment_done", lambda **told: told["arrived"])


def _forgets_without_an_answer(patch: Any) -> None:
    plain = simulator.World.somebody_sends

    def sends(self: Any) -> None:
        plain(self)
        for phone in self.phones[:1]:
            for one in phone.queue():
                one.standing = "accepted"

    patch.setattr(simulator.World, "somebody_sends", sends)


def _forgets_the_rights_in_the_cursor(patch: Any) -> None:
    patch.setattr(pulling.Puller, "_stamp", lambda self: "same")


def _leaves_out_what_failed(patch: Any) -> None:
    """A quarantined operation is answered and not kept."""
    plain = taking.Taker._keep

    def keep(self: Any, *told: Any) -> Any:
        operation = plain(self, *told)
        if operation.standing == "quarantined":
            type(operation).everything.filter(pk=operation.pk).delete()
        return operation

    patch.setattr(taking.Taker, "_keep", keep)


BUGS: list[tuple[Callable[[Any], None], int]] = [
    (_acks_before_commit, 0), (_skips_an_event, 0), (_knows_no_bytes_again, 0),
    (_makes_things_under_new_ids, 0), (_purges_on_blank, 0), (_names_nothing_to_purge, 0),
    (_keeps_the_epoch, 5), (_calls_safe_what_is_not_written, 0), (_judges_rights_on_arrival, 1),
    (_forgets_without_an_answer, 0), (_forgets_the_rights_in_the_cursor, 0),
    (_leaves_out_what_failed, 0),
]  # fmt: skip
"""Each with the first seed at which it shows, so that the suite need not look for it."""


@pytest.mark.parametrize(
    ("plant", "first"), BUGS, ids=[bug.__name__.strip("_") for bug, _first in BUGS]
)
def test_planted_bug_is_caught(lab, plant, first):
    with lab.patch.context() as patch:
        plant(patch)
        with pytest.raises(BrokenInvariantError):
            _until_caught(lab, first)


def _until_caught(lab: Lab, first: int) -> None:
    for seed in range(first, first + TRIES):
        lab.run(seed)
