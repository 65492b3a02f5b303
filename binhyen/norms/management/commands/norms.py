# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen norms …`: two accounts, one resolution; what holds in a commune; the shipped ones."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from binhyen.accounts.loader import loader
from binhyen.accounts.queries import account_named
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.forms import read_day
from binhyen.norms import queries
from binhyen.norms.actions import draft_resolution, revise_draft, withdraw_draft
from binhyen.norms.actions_collected import load_collected
from binhyen.norms.actions_steps import approve_resolution, end_resolution
from binhyen.norms.actions_values import attach_document
from binhyen.norms.choices import State
from binhyen.norms.documents import LARGEST
from binhyen.norms.files import MOST_BYTES, UnreadableResolution, read_resolution
from binhyen.norms.in_force import gaps_on
from binhyen.norms.models import Resolution
from binhyen.norms.permissions import APPROVE_NORM, DRAFT_NORM, VIEW_NORM
from binhyen.norms.words import amount_said, where_said
from binhyen.territory.queries import territory_by_code

REFUSED = 1


class SeveralResolutions(Refused):
    """A number that several resolutions carry."""

    what = _("Nothing was changed.")
    why = gettext_lazy("“%(number)s” is the number of several resolutions: %(ids)s.")
    remedy = gettext_lazy("Write the id of the one that is meant.")


