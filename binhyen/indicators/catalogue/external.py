# SPDX-License-Identifier: AGPL-3.0-or-later
"""Aggregates of the police, signed for a province: counts, never names."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.indicators.catalogue.declare import PROVINCE_UP, Expectation, Indicator
from binhyen.indicators.choices import Form, Source, Unit

INDICATORS = (
    Indicator(
        "EXT_SO_CASES",
        pgettext_lazy("indicator", "Social-order and social-evil cases"),
        _("Social-order and social-evil cases recorded."),
        Unit.CASE,
        Form.FLOW,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "EXT_SO_CLARIFIED",
        pgettext_lazy("indicator", "Cases clarified"),
        _("Cases clarified and dealt with."),
        Unit.CASE,
        Form.FLOW,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "EXT_SO_RATE",
        pgettext_lazy("indicator", "Clearance rate"),
        _("Cases clarified divided by cases recorded."),
        Unit.PERCENT,
        Form.RATIO,
        Source.TYPED,
        numerator="EXT_SO_CLARIFIED",
        denominator="EXT_SO_CASES",
        factor=100,
    ),
    Indicator(
        "EXT_SO_ARRESTED",
        pgettext_lazy("indicator", "Arrested, social order"),
        _("Persons arrested in social-order cases."),
        Unit.PERSON,
        Form.FLOW,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "EXT_GAMBLING_CASES",
        pgettext_lazy("indicator", "Gambling cases"),
        _("Gambling cases."),
        Unit.CASE,
        Form.FLOW,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "EXT_GAMBLING_SUBJECTS",
        pgettext_lazy("indicator", "Persons in gambling cases"),
        _("Persons in gambling cases."),
        Unit.PERSON,
        Form.FLOW,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "EXT_DRUG_CASES",
        pgettext_lazy("indicator", "Drug cases"),
        _("Drug crimes and drug evils that were broken up."),
        Unit.CASE,
        Form.FLOW,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "EXT_DRUG_ARRESTED",
        pgettext_lazy("indicator", "Arrested, drugs"),
        _("Persons arrested in drug cases."),
        Unit.PERSON,
        Form.FLOW,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "EXT_EDU_RECORDS",
        pgettext_lazy("indicator", "Management-and-education files at commune level"),
        _(
            "Files of management and education at commune level; the files themselves are "
            "not kept here."
        ),
        Unit.FILE,
        Form.FLOW,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "EXT_REHAB_RECORDS",
        pgettext_lazy("indicator", "Compulsory-rehabilitation files"),
        _("Files of compulsory rehabilitation; the files themselves are not kept here."),
        Unit.FILE,
        Form.FLOW,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "EXT_ECON_CASES",
        pgettext_lazy("indicator", "Corruption, economic and smuggling cases"),
        _("Corruption, economic and smuggling cases detected and dealt with."),
        Unit.CASE,
        Form.FLOW,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
    Indicator(
        "EXT_ECON_SUBJECTS",
        pgettext_lazy("indicator", "Persons in those cases"),
        _("Persons dealt with in these cases."),
        Unit.PERSON,
        Form.FLOW,
        Source.TYPED,
        typed_at=PROVINCE_UP,
    ),
)

EXPECTATIONS = (
    Expectation(
        "EXT_SO_CLARIFIED", "EXT_SO_CASES", _("No more cases can be clarified than were recorded.")
    ),
    Expectation(
        "EXT_GAMBLING_CASES", "EXT_SO_CASES", _("Gambling cases are a part of social-order cases.")
    ),
    Expectation(
        "EXT_GAMBLING_SUBJECTS",
        "EXT_SO_ARRESTED",
        _("Persons in gambling cases are given as a part of those arrested."),
    ),
    Expectation(
        "EXT_ECON_CASES", "EXT_ECON_SUBJECTS", _("A case usually has at least one person.")
    ),
)
