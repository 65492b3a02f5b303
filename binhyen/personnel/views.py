# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about members: the list, one file, one's own file, and each decision about a member."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from binhyen.accounts.permissions import VIEW_ACCESS_LOG
from binhyen.core import events
from binhyen.core.actors import Purpose, Verb
from binhyen.core.errors import Forbidden, Text
from binhyen.core.forms import ActionForm
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.pages import Action, Badge, Section, form_page, record_page, say, sections_for
from binhyen.core.templatetags.show import day, number
from binhyen.personnel import actions, forms, queries, readings, sections
from binhyen.personnel.choices import PURPOSES
from binhyen.personnel.listing import MemberListing
from binhyen.personnel.models import Member, Membership
from binhyen.personnel.permissions import END_MEMBERSHIP, RECOGNISE, VIEW_MEMBER, VIEW_OWN_FILE
from binhyen.personnel.readings import OpenFile, PurposeNeeded
from binhyen.personnel.rules import age_on
from binhyen.teams.choices import Post

_FACTS = ("phone", "born_on", "sex", "origin")


@signed_in(VIEW_MEMBER)
def member_list(request: ActorRequest) -> HttpResponseBase:
    """The members of the reader's area or team; plain members come to their own file."""
    reach = queries.list_reach(request.actor)
    if reach.scope.is_empty:
        return redirect("my-file")
    rows = queries.members_in(scope=reach.scope, on=request.actor.on, fields=reach.fields)
    return MemberListing(request.actor, reach).respond(request, rows)


@signed_in(VIEW_OWN_FILE)
def my_file(request: ActorRequest) -> HttpResponse:
    """The reader's own file."""
    if request.actor.member_id is None:
        raise Forbidden
    return _file(request, request.actor.member_id)


