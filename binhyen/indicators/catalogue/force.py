# SPDX-License-Identifier: AGPL-3.0-or-later
"""The force: teams, members, strength; training, equipment and support come later."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.indicators.catalogue.declare import PLANNED, Indicator, labels
from binhyen.indicators.choices import Form, Public, Source, Unit
from binhyen.personnel.choices import Origin
from binhyen.teams.choices import TaskGroup

SERVING = ("member.", "membership.", "ending.")

SHORTAGES = """
    with changes as (
      select territory_id, village_id, valid_from as day, number as gap
      from teams_decidedstrength
      union all
      select territory_id, village_id, valid_to, -number
      from teams_decidedstrength where valid_to is not null
      union all
      select territory_id, village_id, recognised_on, -1
      from personnel_membership
      union all
      select territory_id, village_id, ended_on, 1
      from personnel_membership where ended_on is not null
    ), by_day as (
      select territory_id, unit_id as place_id, day, sum(gap) as gap
      from changes group by territory_id, unit_id, day
    ), levels as (
      select territory_id, place_id, day,
        sum(gap) over (partition by territory_id, place_id order by day) as gap
      from by_day
    ), shortages as (
      select territory_id, place_id, day, case when gap > 0 then gap else 0 end as missing
      from levels
    )
    select territory_id, day, '' as part, place_id as record_id,
      missing - coalesce(
        lag(missing) over (partition by territory_id, place_id order by day), 0
      ) as amount
    from shortages
