# SPDX-License-Identifier: AGPL-3.0-or-later
"""Outcomes that the police publish; they have many causes."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.indicators.catalogue.declare import PROVINCE_UP, Indicator
from binhyen.indicators.choices import Form, Public, Source, Unit

INDICATORS = (
    Indicator(
        "OUT_CRIME_CASES",
        pgettext_lazy("indicator", "Criminal cases"),
        _("Criminal cases as the police published them; the basis of the change."),
        Unit.CASE,
        Form.FLOW,
        Source.TYPED,
        is_internal=True,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "OUT_CRIME_CHANGE",
        pgettext_lazy("indicator", "Change in criminal cases, year on year"),
        _(
            "Criminal cases of the period against the same days of the year before, as the "
            "police published them."
        ),
        Unit.PERCENT,
        Form.CHANGE,
        Source.TYPED,
        numerator="OUT_CRIME_CASES",
        denominator="OUT_CRIME_CASES",
        factor=100,
    ),
    Indicator(
        "OUT_TRAFFIC_ACCIDENTS",
        pgettext_lazy("indicator", "Traffic accidents"),
        _("Traffic accidents as the traffic police published them."),
        Unit.ACCIDENT,
        Form.FLOW,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "OUT_SOCIAL_EVILS",
        pgettext_lazy("indicator", "Social-evil cases"),
        _("Cases of gambling, prostitution and drug use as the police published them."),
        Unit.CASE,
        Form.FLOW,
        Source.TYPED,
        public=Public.SUPPRESSED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "OUT_DRUG_FREE",
        pgettext_lazy("indicator", "Drug-free communes"),
        _("Communes recognised as drug-free under Decision 28/2025/QĐ-TTg."),
        Unit.COMMUNE,
        Form.STOCK,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "OUT_CRIME_FREE",
        pgettext_lazy("indicator", "Villages without a crime in the period"),
        _("Villages in which, as commune police attest, no crime happened in the period."),
        Unit.VILLAGE,
        Form.STOCK,
        Source.TYPED,
        public=Public.NO,
        typed_at=PROVINCE_UP,
    ),
)
