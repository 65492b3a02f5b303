# SPDX-License-Identifier: AGPL-3.0-or-later
"""A simulation in words: its title, what was asked, the months, the formula, what is left out."""

from datetime import date

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.core.small import HIDDEN, SMALLEST
from binhyen.core.templatetags.show import dong, number
from binhyen.law.choices import Pay
from binhyen.simulations.choices import FORMULAS, Kind, Rule
from binhyen.simulations.models import Basis, Simulation
from binhyen.simulations.values import Floor
from binhyen.territory.choices import Flag

HOW = (
    _("Before is what the values in force on the last day of the basis cost; after is the same"
      " members, days and duties with the draft or the floor. Nobody's behaviour is guessed."),
    _("A year is the months of the basis scaled to twelve; the Tết gift counts once. Vacancies are"
      " not filled in the cost."),
    _("Both sides read the base salary of one day, so the difference is that of the draft or the"
      " floor alone."),
    _("Sickness, accident and death, meals at training, hazard and costs outside the area are not"
      " in it: their facts are not counted by the month."),
)  # fmt: skip
"""What a reader must know about the figures."""
SMALL = _("Counts of fewer than five members are not shown.")


def title_of(row: Simulation) -> str:
    """“Draft 9/2026/NQ-HĐND”, “National floor”, “Central support of 10.000.000 đồng”."""
    if row.kind == Kind.DRAFT:
        return gettext("Draft %(number)s") % {"number": row.number}
    if row.kind == Kind.SUPPORT:
        return gettext("Central support of %(money)s") % {"money": dong(row.parameters["money"])}
    return str(Kind.FLOOR.label)


def months_of(basis: Basis) -> str:
    """“09/2026”, or “07/2026 – 09/2026”."""
    if basis.first_month == basis.last_month:
        return f"{basis.last_month:%m/%Y}"
    return f"{basis.first_month:%m/%Y} – {basis.last_month:%m/%Y}"


def floor_said(row: Simulation) -> str:
    """The floor of a simulation as one would say it."""
    floor = Floor(**row.parameters["floor"])
    said = [
        gettext("%(role)s %(amount)s a month") % {"role": role, "amount": dong(amount)}
        for role, amount in zip((_("leader"), _("deputy"), _("member")), floor.by_role, strict=True)
        if amount
    ]
    if floor.health_percent:
        said.append(gettext("health insurance %(percent)s %%") % {"percent": floor.health_percent})
    return ", ".join(said)


def chosen_said(row: Simulation) -> str:
    """Which communes support is for."""
    asked = row.parameters
    parts = [str(Flag(mark).label) for mark in asked["marks"]]
    if asked["codes"]:
        count = len(asked["codes"])
        parts.append(ngettext("%(count)s commune by name", "%(count)s communes by name", count)
                     % {"count": number(count)})  # fmt: skip
    return f"{', '.join(parts)}: {number(asked['chosen'])}"


def formula_of(row: Simulation) -> Text:
    """The rule of allocation in words; empty for what allocates nothing."""
    return FORMULAS[Rule(row.parameters["rule"])] if row.kind == Kind.SUPPORT else ""


def rule_said(row: Simulation) -> Text:
    """The name of the rule."""
    return Rule(row.parameters["rule"]).label if row.kind == Kind.SUPPORT else ""


def count_said(count: int) -> str:
    """A count of members, or that it is too small to be shown."""
    if count == HIDDEN:
        return gettext("under %(least)s") % {"least": SMALLEST}
    return number(count)


def change_said(amount: int) -> str:
    """A difference in đồng with its sign."""
    return ("+" if amount > 0 else "−" if amount < 0 else "") + dong(abs(amount))


def summary_of(row: Simulation) -> str:
    """The answer in one sentence."""
    said = {
        "people": number(row.people), "communes": number(row.communes),
        "before": dong(row.before), "after": dong(row.after), "change": dong(abs(row.difference)),
    }  # fmt: skip
    if row.difference > 0:
        return gettext("For %(people)s members in %(communes)s communes a year costs %(change)s"
                       " more: %(after)s instead of %(before)s.") % said  # fmt: skip
    if row.difference < 0:
        return gettext("For %(people)s members in %(communes)s communes a year costs %(change)s"
                       " less: %(after)s instead of %(before)s.") % said  # fmt: skip
    return gettext("For %(people)s members in %(communes)s communes a year costs the same:"
                   " %(after)s.") % said  # fmt: skip


def lacking_said(row: Simulation) -> list[str]:
    """Items without an amount for some members, since a value or a fact is not known."""
    return [
        gettext("%(item)s: no amount for %(count)s members, since a value or a fact is not known.")
        % {"item": Pay(item).label, "count": count_said(count if count >= SMALLEST else HIDDEN)}
        for item, count in row.lacking.items()
    ]


def day_said(day: date) -> str:
    """A day."""
    return f"{day:%d/%m/%Y}"
