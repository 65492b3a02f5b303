# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list engine, on the feed of events, the one table that core has."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import ngettext_lazy
from django_htmx.middleware import HtmxDetails

from binhyen.core import clock
from binhyen.core.actors import Actor, DataClass, Verb
from binhyen.core.ids import uuid7_at
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.models import Event
from binhyen.core.pages import Action
from binhyen.core.tables_in import read_table

ACTOR = Actor(UUID(int=7), "Trần Thị Bình", date(2026, 11, 21))
MAY_NOT = Verb("test.may_not", "x", DataClass.PUBLIC)


class EventListing(Listing):
    name = "events"
    title = "Events <b>"
    counted = ngettext_lazy("%(count)s row", "%(count)s rows", "count")
    columns = (
        Column("who", "Who", lambda e: e.actor_name, sort="actor_name"),
        Column("kind", "Kind", lambda e: e.kind, sort=("kind", "-on_day")),
        Column("day", "Day", lambda e: e.on_day, sort="on_day", align="end"),
        Column("secret", "Secret", lambda e: "not exported", export=False, hide_narrow=True),
    )
    filters = (
        Filter("q", "Name", "text", lambda rows, v: rows.filter(actor_name__contains=v)),
        Filter("kind", "Kind", "choice", lambda rows, v: rows.filter(kind=v),
               choices=lambda actor: [("a.made", "Made"), ("a.ended", "Ended")]),
        Filter("on", "Day", "date-range", lambda rows, v: _between(rows, v.first, v.last)),
        Filter("bare", "No purpose", "flag", lambda rows, v: rows.filter(purpose="")),
    )  # fmt: skip
    default_sort = "-day"
    keeps = ("area",)
    page_size = 10
    empty_title = "Nothing happened yet"
    first_action = Action("Begin", "/begin/", primary=True)

    def __init__(self) -> None:
        self.seen: list[Any] = []
        self.exported: list[tuple[int, str]] = []

    def row_url(self, row: Event) -> str:
        return f"/events/{row.pk}/"

    def on_rows(self, request: HttpRequest, rows: Sequence[Any]) -> None:
        self.seen += rows

    def on_export(self, request: HttpRequest, count: int, kind: str) -> None:
        self.exported.append((count, kind))


def _between(rows: Any, first: date | None, last: date | None) -> Any:
    rows = rows.filter(on_day__gte=first) if first else rows
    return rows.filter(on_day__lte=last) if last else rows


@pytest.fixture
def events(db: None) -> QuerySet[Event]:
    """25 events of as many days, the last by somebody with a hostile name."""
    start = date(2026, 1, 1)
    for i in range(25):
        Event.everything.create(
            at=clock.now(), kind="a.made" if i % 2 else "a.ended", object_type="x.y", path="",
            on_day=start + timedelta(days=i), actor_id=uuid7_at(i, bytes(10)),
            actor_name="=<script>" if i == 24 else f"Người {i:02}",
        )  # fmt: skip
    return Event.everything.all()


def ask(query: str, listing: Listing, rows: Any, **headers: str) -> HttpResponseBase:
    request = RequestFactory().get(f"/events/?{query}", headers=headers)
    request.actor, request.user = ACTOR, AnonymousUser()  # type: ignore[attr-defined]
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    with translation.override("en"):
        return listing.respond(request, rows)


def page(query: str, rows: Any, listing: Listing | None = None, **headers: str) -> str:
    response = ask(query, listing or EventListing(), rows, **headers)
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def names(html: str) -> list[str]:
    return re.findall(r'class="row-link" href="[^"]+">([^<]+)', html)


def test_first_page_is_in_the_default_order_and_says_how_many(events: Any) -> None:
    html = page("", events)
    assert names(html)[:2] == ["=&lt;script&gt;", "Người 23"]
    assert len(names(html)) == 10
    assert "25 rows" in html
    assert 'aria-sort="descending"' in html


def test_user_text_is_escaped(events: Any) -> None:
    html = page("", events)
    assert "<script>" not in html.replace('<script src="', "")
    assert "Events &lt;b&gt;" in html


def test_sort_is_a_public_name_mapped_to_a_constant(events: Any) -> None:
    assert names(page("sort=who", events))[1] == "Người 00"
    assert names(page("sort=-who", events))[0] == "Người 23"


@pytest.mark.parametrize(
    "query",
    ["sort=actor_id", "sort=actor__password", "sort=?", "sort=--who", "sort=secret", "bogus=1",
     "kind=deleted", "on_from=31/02/2026", "bare=yes", "q=" + "x" * 300, "format=exe",
     "page=99", "page=-1", "page=x"],
)  # fmt: skip
def test_what_is_not_understood_is_left_out_and_said(query: str, events: Any) -> None:
    html = page(query, events)
    assert f"Not understood and left out: {query.split('=')[0]}." in html
    assert "25 rows" in html


