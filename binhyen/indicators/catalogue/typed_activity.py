# SPDX-License-Identifier: AGPL-3.0-or-later
"""What teams do and authorities sign for until its own app counts it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.indicators.catalogue.declare import Indicator
from binhyen.indicators.choices import Form, Public, Source, Unit

INDICATORS = (
    Indicator(
        "ACT_FIRE",
        pgettext_lazy("indicator", "Fires attended"),
        _("Fires at which at least one Team helped."),
        Unit.EVENT,
        Form.FLOW,
        Source.TYPED,
        until_counted=True,
    ),
    Indicator(
        "ACT_RESCUE",
        pgettext_lazy("indicator", "Rescues"),
        _("Rescues other than at fires in which at least one Team helped."),
        Unit.EVENT,
        Form.FLOW,
        Source.TYPED,
        until_counted=True,
    ),
    Indicator(
        "ACT_DISASTER",
        pgettext_lazy("indicator", "Disaster responses"),
        _("Storms, floods, landslides and other disasters at which a Team helped."),
        Unit.EVENT,
        Form.FLOW,
        Source.TYPED,
        until_counted=True,
    ),
    Indicator(
        "ACT_EVACUATED",
        pgettext_lazy("indicator", "People helped to evacuate"),
        _("People moved to safety, as a number without names."),
        Unit.PERSON,
        Form.FLOW,
        Source.TYPED,
        until_counted=True,
    ),
    Indicator(
        "ACT_FOOD_DELIVERIES",
        pgettext_lazy("indicator", "Food and supply deliveries"),
        _("Deliveries of food and supplies to households or cut-off areas."),
        Unit.DELIVERY,
        Form.FLOW,
        Source.TYPED,
        until_counted=True,
    ),
    Indicator(
        "ACT_PRIORITY_HOUSEHOLDS",
        pgettext_lazy("indicator", "Vulnerable households helped"),
        _("Households that were helped first, as a number for each event; no list is kept."),
        Unit.HOUSEHOLD,
        Form.FLOW,
        Source.TYPED,
        public=Public.SUPPRESSED,
        until_counted=True,
    ),
    Indicator(
        "ACT_ISOLATED_AREAS",
        pgettext_lazy("indicator", "Isolated areas reached"),
        _("Cut-off residential areas that a Team reached."),
        Unit.AREA,
        Form.FLOW,
        Source.TYPED,
        until_counted=True,
    ),
    Indicator(
        "ACT_RECOVERY",
        pgettext_lazy("indicator", "Recovery help"),
        _("Days of cleaning up and repairing after a disaster."),
        Unit.TIME,
        Form.FLOW,
        Source.TYPED,
        until_counted=True,
    ),
    Indicator(
        "ACT_ADMIN_SUPPORT",
        pgettext_lazy("indicator", "Administrative-order support"),
        _(
            "Times that a Team supported police in administrative order (Law 30/2023 Art. "
            "10); no household data."
        ),
        Unit.TIME,
        Form.FLOW,
        Source.TYPED,
        until_counted=True,
    ),
    Indicator(
        "ACT_EDUCATION",
        pgettext_lazy("indicator", "Education visits"),
        _(
            "Visits made for commune police to urge and educate (Law 30/2023 Art. 11); no "
            "names, no offences."
        ),
        Unit.TIME,
        Form.FLOW,
        Source.TYPED,
        public=Public.SUPPRESSED,
        until_counted=True,
    ),
    Indicator(
        "ACT_OUTREACH",
        pgettext_lazy("indicator", "Outreach meetings"),
        _("Public meetings on law and safety."),
        Unit.MEETING,
        Form.FLOW,
        Source.TYPED,
        until_counted=True,
    ),
    Indicator(
        "ACT_OUTREACH_REACH",
        pgettext_lazy("indicator", "Audience of outreach"),
        _("People who came to these meetings, each time counted."),
        Unit.ATTENDANCE,
        Form.FLOW,
        Source.TYPED,
        until_counted=True,
    ),
    Indicator(
        "ACT_MOBILISED",
        pgettext_lazy("indicator", "Mobilisations outside the area"),
        _("Duties that members did outside their area on a mobilisation order."),
        Unit.TIME,
        Form.FLOW,
        Source.TYPED,
        until_counted=True,
    ),
)