class Command(BaseCommand):
    """Drafts, completes, approves and ends resolutions, and says what holds."""

    help = (
        "Record the values that a resolution sets (allowances, caps, sizes) from a YAML or TOML"
        " file, with the rights of an account; a second account approves it, and only then it"
        " counts. Exit code 0: done; 1: refused; 2: wrong command."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        made = {}
        for step, words in (
            ("draft", "draft a resolution from a file"),
            ("revise", "set a draft anew from a file"),
            ("document", "keep the scanned document of a draft"),
            ("approve", "let a draft of somebody else count"),
            ("withdraw", "put a draft aside"),
            ("end", "let an approved resolution end"),
            ("load", "load the resolutions that ship with the product"),
            ("holding", "say what holds in a commune"),
            ("gaps", "say what is not in force where"),
        ):
            made[step] = steps.add_parser(step, help=words)
            if step != "load":
                made[step].add_argument(
                    "--as", required=True, metavar="ACCOUNT", dest="account",
                    help="user name whose rights and language are used",
                )  # fmt: skip
        for step in ("revise", "document", "approve", "withdraw", "end"):
            made[step].add_argument("which", metavar="NUMBER|ID", help="which resolution")
        for step in ("draft", "revise", "document"):
            made[step].add_argument("file", type=Path, help="the file to read")
        made["end"].add_argument("--last-day", required=True, help="the last day on which it holds")
        made["end"].add_argument("--decision", required=True, help="the number of what ends it")
        for step in ("holding", "gaps"):
            made[step].add_argument("code", help="the code of a commune, or of a province for gaps")
            made[step].add_argument("--on", help="the day; today if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["step"] == "load":
                self.stdout.write(_load())
                return
            user = account_named(options["account"])
            with override(user.language):
                said = _STEPS[options["step"]](user.actor(clock.today()), options)
                self.stdout.write(said)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal


def _load() -> str:
    loaded = load_collected(by=loader(name="binhyen norms", on=clock.today()))
    return (
        f"In force: {loaded.in_force} of the nation; drafts: {loaded.drafts} of provinces;"
        f" {loaded.values} values. Known before: {loaded.known}."
        f" Of provinces that are not here: {loaded.elsewhere}."
    )


def _draft(actor: Actor, options: dict[str, Any]) -> str:
    drafted = draft_resolution(by=actor, **_read(options["file"], actor.on))
    return _("The resolution %(number)s was drafted; a second person approves it.") % {
        "number": drafted.number
    }


def _revise(actor: Actor, options: dict[str, Any]) -> str:
    found = _found(actor, options["which"], draft=True)
    given = _read(options["file"], actor.on)
    del given["territory"]
    revise_draft(by=actor, resolution=found, **given)
    return _("The draft %(number)s was set anew.") % {"number": given["number"]}


def _document(actor: Actor, options: dict[str, Any]) -> str:
    found = _found(actor, options["which"], draft=True)
    path: Path = options["file"]
    kept = attach_document(
        by=actor, resolution=found, name=path.name, content=_bytes(path, LARGEST)
    )
    return _("The document was kept. Its SHA-256: %(digest)s") % {"digest": kept.digest}


def _approve(actor: Actor, options: dict[str, Any]) -> str:
    found = _found(actor, options["which"], draft=True, approving=True)
    approve_resolution(by=actor, resolution=found)
    return _("The resolution %(number)s is approved and counts from its first day.") % {
        "number": found.number
    }


def _withdraw(actor: Actor, options: dict[str, Any]) -> str:
    found = _found(actor, options["which"], draft=True)
    withdraw_draft(by=actor, resolution=found)
    return _("The draft %(number)s was withdrawn.") % {"number": found.number}


def _end(actor: Actor, options: dict[str, Any]) -> str:
    found = _found(actor, options["which"], draft=False, approving=True)
    last_day = read_day(options["last_day"])
    end_resolution(by=actor, resolution=found, last_day=last_day, decision=options["decision"])
    return _("The resolution %(number)s holds until %(day)s.") % {
        "number": found.number, "day": f"{last_day:%d/%m/%Y}",
    }  # fmt: skip


def _holding(actor: Actor, options: dict[str, Any]) -> str:
    day = read_day(options["on"]) if options["on"] else actor.on
    place = territory_by_code(options["code"], on=day)
    actor.require(VIEW_NORM, place)
    lines = [
        " · ".join(
            (one.get_item_display(), where_said(one), amount_said(one), one.resolution.number)
        )
        for one in queries.holding_values(place, day)
    ]
    return "\n".join(lines or [_("Nothing is in force here on that day.")])


def _gaps(actor: Actor, options: dict[str, Any]) -> str:
    day = read_day(options["on"]) if options["on"] else actor.on
    place = territory_by_code(options["code"], on=day)
    actor.require(VIEW_NORM, place)
    lines = [
        _("%(subject)s: in %(count)s communes nothing is in force")
        % {"subject": gap.subject.label, "count": len(gap.communes)}
        for gap in gaps_on(place, day)
    ]
    return "\n".join(lines or [_("Every subject of Law 30/2023 Art. 23 is in force everywhere.")])


_STEPS = {
    "draft": _draft, "revise": _revise, "document": _document, "approve": _approve,
    "withdraw": _withdraw, "end": _end, "holding": _holding, "gaps": _gaps,
}  # fmt: skip


def _read(path: Path, on: date) -> dict[str, Any]:
    return read_resolution(_bytes(path, MOST_BYTES), on=on, is_toml=path.suffix == ".toml")


def _bytes(path: Path, most: int) -> bytes:
    """A file's content, and one byte more than allowed so that its reader refuses it."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise UnreadableResolution(reason=error.strerror or str(error)) from error


def _found(actor: Actor, which: str, *, draft: bool, approving: bool = False) -> Resolution:
    """The resolution of a number or an id. Raises Forbidden, SeveralResolutions."""
    verb = APPROVE_NORM if approving else DRAFT_NORM
    rows = queries.resolutions_in(scope=actor.scope(verb))
    rows = rows.filter(state=State.DRAFT) if draft else rows.exclude(state=State.DRAFT)
    meant = Q(number=which.strip())
    with suppress(ValueError):
        meant |= Q(pk=UUID(which.strip()))
    found = list(rows.filter(meant)[:5])
    if not found:
        raise Forbidden
    if len(found) > 1:
        raise SeveralResolutions(number=which, ids=", ".join(str(one.pk) for one in found))
    return found[0]
