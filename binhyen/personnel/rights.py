# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whoever leaves a role loses its rights with it, whether or not they may be given here.

Giving a role in a team to an account is for the head of commune police (`accounts`); taking it away
follows from the decision about the member, so that nobody keeps the rights of a place they left.
"""

from datetime import date

from django.db.models import Q

from binhyen.accounts.choices import TEAM_ROLES
from binhyen.accounts.models import Appointment
from binhyen.core.actors import Actor
from binhyen.core.events import record
from binhyen.core.validation import save
from binhyen.personnel.models import Membership


def end_rights(membership: Membership, *, but: str, on: date, by: Actor) -> None:
    """End the roles in the team that the member's account holds, all `but` one, from a day on."""
    held = Appointment.everything.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        user__member_id=membership.member_id,
        team_id=membership.team_id,
        role__in=TEAM_ROLES - {but},
    )
    for appointment in held.select_related("territory"):
        appointment.valid_to = max(on, appointment.valid_from)
        save(appointment, only=["valid_to"])
        record("role.ended", appointment, by=by, where=appointment.territory, on=on,
               role=appointment.role)  # fmt: skip
