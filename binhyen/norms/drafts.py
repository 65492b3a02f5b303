# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the actions on drafts share: the draft locked, its head, sets of communes and values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.norms.checks import check_text, check_value, spec_of
from binhyen.norms.choices import Case, For, Item, Replaces
from binhyen.norms.models import CommuneSet, NormValue, Resolution
from binhyen.norms.queries import floor_for
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_of

MOST_VALUES = 300


class OtherCommune(Refused):
    """A value for a commune that the resolution's province does not hold."""

    field = "communes"
    why = _("%(commune)s does not lie in %(place)s.")
    remedy = _("Name communes of %(place)s only.")


class NotADraft(Refused):
    """Changing what is no draft any more."""

    what = _("Nothing was changed.")
    why = _("The resolution %(number)s is no draft any more (%(state)s).")
    remedy = _("A change is a new resolution with its own first day.")


class UnknownSet(Refused):
    """A value that names a set of communes which the resolution does not have."""

    field = "place"
    why = _("No set of communes is called “%(name)s” here.")
    remedy = _("Name one of: %(known)s.")


class EndsBeforeStart(Refused):
    """A last day before the first."""

    field = "valid_to"
    why = _("A resolution cannot end before it begins.")
    remedy = _("Write a later day, or leave it empty if the resolution names none.")


class TooManyValues(Refused):
    """More values than a resolution sets."""

    field = "values"
    why = _("It holds %(count)s values; a resolution here sets up to %(most)s.")
    remedy = _("Check the file for lines that repeat.")


@dataclass(frozen=True)
class NewArea:
    """A named set of communes as a draft brings it; without communes it is not listed yet."""

    name: str
    communes: Sequence[Territory] = ()


@dataclass(frozen=True)
class NewValue:
    """A value as a draft brings it: in the communes it names, or in a named set of them."""

    item: str
    amount: int
    unit: str = ""
    """Empty for the item's usual one."""
    role: str = For.ALL
    case: str = Case.ANY
    communes: Sequence[Territory] = field(default=())
    place: str = ""
    """The name of a set; empty for the only one that the draft has."""
    above: int = 0
    every: int = 0
    counted: str = ""
    note: str = ""
    source: str = ""
    is_unverified: bool = False
    is_plain: bool = True


def locked(resolution: Resolution) -> Resolution:
    """The resolution as it stands, and nobody else writes it meanwhile."""
    rows = Resolution.everything.select_related("territory").select_for_update(of=("self",))
    return rows.get(pk=resolution.pk)


def locked_draft(resolution: Resolution) -> Resolution:
    """The same of a draft. Raises NotADraft."""
    found = locked(resolution)
    if not found.is_draft:
        raise NotADraft(number=found.number, state=found.get_state_display())
    return found


def make_value(draft: Resolution, new: NewValue, commune_set: CommuneSet | None) -> NormValue:
    """A value of a draft, checked and not yet saved. Raises what `checks.check_value` raises."""
    units = spec_of(new.item).units
    value = NormValue(
        resolution=draft,
        commune_set=commune_set,
        item=new.item,
        role=new.role,
        case=new.case,
        amount=new.amount,
        unit=new.unit or units[0],
        above=new.above,
        every=new.every,
        counted=new.counted,
        note=clean(new.note),
        source=clean(new.source),
        is_unverified=new.is_unverified,
        is_plain=new.is_plain,
    )
    check_again(value, draft)
    return value


def put_communes(draft: Resolution, name: str, communes: Sequence[Territory]) -> CommuneSet:
    """Make a set of communes of a draft, or fill the one of this name. Raises OtherCommune."""
    for commune in communes:
        inside = commune.path.startswith(draft.territory.path)
        if commune.level != Level.COMMUNE or not inside:
            raise OtherCommune(commune=commune.full_name, place=draft.territory.full_name)
    named = check_text(clean(name), field="name")
    found = draft.sets.filter(name=named).first()
    if found is None:
        found = CommuneSet(resolution=draft, name=named)
        save(found)
    found.communes.set(communes)
    return found


def write_head(
    row: Resolution,
    *,
    number: str,
    adopted_on: date | None = None,
    valid_to: date | None = None,
    replaces: str = Replaces.ALL,
    source: str = "",
    note: str = "",
    is_unverified: bool = False,
    digest: str | None = None,
) -> None:
    row.number = check_text(clean(number), field="number")
    row.adopted_on, row.valid_to, row.replaces = adopted_on, valid_to, replaces
    row.source = check_text(clean(source), field="source")
    row.note = check_text(clean(note), field="note")
    row.is_unverified = is_unverified
    if valid_to is not None and valid_to <= row.valid_from:
        raise EndsBeforeStart
    if digest is not None and row.document_id is None:
        row.digest = digest


def write_contents(draft: Resolution, areas: Sequence[NewArea], values: Sequence[NewValue]) -> None:
    """Write the sets of a draft and the values that hold in them."""
    if len(values) > MOST_VALUES:
        raise TooManyValues(count=len(values), most=MOST_VALUES)
    sets = {area.name: put_communes(draft, area.name, area.communes) for area in areas}
    by_communes: dict[frozenset[int], CommuneSet] = {}
    for new in values:
        if new.communes:
            key = frozenset(commune.pk for commune in new.communes)
            if key not in by_communes:
                by_communes[key] = put_communes(draft, name_for(draft, new.communes), new.communes)
            where: CommuneSet | None = by_communes[key]
        else:
            where = _named(sets, new.place)
        save(make_value(draft, new, where))


def _named(sets: dict[str, CommuneSet], name: str) -> CommuneSet | None:
    if name and name not in sets:
        raise UnknownSet(name=name[:60], known=", ".join(sets) or "–")
    return sets[name] if name else next(iter(sets.values()), None) if len(sets) == 1 else None


def name_for(draft: Resolution, communes: Sequence[Territory]) -> str:
    """What a set is called that nobody named: the province, its communes, or how many they are."""
    whole = {one.pk for one in communes_of(draft.territory, on=communes[0].valid_from)}
    if {one.pk for one in communes} == whole:
        return gettext("All of %(place)s") % {"place": draft.territory.full_name}
    names = [commune.full_name for commune in communes]
    if len(names) <= 2:
        return ", ".join(names)
    return gettext("%(first)s and %(count)s more") % {"first": names[0], "count": len(names) - 1}


def check_again(value: NormValue, draft: Resolution) -> None:
    floor = floor_for(Item(value.item), draft.valid_from) if value.item in Item.values else None
    check_value(value, draft, floor)
