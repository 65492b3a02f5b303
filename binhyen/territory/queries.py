# SPDX-License-Identifier: AGPL-3.0-or-later
"""Places as they stand on a day: by code, by name, in the tree, over time.

Units are public: finding a place by code or name needs no scope. What an actor may *choose from*
(`communes_within`) does.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Scope
from binhyen.core.errors import Missing
from binhyen.core.likeness import resembling
from binhyen.core.models import path_range
from binhyen.core.text import clean, fold
from binhyen.territory.choices import VILLAGE_KINDS, Level
from binhyen.territory.models import NATION_CODE, Designation, Territory

MAX_TEXT = 120
_CODE = re.compile(r"VN|[0-9]{2}|[0-9]{5}|[0-9]{5}-[0-9]{2,4}")
_CODE_BEGINS = re.compile(r"V?N?|[0-9]{1,5}(-[0-9]{0,4})?")
_AFTER_DIGITS = ":"
_SAID_KINDS = tuple(
    sorted(
        {
            *("tinh", "thanh pho", "tp", "xa", "phuong", "dac khu", "thi tran"),
            *(fold(kind) for kind in VILLAGE_KINDS),
        },
        key=len,
        reverse=True,
    )
)
"""Kinds that people say before a name; searching leaves them out."""

UP = "parent__parent__parent"
"""What to select along, so that `ancestors` asks the database nothing."""


class UnknownTerritory(Missing):
    """A code that names no unit on that day."""

    field = "area"
    what = _("The place “%(code)s” was not found.")
    why = _("No unit has this code on %(day)s.")
    remedy = _(
        "Write VN for the nation, two digits for a province, five for a commune, or the commune's"
        " code with a serial for a village (23272-03).%(near)s"
    )


def in_force(on: date) -> Q:
    """Units that stand on a day; the end is excluded."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def units(*, on: date) -> QuerySet[Territory]:
    """Every unit and village that stands on a day."""
    return Territory.everything.filter(in_force(on))


def nation(*, on: date) -> Territory:
    """The nation. Raises UnknownTerritory before the reference data are loaded."""
    return territory_by_code(NATION_CODE, on=on)


def territory_by_code(code: str, on: date) -> Territory:
    """The unit that carries a code on a day: `VN`, `68`, `23272`, `23272-03`.

    A code may have belonged to another unit before (22918); the day decides.
    Raises UnknownTerritory with the nearest names.
    """
    if _CODE.fullmatch(code.strip().upper()):
        code = code.strip().upper()
        found = units(on=on).filter(code=code).select_related(UP).first()
        if found is not None:
            return found
    raise _unknown(code, on)


def territory_ever(code: str, on: date) -> Territory:
    """The unit of a code on a day or, if none stood then, the last one that carried it.

    Raises UnknownTerritory when no unit ever carried the code.
    """
    if not _CODE.fullmatch(code.strip().upper()):
        raise _unknown(code, on)
    ever = Territory.everything.filter(code=code.strip().upper()).select_related(UP)
    found = ever.filter(in_force(on)).first() or ever.order_by("-valid_from").first()
    if found is None:
        raise _unknown(code, on)
    return found


def _unknown(code: str, on: date) -> UnknownTerritory:
    return UnknownTerritory(code=_typed(code), day=_day(on), near=_near(_typed(code), on))


def named(
    text: str, *, on: date, level: str = "", under: Territory | None = None, limit: int = 20
) -> list[Territory]:
    """Units whose name or code matches what somebody typed, the best first.

    Tones, case and the kind in front do not matter: "xa duc linh" finds Đức Linh. An exact name
    stands before a beginning, a beginning before a middle, higher units before lower ones. Where
    nothing matches, and the database compares by trigrams, the nearest names are found.
    """
    rows = units(on=on)
    if level:
        rows = rows.filter(level=level)
    if under is not None:
        rows = rows.filter(path_range("path", under.path))
    found = list(_ranked(matching(rows, text), text).values_list("pk", flat=True)[:limit])
    if not found and (words := _words(text)):
        alike = resembling(rows, F("name_folded"), words[-1])
        found = list(alike.values_list("pk", flat=True)[:limit])
    # Sorted as numbers and then fetched: an ordinary syllable is in thousands of names.
    fetched = Territory.everything.select_related(UP).in_bulk(found)
    return [fetched[number] for number in found]


def matching(rows: QuerySet[Territory], text: str) -> QuerySet[Territory]:
    """Those of some units whose name contains the words, or whose code begins with them."""
    words = _words(text)
    if not words:
        return rows.none()
    condition = _code_begins(text)
    for one in words:
        condition |= Q(name_folded__contains=one)
    if connection.vendor == "postgresql":
        return rows.filter(condition)
    # Apart, so that SQLite reads the index of names and not the whole table.
    return rows.filter(pk__in=Territory.everything.filter(condition).order_by().values("pk"))


def _code_begins(text: str) -> Q:
    """Units whose code begins with what was typed, if that is like a code at all."""
    code = _typed(text).upper()
    if not _CODE_BEGINS.fullmatch(code):
        return Q()
    return Q(code__gte=code, code__lt=code + _AFTER_DIGITS)


def flagged(rows: QuerySet[Territory], flag: str) -> QuerySet[Territory]:
    """Those of some units that carry an area flag."""
    # Text, since SQLite cannot look into a JSON list by itself.
    return rows.annotate(flag_text=Cast("flags", TextField())).filter(
        flag_text__contains=f'"{flag}"'
    )


