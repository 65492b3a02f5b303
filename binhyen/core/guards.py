# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may open a page: every view says it once, and tests read what was said.

A view without one of these decorators does not pass the architecture test. The decorator answers
"may this person open such pages at all?"; the action or the scoped query inside answers "here?".
Forbidden and missing look the same.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django_htmx.http import HttpResponseClientRedirect

from binhyen.core.actors import Actor, Verb
from binhyen.core.errors import Forbidden, Missing, Refused


class ActorRequest(HttpRequest):
    """A request of someone who has signed in, as views see it."""

    actor: Actor


P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
Page = Callable[Concatenate[ActorRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

GUARDED: dict[Callable[..., Any], tuple[Verb, ...]] = {}
"""Views that ask for a right: any one of these verbs opens the page."""
OPEN: dict[Callable[..., Any], str] = {}
"""Views that ask for no right, with the reason."""


def signed_in(*verbs: Verb) -> Callable[[Page[P]], View[P]]:
    """For people who may do one of these verbs somewhere; `request.actor` is the person.

    Before signing in the answer is the sign-in page; without any such right it is "not found".
    """
    if not verbs:
        raise ValueError("name a verb, or use any_account(reason)")

    def decorate(page: Page[P]) -> View[P]:
        guarded = _asking(page, verbs)
        GUARDED[guarded] = verbs
        return guarded

    return decorate


def any_account(reason: str) -> Callable[[Page[P]], View[P]]:
    """For everybody who has signed in: own account, help, the policy."""

    def decorate(page: Page[P]) -> View[P]:
        guarded = _asking(page, ())
        OPEN[guarded] = reason
        return guarded

    return decorate


def public(reason: str) -> Callable[[View[P]], View[P]]:
    """For everybody, signed in or not."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return _answer(view, request, *args, **kwargs)

        OPEN[guarded] = reason
        return guarded

    return decorate


def confirmed(page: Page[P]) -> Page[P]:
    """Below `signed_in`: what is posted asks for password or second factor once more.

    A confirmation counts for a quarter of an hour; what was typed is kept while it is asked for.
    """
    return cast(Page[P], reauthentication_required(page, allow_get=True))


def guard_of(view: Callable[..., Any]) -> tuple[Verb, ...] | str | None:
    """The verbs of a view, the reason why it asks for none, or None for a forgotten guard.

    Looks through decorators that stand above the guard, such as `require_POST`.
    """
    layer: Callable[..., Any] | None = view
    while layer is not None:
        if layer in GUARDED:
            return GUARDED[layer]
        if layer in OPEN:
            return OPEN[layer]
        layer = getattr(layer, "__wrapped__", None)
    return None


def _asking(page: Page[P], verbs: tuple[Verb, ...]) -> View[P]:
    @wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = getattr(request, "actor", None)
        if actor is None:
            return _to_login(request)
        if verbs and not any(actor.can_anywhere(verb) for verb in verbs):
            raise Http404
        return _answer(page, cast(ActorRequest, request), *args, **kwargs)

    return guarded


def _answer(
    page: Callable[Concatenate[R, P], HttpResponseBase],
    request: R,
    *args: P.args,
    **kwargs: P.kwargs,
) -> HttpResponseBase:
    """What the page answers; a refusal is never a fault."""
    try:
        answer = page(request, *args, **kwargs)
        if isinstance(answer, SimpleTemplateResponse):
            answer.render()  # here, where a refusal is still heard
    except (Forbidden, Missing) as refusal:
        raise Http404 from refusal
    except Refused as refusal:
        return _refused(request, refusal)
    return answer


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """What the address asked for is refused with its three sentences, never with a fault."""
    what, why, remedy = refusal.sentences()
    return render(
        request,
        "core/refused.html",
        {"title": what, "why": why, "remedy": remedy, "step": refusal.step},
        status=422,
    )


def _to_login(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; a posted form cannot be repeated, so it leads to the start."""
    address = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    answer = redirect_to_login(address)
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(answer.url)
    return answer
