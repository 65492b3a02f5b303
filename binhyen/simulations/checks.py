# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a question must be before anything is computed: a draft with communes, a floor, a sum."""

from collections.abc import Mapping, Sequence

from binhyen.norms.models import NormValue, Resolution
from binhyen.norms.queries import territories
from binhyen.simulations.models import Basis
from binhyen.simulations.refusals import (
    BadPercent,
    CommunesOutside,
    DraftSetsNothing,
    DraftWithoutCommunes,
    FloorAbsurd,
    FloorBelowZero,
    NoCommunes,
    NoFloor,
    NoMoney,
    NotADraft,
)
from binhyen.simulations.values import Floor
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

MOST_FLOOR = 30_000_000
"""đồng a month; the same bound as that of a resolution's monthly support."""
MOST_MONEY = 10**15
"""đồng; beyond the whole state budget's yearly revenue a zero slipped in."""


def check_draft(resolution: Resolution) -> dict[int, list[NormValue]]:
    """The usable values of a draft by the commune (its id) in which they are to hold.

    Raises NotADraft, DraftSetsNothing, DraftWithoutCommunes.
    """
    if not resolution.is_draft or resolution.territory.level != Level.PROVINCE:
        raise NotADraft(number=resolution.number, state=resolution.get_state_display())
    values = list(resolution.values_set.filter(is_plain=True).select_related("resolution"))
    if not values:
        raise DraftSetsNothing(number=resolution.number)
    places = territories(resolution)
    lacking = [one for one in values if not places.get(one.commune_set_id)]
    if lacking:
        items = dict.fromkeys(str(one.get_item_display()) for one in lacking)
        raise DraftWithoutCommunes(number=resolution.number, items=", ".join(items))
    found: dict[int, list[NormValue]] = {}
    for value in values:
        for place in places[value.commune_set_id]:
            found.setdefault(place.pk, []).append(value)
    return found


def check_floor(floor: Floor) -> None:
    """Raises FloorBelowZero, FloorAbsurd, BadPercent, NoFloor."""
    for amount in floor.by_role:
        if amount < 0:
            raise FloorBelowZero(amount=amount)
        if amount > MOST_FLOOR:
            raise FloorAbsurd(amount=amount, most=MOST_FLOOR)
    if not 0 <= floor.health_percent <= 100:
        raise BadPercent(percent=floor.health_percent)
    if not any((*floor.by_role, floor.health_percent)):
        raise NoFloor


def check_money(money: int) -> None:
    """Raises NoMoney."""
    if not 1 <= money <= MOST_MONEY:
        raise NoMoney(amount=money, most=MOST_MONEY)


def chosen_codes(
    place: Territory, basis: Basis, known: Mapping[str, object],
    territories_by_code: Mapping[str, Territory], marks: Sequence[str], codes: Sequence[str],
) -> list[str]:  # fmt: skip
    """The communes that carry one of the marks, and those that were named; by code.

    Raises CommunesOutside, NoCommunes.
    """
    outside = [code for code in dict.fromkeys(codes) if code not in known]
    if outside:
        more = f" (+{len(outside) - 10})" if len(outside) > 10 else ""
        raise CommunesOutside(
            place=place.full_name, month=f"{basis.last_month:%m/%Y}",
            codes=", ".join(one[:10] for one in outside[:10]) + more,
        )  # fmt: skip
    marked = {code for code in known if set(marks) & set(territories_by_code[code].flags)}
    found = sorted(marked | set(codes))
    if not found:
        raise NoCommunes
    return found
