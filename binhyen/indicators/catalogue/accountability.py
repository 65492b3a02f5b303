# SPDX-License-Identifier: AGPL-3.0-or-later
"""What keeps the force and this product answerable."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.indicators.catalogue.declare import PLANNED, Indicator
from binhyen.indicators.choices import Form, Source, Unit

INDICATORS = (
    Indicator(
        "GOV_COMPLAINTS",
        pgettext_lazy("indicator", "Complaints about the force"),
        _("Complaints about the force that were received."),
        Unit.COMPLAINT,
        Form.FLOW,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "GOV_COMPLAINTS_UPHELD",
        pgettext_lazy("indicator", "Complaints upheld"),
        _("Complaints found right or partly right."),
        Unit.COMPLAINT,
        Form.FLOW,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "GOV_DSR",
        pgettext_lazy("indicator", "Data-subject requests"),
        _("Requests by people about their personal data."),
        Unit.REQUEST,
        Form.FLOW,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "GOV_BREACHES",
        pgettext_lazy("indicator", "Personal-data breaches"),
        _("Confirmed breaches of personal data."),
        Unit.BREACH,
        Form.FLOW,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "GOV_SENSITIVE_READS",
        pgettext_lazy("indicator", "Reads of sensitive data"),
        _("Times that sensitive data was opened."),
        Unit.READ,
        Form.FLOW,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "GOV_COVERAGE",
        pgettext_lazy("indicator", "Reporting coverage"),
        _("Communes with an approved report divided by communes that owe one."),
        Unit.PERCENT,
        Form.RATIO,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "GOV_ON_TIME_REPORTS",
        pgettext_lazy("indicator", "Reports on time"),
        _("Reports approved by the day they were due divided by reports due."),
        Unit.PERCENT,
        Form.RATIO,
        Source.LATER,
        since=PLANNED,
    ),
)
