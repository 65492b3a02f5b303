# SPDX-License-Identifier: AGPL-3.0-or-later
"""How an operation stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(models.TextChoices):
    """accepted and refused stay; a quarantined one becomes one of the two."""

    ACCEPTED = "accepted", pgettext_lazy("operation", "Recorded")
    QUARANTINED = "quarantined", _("Waits for commune police")
    REFUSED = "refused", pgettext_lazy("operation", "Refused")


class BlobState(models.TextChoices):
    """here and refused stay."""

    WAITING = "waiting", _("On its way")
    HERE = "here", _("Received")
    REFUSED = "refused", pgettext_lazy("operation", "Refused")


KINDS = {
    "patrol.start": _("started a patrol"),
    "patrol.end": _("ended a patrol"),
    "finding.note": _("noted what was found"),
    "traffic.help": _("helped with traffic"),
    "report.file": _("reported what happened"),
    "shift.acknowledge": _("acknowledged a duty"),
    "place.checked": _("checked a place off"),
    "sos": _("called for help"),
    "sos.see": _("saw a call for help"),
    "sos.over": _("said that the own call for help is over"),
}
"""What this server can apply, as people say it."""
