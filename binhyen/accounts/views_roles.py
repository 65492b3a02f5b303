# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about who holds which role: the list, one role, giving, ending, accounts and access."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.accounts import actions, forms, queries
from binhyen.accounts.choices import Role
from binhyen.accounts.guards import ActorRequest, confirmed, signed_in
from binhyen.accounts.models import Appointment
from binhyen.accounts.permissions import APPOINT, VIEW_ACCOUNTS
from binhyen.accounts.views import last_day, state_of
from binhyen.accounts.words import role_name
from binhyen.approvals.exports import What, let_out
from binhyen.approvals.queries import place_of
from binhyen.core import events
from binhyen.core.errors import Text
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action, form_page, permitted, record_page, say
from binhyen.core.text import fold


class RoleListing(Listing):
    """Roles held today or later in the reader's area."""

    name = "roles"
    title = _("Who holds which role")
    counted = ngettext_lazy("%(count)s role", "%(count)s roles", "count")
    default_sort = "name"
    columns = (
        Column("name", _("Name"), lambda row: row.user.full_name, sort="user__name_order"),
        Column("role", _("Role"), lambda row: role_name(row.role), sort="role"),
        Column("place", _("Place"), lambda row: row.territory.full_name,
               sort=("territory__name_order", "user__name_order")),
        Column("from", _("From"), lambda row: row.valid_from, sort="valid_from",
               hide_narrow=True),
        Column("until", _("Last day"), last_day, sort="valid_to", hide_narrow=True),
        Column("acting", _("Acting"), lambda row: row.is_acting, hide_narrow=True),
    )  # fmt: skip
    filters = (
        Filter("q", _("Name"), "text",
               lambda rows, text: rows.filter(user__name_folded__contains=fold(text))),
        Filter("role", _("Role"), "choice", lambda rows, role: rows.filter(role=role),
               lambda actor: list(Role.choices)),
        Filter("place", _("Place"), "text",
               lambda rows, text: rows.filter(territory__name_folded__contains=fold(text))),
        Filter("acting", _("Acting only"), "flag", lambda rows, on: rows.filter(is_acting=True)),
    )  # fmt: skip
    empty_title = _("Nobody holds a role here")
    empty_help: Text = _("Open an account for somebody, then give it a role.")

    def row_url(self, row: Any) -> str:
        return reverse("role", args=[row.id])

    def on_export(self, request: HttpRequest, count: int, kind: str) -> None:
        actor = cast(ActorRequest, request).actor
        place = place_of(actor.scope(VIEW_ACCOUNTS), on=actor.on)
        let_out(request, what=What(self.name), rows=count, where=place)

    def actions(self, request: HttpRequest) -> list[Action]:
        return permitted(
            request,
            [
                Action(_("Give a role"), reverse("role-give"), "plus", primary=True, verb=APPOINT),
                Action(_("Open an account"), reverse("account-open"), verb=APPOINT),
                Action(_("Ended roles"), reverse("roles-ended")),
            ],
        )


class EndedRoleListing(RoleListing):
    """Roles that are no longer held."""

    name = "ended-roles"
    title = _("Ended roles")
    default_sort = "-until"
    empty_title = _("No role has ended here")
    empty_help = ""

    def actions(self, request: HttpRequest) -> list[Action]:
        return [Action(_("Roles held now"), reverse("roles"))]


@signed_in(VIEW_ACCOUNTS)
def role_list(request: ActorRequest) -> HttpResponseBase:
    """Who holds which role in the reader's area."""
    queries.note_reading_of_roles(by=request.actor)
    scope = request.actor.scope(VIEW_ACCOUNTS)
    return RoleListing().respond(request, queries.appointments_in(scope=scope, on=request.actor.on))


@signed_in(VIEW_ACCOUNTS)
def ended_role_list(request: ActorRequest) -> HttpResponseBase:
    """Who held which role in the reader's area."""
    queries.note_reading_of_roles(by=request.actor)
    scope = request.actor.scope(VIEW_ACCOUNTS)
    rows = queries.ended_appointments_in(scope=scope, on=request.actor.on)
    return EndedRoleListing().respond(request, rows)


