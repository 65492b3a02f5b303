# SPDX-License-Identifier: AGPL-3.0-or-later
"""The registry of personal fields is complete: nothing is kept that nobody declared (P1)."""

from django.db import models

from binhyen.core.personal import Personal
from tests.architecture.source import label, own_models

WITH_PEOPLE = {
    *("approvals", "accounts", "teams", "personnel", "patrols", "incidents", "indicators"),
    *("norms", "duty", "reports", "api", "office", "demo", "core", "sync", "attachments"),
    *("entitlements", "budgets"),
}
TELLING = (
    models.CharField,
    models.TextField,
    models.DateField,
    models.JSONField,
    models.FileField,
    models.BinaryField,
    models.GenericIPAddressField,
)
"""Kinds of field that can say something about a person. DateTimeField is a DateField."""

IMPERSONAL: dict[str, dict[str, str]] = {
    "decisions and days of a team or a village": {
        "teams.Team": "name name_folded name_order established_on dissolved_on",
        "teams.TeamDecision": "kind number decided_on note",
        "teams.ServedVillage": "valid_from valid_to",
        "teams.DecidedStrength": "valid_from valid_to decision",
    },
    "what a duty was, when and where; who served stands in the crew": {
        "patrols.Patrol": "state task_group on_day planned_start planned_end started_at ended_at"
        " route objective kit plan_number",
        "patrols.Finding": "on_day kind found_at handed_at place",
        "patrols.TrafficHelp": "on_day kind started_at place",
    },
    "what a shift is, when and where; who is on it stands in the assignments": {
        "duty.Shift": "kind state on_day starts_at ends_at place plan_number began_at ended_at",
    },
    "what a resolution says; the names beside it are declared": {
        "norms.Resolution": "number adopted_on valid_from valid_to digest state approved_at"
        " replaces source note origin document_name",
        "norms.CommuneSet": "name",
        "norms.NormValue": "item role case unit counted note source",
        "norms.Holding": "valid_from valid_to",
    },
    "which month, where it stands, sums and the values of resolutions; names are declared": {
        "entitlements.Sheet": "month kind why note state totals support values digest computed_at"
        " frozen_at sent_back_why approved_at",
    },
    "plans, sums, papers and days of money; names of people are declared": {
        "budgets.Budget": "why state number sent_back_why approved_on settled_on settlement",
        "budgets.BudgetLine": "item source",
        "budgets.Allocation": "on_day source number struck_on struck_why body",
        "budgets.Receipt": "on_day source number struck_on struck_why item thing giver",
        "budgets.Spending": "on_day source number struck_on struck_why item",
    },
    "closed kinds, days and numbers of what happened at a place": {
        "incidents.Case": "number category confirmed_on outcome concluded_on",
        "incidents.Report": "category channel state on_day received_at handed_at handed_on"
        " closed_at",
        "incidents.Dispute": "kind state noticed_on closed_on",
    },
    "sums, their periods and their sources": {
        "indicators.Fact": "indicator grain start part",
        "indicators.Recorded": "kind grain start communes",
        "indicators.TypedFigure": "indicator starts_on ends_on source signed_on doubt",
        "reports.Review": "starts_on ends_on made_at numbers digest",
    },
    "what was asked for, where and for how long; the names beside it are declared": {
        "approvals.Approval": "what why valid_to state asked_at answered_at answer used_at",
    },
    "how long a phone's ticket is good": {"accounts.Ticket": "valid_to used_at"},
    "what became of an operation, and checks over its bytes; the bytes themselves are declared": {
        "sync.Operation": "kind sig digest code standing word why object_type resolved_at safe_at",
    },
    "what is attached to which record; that its file shows something is declared": {
        "attachments.Attachment": "belongs_type kind media_type added_at erased_at",
        "sync.Blob": "media_type digest key state word why safe_at erased_at cleared_at",
    },
    "keys of the server and the name of its history": {
        "sync.SealKey": "public private made_at",
        "sync.Epoch": "began_at",
    },
    "limits of a program's key": {
        "accounts.Token": "label path verbs valid_to revoked_at last_used_on",
    },
    "what happened to which record; `detail` holds no personal data by the rule of actions": {
        "core.Event": "at kind object_type path on_day was_on_day purpose detail",
    },
}
"""Fields that say nothing about a person, by the reason why."""


def telling_fields() -> list[models.Field]:
    """Fields that can say something about a person, in the apps that hold people."""
    return [
        field
        for model in own_models()
        if model._meta.app_label in WITH_PEOPLE
        for field in model._meta.concrete_fields
        if isinstance(field, TELLING)
    ]


def impersonal() -> set[str]:
    """The labels of the fields above."""
    return {
        f"{model}.{name}"
        for listed in IMPERSONAL.values()
        for model, names in listed.items()
        for name in names.split()
    }


def declared(model: type[models.Model]) -> dict[str, Personal]:
    """A model's own entries in the registry."""
    found: dict[str, Personal] = getattr(model, "personal", {})
    return found


def test_every_telling_field_is_declared_or_impersonal() -> None:
    known = impersonal()
    assert not [
        label(field)
        for field in telling_fields()
        if field.name not in declared(field.model) and label(field) not in known
    ]


def test_no_field_is_both_personal_and_impersonal() -> None:
    known = impersonal()
    assert not [
        label(field)
        for field in telling_fields()
        if field.name in declared(field.model) and label(field) in known
    ]


def test_registry_and_list_name_only_fields_that_exist() -> None:
    existing = {label(field) for model in own_models() for field in model._meta.concrete_fields}
    entries = {
        f"{model._meta.app_label}.{model.__name__}.{name}"
        for model in own_models()
        for name in declared(model)
    }
    assert not (entries | impersonal()) - existing


def test_every_entry_says_purpose_basis_and_retention() -> None:
    empty = [
        f"{model.__name__}.{name}"
        for model in own_models()
        for name, entry in declared(model).items()
        if not (str(entry.purpose).strip() and entry.basis.strip() and entry.retention.strip())
    ]
    assert not empty
