# SPDX-License-Identifier: AGPL-3.0-or-later
"""Closed lists of budgets: items, sources, states, givers."""

from collections.abc import Iterator

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.law.choices import Benefit, Pay


class Cost(models.TextChoices):
    """What a budget pays beside pay and benefits (Law 30/2023 Art. 25, 26)."""

    EQUIPMENT = "EQUIPMENT", _("Vehicles, equipment and support tools")
    REPAIR = "REPAIR", _("Repair of equipment")
    TRAINING = "TRAINING", _("Training, drills and contests")
    WORKING = "WORKING", _("Working conditions of teams")
    UNIFORM = "UNIFORM", _("Uniforms, emblems, badges and certificates")
    REWARD = "REWARD", _("Reviews, emulation and rewards")
    ELSE = "ELSE", pgettext_lazy("budget", "Other tasks by law")


Item = Pay | Benefit | Cost
ITEMS: dict[str, Item] = {one.value: one for kind in (Pay, Benefit, Cost) for one in kind}
ITEM_CHOICES: list[tuple[str, str | Promise]] = [(code, one.label) for code, one in ITEMS.items()]
"""Every item in the order in which tables show them."""
LABELS = dict(ITEM_CHOICES)
TYPED_CHOICES = [(code, label) for code, label in ITEM_CHOICES if not isinstance(ITEMS[code], Pay)]
"""What is typed in with its paper; pay comes from paid sheets."""
ONCE = frozenset({*Benefit.values, *Cost.values, Pay.TET_GIFT.value})
"""Items that are not paid month by month: an average says nothing about them."""
FEW = "FEW"
"""Items of pay that stand together because few people got them."""


def item_label(code: str) -> str | Promise:
    """How an item is called in a table."""
    if code == FEW:
        return _("Items of pay that fewer than five people got, together")
    return LABELS[code]


class Source(models.TextChoices):
    """Where money comes from, in the order in which pay is drawn."""

    CENTRAL = "central", _("Central budget")
    PROVINCE = "province", _("Province budget")
    COMMUNE = "commune", _("Commune budget")
    FUND = "fund", _("Community fund")
    DONATION = "donation", _("Donations")


GIVEN = (Source.CENTRAL, Source.PROVINCE, Source.COMMUNE)
"""Sources that allocate by decision."""
RECEIVED = (Source.FUND, Source.DONATION)
"""Other legal sources: each receipt is listed."""


class State(models.TextChoices):
    """draft -> submitted -> approved -> closing -> settled; sent back, dropped, replaced."""

    DRAFT = "draft", pgettext_lazy("budget", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("budget", "Waits for approval")
    APPROVED = "approved", pgettext_lazy("budget", "Approved")
    CLOSING = "closing", pgettext_lazy("budget", "Settlement waits for approval")
    SETTLED = "settled", pgettext_lazy("budget", "Settled")
    REPLACED = "replaced", pgettext_lazy("budget", "Replaced by an adjusted version")
    DROPPED = "dropped", pgettext_lazy("budget", "Dropped")


OPEN = (State.DRAFT, State.SUBMITTED)
COUNTS = (State.APPROVED, State.CLOSING, State.SETTLED)
"""The version that counts for its year; there is at most one."""


class Giver(models.TextChoices):
    """Who gave: nobody is named without having agreed in writing."""

    BODY = "body", pgettext_lazy("giver", "An organisation")
    PERSON = "person", pgettext_lazy("giver", "A person")
    NAMED = "named", pgettext_lazy("giver", "A person who agreed in writing to be named")


def every_cell() -> Iterator[tuple[str, Source]]:
    """Items by sources, in the order of tables."""
    return ((item, source) for item in ITEMS for source in Source)


FILES: dict[str, Promise] = {
    "settlement.docx": pgettext_lazy("file", "Settlement (Word)"),
    "settlement.pdf": pgettext_lazy("file", "Settlement (PDF)"),
    "receipts.docx": pgettext_lazy("file", "Receipts to be posted (Word)"),
    "receipts.pdf": pgettext_lazy("file", "Receipts to be posted (PDF)"),
}
"""Papers of a year that counts, by what stands in their address."""
