# SPDX-License-Identifier: AGPL-3.0-or-later
"""A stretch of time as people write it: a day, from and to on the clock, perhaps past midnight."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.errors import Refused
from binhyen.core.forms import ActionForm, DateField, TimeField

_SHORT = {"inputmode": "numeric", "autocomplete": "off", "class": "short"}


class SpanForm(ActionForm):
    """A form whose day and two times become two moments of an action."""

    start_name: ClassVar[str] = "started_at"
    end_name: ClassVar[str] = "ended_at"
    day = DateField(label=_("Day on which it begins"))
    from_time = TimeField(
        label=_("From"), help_text=_("Such as 22:00."), widget=forms.TextInput(attrs=_SHORT)
    )
    to_time = TimeField(
        label=_("Until"),
        help_text=_("Such as 02:00. An hour before the start is understood as the next day."),
        widget=forms.TextInput(attrs=_SHORT),
    )

    def values(self) -> dict[str, Any]:
        """The day and the two times become two moments; an end before the start is tomorrow's."""
        given = super().values()
        day, first, last = given.pop("day"), given.pop("from_time"), given.pop("to_time")
        end_day = day + timedelta(days=1) if last < first else day
        given[self.start_name] = clock.at_vietnam(day, first.hour, first.minute)
        given[self.end_name] = clock.at_vietnam(end_day, last.hour, last.minute)
        return given

    def _show(self, refusal: Refused) -> None:
        places = {self.start_name: "day", self.end_name: "to_time"}
        refusal.field = places.get(refusal.field, refusal.field)
        super()._show(refusal)


def as_span(start: datetime, end: datetime) -> dict[str, Any]:
    """What such a form shows at first for two moments."""
    here, there = start.astimezone(clock.VIETNAM), end.astimezone(clock.VIETNAM)
    return {"day": here.date(), "from_time": f"{here:%H:%M}", "to_time": f"{there:%H:%M}"}
