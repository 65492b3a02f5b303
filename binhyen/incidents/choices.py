# SPDX-License-Identifier: AGPL-3.0-or-later
"""Closed lists of reports, cases and disputes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.TextChoices):
    """What a report is about; nothing outside this list is taken."""

    VIOLATION = "violation", _("Violation of law")
    SOCIAL_EVIL = "social_evil", _("Social evil")
    DOMESTIC_VIOLENCE = "domestic_violence", _("Domestic violence")
    DISPUTE = "dispute", _("Dispute")
    FIRE = "fire", _("Fire")
    ACCIDENT = "accident", _("Accident")
    DISASTER = "disaster", _("Natural disaster")


LAW_CATEGORIES = (Category.VIOLATION, Category.SOCIAL_EVIL, Category.DOMESTIC_VIOLENCE)
"""Law 30/2023 Art. 7(1): the only ones that count as ACT_REPORTS."""


class Channel(models.TextChoices):
    """How a report came in; who told it is not stored."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    NOTICED = "noticed", _("Noticed by the team")
    ANONYMOUS = "anonymous", _("Anonymous")


class ReportState(models.TextChoices):
    """received -> handed -> assigned -> closed; withdrawn from any open state."""

    RECEIVED = "received", pgettext_lazy("report", "Received")
    HANDED = "handed", _("Handed over to commune police")
    ASSIGNED = "assigned", _("Being dealt with")
    CLOSED = "closed", pgettext_lazy("report", "Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class WithdrawReason(models.TextChoices):
    """Why a report is taken out of the figures; a class, never a story."""

    IN_ERROR = "in_error", _("Entered in error")
    DUPLICATE = "duplicate", _("The same report was recorded before")
    NOT_OURS = "not_ours", _("Not a matter for the team or commune police")
    TAKEN_BACK = "taken_back", _("Taken back by the person who told it")


class Topic(models.TextChoices):
    """What a report is never about; its text is scanned for these."""

    RELIGION = "religion", _("religion")
    ETHNICITY = "ethnicity", _("ethnicity")
    POLITICS = "politics", _("politics")
    SEXUALITY = "sexuality", _("sexual orientation")
    UNION = "union", _("unions and associations")
    PETITION = "petition", _("complaints and petitions")
    NAME = "name", _("a person's name")


class Outcome(models.TextChoices):
    """How a case ended, as the police confirmed; classes only."""

    RESOLVED_LOCALLY = "resolved_locally", _("Resolved in the commune")
    ADMINISTRATIVE = "administrative", _("Administrative measure by the competent authority")
    INVESTIGATION = "investigation", _("Passed to the investigation body")
    MEDIATED = "mediated", _("Settled by mediation")
    ASSISTED = "assisted", _("Help was given")
    UNFOUNDED = "unfounded", _("Checked, nothing found")


SUPPORTED_OUTCOMES = tuple(o for o in Outcome if o is not Outcome.UNFOUNDED)
"""Outcomes of a case whose resolution was supported (ACT_CASES_SUPPORTED)."""


class DisputeKind(models.TextChoices):
    """Kinds of dispute; content and parties are never stored (privacy)."""

    LAND = "land", _("Land or boundary")
    NEIGHBOURS = "neighbours", _("Between neighbours")
    FAMILY = "family", _("Within a family")
    DEBT = "debt", _("Debt or contract")
    NOISE = "noise", _("Noise, environment")
    OTHER = "other", _("Other")


class DisputeState(models.TextChoices):
    """open -> settled | not settled | referred."""

    OPEN = "open", pgettext_lazy("dispute", "Open")
    SETTLED = "settled", pgettext_lazy("dispute", "Settled")
    NOT_SETTLED = "not_settled", _("Not settled")
    REFERRED = "referred", _("Referred to the competent authority")
