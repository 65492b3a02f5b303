# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about the own account: roles, language, security, keys; and the policy in plain words."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from binhyen.accounts import actions, actions_tokens, forms, policy_page, queries
from binhyen.accounts.adapter import keep_language
from binhyen.accounts.guards import ActorRequest, any_account, confirmed, signed_in
from binhyen.accounts.models import Appointment, Token, User
from binhyen.accounts.permissions import MAKE_TOKEN
from binhyen.accounts.words import role_name
from binhyen.core import events
from binhyen.core.actors import POLICY, Actor
from binhyen.core.pages import (
    THEMES,
    Action,
    Badge,
    Column,
    Section,
    form_page,
    record_page,
    say,
    theme_of,
)

_OWN = "one's own account"


@any_account(_OWN)
def my_account(request: ActorRequest) -> HttpResponse:
    """Who I am here: roles, language, security, keys."""
    user = queries.account_of(request.actor)
    sections = [_my_roles(user, request.actor), _look(request, user)]
    if request.actor.can_anywhere(MAKE_TOKEN):
        sections.append(_my_tokens(user, request.actor))
    return record_page(
        request,
        kind=_("My account"),
        title=user.full_name,
        template="accounts/account.html",
        facts=[(_("User name"), user.username), (_("Email"), user.email)],
        actions=[
            Action(_("Second factor"), reverse("mfa_index"), icon="key"),
            Action(_("Change password"), reverse("account_change_password")),
            Action(_("My phones"), reverse("my-devices"), icon="phone"),
        ],
        sections=sections,
    )


def _my_roles(user: User, actor: Actor) -> Section:
    return Section(
        _("My roles"),
        columns=(
            Column("role", _("Role"), lambda row: role_name(row.role)),
            Column("place", _("Place"), lambda row: row.territory.full_name),
            Column("from", _("From"), lambda row: row.valid_from),
            Column("until", _("Last day"), last_day),
            Column("state", _("State"), lambda row: state_of(row, actor)),
        ),
        records=queries.own_appointments(user),
        empty=_("You hold no role yet, so there is nothing to see. Ask whoever appoints you."),
        action=Action(_("Who may do what"), reverse("policy")),
    )


def last_day(row: Appointment | Token) -> Any:
    """The last day included, as people write it."""
    return row.valid_to and row.valid_to - timedelta(days=1)


def state_of(row: Appointment, actor: Actor) -> Badge:
    """Whether a role is held today."""
    if row.valid_to is not None and row.valid_to <= actor.on:
        return Badge(_("Ended"))
    if row.valid_from > actor.on:
        return Badge(_("Not yet"))
    return Badge(_("Acting"), "main") if row.is_acting else Badge(_("In force"), "good")


def _look(request: ActorRequest, user: User) -> Section:
    return Section(
        _("Language and colours"),
        template="accounts/look.html",
        data={
            "languages": settings.LANGUAGES,
            "language": user.language,
            "themes": [(name, _THEME_WORDS[name]) for name in THEMES],
            "theme": theme_of(request),
        },
    )


_THEME_WORDS = {"auto": _("As on this device"), "light": _("Light"), "dark": _("Dark")}


def _my_tokens(user: User, actor: Actor) -> Section:
    return Section(
        _("Keys for programs"),
        columns=(
            Column("label", _("What it is for"), lambda row: row.label),
            Column("until", _("Last day"), last_day),
            Column("used", _("Last used on"), lambda row: row.last_used_on),
            Column("state", _("State"), lambda row: _token_state(row, actor)),
        ),
        records=queries.own_tokens(user),
        row_url=lambda row: reverse("token", args=[row.id]),
        empty=_("You have made no key."),
        note=_("With a key a program reads or writes as you, in less area and until a day."),
        action=Action(_("Make a key"), reverse("token-new"), icon="plus"),
    )


def _token_state(token: Token, actor: Actor) -> Badge:
    if token.revoked_at is not None:
        return Badge(_("Revoked"))
    return Badge(_("In force"), "good") if actor.on < token.valid_to else Badge(_("Ended"))


@require_POST
@any_account(_OWN)
def my_language(request: ActorRequest) -> HttpResponse:
    """Choose the language of all my devices."""
    user = queries.account_of(request.actor)
    chosen = actions.choose_language(
        by=request.actor, user=user, language=request.POST.get("language", "")
    )
    response = redirect("my-account")
    keep_language(response, chosen.language, secure=request.is_secure())
    return response


@signed_in(MAKE_TOKEN)
@confirmed
def make_token(request: ActorRequest) -> HttpResponse:
    """Make a key; its secret is shown once, on the answer itself."""
    form = forms.TokenForm(request.POST or None, by=request.actor)
    if form.done(actions_tokens.make_token, by=request.actor):
        return _shown_once(request, form.result)
    return form_page(
        request, form, kind=_("My account"), title=_("Make a key"),
        intro=_("The key is shown once. Keep it where only the program can read it."),
        cancel_url=reverse("my-account"),
    )  # fmt: skip


def _shown_once(request: ActorRequest, made: actions_tokens.MadeToken) -> HttpResponse:
    return record_page(
        request,
        kind=_("Key for a program"),
        title=made.token.label,
        template="accounts/secret.html",
        facts=[],
        secret=made.secret,
        lead=_("This is the key. It is shown only now; we keep nothing that could be read back."),
        gone=_("This key was already shown. If it was not noted, revoke it and make a new one."),
        next_url=reverse("token", args=[made.token.id]),
    )


@any_account(_OWN)
def token_page(request: ActorRequest, token_id: UUID) -> HttpResponse:
    """One of my keys."""
    token = queries.own_token(queries.account_of(request.actor), token_id)
    place = queries.place_of_token(token, on=request.actor.on)
    revoke = Action(_("Revoke"), reverse("token-revoke", args=[token.id]), method="post")
    return record_page(
        request,
        kind=_("Key for a program"),
        title=token.label,
        state=_token_state(token, request.actor),
        actions=[] if token.revoked_at else [revoke],
        facts=[
            (_("Area"), place.full_name if place else token.path),
            (_("What it may do"), [_verb_name(key) for key in token.verbs]),
            (_("Last day"), last_day(token)),
            (_("Last used on"), token.last_used_on),
            (_("Revoked at"), token.revoked_at),
        ],
        history=events.history(token),
    )


def _verb_name(key: str) -> str:
    return str(POLICY.verbs[key].title) if key in POLICY.verbs else key


@require_POST
@any_account(_OWN)
def revoke_token(request: ActorRequest, token_id: UUID) -> HttpResponse:
    """End one of my keys at once."""
    token = queries.own_token(queries.account_of(request.actor), token_id)
    actions_tokens.revoke_token(by=request.actor, token=token)
    say(request, _("The key was revoked; no program can use it any more."))
    return redirect("token", token.id)


@any_account("everybody may know who may do what")
def policy(request: ActorRequest) -> HttpResponse:
    """The policy table in plain words."""
    return render(
        request,
        "accounts/policy.html",
        {
            "title": _("Who may do what"),
            "roles": policy_page.roles(),
            "headings": policy_page.HEADINGS,
        },
    )
