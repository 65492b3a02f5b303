# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of the pages about simulations: facts, tables, what can be begun."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.pages import Action, Column, Section, actor_of
from binhyen.core.small import HIDDEN, shown
from binhyen.core.templatetags.show import dong, moment
from binhyen.law.choices import Pay, Role
from binhyen.norms.models import Resolution
from binhyen.simulations import queries
from binhyen.simulations.choices import Fares, Kind
from binhyen.simulations.models import CommuneResult, Simulation
from binhyen.simulations.permissions import RUN_SIMULATION, VIEW_SIMULATION
from binhyen.simulations.words import (
    SMALL,
    change_said,
    chosen_said,
    count_said,
    day_said,
    floor_said,
    months_of,
    rule_said,
)
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

BEFORE, AFTER = _("A year before"), _("A year after")
CHANGE = pgettext_lazy("simulation", "Difference")


@dataclass(frozen=True)
class Sum:
    """Some communes together."""

    place: Territory
    before: int
    after: int
    people: int
    gap: int
    support: int

    @property
    def difference(self) -> int:
        """What a year costs more."""
        return self.after - self.before


def list_actions(actor: Actor | None) -> list[Action]:
    """What can be begun."""
    if actor is None or not actor.can_anywhere(RUN_SIMULATION):
        return []
    return [
        Action(_("Simulate a floor"), reverse("simulation-floor"), "plus", primary=True),
        Action(_("Simulate support"), reverse("simulation-support"), "plus"),
    ]


def simulation_actions(row: Simulation) -> list[Action]:
    """What can be done with an answer."""
    key = [row.pk]
    return [
        Action(_("Page for the council"), reverse("simulation-council", args=key), "papers",
               primary=True),
        Action(_("Excel file"), reverse("simulation-file", args=key), "download"),
        Action(_("All communes"), reverse("simulation-communes", args=key), "map"),
    ]  # fmt: skip


def simulation_facts(row: Simulation) -> list[tuple[Text, Any]]:
    """What was asked, of what, by whom."""
    facts: list[tuple[Text, Any]] = [
        (BEFORE, dong(row.before)), (AFTER, dong(row.after)), (CHANGE, change_said(row.difference)),
        (_("Members"), row.people), (_("Communes"), row.communes),
    ]  # fmt: skip
    if row.kind != Kind.DRAFT:
        facts.append((_("Floor"), floor_said(row)))
    if row.kind == Kind.SUPPORT:
        facts += [(_("Sum"), dong(row.parameters["money"])), (_("Rule"), rule_said(row)),
                  (_("Chosen communes"), chosen_said(row))]  # fmt: skip
    facts += [
        (_("Months of the basis"), months_of(row.basis)),
        (_("Base salary of"), day_said(row.on)),
        (_("Basis gathered"), moment(row.basis.gathered_at)),
        (_("Run by"), row.made_by_name), (_("Run at"), moment(row.made_at)),
        (_("Check sum"), row.digest[:16]),
    ]  # fmt: skip
    return facts


def items_section(row: Simulation) -> Section:
    """A year by item, before and after."""
    return Section(
        _("A year by item"),
        columns=(
            Column("item", _("Item"), lambda one: Pay(one[0]).label),
            Column("before", BEFORE, lambda one: one[1], align="end", look=dong),
            Column("after", AFTER, lambda one: one[2], align="end", look=dong),
            Column("change", CHANGE, lambda one: one[2] - one[1], align="end", look=change_said),
        ),
        records=items_of(row),
        empty=_("Nothing is paid, before or after."),
    )


def items_of(row: Simulation) -> list[tuple[str, int, int]]:
    """Items with đồng before and after, in the order of the law."""
    return [(item, *row.items[item]) for item in Pay.values if item in row.items]


def fares_of(row: Simulation) -> list[tuple[Text, list[int]]]:
    """By role: how many gain, lose, get the same; small counts hidden."""
    return [(Role(int(role)).label, shown(counts)) for role, counts in row.counts.items()]


def fares_section(row: Simulation) -> Section:
    """Who gains and loses, in counts."""
    columns = [Column("role", _("Role"), lambda one: one[0])]
    columns += [Column(fare.value, fare.label, _fare(at), align="end")
                for at, fare in enumerate(Fares)]  # fmt: skip
    return Section(_("Members by how they fare"), columns=columns, records=fares_of(row),
                   note=SMALL)  # fmt: skip


def _fare(at: int) -> Callable[[Any], str]:
    return lambda one: count_said(one[1][at])


def strength_section(row: Simulation, rows: Sequence[CommuneResult]) -> Section:
    """Decided numbers and vacancies."""
    unmeasured = sum(one.unmeasured for one in rows)
    found = [
        (_("Members decided for villages"), sum(one.decided for one in rows),
         sum(one.decided_after for one in rows)),
        (_("Vacancies"), sum(one.vacant for one in rows), sum(one.vacant_after for one in rows)),
    ]  # fmt: skip
    note = _("In %(count)s villages the size hangs on residents, households or area that are not"
             " recorded; their decided number stays.") % {"count": unmeasured}  # fmt: skip
    return Section(
        _("Numbers decided and vacancies"),
        columns=(
            Column("what", _("What"), lambda one: one[0]),
            Column("before", pgettext_lazy("simulation", "Before"), lambda one: one[1],
                   align="end"),
            Column("after", pgettext_lazy("simulation", "After"), lambda one: one[2], align="end"),
            Column("change", CHANGE, lambda one: one[2] - one[1], align="end"),
        ),
        records=found, note=note if unmeasured else "",
    )  # fmt: skip


