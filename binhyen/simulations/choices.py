# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be simulated, how money is allocated, and how somebody fares."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a simulation asks."""

    DRAFT = "draft", pgettext_lazy("simulation", "Draft resolution")
    FLOOR = "floor", pgettext_lazy("simulation", "National floor")
    SUPPORT = "support", pgettext_lazy("simulation", "Central support")


class Rule(models.TextChoices):
    """How a sum is shared among communes."""

    BY_GAP = "by_gap", _("In proportion to the gap")
    PER_MEMBER = "per_member", _("The same for each serving member, up to the gap")


FORMULAS = {
    Rule.BY_GAP: _(
        "Each commune gets the sum × its gap ÷ the gaps of all chosen communes, and never more than"
        " its gap. The gap is what the floor would cost it in a year, less what its own values cost"
        " it. Shares are cut to whole đồng; the đồng left over go one by one to the communes with"
        " the largest cut-off parts, of equal ones to the lower code."
    ),
    Rule.PER_MEMBER: _(
        "Each commune gets the same amount for each serving member. A commune whose gap is smaller"
        " than that gets its gap, and what it leaves is shared again among the others by the same"
        " rule. Shares are cut to whole đồng; the đồng left over go one by one to the communes with"
        " the largest cut-off parts, of equal ones to the lower code."
    ),
}
"""Each rule in words, as the page, the file and the council read it."""


class Fares(models.TextChoices):
    """How members fare, in counts only."""

    GAIN = "gain", pgettext_lazy("members who", "gain")
    LOSE = "lose", pgettext_lazy("members who", "lose")
    SAME = "same", pgettext_lazy("members who", "get the same")
