# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests as they may be seen: by whoever asks or answers at a place, and by the asker."""

from collections.abc import Iterable
from datetime import date
from itertools import takewhile
from uuid import UUID

from django.db.models import QuerySet

from binhyen.approvals.choices import State
from binhyen.approvals.models import Approval
from binhyen.core.actors import Actor, Scope
from binhyen.core.errors import Forbidden
from binhyen.territory.models import Territory
from binhyen.territory.queries import area_of


def approvals_in(*, scopes: Iterable[Scope]) -> QuerySet[Approval]:
    """Requests within any of some scopes, the newest first."""
    rows = Approval.everything.none()
    for scope in scopes:
        rows = rows | Approval.objects.within(scope)
    return rows.select_related("territory__parent").order_by("-id")


def approval(*, scopes: Iterable[Scope], approval_id: UUID) -> Approval:
    """One request within any of some scopes. Raises Forbidden, which looks like 'not found'."""
    found = approvals_in(scopes=scopes).filter(pk=approval_id).first()
    if found is None:
        raise Forbidden
    return found


def standing(rows: QuerySet[Approval], state: str, on: date) -> QuerySet[Approval]:
    """Those of some requests that stand so on a day."""
    is_open = rows.filter(state__in=(State.ASKED, State.APPROVED))
    if state == State.LAPSED:
        return is_open.filter(valid_to__lte=on)
    if state in (State.ASKED, State.APPROVED):
        return is_open.filter(state=state, valid_to__gt=on)
    return rows.filter(state=state)


def waiting_for(by: Actor, *, scope: Scope) -> QuerySet[Approval]:
    """What waits for the answer of this person: asked by somebody else, in reach, not lapsed."""
    rows = standing(approvals_in(scopes=(scope,)), State.ASKED, by.on)
    return rows.exclude(asked_by_id=by.id)


def own(by: Actor, *, what: str, territory: Territory, state: str) -> QuerySet[Approval]:
    """The actor's own requests for one list of one place that stand so today."""
    rows = Approval.everything.filter(asked_by_id=by.id, what=what, territory=territory)
    return standing(rows, state, by.on)


def place_of(scope: Scope, *, on: date) -> Territory | None:
    """The smallest unit that holds all of a scope's areas; None for a scope of teams or oneself."""
    paths = scope.areas + scope.units
    if not paths:
        return None
    levels = zip(*(path.split(".")[:-1] for path in paths), strict=False)
    common = takewhile(lambda level: len(set(level)) == 1, levels)
    return area_of("".join(f"{level[0]}." for level in common), on=on)
