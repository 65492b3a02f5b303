# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an attachment is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Two kinds; a film is none of them."""

    PHOTO = "photo", _("Photo")
    SOUND = "sound", _("Recording")