def fares_in(row: CommuneResult) -> list[int]:
    """How many of a commune gain, lose, get the same; small counts hidden."""
    return shown([row.gain, row.lose, row.same])


def commune_columns(row: Simulation) -> list[Column]:
    """The columns of a table of communes; exports hold the same."""
    columns = [
        Column("name", _("Commune"), lambda one: one.territory.full_name,
               sort="territory__name_order"),
        Column("before", BEFORE, lambda one: one.before, sort="before", align="end", look=dong,
               hide_narrow=True),
        Column("after", AFTER, lambda one: one.after, sort="after", align="end", look=dong),
        Column("change", CHANGE, lambda one: one.difference, align="end", look=change_said),
        *(_fares_column(at, fare) for at, fare in enumerate(Fares)),
    ]  # fmt: skip
    if row.kind == Kind.DRAFT:
        columns += [
            Column("vacant", _("Vacancies now"), lambda one: one.vacant, align="end",
                   hide_narrow=True),
            Column("vacant_after", _("Vacancies after"), lambda one: one.vacant_after,
                   sort="vacant_after", align="end"),
        ]  # fmt: skip
    if row.kind == Kind.SUPPORT:
        columns += [
            Column("gap", _("Gap a year"), lambda one: one.gap, sort="gap", align="end", look=dong,
                   hide_narrow=True),
            Column("support", _("Support"), lambda one: one.support, sort="support", align="end",
                   look=dong),
        ]  # fmt: skip
    return columns


def _fares_column(at: int, fare: Fares) -> Column:
    def said(one: CommuneResult) -> Any:
        count = fares_in(one)[at]
        return count_said(count) if count == HIDDEN else count

    return Column(fare.value, fare.label, said, align="end", hide_narrow=True)


def places_section(row: Simulation, rows: Sequence[CommuneResult]) -> Section:
    """Communes of a province; of the nation its provinces."""
    if row.place.level == Level.NATION:
        return _provinces(row, rows)
    return Section(_("Communes"), columns=commune_columns(row), records=rows, note=SMALL)


def sums_by_province(rows: Sequence[CommuneResult]) -> list[Sum]:
    """The rows of a nation summed by province, in the order of their names."""
    by_province: dict[int, list[CommuneResult]] = {}
    for one in rows:
        by_province.setdefault(one.territory.parent_id or 0, []).append(one)
    return [
        Sum(found[0].territory.parent or found[0].territory, sum(one.before for one in found),
            sum(one.after for one in found), sum(one.people for one in found),
            sum(one.gap or 0 for one in found), sum(one.support or 0 for one in found))
        for found in by_province.values()
    ]  # fmt: skip


def _provinces(row: Simulation, rows: Sequence[CommuneResult]) -> Section:
    columns = [
        Column("name", _("Province"), lambda one: one.place.full_name),
        Column("people", _("Members"), lambda one: one.people, align="end", hide_narrow=True),
        Column("before", BEFORE, lambda one: one.before, align="end", look=dong, hide_narrow=True),
        Column("after", AFTER, lambda one: one.after, align="end", look=dong),
        Column("change", CHANGE, lambda one: one.difference, align="end", look=change_said),
    ]
    if row.kind == Kind.SUPPORT:
        columns += [
            Column("gap", _("Gap a year"), lambda one: one.gap, align="end", look=dong,
                   hide_narrow=True),
            Column("support", _("Support"), lambda one: one.support, align="end", look=dong),
        ]  # fmt: skip
    address = reverse("simulation-communes", args=[row.pk])
    return Section(
        _("Provinces"), columns=columns, records=sums_by_province(rows),
        row_url=lambda one: f"{address}?province={one.place.code}",
        note=_("Choose a province to see its communes."),
    )  # fmt: skip


def resolution_section(request: HttpRequest, resolution: Resolution) -> Section | None:
    """What a draft would cost, on its own page, for whoever may ask or read it."""
    actor = actor_of(request)
    if actor is None or not actor.can(VIEW_SIMULATION, resolution.territory):
        return None
    found = queries.simulations_of(scope=actor.scope(VIEW_SIMULATION), resolution=resolution)
    may_ask = (resolution.is_draft and resolution.territory.level == Level.PROVINCE
               and actor.can(RUN_SIMULATION, resolution.territory))  # fmt: skip
    if not found and not may_ask:
        return None
    ask = Action(_("What would it cost?"), reverse("simulation-draft", args=[resolution.pk]),
                 "money")  # fmt: skip
    return Section(
        _("What it would cost"),
        columns=(
            Column("at", _("Run at"), lambda one: moment(one.made_at)),
            Column("months", _("Months of the basis"), lambda one: months_of(one.basis)),
            Column("after", AFTER, lambda one: one.after, align="end", look=dong,
                   hide_narrow=True),
            Column("change", CHANGE, lambda one: one.difference, align="end", look=change_said),
        ),
        records=found,
        row_url=lambda one: reverse("simulation", args=[one.pk]),
        empty=_("Nobody has asked yet."),
        action=ask if may_ask else None,
    )  # fmt: skip
