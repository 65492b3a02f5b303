# SPDX-License-Identifier: AGPL-3.0-or-later
"""How high support is, for programs: provinces or communes of a month side by side, no names."""

from typing import Any

from ninja import Query
from pydantic import BaseModel, Field

from binhyen.core.api import REFUSALS, ApiRequest, Asked, PlaceOut, operation, place_out
from binhyen.core.api_fields import Code
from binhyen.core.small import HIDDEN
from binhyen.entitlements.api import Month, first_of
from binhyen.entitlements.api_contests import router
from binhyen.entitlements.permissions import VIEW_SUPPORT
from binhyen.entitlements.support import ALL, FREE, Row, month_of
from binhyen.law.choices import Pay
from binhyen.teams.choices import Post
from binhyen.territory.queries import territory_by_code

__all__ = ["router"]


class FreeItemOut(BaseModel):
    """An item that a resolution gives beyond Art. 23."""

    members: int | None = Field(description="Who got it; null: not shown, since few did.")
    amount: int | None = Field(description="đồng; null: not shown.")


class SupportRow(BaseModel):
    """A place. Null: nobody is on a sheet, or fewer than five members are behind it."""

    place: PlaceOut | None = Field(description="Null for the sum, which stands last.")
    communes: int
    sheets: int = Field(description="Approved and paid sheets of the month, without corrections.")
    members: int | None
    median: int | None = Field(description="đồng of monthly support; of two middles the lower.")
    medians: dict[Post, int | None] = Field(description="The same by role.")
    health_share: float | None = Field(description="Of members with support for the insurance.")
    social_share: float | None
    free: dict[Pay, FreeItemOut] = Field(description="FUEL, VEHICLE and OTHER.")


class SupportAsked(Asked):
    """Where and when."""

    under: Code = Field(description="The nation, for its provinces; a province, for its communes.")
    month: Month


@router.get("/support", response={200: list[SupportRow], **REFUSALS},
            summary="How high support is")  # fmt: skip
@operation(VIEW_SUPPORT)
def list_support(request: ApiRequest, asked: Query[SupportAsked]) -> list[SupportRow]:
    """Medians by role, shares with insurance, fuel, vehicle and other support; the sum last."""
    actor, month = request.actor, first_of(asked.month)
    place = territory_by_code(asked.under, on=actor.on)
    actor.require(VIEW_SUPPORT, place)
    found = month_of(scope=actor.scope(VIEW_SUPPORT), place=place, month=month)
    return [_row(one) for one in (*found.rows, found.total)]


def _row(row: Row) -> SupportRow:
    return SupportRow(
        place=place_out(row.territory) if row.territory else None, communes=row.communes,
        sheets=row.sheets, members=_seen(row.members), median=_seen(row.medians[ALL]),
        medians={post: _seen(row.medians[post.value]) for post in Post},
        health_share=_seen(row.shares[Pay.HI.value]),
        social_share=_seen(row.shares[Pay.VSI.value]),
        free={item: FreeItemOut(members=_seen(row.counts[item.value]),
                                amount=_seen(row.paid[item.value])) for item in FREE},
    )  # fmt: skip


def _seen(value: Any) -> Any:
    return None if value == HIDDEN else value
