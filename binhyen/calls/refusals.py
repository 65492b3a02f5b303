# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be refused about a call for help; making one is never refused for what it says."""

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused


class CallIsOver(Refused):
    """A step on a call that is closed."""

    what = _("Nothing was changed.")
    why = _("This call is over since %(moment)s.")
    remedy = _("Nothing more is needed. Whoever needs help again calls again.")


class SeenAlready(Refused):
    """Saying a second time that a call was seen."""

    what = _("Nothing was changed.")
    why = _("%(name)s has seen it at %(moment)s.")
    remedy = _("Nothing more is needed; close it when it is over.")


class OwnCall(Refused):
    """The caller saying that the own call was seen."""

    what = _("Nothing was changed.")
    why = _("You made this call yourself: “seen” means that somebody else knows of it.")
    remedy = _("Telephone your colleagues; when it is over, say so.")
