# SPDX-License-Identifier: AGPL-3.0-or-later
"""Loading the official units; adding and ending villages."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binhyen.core import bulk, clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.events import done_before, record
from binhyen.core.ids import uuid7
from binhyen.core.phones import phone_number
from binhyen.core.text import clean
from binhyen.core.validation import invalid, save
from binhyen.territory import loading, reference
from binhyen.territory.choices import Level
from binhyen.territory.models import NATION_CODE, Designation, Territory
from binhyen.territory.permissions import ADD_VILLAGE, LOAD_UNITS, SET_DUTY_PHONE
from binhyen.territory.points import check_point

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


class StartImpossible(Refused):
    """A first day on which the units of 2025 cannot begin."""

    field = "stands_from"
    what = _("The official units were not loaded.")
    why = _("They began on 01/07/2025; a demonstration may let them begin earlier, not on %(day)s.")
    remedy = _("Choose a day after 08/07/2004 and not after 01/07/2025.")


class UnitsStandFromAnotherDay(Refused):
    """Units that are already stored with another first day, or others than the official ones."""

    field = "stands_from"
    what = _("The official units were not loaded.")
    why = _("This database already holds %(count)s provinces, which stand from %(day)s on.")
    remedy = _("Use the same first day again, or begin with an empty database.")


class NotACommune(Refused):
    """A village placed in something else than a commune."""

    field = "commune"
    what = _("The village was not added.")
    why = _("A village lies in a commune, ward or special zone; %(place)s is none.")
    remedy = _("Choose the commune.")


class CommuneNotInForce(Refused):
    """A commune that does not stand on the first day of the village."""

    field = "valid_from"
    what = _("The village was not added.")
    why = _("%(commune)s does not stand on %(day)s.")
    remedy = _("Check the date of the decision, or choose the unit that stands on that day.")


class VillageExists(Refused):
    """A village with the same kind and name in the commune."""

    field = "name"
    what = _("The village was not added.")
    why = _("%(commune)s already has “%(village)s” (%(code)s).")
    remedy = _("Open that village, or write the name as the decision gives it.")


class NotAVillage(Refused):
    """A unit that is no village."""

    field = "village"
    what = _("Nothing was ended.")
    why = _("%(place)s is no village: units of the state end by law, not here.")
    remedy = _("Choose a village or residential group.")


class VillageEnded(Refused):
    """A village that has already ended, or had not begun on that day."""

    field = "ended_on"
    what = _("The village was not ended.")
    why = _("%(village)s does not stand on %(day)s.")
    remedy = _("Check the date of the decision.")


class VillageStillServed(Refused):
    """A village that a team serves on that day or later."""

    field = "ended_on"
    what = _("The village was not ended.")
    why = _("The team “%(team)s” serves %(village)s on %(day)s or later.")
    remedy = _("Change the team's area by decision first, so that it leaves by that day.")


@transaction.atomic
def load_reference(
    *, by: Actor, stands_from: date = reference.OFFICIAL_START, op_id: UUID | None = None
) -> Territory:
    """Load the nation, 34 provinces, 3,321 communes, what changed since, and known former units.

    A second run adds only changes that a newer version of the tables brings; it returns the nation.
    Source: `data/README.md`; Resolution 202/2025/QH15, Decision 19/2025/QĐ-TTg.
    Raises StartImpossible, UnitsStandFromAnotherDay.
    """
    by.require(LOAD_UNITS, Territory(path=""))
    if done := done_before(op_id, Territory, "units.loaded", by=by):
        return done
    if not reference.CODES_SINCE < stands_from <= reference.OFFICIAL_START:
        raise StartImpossible(day=f"{stands_from:%d/%m/%Y}")
    nation = Territory.everything.filter(code=NATION_CODE).first() or loading.store_nation()
    loaded = _units_are_loaded(stands_from)
    if not loaded:
        loading.store_units(nation, stands_from)
        loading.store_former(nation, stands_from)
    changed = loading.apply_changes()
    if changed or not loaded:
        record("units.loaded", nation, by=by, where=nation, on=stands_from, op_id=op_id,
               changes=changed)  # fmt: skip
    return nation


@transaction.atomic
def add_village(
    *,
    by: Actor,
    commune: Territory,
    kind: str,
    name: str,
    valid_from: date,
    decision: str,
    op_id: UUID | None = None,
) -> Territory:
    """Add a village or residential group to a commune and return it.

    Source: Law 30/2023 Art. 2 (kinds of villages); the decision that made the village.
    Raises NotACommune, CommuneNotInForce, VillageExists.
    """
    by.require(ADD_VILLAGE, commune)
    if done := done_before(op_id, Territory, "village.added", by=by, parent_id=commune.pk,
                           name=clean(name), valid_from=valid_from):  # fmt: skip
        return done
    village = _make(commune, [(kind, name)], valid_from, decision)[0]
    record("village.added", village, by=by, where=village, on=valid_from, op_id=op_id,
           code=village.code, decision=village.decision)  # fmt: skip
    return village


@transaction.atomic
def add_villages(
    *,
    by: Actor,
    commune: Territory,
    villages: Sequence[tuple[str, str]],
    valid_from: date,
    decision: str,
    points: Sequence[tuple[float, float]] = (),
) -> list[Territory]:
    """Add many villages, each a kind and a name, to one commune: same right, same checks.

    `points`, when given, holds a latitude and a longitude for each.

    Raises NotACommune, CommuneNotInForce, VillageExists; then none is added.
    """
    by.require(ADD_VILLAGE, commune)
    made = _make(commune, villages, valid_from, decision, points)
    now = clock.now()
    bulk.record(
        bulk.event("village.added", Territory, UUID(int=village.id), by=by, where=village,
                   on=valid_from, at=now, code=village.code, decision=village.decision)
        for village in made
    )  # fmt: skip
    return made


@transaction.atomic
def end_village(
    *, by: Actor, village: Territory, ended_on: date, decision: str, op_id: UUID | None = None
) -> Territory:
    """End a village by decision; from that day on it no longer stands, its records stay.

    Raises NotAVillage, VillageEnded, VillageStillServed.
    """
    by.require(ADD_VILLAGE, village)
    if done := done_before(op_id, Territory, "village.ended", by=by, pk=village.pk):
        return done
    if village.level != Level.VILLAGE:
        raise NotAVillage(place=village.full_name)
    if not village.is_in_force(ended_on) or ended_on == village.valid_from:
        raise VillageEnded(village=village.full_name, day=f"{ended_on:%d/%m/%Y}")
    if village.valid_to is not None:
        raise VillageEnded(village=village.full_name, day=f"{village.valid_to:%d/%m/%Y}")
    _check_unserved(village, ended_on)
    village.valid_to = ended_on
    save(village, only=["valid_to"])
    village.designations.filter(valid_to__isnull=True).update(valid_to=ended_on)
    record("village.ended", village, by=by, where=village, on=ended_on, op_id=op_id,
           code=village.code, decision=clean(decision))  # fmt: skip
    return village


@transaction.atomic
def place_village(
    *, by: Actor, village: Territory, point: tuple[float, float], op_id: UUID | None = None
) -> Territory:
    """Say where a village lies: the point that its commune's phones show.

    Raises NotAVillage, NotAPoint.
    """
    by.require(ADD_VILLAGE, village)
    if done := done_before(op_id, Territory, "village.placed", by=by, pk=village.pk):
        return done
    if village.level != Level.VILLAGE:
        raise NotAVillage(place=village.full_name)
    village.latitude, village.longitude = check_point(*point)
    save(village, only=["latitude", "longitude"])
    record("village.placed", village, by=by, where=village, on=by.on, op_id=op_id,
           code=village.code)  # fmt: skip
    return village


class NoCommunePolice(Refused):
    """A duty phone for a place that has no commune police."""

    what = _("The duty phone was not saved.")
    why = _("%(place)s is no commune, ward or special zone.")
    remedy = _("Open the commune and enter it there.")


@transaction.atomic
def set_duty_phone(
    *, by: Actor, commune: Territory, phone: str, op_id: UUID | None = None
) -> Territory:
    """Enter the telephone on which the commune's police are on duty; empty takes it away.

    An office's number: phones of the commune show it to everybody.
    Raises NoCommunePolice, NotAPhoneNumber.
    """
    by.require(SET_DUTY_PHONE, commune)
    if done := done_before(op_id, Territory, "commune.duty_phone_set", by=by, pk=commune.pk):
        return done
    if commune.level != Level.COMMUNE:
        raise NoCommunePolice(place=commune.full_name)
    commune.duty_phone = phone_number(phone)
    save(commune, only=["duty_phone"])
    record("commune.duty_phone_set", commune, by=by, where=commune, on=by.on, op_id=op_id,
           entered=bool(commune.duty_phone))  # fmt: skip
    return commune


def _check_unserved(village: Territory, day: date) -> None:
    # `served_by` is the relation that `teams`, layers higher, adds to a village.
    still = village.served_by.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    served = still.select_related("team").first()
    if served is not None:
        raise VillageStillServed(team=served.team.name, village=village.full_name,
                                 day=f"{day:%d/%m/%Y}")  # fmt: skip


def _units_are_loaded(stands_from: date) -> bool:
    stored = dict(
        Territory.everything.filter(level=Level.PROVINCE, valid_to__isnull=True).values_list(
            "code", "valid_from"
        )
    )
    if not stored:
        return False
    official = {unit.code for unit in reference.provinces()}
    if stored.keys() != official or set(stored.values()) != {stands_from}:
        first = min(stored.values())
        raise UnitsStandFromAnotherDay(count=len(stored), day=f"{first:%d/%m/%Y}")
    return True


def _make(
    commune: Territory,
    villages: Sequence[tuple[str, str]],
    valid_from: date,
    decision: str,
    points: Sequence[tuple[float, float]] = (),
) -> list[Territory]:
    if commune.level != Level.COMMUNE:
        raise NotACommune(place=commune.full_name)
    if not commune.is_in_force(valid_from):
        raise CommuneNotInForce(commune=commune.full_name, day=f"{valid_from:%d/%m/%Y}")
    # One at a time gives serials in a commune; on SQLite there is one writer anyway.
    Territory.everything.select_for_update().get(pk=commune.pk)
    ever = list(Territory.everything.filter(parent=commune, level=Level.VILLAGE))
    taken = {_spoken(f"{one.kind} {one.name}"): one for one in ever if one.valid_to is None}
    serial = max((int(one.code.split("-")[1]) for one in ever), default=0)
    made: list[Territory] = []
    for kind, name in villages:
        serial += 1
        village = _village(commune, kind, name, serial, valid_from, decision)
        spoken = _spoken(f"{village.kind} {village.name}")
        if spoken in taken:
            raise VillageExists(commune=commune.full_name, village=taken[spoken].full_name,
                                code=taken[spoken].code)  # fmt: skip
        taken[spoken] = village
        if points:
            village.latitude, village.longitude = check_point(*points[len(made)])
        made.append(village)
    return _stored(commune, made)


def _stored(commune: Territory, made: Sequence[Territory]) -> list[Territory]:
    """Write new villages with their first names; as they are stored, in the same order."""
    bulk.insert(Territory, _VILLAGE, [
        (one.level, one.code, one.parent_id, one.path, one.kind, one.name, one.name_folded,
         one.name_order, one.valid_from, None, one.decision, [], one.latitude, one.longitude,
         one.duty_phone)
        for one in made])  # fmt: skip
    rows = Territory.everything.filter(parent=commune, level=Level.VILLAGE, valid_to=None)
    by_code = {one.code: one for one in rows.order_by()}
    stored = [by_code[one.code] for one in made]
    bulk.insert(
        Designation,
        ("id", "territory_id", "kind", "name", "valid_from", "valid_to", "decision"),
        [(uuid7(), one.id, one.kind, one.name, one.valid_from, None, one.decision)
         for one in stored],
    )  # fmt: skip
    return stored


_VILLAGE = ("level", "code", "parent_id", "path", "kind", "name", "name_folded", "name_order",
            "valid_from", "valid_to", "decision", "flags", "latitude", "longitude",
            "duty_phone")  # fmt: skip


def _village(
    commune: Territory, kind: str, name: str, serial: int, valid_from: date, decision: str
) -> Territory:
    village = Territory(
        level=Level.VILLAGE,
        code=f"{commune.code}-{serial:02d}",
        parent=commune,
        path=f"{commune.path}{serial:02d}.",
        valid_from=valid_from,
        decision=clean(decision),
    )
    village.name_it(clean(name), clean(kind).lower())
    try:
        village.clean_fields(exclude=["name_folded", "name_order", "parent"])
    except ValidationError as error:
        raise invalid(error) from error
    return village


def _spoken(name: str) -> str:
    """A name as it sounds: "Hòa" and "Hoà" are one, "Hoa" is another.

    The tone mark may stand on either vowel; it is put behind the word. Searching is more lenient
    than this, since two villages of one commune may differ in nothing but a tone.
    """
    words = []
    for word in unicodedata.normalize("NFD", name.lower()).split():
        tones = "".join(letter for letter in word if letter in _TONES)
        words.append("".join(letter for letter in word if letter not in _TONES) + tones)
    return " ".join(words)
