# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drafting a resolution with its values, changing a draft as a whole, and withdrawing it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.events import done_before, record
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.norms.choices import Origin, State
from binhyen.norms.drafts import (
    NewArea,
    NewValue,
    check_again,
    locked_draft,
    write_contents,
    write_head,
)
from binhyen.norms.models import Resolution
from binhyen.norms.permissions import DRAFT_NORM
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


class NoPlaceForNorms(Refused):
    """A resolution of a commune or a village."""

    field = "territory"
    why = _("Levels are set by the province or the nation (Law 30/2023 Art. 23, 26).")
    remedy = _("Choose the province.")


@transaction.atomic
def draft_resolution(
    *,
    by: Actor,
    territory: Territory,
    number: str,
    valid_from: date,
    values: Sequence[NewValue] = (),
    areas: Sequence[NewArea] = (),
    origin: Origin = Origin.ENTERED,
    op_id: UUID | None = None,
    **more: Any,
) -> Resolution:
    """Record a resolution with what it sets; it counts when a second person has approved it.

    `more` may hold `adopted_on`, `valid_to` (excluded), `replaces`, `source`, `note`,
    `is_unverified` and `digest`. Source: Law 30/2023 Art. 23, 26.
    Raises NoPlaceForNorms, OtherCommune, Invalid and what `checks.check_value` raises.
    """
    by.require(DRAFT_NORM, territory)
    if done := done_before(
        op_id, Resolution, "resolution.drafted", by=by, territory=territory, number=clean(number)
    ):
        return done
    if territory.level not in {Level.NATION, Level.PROVINCE}:
        raise NoPlaceForNorms
    drafted = Resolution(
        territory=territory, valid_from=valid_from, origin=origin,
        drafted_by_id=by.id, drafted_by_name=by.name,
    )  # fmt: skip
    write_head(drafted, number=number, **more)
    save(drafted)
    write_contents(drafted, areas, values)
    record("resolution.drafted", drafted, by=by, where=territory, on=valid_from, op_id=op_id,
           number=drafted.number, values=len(values))  # fmt: skip
    return drafted


@transaction.atomic
def revise_draft(
    *,
    by: Actor,
    resolution: Resolution,
    number: str,
    valid_from: date,
    values: Sequence[NewValue] | None = None,
    areas: Sequence[NewArea] = (),
    op_id: UUID | None = None,
    **more: Any,
) -> Resolution:
    """Change a draft: its head, and with `values` everything that it sets.

    Raises NotADraft and what `draft_resolution` raises.
    """
    by.require(DRAFT_NORM, resolution.territory)
    if done := done_before(op_id, Resolution, "resolution.revised", by=by, pk=resolution.pk):
        return done
    draft = locked_draft(resolution)
    draft.valid_from = valid_from
    write_head(draft, number=number, **more)
    save(draft)
    if values is None:
        for value in draft.values_set.select_related("resolution__territory"):
            check_again(value, draft)
    else:
        draft.values_set.all().delete()
        draft.sets.all().delete()
        write_contents(draft, areas, values)
    record("resolution.revised", draft, by=by, where=draft.territory, on=valid_from, op_id=op_id,
           number=draft.number, values=draft.values_set.count())  # fmt: skip
    return draft


@transaction.atomic
def withdraw_draft(*, by: Actor, resolution: Resolution, op_id: UUID | None = None) -> Resolution:
    """Put a draft aside for good; it never counted. Raises NotADraft."""
    by.require(DRAFT_NORM, resolution.territory)
    if done := done_before(op_id, Resolution, "resolution.withdrawn", by=by, pk=resolution.pk):
        return done
    draft = locked_draft(resolution)
    draft.state = State.WITHDRAWN
    save(draft, only=["state"])
    record("resolution.withdrawn", draft, by=by, where=draft.territory, on=by.on, op_id=op_id,
           number=draft.number)  # fmt: skip
    return draft
