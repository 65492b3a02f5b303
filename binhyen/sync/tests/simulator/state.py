# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a world consists of, and questions to its database that are compiled once."""

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from binhyen.accounts.models import Appointment
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.sync.tests.phones import Phone
from binhyen.sync.tests.simulator.phone import Made, Model, Person, Sound


class BrokenInvariantError(AssertionError):
    """What must never happen did."""


class Question:
    """Rows of a question that is asked after every step, with ids as their 32 figures.

    Compiling it each time would cost more than all the rest of a check.
    """

    def __init__(self, ask: Callable[[], Any]) -> None:
        self._ask = ask
        self._compiled: tuple[str, Any] | None = None

    def rows(self) -> list[tuple[Any, ...]]:
        if self._compiled is None:
            self._compiled = self._ask().query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(*self._compiled)
            return [tuple(one.hex if isinstance(one, UUID) else one for one in row)
                    for row in cursor.fetchall()]  # fmt: skip

    def column(self) -> list[Any]:
        return [row[0] for row in self.rows()]


class State:
    """A server, some phones, and what is true about what was recorded."""

    def __init__(
        self,
        seed: int,
        phones: list[tuple[Phone, Person]],
        actors: tuple[Actor, Actor, Actor],
        folder: Path,
    ) -> None:
        self.rng, self.client = random.Random(seed), Client()
        self.now = clock.now()
        self.phones = [Model(one, person, lambda: self.now) for one, person in phones]
        self.leader, self.officer, self.loader = actors
        self.folder = folder
        self.made: dict[str, Made] = {}
        self.recorded: dict[str, Sound] = {}
        self.acked: set[str] = set()
        self.heard_here: set[str] = set()
        self.late: list[tuple[datetime, list[dict[str, str]], int]] = []
        self.backup = transaction.savepoint()
        self.files_of_backup: set[Path] = set()
        self.log: list[str] = []
        self.plans = 0
        self.planned: set[str] = set()
        self.keys = len(phones)

    def somebody(self) -> Model:
        return self.rng.choice(self.phones)

    def roles_today(self, phone: Model) -> list[Appointment]:
        """The roles that its person holds and that are in force."""
        today = clock.today()
        held = Appointment.everything.filter(user=phone.person.user)
        return [one for one in held if one.standing().is_in_force(today)]

    def files(self) -> set[Path]:
        """Everything in the data folder of the server."""
        return {path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file()}


def hexed(one_id: str) -> str:
    """An id as `Question` gives it."""
    return one_id.replace("-", "")
