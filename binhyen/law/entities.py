# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom the rules are about: a member (one row of facts), and a Team."""

from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.periods import DAY, MONTH

from binhyen.law.engine import Whole

MEMBER = Entity(
    "member",
    "members",
    "A member of a Team in one month",
    "One row of facts; a member whose part or zone changed in the month has one row for each.",
)
TEAM = GroupEntity(
    "team",
    "teams",
    "A Team with its area",
    "Its strength and its equipment follow from the area and the headcount.",
    roles=[{"key": "member", "plural": "members", "label": "Members"}],
)


class OfMember(Whole):
    """A whole number about a member in one month."""

    value_type = int
    entity = MEMBER
    definition_period = MONTH


class OfClaim(Whole):
    """A whole number about a claim or a candidate, on one day."""

    value_type = int
    entity = MEMBER
    definition_period = DAY


class OfTeam(Whole):
    """A whole number about a Team on one day."""

    value_type = int
    entity = TEAM
    definition_period = DAY