@signed_in(VIEW_MEMBER)
def member_page(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """One file, with the fields that the reader's role allows."""
    return _file(request, member_id)


def _file(request: ActorRequest, member_id: UUID) -> HttpResponse:
    try:
        opened = readings.open_file(
            by=request.actor, member_id=member_id, purpose=request.GET.get("purpose", "")
        )
    except PurposeNeeded as needed:
        return _ask_purpose(request, needed)
    actor, member = request.actor, opened.member
    now = queries.membership_now(
        scope=actor.scope(VIEW_MEMBER), member_id=member_id, on=actor.on, fields=opened.fields
    )
    in_full = opened.fields is None
    history = queries.memberships_of(member) if in_full else []
    shown = _over_time(request, history) if in_full else []
    shown += sections_for("member", request, member)
    if actor.can(VIEW_ACCESS_LOG, member.territory, member=member.id):
        shown.append(sections.readings_section(member))
    return record_page(
        request,
        kind=_("Member"),
        title=member.full_name,
        state=_state(request, history[0]) if history else None,
        actions=_next_steps(request, history[0]) if history else [],
        facts=_facts(request, opened, now),
        sections=shown,
        history=events.history(member) if in_full else [],
    )


def _ask_purpose(request: ActorRequest, needed: PurposeNeeded) -> HttpResponse:
    return record_page(
        request,
        title=_("Why do you open this file?"),
        facts=[
            (_("Why this is asked"), _("Every reading is recorded, and the member can see it."))
        ],
        actions=[
            Action(PURPOSES[purpose], f"{request.path}?purpose={purpose}")
            for purpose in needed.purposes
        ],
    )


def _facts(request: ActorRequest, opened: OpenFile, now: Any) -> list[tuple[Text, Any]]:
    """What the reader may see; fields that were not selected are never touched."""
    member, on = opened.member, request.actor.on
    facts: list[tuple[Text, Any]] = []
    if now is not None:
        facts += [
            (_("Role in the team"), Post(now.post).label if now.post else None),
            (_("Team"), now.team.name),
            (_("Village"), now.village.full_name),
        ]
    told: dict[str, Any] = {
        "phone": lambda: (_("Phone"), member.phone),
        "born_on": lambda: (
            _("Date of birth"),
            _("%(day)s (%(age)s years old)")
            % {"day": day(member.born_on), "age": number(age_on(member.born_on, on))},
        ),
        "sex": lambda: (_("Sex"), member.get_sex_display()),
        "origin": lambda: (_("Former force"), member.get_origin_display()),
    }
    facts += [told[name]() for name in _FACTS if opened.shows(name)]
    facts.append((_("Commune"), member.territory.full_name))
    if opened.shows("over_age_decision") and now is not None and now.over_age_decision:
        facts.append((_("Decision on a member over 70"), now.over_age_decision))
    return facts


def _over_time(request: ActorRequest, history: list[Membership]) -> list[Section]:
    mend = None
    if history and request.actor.can(RECOGNISE, history[0].territory):
        url = reverse("member-recognition", args=[history[0].member_id])
        mend = Action(_("Correct the recognition"), url)
    return [sections.roles_of(history), sections.memberships_section(history, mend)]


def _state(request: ActorRequest, newest: Membership) -> Badge:
    if newest.ended_on is not None and newest.ended_on <= request.actor.on:
        return Badge(_("No longer serves"))
    if newest.recognised_on > request.actor.on:
        return Badge(_("Begins on %(day)s") % {"day": day(newest.recognised_on)})
    return Badge(_("Serves"), "good")


def _next_steps(request: ActorRequest, newest: Membership) -> list[Action]:
    member, actor = newest.member_id, request.actor
    steps = []
    if actor.can(RECOGNISE, newest.territory):
        if newest.ended_on is not None:
            steps.append(
                Action(_("Recognise again"), reverse("member-again", args=[member]), primary=True)
            )
        else:
            steps.append(Action(_("Change the role"), reverse("member-role", args=[member])))
        steps.append(Action(_("Correct the file"), reverse("member-correct", args=[member])))
    if newest.ended_on is None and actor.can(END_MEMBERSHIP, newest.territory):
        steps.append(Action(_("End the membership"), reverse("member-end", args=[member])))
    return steps


@signed_in(RECOGNISE)
def recognise(request: ActorRequest) -> HttpResponse:
    """Open the file of a newly recognised member."""
    areas = queries.areas_in(scope=request.actor.scope(RECOGNISE), on=request.actor.on)
    form = forms.RecogniseForm(request.POST or None, areas=areas)
    if form.done(actions.recognise_member, by=request.actor):
        say(request, _recognised(request, form.result))
        return redirect("member", form.result.id)
    return form_page(
        request, form, title=_("Recognise a member"),
        intro=_(
            "Record the decision of the chair of the People's Committee (Law 30/2023 Art. 14(5))."
        ),
        cancel_url=reverse("members"),
    )  # fmt: skip


@signed_in(RECOGNISE)
def recognise_again(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """Give a former member a new membership in the same file."""
    member = _of(request, RECOGNISE, member_id).member
    areas = [area for area in queries.areas_in(scope=request.actor.scope(RECOGNISE),
                                               on=request.actor.on)
             if area.team.territory_id == member.territory_id]  # fmt: skip
    form = forms.RecogniseAgainForm(request.POST or None, areas=areas)
    return _step(request, member, form, actions.recognise_again, {"member": member},
                 title=_("Recognise again"), done=lambda: _recognised(request, member))  # fmt: skip


def _recognised(request: ActorRequest, member: Member) -> str:
    """That it is done, and what to look at when more serve than were decided."""
    done = _("The member was recognised.")
    return f"{done} {queries.manned(member, request.actor.on).note}".strip()


@signed_in(RECOGNISE)
def change_role(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """Give a serving member another role."""
    membership = _of(request, RECOGNISE, member_id)
    form = forms.RoleForm(request.POST or None)
    return _step(request, membership.member, form, actions.change_role,
                 {"membership": membership}, title=_("Change the role"),
                 done=_("The role was changed. The account's rights of the old role ended; the head"
                        " of commune police gives those of the new one."),
                 intro=_("The present role ends on the day on which the new one begins."),
                 )  # fmt: skip


@signed_in(END_MEMBERSHIP)
def end(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """End a membership."""
    membership = _of(request, END_MEMBERSHIP, member_id)
    form = forms.EndForm(request.POST or None)
    return _step(request, membership.member, form, actions.end_membership,
                 {"membership": membership}, title=_("End the membership"),
                 done=_("The membership was ended, and with it the account's rights in the team."),
                 undo=reverse("member-take-back", args=[member_id]),
                 intro=_("The law knows four grounds (Law 30/2023 Art. 17(3)); death and a"
                         " dissolved team end a membership too. The past stays as it was."),
                 )  # fmt: skip


@signed_in(RECOGNISE)
def correct(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """Mend what was typed about a person; the form shows the file, so the reading is recorded."""
    _note_opened(request, member_id)
    member = queries.member(scope=request.actor.scope(RECOGNISE), member_id=member_id)
    form = forms.CorrectForm(
        request.POST or None,
        initial={name: getattr(member, name) for name in ("full_name", *_FACTS)},
    )
    return _step(request, member, form, actions.correct_member, {"member": member},
                 title=_("Correct the file"), done=_("The correction was recorded."),
                 intro=_("For typing errors. The history names the fields, not what stood there."),
                 )  # fmt: skip


@signed_in(RECOGNISE)
def correct_recognition(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """Mend what was typed about the newest recognition."""
    _note_opened(request, member_id)
    membership = _of(request, RECOGNISE, member_id)
    areas = [area for area in queries.areas_in(scope=request.actor.scope(RECOGNISE),
                                               on=request.actor.on)
             if area.team.id == membership.team_id]  # fmt: skip
    first = min(membership.roles.all(), key=lambda role: role.valid_from)
    form = forms.RecognitionForm(
        request.POST or None,
        areas=areas,
        initial={
            "village": forms.key(membership.team_id, membership.village_id),
            "post": first.post,
            "recognised_on": membership.recognised_on,
            "decision": membership.recognition,
            "over_age_decision": membership.over_age_decision,
        },
    )
    return _step(request, membership.member, form, actions.correct_recognition,
                 {"membership": membership}, title=_("Correct the recognition"),
                 done=_("The correction was recorded."),
                 intro=_("For typing errors. What a new decision changes is a new role or ending."),
                 )  # fmt: skip


@require_POST
@signed_in(END_MEMBERSHIP)
def take_back_ending(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """Undo an ending that was recorded by mistake."""
    membership = _of(request, END_MEMBERSHIP, member_id)
    form = forms.TakeBackForm(request.POST)
    return _step(
        request,
        membership.member,
        form,
        actions.take_back_ending,
        {"membership": membership},
        title=_("Take the ending back"),
        done=_(
            "The ending was taken back. The account's rights in the team must be given again by"
            " the head of commune police."
        ),
    )


def _note_opened(request: ActorRequest, member_id: UUID) -> None:
    """A form that shows what the file says is a reading of the file."""
    readings.open_file(by=request.actor, member_id=member_id, purpose=Purpose.MANAGE_FORCE)


def _of(request: ActorRequest, verb: Verb, member_id: UUID) -> Membership:
    """The newest membership of a file on which the actor may do this."""
    member = queries.member(scope=request.actor.scope(verb), member_id=member_id)
    return queries.newest_membership(member)


def _step(
    request: ActorRequest,
    member: Member,
    form: ActionForm,
    action: Any,
    fixed: dict[str, Any],
    *,
    title: Text,
    done: Text | Callable[[], str],
    intro: Text = "",
    undo: str = "",
) -> HttpResponse:
    """The page of one decision about a member, back to the file when it is recorded."""
    if form.done(action, by=request.actor, **fixed):
        say(request, done() if callable(done) else done, undo=undo)
        return redirect("member", member.id)
    return form_page(
        request, form, kind=member.full_name, title=title, intro=intro,
        cancel_url=reverse("member", args=[member.id]),
    )  # fmt: skip
