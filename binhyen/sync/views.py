# SPDX-License-Identifier: AGPL-3.0-or-later
"""The protocol's addresses: enrol, push, pull. The page about them is `PROTOCOL.md`."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from binhyen.accounts.actions_devices import enrol_device
from binhyen.accounts.queries_devices import TicketNotGood, actor_on_phone, saw_device, ticket_of
from binhyen.core import clock
from binhyen.sync import seals
from binhyen.sync.choices import Standing
from binhyen.sync.cursors import read_cursor
from binhyen.sync.endpoints import (
    Problem,
    body_of,
    endpoint,
    phone_of,
    said,
    slow_down_strangers,
)
from binhyen.sync.epochs import current_epoch
from binhyen.sync.owners import owner_said, place_today
from binhyen.sync.pulling import Puller
from binhyen.sync.taking import Answer, Taker
from binhyen.sync.wire import moment_text

MOST_OPERATIONS = 100
LARGEST_PUSH = 256 * 1024
LARGEST_ENROLMENT = 4 * 1024
LARGEST_PULL = 1024 * 1024
MOST_HELD, LONGEST_ID = 20_000, 40


@endpoint("a phone shows the ticket with which it is enrolled")
def enrol(request: HttpRequest) -> dict[str, Any]:
    """Make the phone that shows a good ticket a device."""
    slow_down_strangers(request)
    body = body_of(request, LARGEST_ENROLMENT)
    ticket_shown, key, name = (_text(body, part) for part in ("ticket", "key", "name"))
    if len(body) != len(("v", "ticket", "key", "name")) or body.get("v") != 1:
        raise Problem(422, _("The enrolment is not whole. Update the app."))
    try:
        ticket = ticket_of(ticket_shown, clock.now())
        by = actor_on_phone(ticket.user, clock.today())
        made = enrol_device(by=by, ticket=ticket, key=key, name=name)
    except TicketNotGood as refusal:
        raise Problem(404, said(refusal)) from refusal
    device, seal_key = made.device, seals.current_key()
    return {
        "device": str(device.id),
        "token": made.token,
        **_now(),
        "seal_key": {"id": str(seal_key.id), "key": seal_key.public},
        "person": {"id": str(device.user_id), "name": device.user.full_name},
        "place": {"code": device.territory.code, "name": device.territory.full_name},
    }


def _text(body: dict[str, Any], part: str) -> str:
    """A text of a body, with a question mark for what is no letter. Raises Problem."""
    value = body.get(part)
    if not isinstance(value, str):
        raise Problem(422, _("The enrolment is not whole. Update the app."))
    return value.encode("utf-8", "replace").decode()


@endpoint("a phone shows its token, and each operation is signed")
def push(request: HttpRequest) -> dict[str, Any]:
    """Take operations; an answer for each."""
    device = phone_of(request)
    body = body_of(request, LARGEST_PUSH)
    ops = body.get("ops")
    if set(body) != {"ops"} or not isinstance(ops, list):
        raise Problem(422, _("The push is not whole. Update the app."))
    if len(ops) > MOST_OPERATIONS:
        raise Problem(413, _("Too much at once: send less."))
    taker = Taker(device, clock.now())
    answers = taker.take(ops)
    return {"answers": [_told(one) for one in answers], "missing": taker.missing(), **_now()}


@endpoint("a phone shows its token, and gets what its person may see")
def pull(request: HttpRequest) -> dict[str, Any]:
    """What changed since a cursor, or everything in scope."""
    device = phone_of(request)
    saw_device(device, clock.now())
    body = body_of(request, LARGEST_PULL)
    have = body.get("have")
    if set(body) - {"cursor", "have"} or "cursor" not in body or not _is_list_of_ids(have):
        raise Problem(422, _("The pull is not whole. Update the app."))
    epoch = current_epoch()
    puller = Puller(device, epoch)
    cursor = read_cursor(body["cursor"]) if body["cursor"] is not None else None
    if cursor is not None and puller.knows(cursor):
        answer = puller.more_of(cursor) if cursor.told else puller.since(cursor)
        return answer | _now()
    if have is None:
        return {"start_over": True} | _now()
    return puller.all_in_scope(have) | _now()


def _is_list_of_ids(have: Any) -> bool:
    if have is None:
        return True
    return isinstance(have, list) and len(have) <= MOST_HELD and all(
        isinstance(one, str) and len(one) <= LONGEST_ID for one in have
    )  # fmt: skip


def _told(answer: Answer) -> dict[str, Any]:
    """An answer as JSON, in the language of the request."""
    language = (get_language() or "vi")[:2]
    why = answer.why or {}
    told: dict[str, Any] = {
        "id": str(answer.id) if answer.id else None,
        "answer": answer.answer,
        "code": answer.code,
        "why": why.get(language) or why.get("vi"),
        "owner": None,
    }
    if answer.answer == "duplicate":
        told["standing"] = answer.standing
    if answer.standing == Standing.QUARANTINED and answer.territory is not None:
        told["owner"] = owner_said(place_today(answer.territory))
    return told


def _now() -> dict[str, str]:
    return {"epoch": str(current_epoch()), "server_time": moment_text(clock.now())}
