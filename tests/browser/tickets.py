# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tickets for the phones of a test, made in a process of the server's own environment."""

import json
import sys

from binhyen.accounts.actions_devices import make_ticket
from binhyen.accounts.models import Appointment
from tests import cast


def main() -> None:
    """Print pairs of tickets, for the member and the leader of team Tổ 1."""
    officer = cast.an_actor("commune_police", cast.COMMUNE)
    people = [Appointment.everything.get(user__username=name) for name in ("member", "leader")]
    pairs = [
        [make_ticket(by=officer, holder=one).secret for one in people]
        for _number in range(int(sys.argv[1]))
    ]
    json.dump(pairs, sys.stdout)
