# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about operations that came from phones."""

from django.utils.translation import gettext_lazy as _

from binhyen.core.forms import ActionForm, TextField


class ApplyForm(ActionForm):
    """Let a record count; asks for nothing but a yes."""

    submit_label = _("Let it count")


class RefuseForm(ActionForm):
    """Let a record not count, with words for its person."""

    submit_label = _("Let it not count")
    words = TextField(
        label=_("Why"), max_length=200, help_text=_("The person reads this on the phone.")
    )
