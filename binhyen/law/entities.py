# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom the rules are about: a member, a claim or a candidate: one row of facts each."""

from openfisca_core.entities import Entity
from openfisca_core.periods import DAY, MONTH

from binhyen.law.engine import Whole

MEMBER = Entity(
    "member",
    "members",
    "A member of a Team in one month",
    "One row of facts; a member whose part or zone changed in the month has one row for each.",
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
