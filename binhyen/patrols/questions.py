# SPDX-License-Identifier: AGPL-3.0-or-later
"""Quiet questions about a record that is hard to believe: for its author and commune police.

A question is about one record and asks whether it is right. It counts nothing, blames nobody, is
kept nowhere, and the record counts in every figure as it stands until somebody corrects it.
"""

from datetime import timedelta
from typing import Any

from django.db.models import (
    DateField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models import Value as Constant
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from binhyen.core.templatetags.show import number
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Patrol, PatrolMember

FASTEST_KMH = 10
"""Faster than this nobody walks for a whole patrol."""
AROUND = timedelta(days=90)
ALIKE = 2
"""With so many others of the same team, way, length and minutes within the days around."""


def too_far(rows: QuerySet[Patrol]) -> QuerySet[Patrol]:
    """Those patrols done whose way is longer than anybody walks in their time."""
    # What is stored are the minutes of all members together.
    crew = Coalesce(_number(PatrolMember.everything.filter(patrol=OuterRef("pk"))), 0)
    return rows.filter(
        state=PatrolState.DONE,
        distance_m__gt=0,
        member_minutes__lt=F("distance_m") * crew * 60 / (FASTEST_KMH * 1000),
    )


def alike(rows: QuerySet[Patrol]) -> QuerySet[Patrol]:
    """Those patrols done that say the same as several others of their team in these weeks."""
    others = Patrol.everything.filter(
        team=OuterRef("team"),
        state=PatrolState.DONE,
        on_day__gt=_days_from("on_day", -AROUND),
        on_day__lt=_days_from("on_day", AROUND),
        route=OuterRef("route"),
        distance_m=OuterRef("distance_m"),
        member_minutes=OuterRef("member_minutes"),
    )
    return (
        rows.filter(state=PatrolState.DONE, distance_m__gt=0)
        .alias(said=_number(others))
        .filter(said__gt=ALIKE)
    )


def worth_asking(rows: QuerySet[Patrol]) -> QuerySet[Patrol]:
    """Those patrols about which there is a question."""
    return too_far(rows) | alike(rows)


def questions(patrol: Patrol) -> list[str]:
    """What may be asked about one patrol, each as a sentence."""
    if patrol.state != PatrolState.DONE or patrol.distance_m is None:
        return []
    found = []
    this = Patrol.everything.filter(pk=patrol.pk)
    if too_far(this).exists():
        minutes = patrol.member_minutes // patrol.crew.count()
        found.append(
            _("%(km)s km in %(minutes)s minutes is more than anybody walks. Was it driven, or is"
              " the distance wrong?")
            % {"km": number(patrol.distance_m / 1000, 1), "minutes": number(minutes)}
        )  # fmt: skip
    if alike(this).exists():
        found.append(
            _("Several patrols of this team around this day have the same way, distance and"
              " minutes. Was each recorded as it was?")
        )  # fmt: skip
    return found


def _number(rows: QuerySet[Any]) -> Subquery:
    """How many rows there are, as part of another question."""
    counted = Func("pk", function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(number=counted).values("number"))


def _days_from(day: str, days: timedelta) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(OuterRef(day) + Constant(days), DateField())