def _ranked(rows: QuerySet[Territory], text: str) -> QuerySet[Territory]:
    words = _words(text)
    cases = [When(code__iexact=_typed(text), then=Value(0))]
    for rank, lookup in enumerate(("name_folded", "name_folded__startswith"), start=1):
        cases += [When(**{lookup: one}, then=Value(rank)) for one in words]
    height = [When(level=level, then=Value(i)) for i, level in enumerate(Level.values)]
    return rows.annotate(
        rank=Case(*cases, default=Value(3), output_field=IntegerField()),
        height=Case(*height, output_field=IntegerField()),
    ).order_by("rank", "height", "name_order", "path")


def _words(text: str) -> list[str]:
    """What to look for: the folded text, and the same without the kind in front."""
    folded = fold(text[:MAX_TEXT])
    for kind in _SAID_KINDS:
        if folded.startswith(f"{kind} "):
            return [folded, folded.removeprefix(f"{kind} ")]
    return [folded] if folded else []


def _near(text: str, on: date) -> str:
    """A sentence with up to three places that may have been meant, or nothing."""
    tries = [text]
    if text.isascii() and text.isdigit():
        tries = [text.zfill(2), text.zfill(5), text[:4]] if len(text) < 6 else [text[:5]]
    found: dict[int, Territory] = {}
    for one in tries:
        if len(found) < 3:
            found |= {row.id: row for row in named(one, on=on, limit=3)}
    if not found:
        return ""
    near = ", ".join(f"{row.full_name} ({row.code})" for row in list(found.values())[:3])
    return " " + gettext("Perhaps you mean: %(near)s.") % {"near": near}


def provinces(*, on: date) -> list[Territory]:
    """The provinces and centrally run cities of a day, by code."""
    return list(units(on=on).filter(level=Level.PROVINCE).order_by("code"))


def communes_of(province: Territory, *, on: date) -> list[Territory]:
    """The communes of a province (or of the nation) on a day, by name."""
    rows = units(on=on).filter(path_range("path", province.path), level=Level.COMMUNE)
    return list(rows.order_by("name_order", "code"))


def communes_within(scope: Scope, on: date) -> list[Territory]:
    """The communes that an actor may choose from on a day, by name."""
    rows = Territory.objects.within(scope).filter(in_force(on), level=Level.COMMUNE)
    return list(rows.order_by("name_order", "code"))


def places_within(scope: Scope, on: date) -> list[Territory]:
    """Nation, provinces and communes that an actor may choose from, each above what it contains."""
    rows = Territory.objects.within(scope).filter(in_force(on)).exclude(level=Level.VILLAGE)
    return list(rows.order_by("path"))


def villages_of(commune: Territory, on: date) -> list[Territory]:
    """The villages and residential groups of a commune on a day, as people count them."""
    rows = units(on=on).filter(parent=commune, level=Level.VILLAGE)
    return list(rows.order_by("name_order", "code"))


def children_of(territory: Territory, *, on: date) -> QuerySet[Territory]:
    """The units directly below, by name."""
    return units(on=on).filter(parent=territory).order_by("name_order", "code")


def ancestors(territory: Territory) -> list[Territory]:
    """The units above, from the nation down to the parent."""
    above: list[Territory] = []
    unit = territory.parent
    while unit is not None:
        above.insert(0, unit)
        unit = unit.parent
    return above


@dataclass(frozen=True)
class Succession:
    """Where a unit came from and what it became."""

    before: Sequence[Territory]
    after: Sequence[Territory]


def succession(territory: Territory) -> Succession:
    """The units that a unit succeeds, and those that succeeded it."""
    return Succession(
        list(territory.succeeds.order_by("name_order", "code")),
        list(territory.succeeded_by.order_by("name_order", "code")),
    )


def designations(territory: Territory) -> list[Designation]:
    """The names and kinds that a unit has carried, the first one first."""
    return list(territory.designations.order_by("valid_from"))


def designation_on(territory: Territory, day: date) -> Designation | None:
    """The name and kind of a unit on a day; None before it began and after it ended."""
    return territory.designations.filter(in_force(day)).first()


def kinds_on(day: date, *, under: Territory | None = None) -> dict[str, int]:
    """How many units of each kind stand on a day, villages apart."""
    rows = Designation.everything.filter(in_force(day)).exclude(territory__level=Level.VILLAGE)
    if under is not None:
        rows = rows.filter(path_range("territory__path", under.path))
    return dict(Counter(rows.values_list("kind", flat=True)))


def _typed(text: str) -> str:
    """What somebody typed, short enough to work on and without what no database takes."""
    return clean(text[:MAX_TEXT])


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def area_of(path: str, *, on: date) -> Territory | None:
    """The unit of a path on a day: what an appointment's place is called then."""
    return units(on=on).filter(path=path).select_related("parent__parent").first()


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """The full names of units by their number, for lists that keep numbers only."""
    return {unit.id: unit.full_name for unit in Territory.everything.filter(pk__in=ids)}


def communes_stand_from(*, on: date) -> date | None:
    """The first day of the communes in force; earlier than the law's in a demonstration."""
    rows = units(on=on).filter(level=Level.COMMUNE).order_by("valid_from")
    return rows.values_list("valid_from", flat=True).first()
