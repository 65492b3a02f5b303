# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a Team of some size is to be equipped with: Decree 40 Art. 4, Circular 14 Art. 8."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import pgettext_lazy

from binhyen.core.money import divided
from binhyen.law.national import known

_BANDS = (21, 16, 11, 6, 3)


class Thing(models.TextChoices):
    """What stands in the two tables; the value is the file in `parameters`."""

    DESK = "workplace.desk", pgettext_lazy("equipment", "Personal desk")
    MEETING_TABLE = "workplace.meeting_table", pgettext_lazy("equipment", "Meeting table")
    CHAIR = "workplace.chair", pgettext_lazy("equipment", "Chair")
    CABINET = "workplace.cabinet", pgettext_lazy("equipment", "Cabinet")
    BED = "workplace.bed", pgettext_lazy("equipment", "Personal bed")
    RUBBER_BATON = "tools.rubber_baton", pgettext_lazy("equipment", "Rubber baton")
    METAL_BATON = "tools.metal_baton", pgettext_lazy("equipment", "Metal baton")
    ANTI_STAB_VEST = "tools.anti_stab_vest", pgettext_lazy("equipment", "Anti-stab vest")
    KNIFE_GLOVE = "tools.knife_glove", pgettext_lazy("equipment", "Knife-catching gloves, pair")


@dataclass(frozen=True)
class Norm:
    """How many of a thing a Team is to have.

    For the workplace `least` and `most` are the range; both are None where the cell of the table
    was not visible. For tools `hundredths` is the exact share of the headcount, and `proposal` what
    the rounding "half up, at least 1" would give: a proposal only, since no rule of rounding is
    stated.
    """

    thing: Thing
    article: str
    least: int | None = None
    most: int | None = None
    hundredths: int | None = None
    proposal: int | None = None
    mark: str = ""


def workplace_norms(*, headcount: int, on: date) -> list[Norm]:
    """The equipment of a Team's workplace.

    Source: Decree 40/2024/NĐ-CP Art. 4. Teams of fewer than 3 do not stand in the table.
    """
    things = (Thing.DESK, Thing.MEETING_TABLE, Thing.CHAIR, Thing.CABINET, Thing.BED)
    return [_workplace(thing, headcount, on) for thing in things]


def _workplace(thing: Thing, headcount: int, on: date) -> Norm:
    smallest = known("workplace.least_headcount", on)
    article = smallest.reference if smallest else ""
    if smallest is None or headcount < smallest.value:
        return Norm(thing, article)
    if thing is Thing.CHAIR:
        return Norm(thing, article, headcount, headcount)
    band = next(one for one in _BANDS if headcount >= one)
    cell = known(f"{thing.value}.from_{band}", on)
    return Norm(thing, article, *cell.value) if cell else Norm(thing, article)


def tool_norms(*, headcount: int, on: date) -> list[Norm]:
    """The support tools of a Team, as exact shares of its headcount and as a proposal.

    Units: hundredths of a piece; 80 % of 4 members are 320 hundredths, proposed 3.
    Rounding: none is stated; the proposal is half up and at least 1.
    Source: Circular 14/2024/TT-BCA Art. 8.
    """
    things = (Thing.RUBBER_BATON, Thing.METAL_BATON, Thing.ANTI_STAB_VEST, Thing.KNIFE_GLOVE)
    found = []
    for thing in things:
        share = known(thing.value, on)
        if share is not None and headcount > 0:
            exact = share.value * headcount
            proposal = max(1, divided(exact, 100))
            found.append(
                Norm(thing, share.reference, hundredths=exact, proposal=proposal, mark=share.mark)
            )
    return found