@signed_in(VIEW_ACCOUNTS)
def role_page(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    """One role of one person."""
    actor = request.actor
    row = _role(request, appointment_id)
    decision = actor.require(VIEW_ACCOUNTS, row.territory)
    events.record_reading(row, by=actor, where=row.territory, purpose=decision.purposes[0])
    return record_page(
        request,
        kind=role_name(row.role),
        title=row.user.full_name,
        state=state_of(row, actor),
        actions=_role_actions(request, row),
        facts=[
            (_("User name"), row.user.username),
            (_("Place"), row.territory.full_name),
            (_("First day"), row.valid_from),
            (_("Last day"), last_day(row)),
            (_("Acts for somebody else"), row.is_acting),
            (_("Decision"), row.decision),
        ],
        history=events.history(row),
    )


def _role(request: ActorRequest, appointment_id: UUID) -> Appointment:
    return queries.appointment(
        scope=request.actor.scope(VIEW_ACCOUNTS), appointment_id=appointment_id
    )


def _role_actions(request: ActorRequest, row: Appointment) -> list[Action]:
    actor = request.actor
    if row.role not in queries.roles_to_give(actor, row.territory):
        return []
    ended = row.valid_to is not None and row.valid_to <= actor.on
    return [] if ended else [
        Action(_("End the role"), reverse("role-end", args=[row.id])),
        Action(_("Renew access"), reverse("access-renew", args=[row.id])),
    ]  # fmt: skip


@signed_in(APPOINT)
@confirmed
def give_role(request: ActorRequest) -> HttpResponse:
    """Give somebody with an account a role."""
    actor = request.actor
    first = {"territory": queries.place_of_work(actor, APPOINT), "valid_from": actor.on}
    form = forms.AppointForm(request.POST or None, by=actor, initial=first)
    if form.done(actions.appoint, by=actor):
        say(request, _("The role was given."))
        return redirect("role", form.result.id)
    return form_page(
        request, form, title=_("Give a role"), kind=_("Who holds which role"),
        intro=_("Rights begin on the first day and end after the last one by themselves."),
        cancel_url=reverse("roles"),
    )  # fmt: skip


@signed_in(APPOINT)
@confirmed
def end_role(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    """End a role from a day on."""
    row = _role(request, appointment_id)
    form = forms.EndRoleForm(request.POST or None, initial={"ended_on": request.actor.on})
    if form.done(actions.end_appointment, by=request.actor, appointment=row):
        say(request, _("The role was ended."))
        return redirect("role", row.id)
    return form_page(
        request, form, title=_("End the role"), kind=f"{row.user} · {role_name(row.role)}",
        intro=_("Rights end with the next click of that person; the past stays."),
        cancel_url=reverse("role", args=[row.id]),
    )  # fmt: skip


@signed_in(APPOINT)
@confirmed
def open_account(request: ActorRequest) -> HttpResponse:
    """Open an account; its first password is shown once, on the answer itself."""
    first = {"at": queries.place_of_work(request.actor, APPOINT)}
    form = forms.OpenAccountForm(request.POST or None, initial=first)
    if form.done(actions.open_account, by=request.actor):
        return _password(request, form.result, _("The account was opened"))
    return form_page(
        request, form, title=_("Open an account"), kind=_("Who holds which role"),
        intro=_("A new account sees nothing until it is given a role."),
        cancel_url=reverse("roles"),
    )  # fmt: skip


@signed_in(APPOINT)
@confirmed
def renew_access(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    """Give a new password to somebody who lost theirs, or their phone."""
    row = _role(request, appointment_id)
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    if form.done(actions.renew_access, by=request.actor, user=row.user):
        return _password(request, form.result, _("The access was renewed"))
    return form_page(
        request, form, title=_("Renew access"), kind=row.user.full_name,
        submit_label=_("Make a new password"),
        intro=_("The old password, the app with codes, passkeys and recovery codes of this account"
                " stop working, and it is signed out everywhere. Hand the new password over in"
                " person."),
        cancel_url=reverse("role", args=[row.id]),
    )  # fmt: skip


def _password(request: ActorRequest, opened: actions.OpenedAccount, title: Any) -> HttpResponse:
    return record_page(
        request,
        title=title,
        kind=opened.user.full_name,
        template="accounts/secret.html",
        facts=[(_("User name"), opened.user.username)],
        secret=opened.password,
        lead=_("This is the password for the first sign-in. It is shown only now. Hand it over in"
               " person and ask for it to be changed."),
        gone=_("This password was already shown. If it was not noted, renew the access."),
        next_url=reverse("role-give"),
    )  # fmt: skip
