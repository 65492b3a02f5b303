# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about requests; each one's fields are the arguments of one action."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from binhyen.core.forms import ActionForm, DateField, TextField


class AskForm(ActionForm):
    """A request for a second person's approval."""

    submit_label = _("Ask for approval")
    why = TextField(
        label=_("What it is needed for"), max_length=200,
        help_text=_("Such as: paying the allowances of October. No names of residents."),
    )  # fmt: skip
    valid_to = DateField(label=_("Last day"), help_text=_("At most 14 days from now."))

    def values(self) -> dict[str, Any]:
        """People write the last day; it is stored as the day after."""
        given = super().values()
        return given | {"valid_to": given["valid_to"] + timedelta(days=1)}


class ApproveForm(ActionForm):
    """A yes."""

    submit_label = _("Approve")


class DeclineForm(ActionForm):
    """A no, and why."""

    submit_label = _("Decline")
    reason = TextField(label=_("Why"), max_length=200)
