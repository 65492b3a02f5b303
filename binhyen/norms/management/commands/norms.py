# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen norms draft FILE` and `binhyen norms approve NUMBER`: two accounts, one resolution."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from binhyen.accounts.queries import account_named
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden, Refused
from binhyen.norms import queries
from binhyen.norms.actions import approve_resolution, draft_resolution
from binhyen.norms.choices import State
from binhyen.norms.files import read_resolution
from binhyen.norms.permissions import APPROVE_NORM

REFUSED = 1


class Command(BaseCommand):
    """Drafts a resolution from a file, or approves one that another account drafted."""

    help = (
        "Record the values that a resolution sets (allowances, caps), from a TOML file, with the"
        " rights of an account; a second account approves it, and only then it counts. Exit code"
        " 0: done; 1: refused; 2: wrong command."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=("draft", "approve"), help="what is done")
        parser.add_argument("what", metavar="FILE|NUMBER",
                            help="the file to draft from, or the number to approve")  # fmt: skip
        parser.add_argument("--as", required=True, metavar="ACCOUNT", dest="account",
                            help="user name whose rights and language are used")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = account_named(options["account"])
            with override(user.language):
                self.stdout.write(_run(user.actor(clock.today()), **options))
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal


def _run(actor: Actor, **options: Any) -> str:
    if options["step"] == "draft":
        given = read_resolution(Path(options["what"]), on=actor.on)
        drafted = draft_resolution(by=actor, **given)
        return _("The resolution %(number)s was drafted; a second person approves it.") % {
            "number": drafted.number
        }
    waiting = queries.resolutions_in(scope=actor.scope(APPROVE_NORM))
    found = waiting.filter(number=options["what"].strip(), state=State.DRAFT).first()
    if found is None:
        raise Forbidden
    approve_resolution(by=actor, resolution=found)
    return _("The resolution %(number)s is approved and counts from its first day.") % {
        "number": found.number
    }
