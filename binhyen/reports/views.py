# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of reviews: list, make, read with every figure open, Word."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import events
from binhyen.core.listing import Column, Listing
from binhyen.core.pages import Action, form_page, say, told
from binhyen.core.periods import Period
from binhyen.papers.files import Kind
from binhyen.reports import actions, pictures, queries
from binhyen.reports.changes import changed_since
from binhyen.reports.forms import ReviewForm
from binhyen.reports.models import Review
from binhyen.reports.numbers import Numbers
from binhyen.reports.papers import kept_paper
from binhyen.reports.permissions import PRINT_REVIEW
from binhyen.reports.sections import compose
from binhyen.reports.sentences import Chart, PlaceMap
from binhyen.reports.showing import blocks
from binhyen.territory.queries import territory_by_code


class ReviewListing(Listing):
    """Reviews made so far."""

    name = "reviews"
    title = _("Reviews")
    counted = ngettext_lazy("%(count)s review", "%(count)s reviews", "count")
    columns = (
        Column("place", _("Place"), lambda r: r.territory.full_name, sort="territory__name_order"),
        Column("first", _("First day"), lambda r: r.starts_on, sort="starts_on"),
        Column("last", _("Last day"), lambda r: _period(r).last, sort="ends_on"),
        Column("made", _("Made at"), lambda r: r.made_at, sort="made_at"),
        Column("by", _("Made by"), lambda r: r.made_by, hide_narrow=True),
    )
    empty_title = _("No review yet")
    empty_help = _("A review prints the figures of a place and a period and keeps them.")
    first_action = Action(_("Make a review"), "/reviews/new/", primary=True, verb=PRINT_REVIEW)

    def row_url(self, row: Any) -> str:
        return reverse("review", args=[row.id])


def _period(review: Review) -> Period:
    return Period(review.starts_on, review.ends_on)


@signed_in(PRINT_REVIEW)
def review_list(request: ActorRequest) -> HttpResponseBase:
    """The reviews of one's own area."""
    rows = queries.reviews_in(scope=request.actor.scope(PRINT_REVIEW))
    return ReviewListing().respond(request, rows)


@signed_in(PRINT_REVIEW)
def new_review(request: ActorRequest) -> HttpResponse:
    """Make a review of a place and period."""
    scope = request.actor.scope(PRINT_REVIEW)
    places = [
        (place.code, place.full_name)
        for place in queries.reviewable(scope=scope, on=request.actor.on)
    ]
    form = ReviewForm(request.POST or None, places=places, initial=_last_year(request.actor.on))
    if form.is_bound and form.is_valid():
        place = territory_by_code(form.cleaned_data["area"], on=request.actor.on)
        if form.run(actions.make_review, by=request.actor, territory=place):
            say(request, _("The review was made."))
            return redirect("review", form.result.id)
    return form_page(
        request,
        form,
        title=_("Make a review"),
        intro=_("The figures are read now and kept with the paper; late facts do not change it."),
        cancel_url=reverse("reviews"),
    )


def _last_year(on: date) -> dict[str, date]:
    """The last year that ended on a 15 September, as the ministry's review did."""
    year = on.year if on >= date(on.year, 9, 16) else on.year - 1
    return {"first": date(year - 1, 9, 16), "last": date(year, 9, 15)}


@signed_in(PRINT_REVIEW)
def review_page(request: ActorRequest, review_id: UUID) -> HttpResponse:
    """One review; every figure opens the page that stands behind it."""
    review = queries.review(scope=request.actor.scope(PRINT_REVIEW), review_id=review_id)
    numbers = Numbers.from_json(review.numbers)
    return render(
        request,
        "reports/review.html",
        {
            "title": _("Annual review of %(place)s") % {"place": numbers.place.name},
            "kind": _("Review"),
            "review": review,
            "numbers": numbers,
            "blocks": blocks(review, numbers),
            "changes": changed_since(review, numbers, scope=request.actor.scope(PRINT_REVIEW)),
            "actions": [
                Action(_("Word"), reverse("review-word", args=[review.id]), primary=True),
                Action(_("PDF"), reverse("review-pdf", args=[review.id])),
                Action(_("Excel annex"), reverse("review-annex", args=[review.id])),
            ],
            "history": [told(event) for event in events.history(review)],
        },
    )


@signed_in(PRINT_REVIEW)
def review_paper(request: ActorRequest, review_id: UUID, file_format: Kind) -> HttpResponse:
    """The review as a file, in the language of the page."""
    review = queries.review(scope=request.actor.scope(PRINT_REVIEW), review_id=review_id)
    made = kept_paper(review, file_format)
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


@signed_in(PRINT_REVIEW)
def review_picture(request: ActorRequest, review_id: UUID, index: int) -> HttpResponse:
    """One chart or map of a review, drawn at its own address so that the page is quick."""
    review = queries.review(scope=request.actor.scope(PRINT_REVIEW), review_id=review_id)
    numbers = Numbers.from_json(review.numbers)
    parts = compose(numbers)
    part = parts[index] if index < len(parts) else None
    if isinstance(part, Chart):
        png = pictures.chart_png(part)
    elif isinstance(part, PlaceMap):
        png = pictures.map_png(part, place=numbers.place.code)
    else:
        raise Http404
    return HttpResponse(png, content_type="image/png")
