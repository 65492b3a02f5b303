# SPDX-License-Identifier: AGPL-3.0-or-later
"""The six task groups (Law 30/2023/QH15 Art. 7 to 12)."""

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.reports.composing import Composer
from binhyen.reports.sentences import Chart, Heading, Part


def task_groups(composer: Composer) -> tuple[Text, list[Part]]:
    """What was done, group by group, always with the effort beside the result."""
    parts: list[Part] = []
    groups = (_awareness, _movement, _fire_rescue, _admin_order, _education, _patrol)
    for number, group in enumerate(groups, start=1):
        title, body = group(composer)
        parts += [Heading(title, 2, f"{number}."), *body]
    return _("Results of the six task groups"), parts


def _awareness(composer: Composer) -> tuple[Text, list[Part]]:
    parts: list[Part] = [
        composer.say(
            _(
                "Teams handed %(reports)s reports on security, order and social evils to commune"
                " police, half of them within %(delay)s minutes of receiving them."
            ),
            reports="ACT_REPORTS",
            delay="ACT_HANDOVER_DELAY",
        ),
        composer.say(
            _(
                "The resolution of %(cases)s cases was supported, %(rate)s cases for every hundred"
                " reports; several reports may belong to one case."
            ),
            cases="ACT_CASES_SUPPORTED",
            rate="ACT_REPORT_TO_CASE",
        ),
        *_by_month(composer, "ACT_REPORTS", _("Reports by month")),
    ]
    return _("Support for awareness of the security situation"), parts


def _movement(composer: Composer) -> tuple[Text, list[Part]]:
    return _("Support for the people's movement"), [
        composer.say(
            _("%(meetings)s outreach meetings were held with %(audience)s attendances."),
            meetings="ACT_OUTREACH",
            audience="ACT_OUTREACH_REACH",
        ),
        composer.say(
            _("%(points)s points of self-defence, self-management models were active."),
            points="MOV_POINTS",
        ),
    ]


def _fire_rescue(composer: Composer) -> tuple[Text, list[Part]]:
    return _("Support for fire prevention, fire-fighting and rescue"), [
        composer.say(
            _(
                "Teams took part in %(fires)s fires, %(rescues)s rescues and %(disasters)s"
                " responses to natural disasters."
            ),
            fires="ACT_FIRE",
            rescues="ACT_RESCUE",
            disasters="ACT_DISASTER",
        ),
        composer.say(
            _(
                "They helped %(people)s people to evacuate and brought food and supplies"
                " %(deliveries)s times."
            ),
            people="ACT_EVACUATED",
            deliveries="ACT_FOOD_DELIVERIES",
        ),
    ]


def _admin_order(composer: Composer) -> tuple[Text, list[Part]]:
    return _("Support for administrative order"), [
        composer.say(
            _("Teams supported commune police in administrative order %(times)s times."),
            times="ACT_ADMIN_SUPPORT",
        ),
        composer.say(
            _(
                "People handed in %(guns)s guns, %(primitive)s primitive weapons and"
                " %(firecrackers)s pieces of firecrackers."
            ),
            guns="WPN_GUNS",
            primitive="WPN_PRIMITIVE",
            firecrackers="WPN_FIRECRACKER",
        ),
    ]


def _education(composer: Composer) -> tuple[Text, list[Part]]:
    return _("Support for educating people who broke the law"), [
        composer.say(
            _("%(visits)s visits were made on tasks that commune police gave."),
            visits="ACT_EDUCATION",
        ),
    ]


def _patrol(composer: Composer) -> tuple[Text, list[Part]]:
    parts: list[Part] = [
        composer.say(
            _("Teams went on %(patrols)s patrols, %(hours)s member-hours in all."),
            patrols="ACT_PATROLS",
            hours="ACT_PATROL_HOURS",
        ),
        composer.say(
            _(
                "On them they found %(violations)s violations of security and order and handed"
                " them to commune police, %(rate)s for every thousand patrols."
            ),
            violations="ACT_VIOLATIONS",
            rate="ACT_VIOLATIONS_PER_1000",
        ),
        composer.say(
            _("They helped with traffic and cleared jams %(times)s times."), times="ACT_TRAFFIC"
        ),
    ]
    parts += _by_month(composer, "ACT_PATROLS", _("Patrols by month"))
    return _("Support for patrol, traffic safety and mobilised duty"), parts


def _by_month(composer: Composer, code: str, title: Text) -> list[Part]:
    """A line over the whole months of the period, where there are enough for one."""
    months = composer.numbers.by_month.get(code, {})
    points = [(month, value) for month, value in sorted(months.items()) if value is not None]
    return [Chart("line", title, code, points)] if len(points) > 2 else []