def test_what_is_left_out_does_not_travel_in_links(events: Any) -> None:
    assert re.findall(r'href="/events/\?[^"]*bogus', page("bogus=1&sort=who", events)) == []


def test_filters_narrow_and_stand_as_chips_that_can_be_removed(events: Any) -> None:
    html = page("kind=a.made&q=Người+1&area=68", events)
    assert "5 rows" in html
    assert "Kind: Made" in html
    assert 'href="/events/?q=Ng%C6%B0%E1%BB%9Di+1&amp;area=68"' in html


def test_range_of_days_includes_the_last(events: Any) -> None:
    html = page("on_from=05/01/2026&on_to=2026-01-07", events)
    assert "3 rows" in html
    assert "05/01/2026 – 07/01/2026" in html


def test_paging_keeps_filters_sort_and_place(events: Any) -> None:
    html = page("kind=a.ended&sort=who&area=68&page=2", events)
    assert len(names(html)) == 3
    assert "11–13 of 13" in html
    assert "kind=a.ended&amp;sort=who&amp;area=68&amp;page=1" in html


def test_pages_never_overlap_among_equals(events: Any) -> None:
    seen = names(page("sort=kind&page=1", events)) + names(page("sort=kind&page=2", events))
    assert len(set(seen)) == 20


def test_htmx_gets_only_the_part(events: Any) -> None:
    part = page("sort=who", events, hx_request="true", hx_target="list")
    assert "<html" not in part
    assert 'hx-swap-oob="innerHTML"' in part
    whole = page("sort=who", events, hx_request="true", hx_history_restore_request="true")
    assert "<html" in whole


def test_caches_keep_page_and_part_apart(events: Any) -> None:
    assert "HX-Request" in ask("", EventListing(), events)["Vary"]


def test_reading_is_told_before_rows_are_shown(events: Any) -> None:
    listing = EventListing()
    ask("", listing, events)
    assert len(listing.seen) == 10


def test_csv_export_holds_every_row_of_the_filter_and_no_formula(events: Any) -> None:
    listing = EventListing()
    response = ask("kind=a.ended&format=csv", listing, events)
    text = b"".join(response).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Who", "Kind", "Day"]
    assert rows[1] == ["'=<script>", "a.ended", "2026-01-25"]
    assert len(rows) == 14
    assert listing.exported == [(13, "csv")]
    assert response["Content-Disposition"].startswith('attachment; filename="events-20')
    assert response["Cache-Control"] == "no-store"


def test_xlsx_export_holds_every_row(events: Any) -> None:
    response = ask("format=xlsx", EventListing(), events)
    sheet = read_table(b"".join(response))
    assert sheet.header == ["Who", "Kind", "Day"]
    assert len(sheet.rows) == 25


def test_list_without_exports_ignores_the_wish(events: Any) -> None:
    class Closed(EventListing):
        exports = False

    response = ask("format=csv", Closed(), events)
    assert response["Content-Type"].startswith("text/html")


def test_empty_list_says_what_will_be_here_and_how_to_begin(events: Any) -> None:
    html = page("", events.none())
    assert "Nothing happened yet" in html
    assert html.count('href="/begin/"') == 1


def test_empty_list_offers_its_main_action_in_the_middle_and_the_others_above(
    events: Any,
) -> None:
    class Several(EventListing):
        first_action = None

        def actions(self, request: Any) -> list[Action]:
            return [Action("Compute", "/compute/", primary=True), Action("Other", "/other/")]

    html = page("", events.none(), Several())
    assert html.count('href="/compute/"') == html.count('href="/other/"') == 1
    assert html.index("/other/") < html.index("Nothing happened yet") < html.index("/compute/")


def test_filters_that_match_nothing_say_so(events: Any) -> None:
    assert "Nothing matches these filters" in page("q=nobody", events)


def test_action_without_the_right_is_not_offered(events: Any) -> None:
    class Guarded(EventListing):
        first_action = Action("Begin", "/begin/", verb=MAY_NOT)

    assert "/begin/" not in page("", events, Guarded())


def test_large_counts_are_written_with_separators() -> None:
    with translation.override("en"):
        assert EventListing().sentence(10432, []) == "10,432 rows"


def test_number_of_queries_does_not_grow_with_the_rows(
    events: Any, django_assert_num_queries: Any
) -> None:
    ask("", EventListing(), events)  # what the shell asks once an hour is remembered now
    with django_assert_num_queries(2):
        ask("", EventListing(), events)
