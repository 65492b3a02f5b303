# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen claims due`: which steps are due now or overdue, and what nobody has claimed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from binhyen.accounts.queries import account_named
from binhyen.claims import watch
from binhyen.claims.permissions import VIEW_CLAIM
from binhyen.claims.record import left_said
from binhyen.core import clock
from binhyen.core.actors import Purpose
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.events import record_reading
from binhyen.core.templatetags.show import day

REFUSED = 1


class Command(BaseCommand):
    """Lists what is due, for whoever may see claims; each named claim is read with a line."""

    help = (
        "Benefit claims: `due` lists the steps that are due by the next working day or overdue,"
        " and the accidents on duty after which nothing was claimed. Exit code 0: done; 1:"
        " refused; 2: wrong command."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        one = steps.add_parser("due", help="list what is due and what nobody has claimed")
        one.add_argument("--as", required=True, metavar="ACCOUNT", dest="account",
                         help="user name whose rights and language are used")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = account_named(options["account"])
            with override(user.language):
                self._due(user.actor(clock.today()))
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal

    def _due(self, actor: Any) -> None:
        scope = actor.scope(VIEW_CLAIM)
        if scope.is_empty:
            raise Forbidden
        due = list(watch.due(scope=scope, on=actor.on))
        unclaimed = watch.unclaimed(scope=scope)
        for claim in due:
            record_reading(claim, by=actor, where=claim.territory, purpose=Purpose.MANAGE_FORCE)
            words = (claim.member.full_name, claim.get_kind_display(), claim.get_state_display())
            self.stdout.write(f"{', '.join(map(str, words))}: {left_said(claim)}")
        for one in unclaimed:
            event = one.accident
            record_reading(event, by=actor, where=event.territory, purpose=Purpose.MANAGE_FORCE)
            self.stdout.write(
                _("Nothing claimed: %(name)s, %(harm)s, %(day)s")
                % {"name": event.member.full_name, "harm": event.get_harm_display(),
                   "day": day(event.on_day)}
            )  # fmt: skip
        if not (due or unclaimed):
            self.stdout.write(_("Nothing is due, and nothing is unclaimed."))