"""
"""Decided places less those who serve, never below zero, for each unit: as changes by day."""

INDICATORS = (
    Indicator(
        "FORCE_TEAMS",
        pgettext_lazy("indicator", "Security and Order Protection Teams"),
        _("Teams whose establishment was decided and that are not dissolved on the day."),
        Unit.TEAM,
        Form.STOCK,
        Source.COUNTED,
        record="teams.team",
        feeds=("team.",),
        feeds_whole_place=True,
        definition="""
            select territory_id, established_on as day, '' as part, id as record_id, 1 as amount
            from teams_team
            union all
            select territory_id, dissolved_on, '', id, -1
            from teams_team where dissolved_on is not null
        """,
    ),
    Indicator(
        "FORCE_MEMBERS",
        pgettext_lazy("indicator", "Members"),
        _(
            "People who were recognised as members and whose membership has not ended on "
            "the day; one person counts once."
        ),
        Unit.PERSON,
        Form.STOCK,
        Source.COUNTED,
        record="personnel.membership",
        feeds=SERVING,
        feeds_whole_place=True,
        definition="""
            select territory_id, recognised_on as day, '' as part, id as record_id, 1 as amount
            from personnel_membership
            union all
            select territory_id, ended_on, '', id, -1
            from personnel_membership where ended_on is not null
        """,
    ),
    Indicator(
        "FORCE_AVG_SIZE",
        pgettext_lazy("indicator", "Average members per Team"),
        _("Members divided by Teams, worked out anew at each level."),
        Unit.PERSON_PER_TEAM,
        Form.RATIO,
        Source.COUNTED,
        numerator="FORCE_MEMBERS",
        denominator="FORCE_TEAMS",
    ),
    Indicator(
        "FORCE_PLANNED_MEMBERS",
        pgettext_lazy("indicator", "Members decided by the province"),
        _("Members that the provincial People's Committee decided for the villages."),
        Unit.PERSON,
        Form.STOCK,
        Source.COUNTED,
        record="teams.decidedstrength",
        feeds=("strength.",),
        feeds_whole_place=True,
        definition="""
            select territory_id, valid_from as day, '' as part, id as record_id, number as amount
            from teams_decidedstrength
            union all
            select territory_id, valid_to, '', id, -number
            from teams_decidedstrength where valid_to is not null
        """,
    ),
    Indicator(
        "FORCE_FILL_RATE",
        pgettext_lazy("indicator", "Fill rate"),
        _("Members divided by the decided number."),
        Unit.PERCENT,
        Form.RATIO,
        Source.COUNTED,
        numerator="FORCE_MEMBERS",
        denominator="FORCE_PLANNED_MEMBERS",
        factor=100,
    ),
    Indicator(
        "FORCE_VACANCIES",
        pgettext_lazy("indicator", "Vacant places"),
        _(
            "Decided places that nobody serves, village by village, then added up; a "
            "surplus in one village does not fill a gap in another."
        ),
        Unit.PERSON,
        Form.STOCK,
        Source.COUNTED,
        record="territory.territory",
        feeds=("strength.", *SERVING),
        feeds_whole_place=True,
        definition=SHORTAGES.replace("unit_id", "village_id"),
    ),
    Indicator(
        "FORCE_UNDERSTAFFED_COMMUNES",
        pgettext_lazy("indicator", "Communes not fully recruited"),
        _("Communes in which fewer members serve than were decided."),
        Unit.COMMUNE,
        Form.STOCK,
        Source.COUNTED,
        record="territory.territory",
        feeds=("strength.", *SERVING),
        feeds_whole_place=True,
        definition=SHORTAGES.replace("unit_id", "territory_id").replace("then gap", "then 1"),
    ),
    Indicator(
        "FORCE_ORIGIN",
        pgettext_lazy("indicator", "Former force of origin"),
        _(
            "Serving members by the force they came from: ward guards, semi-professional "
            "commune police, heads of civil-defence fire teams, or newly selected."
        ),
        Unit.PERSON,
        Form.STOCK,
        Source.COUNTED,
        record="personnel.membership",
        feeds=SERVING,
        feeds_whole_place=True,
        part_labels=labels(Origin),
        definition="""
            select s.territory_id, s.recognised_on as day, m.origin as part, s.id as record_id,
              1 as amount
            from personnel_membership s join personnel_member m on m.id = s.member_id
            union all
            select s.territory_id, s.ended_on, m.origin, s.id, -1
            from personnel_membership s join personnel_member m on m.id = s.member_id
            where s.ended_on is not null
        """,
    ),
    Indicator(
        "FORCE_TASK_GROUPS",
        pgettext_lazy("indicator", "Task groups"),
        _("The task groups of Law 30/2023 Art. 7 to 12."),
        Unit.GROUP,
        Form.FIXED,
        Source.LAW,
        fixed=len(TaskGroup),
    ),
    Indicator(
        "FORCE_TRAINED",
        pgettext_lazy("indicator", "Members trained"),
        _(
            "Serving members who completed at least one course in the period; one person "
            "counts once."
        ),
        Unit.PERSON,
        Form.FLOW,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "FORCE_TRAINED_RATE",
        pgettext_lazy("indicator", "Share trained in the year"),
        _("Members trained divided by the members who served on any day of the period."),
        Unit.PERCENT,
        Form.RATIO,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "FORCE_WORKPLACE_RATE",
        pgettext_lazy("indicator", "Teams with a workplace"),
        _("Teams with a workplace divided by Teams."),
        Unit.PERCENT,
        Form.RATIO,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "FORCE_TOOLS_RATE",
        pgettext_lazy("indicator", "Support tools against the norm"),
        _("Serviceable support tools held divided by those due under Circular 14/2024 Art. 8."),
        Unit.PERCENT,
        Form.RATIO,
        Source.LATER,
        since=PLANNED,
        public=Public.NO,
    ),
    Indicator(
        "FORCE_EQUIP_RATE",
        pgettext_lazy("indicator", "Workplace equipment against the norm"),
        _("Items held divided by the minimum of Decree 40/2024 Art. 4."),
        Unit.PERCENT,
        Form.RATIO,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "FORCE_REMOTE_EQUIP_RATE",
        pgettext_lazy("indicator", "Equipment in remote and disadvantaged areas"),
        _("The same in mountain, island, border and specially difficult areas."),
        Unit.PERCENT,
        Form.RATIO,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "FORCE_FUNDED_RATE",
        pgettext_lazy("indicator", "Teams with operating funds"),
        _("Teams that received operating funds in the budget year divided by Teams."),
        Unit.PERCENT,
        Form.RATIO,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "FORCE_SUPPORT_MEDIAN",
        pgettext_lazy("indicator", "Monthly support (median)"),
        _("The middle one of the monthly supports that were paid."),
        Unit.DONG_A_MONTH,
        Form.MEDIAN,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "FORCE_FUEL_SUPPORT",
        pgettext_lazy("indicator", "Vehicle and fuel support"),
        _("Vehicle and fuel support paid for assigned duty."),
        Unit.DONG,
        Form.FLOW,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "FORCE_VSI_RATE",
        pgettext_lazy("indicator", "Members with social-insurance support"),
        _("Members with support for voluntary social insurance divided by members."),
        Unit.PERCENT,
        Form.RATIO,
        Source.LATER,
        since=PLANNED,
    ),
    Indicator(
        "FORCE_HI_RATE",
        pgettext_lazy("indicator", "Members with health-insurance support"),
        _("Members with support for health insurance divided by members."),
        Unit.PERCENT,
        Form.RATIO,
        Source.LATER,
        since=PLANNED,
    ),
)
