# SPDX-License-Identifier: AGPL-3.0-or-later
"""What teams do: reports, patrols, traffic help and disputes are counted."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.incidents.choices import Category, DisputeKind, DisputeState, Outcome
from binhyen.indicators.catalogue.declare import PROVINCE_UP, Indicator, labels
from binhyen.indicators.choices import Form, Public, Source, Unit
from binhyen.indicators.rules import BIN_LABELS, bin_case
from binhyen.patrols.choices import FindingKind, TrafficKind

INDICATORS = (
    Indicator(
        "ACT_REPORTS",
        pgettext_lazy("indicator", "Reports on security, order and social evils"),
        _(
            "Reports of violations, social evils and domestic violence that were handed to "
            "commune police (Law 30/2023 Art. 7(1)); withdrawn ones do not count."
        ),
        Unit.REPORT,
        Form.FLOW,
        Source.COUNTED,
        public=Public.SUPPRESSED,
        record="incidents.report",
        feeds=("report.",),
        part_labels=labels(Category),
        parts_at=PROVINCE_UP,
        definition="""
            select territory_id, on_day as day, category as part, id as record_id, 1 as amount
            from incidents_report
            where category in ('violation', 'social_evil', 'domestic_violence')
              and state <> 'withdrawn' and handed_at is not null
        """,
    ),
    Indicator(
        "ACT_CASES_SUPPORTED",
        pgettext_lazy("indicator", "Cases whose resolution was supported"),
        _(
            "Cases that commune police confirmed and concluded and to which at least one "
            "report led; a case counts once."
        ),
        Unit.CASE,
        Form.FLOW,
        Source.COUNTED,
        public=Public.SUPPRESSED,
        record="incidents.case",
        feeds=("case.", "report."),
        feeds_whole_place=True,
        part_labels=labels(Outcome),
        definition="""
            select c.territory_id, c.concluded_on as day, c.outcome as part, c.id as record_id,
              1 as amount
            from incidents_case c
            where c.concluded_on is not null and c.outcome <> 'unfounded'
              and exists (
                select 1 from incidents_report r where r.case_id = c.id and r.state <> 'withdrawn'
              )
        """,
    ),
    Indicator(
        "ACT_REPORT_TO_CASE",
        pgettext_lazy("indicator", "Cases per 100 reports"),
        _("Cases supported divided by reports. It is not a target."),
        Unit.CASE_PER_100,
        Form.RATIO,
        Source.COUNTED,
        numerator="ACT_CASES_SUPPORTED",
        denominator="ACT_REPORTS",
        factor=100,
    ),
    Indicator(
        "ACT_HANDOVER_DELAY",
        pgettext_lazy("indicator", "Delay to hand over to commune police (median)"),
        _(
            "The middle one of the times from receiving a report to handing it over. The "
            "law says at once and fixes no minutes."
        ),
        Unit.MINUTE,
        Form.MEDIAN,
        Source.COUNTED,
        record="incidents.report",
        feeds=("report.",),
        part_labels=BIN_LABELS,
        definition="""
            select territory_id, on_day as day, {bin} as part, id as record_id, 1 as amount
            from incidents_report
            where category in ('violation', 'social_evil', 'domestic_violence')
              and state <> 'withdrawn' and handover_min is not null
        """.replace("{bin}", bin_case("handover_min")),
    ),
    Indicator(
        "ACT_PATROLS",
        pgettext_lazy("indicator", "Patrols"),
        _(
            "Patrols with a recorded start and end; one counts once, however many members "
            "took part."
        ),
        Unit.PATROL,
        Form.FLOW,
        Source.COUNTED,
        record="patrols.patrol",
        feeds=("patrol.",),
        definition="""
            select territory_id, on_day as day, '' as part, id as record_id, 1 as amount
            from patrols_patrol
            where state = 'done'
        """,
    ),
    Indicator(
        "ACT_PATROL_HOURS",
        pgettext_lazy("indicator", "Patrol member-hours"),
        _("The time of each patrol times its members."),
        Unit.HOUR,
        Form.FLOW,
        Source.COUNTED,
        record="patrols.patrol",
        feeds=("patrol.",),
        divisor=60,
        definition="""
            select territory_id, on_day as day, '' as part, id as record_id,
              member_minutes as amount
            from patrols_patrol
            where state = 'done'
        """,
    ),
    Indicator(
        "ACT_VIOLATIONS",
        pgettext_lazy("indicator", "Violations found"),
        _(
            "Suspected violations found on a patrol and handed to commune police. Never "
            "used to rate members: there is no quota."
        ),
        Unit.CASE,
        Form.FLOW,
        Source.COUNTED,
        public=Public.SUPPRESSED,
        record="patrols.finding",
        feeds=("finding.", "patrol."),
        part_labels=labels(FindingKind),
        definition="""
            select f.territory_id, f.on_day as day, f.kind as part, f.id as record_id, 1 as amount
            from patrols_finding f join patrols_patrol p on p.id = f.patrol_id
            where not f.is_void and f.handed_at is not null and p.state = 'done'
        """,
    ),
    Indicator(
        "ACT_VIOLATIONS_PER_1000",
        pgettext_lazy("indicator", "Violations per 1,000 patrols"),
        _("Violations found divided by patrols; for planning only."),
        Unit.CASE_PER_1000,
        Form.RATIO,
        Source.COUNTED,
        public=Public.NO,
        numerator="ACT_VIOLATIONS",
        denominator="ACT_PATROLS",
        factor=1000,
    ),
    Indicator(
        "ACT_TRAFFIC",
        pgettext_lazy("indicator", "Traffic guidance and jam clearing"),
        _(
            "Times that a Team guided traffic, cleared a jam or protected the scene of an "
            "accident, under police guidance."
        ),
        Unit.TIME,
        Form.FLOW,
        Source.COUNTED,
        record="patrols.traffichelp",
        feeds=("traffic.", "patrol."),
        part_labels=labels(TrafficKind),
        definition="""
            select territory_id, on_day as day, kind as part, id as record_id, 1 as amount
            from patrols_traffichelp
            where not is_void
        """,
    ),
    Indicator(
        "ACT_DISPUTES_FOUND",
        pgettext_lazy("indicator", "Disputes noticed early"),
        _("Disputes that a Team noticed early, by kind; no parties and no content are kept."),
        Unit.CASE,
        Form.FLOW,
        Source.COUNTED,
        public=Public.SUPPRESSED,
        record="incidents.dispute",
        feeds=("dispute.",),
        part_labels=labels(DisputeKind),
        definition="""
            select territory_id, noticed_on as day, kind as part, id as record_id, 1 as amount
            from incidents_dispute
        """,
    ),
    Indicator(
        "ACT_DISPUTES_SETTLED",
        pgettext_lazy("indicator", "Disputes settled"),
        _("Disputes closed with an agreement by a grassroots mediator, the Team in support."),
        Unit.CASE,
        Form.FLOW,
        Source.COUNTED,
        public=Public.SUPPRESSED,
        record="incidents.dispute",
        feeds=("dispute.",),
        part_labels=labels(DisputeKind),
        definition="""
            select territory_id, closed_on as day, kind as part, id as record_id, 1 as amount
            from incidents_dispute
            where state = 'settled'
        """,
    ),
    Indicator(
        "ACT_DISPUTES_CLOSED",
        pgettext_lazy("indicator", "Disputes closed"),
        _("Disputes closed as settled or not settled; the basis of the settlement rate."),
        Unit.CASE,
        Form.FLOW,
        Source.COUNTED,
        public=Public.SUPPRESSED,
        is_internal=True,
        record="incidents.dispute",
        feeds=("dispute.",),
        part_labels=labels(DisputeState),
        definition="""
            select territory_id, closed_on as day, state as part, id as record_id, 1 as amount
            from incidents_dispute
            where state in ('settled', 'not_settled')
        """,
    ),
    Indicator(
        "ACT_DISPUTES_RATE",
        pgettext_lazy("indicator", "Settlement rate"),
        _("Disputes settled divided by those settled and not settled in the period."),
        Unit.PERCENT,
        Form.RATIO,
        Source.COUNTED,
        numerator="ACT_DISPUTES_SETTLED",
        denominator="ACT_DISPUTES_CLOSED",
        factor=100,
    ),
)
