# SPDX-License-Identifier: AGPL-3.0-or-later
"""The start page and the search box."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.guards import any_account
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import clock
from binhyen.office.crumbs import own_area
from binhyen.office.search import MAX_TEXT, search
from binhyen.office.today import cards_for


@any_account("everybody has a start page; its cards ask for their own rights")
def today(request: ActorRequest) -> HttpResponse:
    """What needs me today?"""
    area = own_area(request.actor)
    cards = cards_for(request.actor, now=clock.now(), area=area)
    return render(request, "office/today.html", {"title": _("Today"), "cards": cards})


@any_account("finds only what each app's own query shows to this person")
def search_page(request: ActorRequest) -> HttpResponse:
    """Places, teams, papers and one's own staff under some words."""
    text = request.GET.get("q", "")[:MAX_TEXT]
    found = search(request.actor, text)
    return render(
        request, "office/results.html", {"title": _("Search"), "text": text, "found": found}
    )
