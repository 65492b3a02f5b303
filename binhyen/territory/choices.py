# SPDX-License-Identifier: AGPL-3.0-or-later
"""Levels, kinds and flags of territory. Stored words never change; labels are for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """How high a unit stands."""

    NATION = "nation", _("Nation")
    PROVINCE = "province", _("Province level")
    COMMUNE = "commune", _("Commune level")
    VILLAGE = "village", _("Village level")


class Kind(models.TextChoices):
    """Kinds of administrative unit; villages have an open list of kinds of their own."""

    NATION = "nation", pgettext_lazy("kind of unit", "Nation")
    PROVINCE = "province", pgettext_lazy("kind of unit", "Province")
    CITY = "city", pgettext_lazy("kind of unit", "Centrally run city")
    COMMUNE = "commune", pgettext_lazy("kind of unit", "Commune")
    WARD = "ward", pgettext_lazy("kind of unit", "Ward")
    SPECIAL_ZONE = "special_zone", pgettext_lazy("kind of unit", "Special zone")
    TOWNSHIP = "township", pgettext_lazy("kind of unit", "Township")
    """Ended on 2025-07-01; stays for lineage."""


class Flag(models.TextChoices):
    """Facts about an area on which the law hangs rules (Law 30/2023 Art. 13(3), 23(2)(c))."""

    BORDER = "border", _("Border")
    ISLAND = "island", _("Island")
    MOUNTAIN = "mountain", _("Mountain")
    DISADVANTAGED = "disadvantaged", _("Specially difficult")
    COAST = "coast", _("Coast")


VILLAGE_KINDS = (
    "thôn", "làng", "ấp", "bản", "buôn", "bon", "phum", "sóc", "xóm",
    "tổ dân phố", "khu phố", "khối phố", "khối", "khóm", "khu vực", "khu", "tiểu khu",
)  # fmt: skip
"""Kinds seen in Law 30/2023 Art. 2 and in provincial resolutions; an open list."""

RESIDENTIAL_GROUP_KINDS = frozenset(
    {"tổ dân phố", "khu phố", "khối phố", "khối", "khóm", "khu vực", "tiểu khu"}
)
