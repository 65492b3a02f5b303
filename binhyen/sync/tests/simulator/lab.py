# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs worlds one after the other, each in a database and folders as they were before."""

import gc
import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from binhyen.accounts.choices import Role
from binhyen.core.actors import Actor
from binhyen.sync import cursors
from binhyen.sync.tests.phones import Phone, a_phone, long_ago
from binhyen.sync.tests.simulator.phone import Person
from binhyen.sync.tests.simulator.state import BrokenInvariantError
from binhyen.sync.tests.simulator.world import World
from tests import cast

BEGIN = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)


class Lab:
    """Plays seeds; a planted bug is patched in with `patch`."""

    def __init__(self, leader: Actor, officer: Actor, loader: Actor, folder: Path, patch: Any):
        self.actors = (leader, officer, loader)
        self.folder, self.patch, self.world = folder, patch, None
        patch.setattr(timezone, "now", lambda: self.world.now if self.world else BEGIN)
        # Of machines only processes die here, so nothing need reach a real disk.
        patch.setattr(os, "fsync", lambda _file: None)

    def run(self, seed: int, script: Sequence[str] = ()) -> None:
        self.world = None
        data, second = self.folder / f"{seed}-data", self.folder / f"{seed}-second"
        # Every third world gets its answers in small parts.
        self.patch.setattr(cursors, "MOST_OBJECTS", 2 if seed % 3 == 0 else 500)
        with transaction.atomic(), override_settings(DATA_DIR=data):
            self.world = World(seed, self.phones(), self.actors, second)
            try:
                self.world.run(script)
            except BrokenInvariantError as broken:
                raise BrokenInvariantError(f"seed {seed}: {broken}; {self.world.log}") from broken
            except Exception as error:  # the server must have an answer to everything
                what = f"seed {seed}: the server failed: {error!r}; {self.world.log}"
                raise BrokenInvariantError(what) from error
            finally:
                self.world = None
                transaction.set_rollback(True)
                gc.collect()
                shutil.rmtree(data, ignore_errors=True)
                shutil.rmtree(second, ignore_errors=True)

    def phones(self) -> list[tuple[Phone, Person]]:
        leader, team = self.actors[0], {"team_id": cast.TEAM, "on": self.actors[0].on}
        deputy = cast.an_actor(Role.DEPUTY, cast.COMMUNE, **team)
        member = cast.an_actor(Role.MEMBER, cast.COMMUNE, member_id=cast.MEMBER, **team)
        found = []
        # Leader and deputy put the same person on their patrols: some of them clash.
        crews = (cast.LEADER_MEMBER, cast.LEADER_MEMBER, cast.MEMBER)
        people = zip((leader, deputy, member), crews, strict=True)
        for number, (actor, walks) in enumerate(people, 1):
            user = cast.an_account(actor)
            phone = a_phone(leader, user.appointments.get(), number)
            phone.server_at = BEGIN
            long_ago(phone.device, BEGIN - timedelta(days=9))
            sees, ends = actor is not member, actor.member_id is not None
            found.append((phone, Person(user.pk, walks, sees, ends)))
        return found
