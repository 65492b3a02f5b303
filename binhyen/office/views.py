# SPDX-License-Identifier: AGPL-3.0-or-later
"""The start page and the search box."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from binhyen.accounts.guards import any_account
from binhyen.accounts.middleware import ActorRequest
from binhyen.calls.alarm import alarm_for
from binhyen.core import certificates, clock
from binhyen.core.guards import public
from binhyen.office.crumbs import own_area
from binhyen.office.search import MAX_TEXT, search
from binhyen.office.today import cards_for


@any_account("everybody has a start page; its cards ask for their own rights")
def today(request: ActorRequest) -> HttpResponse:
    """What needs me today?"""
    area = own_area(request.actor)
    cards = cards_for(request.actor, now=clock.now(), area=area)
    told = {"title": _("Today"), "cards": cards, "alarm": alarm_for(request.actor)}
    return render(request, "office/today.html", told)


@any_account("finds only what each app's own query shows to this person")
def search_page(request: ActorRequest) -> HttpResponse:
    """Places, teams, papers and one's own staff under some words."""
    text = request.GET.get("q", "")[:MAX_TEXT]
    found = search(request.actor, text)
    return render(
        request, "office/results.html", {"title": _("Search"), "text": text, "found": found}
    )


@public("a certificate is made to be shown; it holds no key")
@require_safe
def root_certificate(request: HttpRequest) -> HttpResponse:
    """The root certificate of `binhyen serve --https`, for phones in the same room."""
    found = certificates.folder() / certificates.ROOT
    if not found.exists():
        raise Http404
    return HttpResponse(
        found.read_bytes(),
        content_type="application/x-x509-ca-cert",
        headers={"Content-Disposition": 'attachment; filename="binh-yen-root.crt"'},
    )
