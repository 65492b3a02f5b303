# SPDX-License-Identifier: AGPL-3.0-or-later
"""Closed lists of claims: kinds, states, papers, recipients, and how an accident was left."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Harm(models.TextChoices):
    """What happened to a member on duty; nothing medical."""

    ILLNESS = "illness", pgettext_lazy("accident", "Fell ill")
    INJURY = "injury", pgettext_lazy("accident", "Was hurt")
    DEATH = "death", pgettext_lazy("accident", "Died")


class Left(models.TextChoices):
    """Why no claim follows an accident."""

    INSURED = "insured", _("The insurance fund pays (Art. 24(1))")
    NO_LOSS = "no_loss", _("It cost nothing and left nothing")
    DECLINED = "declined", _("The member or the family does not claim")
    MISTAKE = "mistake", _("It was recorded by mistake")


class Kind(models.TextChoices):
    """What is claimed; each kind has its dossier."""

    TREATMENT = "treatment", _("Examination and treatment")
    CAPACITY = "capacity", _("Loss of working capacity")
    SURVIVOR = "survivor", _("Survivorship allowance")
    FUNERAL = "funeral", _("Funeral costs")


class State(models.TextChoices):
    """draft, received, (papers missing), in appraisal, appraised, granted or refused, paid."""

    DRAFT = "draft", pgettext_lazy("claim", "Draft")
    RECEIVED = "received", pgettext_lazy("claim", "Received")
    MISSING = "missing", pgettext_lazy("claim", "Papers are missing")
    CHECKED = "checked", pgettext_lazy("claim", "In appraisal")
    APPRAISED = "appraised", pgettext_lazy("claim", "Waits for the decision")
    GRANTED = "granted", pgettext_lazy("claim", "Granted")
    REFUSED = "refused", pgettext_lazy("claim", "Refused")
    PAID = "paid", pgettext_lazy("claim", "Paid")
    WITHDRAWN = "withdrawn", pgettext_lazy("claim", "Withdrawn")


class Paper(models.TextChoices):
    """Papers that a dossier may ask for; which one it asks for stands in `dossiers.yaml`."""

    APPLICATION = "application", _("Application by the person or a legal representative")
    RECEIPT = "receipt", _("Copy of the payment receipt")
    DISCHARGE = "discharge", _("Copy of the hospital discharge paper")
    COUNCIL = "council", _("Conclusion of the Medical Assessment Council")
    DEATH_EXTRACT = "death_extract", _("Copy of the death certificate or its extract")
    ASSIGNMENT = "assignment", _("Assignment, plan or mobilisation of that day")
    RELATION = "relation", _("Paper that shows the relation to the member")
    AUTHORISATION = "authorisation", _("Authorisation of the representative")


class Present(models.TextChoices):
    """Whether a paper is there."""

    MISSING = "missing", pgettext_lazy("paper", "Missing")
    PRESENT = "present", pgettext_lazy("paper", "There")
    SHARED = "shared", pgettext_lazy("paper", "Not needed: an authority shares the data")


class Recipient(models.TextChoices):
    """Who is paid. How somebody is related stands on the papers and nowhere else."""

    SELF = "self", pgettext_lazy("recipient", "The member")
    REPRESENTATIVE = "representative", _("Legal representative of the member")
    FAMILY = "family", pgettext_lazy("recipient", "The member's family")
    BURIED = "buried", _("Who arranged the funeral")


class Channel(models.TextChoices):
    """How a dossier came in."""

    IN_PERSON = "in_person", pgettext_lazy("claim", "In person")
    POST = "post", _("By post")
    SERVICE = "service", _("Through a service")
    ONLINE = "online", _("National Public Service Portal, or this system")


class Means(models.TextChoices):
    """How it is paid out."""

    TRANSFER = "transfer", _("Bank transfer")
    POSTAL = "postal", pgettext_lazy("payment", "By post")
    CASH = "cash", _("Cash at the paying body")


class Appellant(models.TextChoices):
    """Who complains about a decision; a part, never a person's record."""

    MEMBER = "member", pgettext_lazy("appellant", "The member")
    REPRESENTATIVE = "representative", pgettext_lazy("appellant", "A legal representative")
    FAMILY = "family", pgettext_lazy("appellant", "The member's family")


class Outcome(models.TextChoices):
    """What became of a complaint."""

    UPHELD = "upheld", _("The decision stands")
    CHANGED = "changed", _("The decision was changed")
    TAKEN_BACK = "taken_back", _("The complaint was taken back")
