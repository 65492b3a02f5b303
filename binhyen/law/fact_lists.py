# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which facts the rules ask for, with bounds and words: of a month, a claim, a candidate."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNKNOWN = -1
_DAYS, _MONEY = 31, 2_147_483_647


@dataclass(frozen=True)
class Fact:
    """One column: its name, what it counts, its bounds and what it is when nobody gives it."""

    name: str
    label: Promise
    most: int = _DAYS
    least: int = 0
    default: int = 0


FACTS = {
    fact.name: fact
    for fact in (
        Fact("role", _("Part in the Team: 0 leader, 1 deputy, 2 member"), most=2, default=2),
        Fact("days", _("Days of membership in the month"), default=0),
        Fact("village_type", _("Type of the village by its size, 0 when not known"), most=3),
        Fact("village_family", _("0 not known, 1 thôn and the like, 2 tổ dân phố and the like"),
             most=2),
        Fact("is_key_area", _("Lies in a key area"), most=1),
        Fact("qualification", _("Level of qualification as the resolution counts it"), most=9),
        Fact("nights", _("Assigned nights: duty that lies in 22:00-06:00")),
        Fact("nights_long", _("Of these, nights with the hours that the resolution asks for")),
        Fact("nights_traffic", _("Of these, nights already paid as a traffic shift")),
        Fact("nights_unassigned", _("Nights of duty without assignment, plan or mobilisation")),
        Fact("rest_days", _("Assigned duty on rest days and holidays, in days")),
        Fact("rest_days_unassigned", _("The same without assignment, plan or mobilisation")),
        Fact("hazard_days", _("Assigned hard, harmful or dangerous duty, in days")),
        Fact("hazard_days_unassigned", _("The same without assignment, plan or mobilisation")),
        Fact("hazard_special_days", _("Assigned duty of particular hazard, in days")),
        Fact("area_days", _("Days of assigned duty in an area of Art. 23(2)(c)")),
        Fact("duty_days", _("Days of assigned or mobilised duty")),
        Fact("duty_days_long", _("Of these, days with the hours that the resolution asks for")),
        Fact("duty_days_unassigned", _("Days of duty without assignment, plan or mobilisation")),
        Fact("training_days", _("Days sent to training or drill")),
        Fact("out_area_cost", _("Travel, meals and rest outside the area, in đồng"), most=_MONEY),
        Fact("traffic_nights", _("Traffic shifts of at least 4 hours in 22:00-06:00")),
        Fact("traffic_halves", _("Traffic shifts of 2 to 4 hours in 22:00-06:00")),
        Fact("traffic_days", _("Traffic shifts by day")),
        Fact("vsi_takes_part", _("Pays voluntary social insurance this month"), most=1),
        Fact("vsi_contribution", _("Its contribution in đồng, -1 when not known"),
             most=_MONEY, least=UNKNOWN, default=UNKNOWN),
        Fact("hi_takes_part", _("Has health insurance as a member this month"), most=1),
        Fact("hi_contribution", _("Its contribution in đồng, -1 when not known"),
             most=_MONEY, least=UNKNOWN, default=UNKNOWN),
        Fact("tet_gift_due", _("The Tết gift falls due in this month"), most=1),
    )
}  # fmt: skip
"""Every fact that a month can hold."""

CLAIM_FACTS = {
    fact.name: fact
    for fact in (
        Fact("cost", _("Examination and treatment as it cost, in đồng"), most=_MONEY),
        Fact("inpatient_days", _("Days in hospital until stable and discharged"), most=3_660),
        Fact("loss_percent", _("Percent of working capacity that is lost"), most=100),
        Fact("died", _("The member died"), most=1),
        Fact("on_duty", _("On duty under an assignment, a plan or a mobilisation"), most=1),
        Fact("self_harm", _("Harmed oneself on purpose"), most=1),
        Fact("private_conflict", _("Accident out of a private conflict"), most=1),
        Fact("substances", _("Use of alcohol, drugs or other such substances"), most=1),
        Fact("has_health_insurance", _("Has health insurance"), most=1),
        Fact("has_social_insurance", _("Has social insurance"), most=1),
        Fact("council_concluded", _("A Medical Assessment Council has concluded"), most=1),
    )
}
"""Every fact that a claim under Art. 24 can hold."""

PARTS = (
    ("nights_long", "nights"),
    ("nights_traffic", "nights"),
    ("duty_days_long", "duty_days"),
)
"""What is a part of what; a part of hours that nobody gives is the whole."""
OF_HOURS = {"nights_long": "nights", "duty_days_long": "duty_days"}

CANDIDATE_FACTS = {
    fact.name: fact
    for fact in (
        Fact("age", _("Age in whole years on the day of the decision"), most=130),
        Fact("over_age_decision", _("The chair has decided for the over-age candidate"), most=1),
        Fact("conduct", _("Attested by commune police: 0 not said, 1 no, 2 yes"), most=2),
        Fact("education", _("0 none, 1 primary completed, 2 lower secondary or higher"), most=2),
        Fact("eased_area", _("Border, island, mountain, specially difficult, ethnic-minority"),
             most=1),
        Fact("resides", _("Lives there regularly, with permanent or temporary residence"), most=1),
        Fact("residence_months", _("Whole months of residence"), most=1_560),
        Fact("has_priority", _("A priority case of Art. 15(3)"), most=1),
        Fact("health_certificate", _("Certified healthy by a lawful medical facility"), most=1),
    )
}  # fmt: skip
"""Every fact that a candidate can hold (Art. 13)."""
