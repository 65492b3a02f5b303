# SPDX-License-Identifier: AGPL-3.0-or-later
"""One's own pay as a phone gets it: approved slips of twelve months, said in both languages.

What was computed may still change, so it is not told before it is approved; from then on a slip
stays as it is and only its payment is added.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation

from binhyen.core.actors import Actor
from binhyen.core.compiled import compiled
from binhyen.core.errors import Text
from binhyen.entitlements import queries
from binhyen.entitlements.choices import CORRECTED, Unpaid
from binhyen.entitlements.explaining import Explained, explained, set_aside
from binhyen.entitlements.models import CountedDuty, Slip
from binhyen.entitlements.permissions import VIEW_OWN_PAY
from binhyen.sync.wire import moment_text

Said = dict[str, str]
"""The same words by language."""


def own_pay_ids(by: Actor, today: date) -> dict[UUID, Collection[UUID]]:
    """The slips that a phone may hold today, each with the rows whose events change it."""
    member = _member(by)
    if member is None:
        return {}
    rows = _ids(member=member, since=_since(today))
    return {slip: [one for one in (slip, sheet, paid) if one] for slip, sheet, paid in rows}


def own_pay_objects(
    by: Actor, today: date, only: Collection[UUID] | None = None
) -> list[dict[str, Any]]:
    """Slips as the protocol writes them, the newest month first."""
    if _member(by) is None or (only is not None and not only):
        return []
    rows = queries.own_slips(scope=by.scope(VIEW_OWN_PAY)).filter(month__gte=_since(today))
    return [_told(one) for one in rows if only is None or one.pk in only]


def own_pay_aged(by: Actor, before: date, today: date) -> list[str]:
    """Slips that the phone had on an earlier day and that are too old today."""
    member, since, until = _member(by), _since(before), _since(today)
    if member is None or since == until:
        return []
    return list(map(str, _aged(member=member, since=since, before=until)))


def _member(by: Actor) -> UUID | None:
    return by.scope(VIEW_OWN_PAY).member


def _since(today: date) -> date:
    """The first month that a phone still shows: the same one of the year before."""
    return date(today.year - 1, today.month, 1)


def _approved(member: UUID, since: date) -> QuerySet[Slip]:
    rows = Slip.everything.filter(member__pk=member, month__gte=since)
    return rows.filter(sheet__state__in=CORRECTED)


@compiled
def _ids(*, member: UUID, since: date) -> QuerySet[Slip, tuple[Any, ...]]:
    return _approved(member, since).order_by().values_list("pk", "sheet_id", "payment__pk")


@compiled
def _aged(*, member: UUID, since: date, before: date) -> QuerySet[Slip, UUID]:
    rows = _approved(member, since).filter(month__lt=before)
    return rows.order_by("pk").values_list("pk", flat=True)


def _told(slip: Slip) -> dict[str, Any]:
    payment = getattr(slip, "payment", None)
    paid_on = payment.paid_on if payment else None
    unpaid = Unpaid(payment.reason).label if payment and not payment.paid_on else None
    versions = {language: _explained(slip, language) for language, _name in settings.LANGUAGES}
    lines = zip(*versions.values(), strict=True)
    return {
        "type": "pay", "id": str(slip.pk), "month": f"{slip.month:%Y-%m}",
        "kind": slip.sheet.kind, "state": slip.sheet.state, "total": slip.total,
        "paid_on": paid_on.isoformat() if paid_on else None,
        "unpaid": _said(unpaid) if unpaid else None,
        "lines": [_line(dict(zip(versions, line, strict=True))) for line in lines],
        "aside": [
            {"day": one.day.isoformat(), "time": one.time, "name": _said(one.kind.label),
             "why": _said(one.reason.label)}
            for one in set_aside(slip)
        ],
    }  # fmt: skip


def _explained(slip: Slip, language: str) -> list[Explained]:
    with translation.override(language):
        return explained(slip)


def _line(versions: Mapping[str, Explained]) -> dict[str, Any]:
    """One item: its name, đồng, how it came about, the article, and the duties that it counted."""
    one = next(iter(versions.values()))
    return {
        "name": _said(one.item.label), "amount": one.amount,
        "said": {language: each.sentence for language, each in versions.items()},
        "article": _said(one.article), "duties": _duties(one.duties),
    }  # fmt: skip


def _duties(counted: Iterable[CountedDuty]) -> list[dict[str, str]]:
    return [
        {"starts_at": moment_text(one.starts_at), "ends_at": moment_text(one.ends_at)}
        for one in counted
    ]


def _said(words: Text) -> Said:
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = str(words)
    return found
