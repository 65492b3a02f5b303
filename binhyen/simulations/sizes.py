# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many members a village would have by the sizes that a draft sets. Pure.

The number decided now is raised to the draft's least and lowered to its most. Where the size hangs
on a measure that is not known, the decided number stays and the village is counted as unmeasured.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from binhyen.law.strength import Area, Band, Measure, Rule, Step, Strength, strength
from binhyen.norms.choices import Case, Counted, Item
from binhyen.norms.models import NormValue

_SIZES = (Item.TEAM_SIZE_BASE, Item.TEAM_SIZE_FIXED, Item.TEAM_SIZE_MIN)
_LARGE = (Item.TEAM_SIZE_LARGE, Item.TEAM_SIZE_MAX_LARGE)
_ALL = {*_SIZES, *_LARGE, Item.TEAM_SIZE_MAX, Item.TEAM_SIZE_STEP}
_FAMILIES = {Case.RURAL: "thon", Case.URBAN: "to_dan_pho"}
_MEASURES = {
    Counted.RESIDENTS: (Measure.RESIDENTS, 1), Counted.HOUSEHOLDS: (Measure.HOUSEHOLDS, 1),
    Counted.SQUARE_KM: (Measure.HECTARES, 100),
}  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How many a village would have, and whether a measure is lacking to tell."""

    decided: int
    is_unmeasured: bool = False


def sizes_in(values: Sequence[NormValue]) -> list[NormValue]:
    """Those values that set the size of a team."""
    return [one for one in values if one.item in _ALL]


def rule_of(values: Sequence[NormValue]) -> Rule | None:
    """The rule of strength that a draft's values make; None where they set no size."""
    sizes = sizes_in(values)
    bands = [_band(one, sizes) for one in sizes if one.item in _SIZES]
    if not bands:
        bands = [Band(most=one.amount, family=_FAMILIES.get(Case(one.case), ""))
                 for one in sizes if one.item == Item.TEAM_SIZE_MAX]  # fmt: skip
    if not bands:
        return None
    base = max(band.least for band in bands)
    steps: list[Step] = []
    for one in sizes:
        if one.item in _LARGE or one.item == Item.TEAM_SIZE_STEP:
            bands.append(_large(one, base))
        if one.item == Item.TEAM_SIZE_STEP and one.every:
            steps += _steps(one)
    ceilings = [one.amount for one in sizes if one.item in (Item.TEAM_SIZE_MAX,
                                                            Item.TEAM_SIZE_MAX_LARGE)]  # fmt: skip
    return Rule(tuple(bands), tuple(steps), max(ceilings, default=None))


def _band(value: NormValue, sizes: Sequence[NormValue]) -> Band:
    """A size without a threshold: exactly so many, or at least so many up to the most."""
    most: int | None = value.amount
    if value.item == Item.TEAM_SIZE_MIN:
        most = max((one.amount for one in sizes if one.item == Item.TEAM_SIZE_MAX
                    and one.case in ("", value.case)), default=None)  # fmt: skip
    return Band(least=value.amount, most=most, family=_FAMILIES.get(Case(value.case), ""),
                key=True if value.case == Case.KEY_AREA else None)  # fmt: skip


def _large(value: NormValue, base: int) -> Band:
    """A size above a threshold; a step's first one comes on top of the base."""
    measure, scale = _MEASURES[Counted(value.counted or Counted.RESIDENTS)]
    least = value.amount
    if value.item == Item.TEAM_SIZE_STEP:
        least += base
    most = least
    if value.item == Item.TEAM_SIZE_MAX_LARGE:
        least = base
    return Band(measure, value.above * scale + 1, _FAMILIES.get(Case(value.case), ""),
                least=least, most=most)  # fmt: skip


def _steps(value: NormValue) -> list[Step]:
    """Once more for each full stretch after the first one above the threshold."""
    measure, scale = _MEASURES[Counted(value.counted or Counted.RESIDENTS)]
    start = (value.above + value.every) * scale
    one = Step(measure, start, _FAMILIES.get(Case(value.case), ""), every=value.every * scale)
    return [one] * value.amount


def size_of(rule: Rule, area: Area, decided: int) -> Size:
    """The number of a village under a rule; `decided` below 0 is none decided yet."""
    found: Strength = strength(area, rule)
    known = max(decided, 0)
    if found.lacks is not None:
        return Size(known, is_unmeasured=True)
    least = found.least or 0
    most = known if found.most is None else found.most
    return Size(max(least, min(known, max(most, least))))
