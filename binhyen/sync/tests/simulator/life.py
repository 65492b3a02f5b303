# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people and the server do meanwhile: time, roles, new phones, archive, backup, restore."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from binhyen.accounts.models import Appointment
from binhyen.core import clock
from binhyen.patrols.actions import plan_patrol
from binhyen.personnel.models import Member
from binhyen.sync import archive, archive_blobs, epochs
from binhyen.sync.tests.phones import a_phone
from binhyen.sync.tests.simulator.phone import Model
from binhyen.sync.tests.simulator.state import State
from binhyen.teams.models import Team
from binhyen.territory.models import Territory
from tests import cast


class Life(State):
    """One method for each thing that happens."""

    def time_passes(self) -> None:
        self.now += timedelta(hours=self.rng.choice([1, 5, 24, 24 * 6, 24 * 15]))

    def reboots(self) -> None:
        phone = self.somebody()
        phone.rebooted, phone.skew = True, timedelta(days=self.rng.randrange(-400, 400))

    def somebody_enrols_again(self) -> None:
        """A PIN was forgotten, or a restore lost the phone: another device on the same phone."""
        lost = [one for one in self.phones if one.is_lost]
        self.enrol(self.rng.choice(lost or self.phones))

    def enrol(self, phone: Model) -> None:
        """With a ticket of the leader, for whoever serves today."""
        if roles := self.roles_today(phone):
            self.keys += 1
            by = replace(self.leader, on=clock.today())
            phone.enrolled(a_phone(by, roles[0], self.keys))

    def archives(self) -> None:
        place = cast.the_place(cast.NATION)
        archive.archive(self.folder, by=self.loader, at=place)
        archive_blobs.archive_blobs(self.folder, by=self.loader, at=place)

    def backs_up(self) -> None:
        self.backup = transaction.savepoint()
        self.files_of_backup = self.files()

    def restores(self) -> None:
        """On the same machine, or on a new one that has no files but those of the backup."""
        transaction.savepoint_rollback(self.backup)
        if self.rng.random() < 0.5:
            for path in self.files() - self.files_of_backup:
                path.unlink()
        epochs.begin_epoch()
        self.replays()

    def replays(self) -> None:
        archive.replay(self.folder)
        archive_blobs.replay_blobs(self.folder, by=self.loader, at=cast.the_place(cast.NATION))

    def role_changes(self) -> None:
        """From tomorrow on somebody holds no role, or holds it again."""
        rows = Appointment.everything.filter(user=self.somebody().person.user)
        held = rows.order_by("-valid_from", "-pk")[0]
        tomorrow = clock.today() + timedelta(days=1)
        if held.valid_to is None:
            Appointment.everything.filter(pk=held.pk).update(valid_to=tomorrow)
        elif held.valid_to < tomorrow:
            held.pk, held.valid_from, held.valid_to = None, tomorrow, None
            held.id = UUID(int=self.rng.getrandbits(128))
            held.save(force_insert=True)

    def officer_plans(self) -> None:
        """Something that phones must learn of: each plan on a day of its own."""
        self.plans += 1
        start = self.now + timedelta(days=30 + self.plans)
        plan = plan_patrol(
            by=replace(self.officer, on=clock.today()), team=Team.everything.get(pk=cast.TEAM),
            planned_start=start, planned_end=start + timedelta(hours=2), route="Chợ",
            members=[Member.everything.get(pk=cast.MEMBER)],
        )  # fmt: skip
        self.planned.add(plan.pk.hex)

    def communes_merge(self) -> None:
        commune, other = cast.the_place(cast.COMMUNE), cast.the_place(cast.OTHER_COMMUNE)
        if commune.valid_to is None and self.rng.random() < 0.3:
            tomorrow = clock.today() + timedelta(days=1)
            Territory.everything.filter(pk=commune.pk).update(valid_to=tomorrow)
            other.succeeds.add(commune)
