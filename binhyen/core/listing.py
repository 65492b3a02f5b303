# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists: one sentence, filters as chips, sorting, paging, export, from one declaration.

A view is `return TeamListing().respond(request, teams(scope=…))`. What a reader may choose are
names from the declaration, mapped to constants; anything else in the address is ignored and said.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.files import FORMATS, table_file
from binhyen.core.forms import BadDay, read_day
from binhyen.core.pages import Action, Column, Row, actor_of, permitted, table_rows
from binhyen.core.templatetags.show import day, number
from binhyen.core.text import clean

__all__ = ["Column", "DateRange", "Filter", "Listing"]

Query = QuerySet[Any, Any]
MAX_VALUE = 200
_OWN = ("sort", "page", "format")


class DateRange(NamedTuple):
    """The days a reader asked for, both included; either may be open."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class Filter:
    """One way to narrow a list. `apply` gets what its kind reads from the address:

    choice: the chosen key (a text) · text: the cleaned words · flag: True · date-range: DateRange.
    """

    key: str
    label: Text
    kind: Literal["choice", "text", "date-range", "flag"]
    apply: Callable[[Query, Any], Query]
    choices: Callable[[Actor | None], Sequence[tuple[str, Text]]] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Its names in the address."""
        if self.kind == "date-range":
            return (f"{self.key}_from", f"{self.key}_to")
        return (self.key,)


@dataclass
class Field:
    """A filter as the form shows it."""

    filter: Filter
    choices: list[tuple[str, Text]] = field(default_factory=list)
    text: str = ""
    first: str = ""
    last: str = ""
    value: Any = None


@dataclass(frozen=True)
class Chip:
    """A filter in force, with the address of the list without it."""

    label: Text
    value: str
    without: str


@dataclass(frozen=True)
class Heading:
    """The head of a column."""

    column: Column
    url: str
    direction: Literal["", "ascending", "descending"]


class _Counted(int):
    """A count that is written with its separators."""

    def __str__(self) -> str:
        return number(int(self))


class Listing:
    """A list page. Subclasses declare; `respond` does the rest."""

    name: str = "list"
    """The file name of its exports."""
    title: Text = ""
    counted: Any = ngettext_lazy("%(count)s row", "%(count)s rows", "count")
    """What rows are called: `ngettext_lazy("%(count)s team", "%(count)s teams", "count")`."""
    columns: Sequence[Column] = ()
    filters: Sequence[Filter] = ()
    default_sort: str = ""
    """A column's key, with "-" in front for the other direction; empty keeps the query's order."""
    page_size: int = 50
    tie_break: str = "pk"
    """Sorted last, so that pages never overlap; empty for queries that group."""
    keys_first: bool = False
    """Find the keys of a page first and the rest of its rows then: for wide rows with counts."""
    keeps: tuple[str, ...] = ()
    """Other names in the address that belong to the page and travel along (a place, a period)."""
    exports: bool = True
    empty_title: Text = _("Nothing here yet")
    empty_help: Text = ""
    first_action: Action | None = None
    template: str = "core/list.html"
    part: str = "core/list_part.html"

    def sentence(self, count: int, chips: Sequence[Chip]) -> str:
        """What is shown, as one would say it."""
        return str(self.counted % {"count": _Counted(count)})

    def row_url(self, row: Any) -> str | None:
        """Where a row leads; None for a list that opens nothing."""
        return None

    def columns_for(self, request: HttpRequest) -> Sequence[Column]:
        """The columns that this reader sees; override where fields depend on the role."""
        return self.columns

    def actions(self, request: HttpRequest) -> list[Action]:
        """What can be begun from here, at the top right."""
        return permitted(request, [self.first_action] if self.first_action else [])

    def on_rows(self, request: HttpRequest, rows: Sequence[Any]) -> None:
        """Called with the records of a page before they are shown: note a reading here."""

    def on_export(self, request: HttpRequest, count: int, kind: str) -> None:
        """Called before an export leaves: check a right or note the export here."""

    def respond(self, request: HttpRequest, queryset: Query, **context: Any) -> HttpResponseBase:
        """The page, the part that htmx swaps, or the export that the address asks for."""
        columns = self.columns_for(request)
        asked = Asked(self, request, columns)
        rows = asked.apply(queryset)
        if asked.format:
            return self._export(request, columns, rows, asked.format)
        page = self._page(rows, asked)
        records = list(page.object_list)
        self.on_rows(request, records)
        shown = self._shown(request, columns, asked, page, records)
        offered = permitted(request, self.actions(request))
        if shown["is_empty"]:
            begin = self._begin(request, offered)
            shown["empty_action"] = begin
            offered = [one for one in offered if begin is None or one.url != begin.url]
        is_part = _wants_part(request)
        response = render(
            request,
            self.part if is_part else self.template,
            {
                "title": self.title,
                "actions": offered,
                "list": shown,
                "is_part": is_part,
                **context,
            },
        )
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    def _begin(self, request: HttpRequest, offered: Sequence[Action]) -> Action | None:
        """What an empty list offers in its middle: its first action, or the main one."""
        first = permitted(request, [self.first_action] if self.first_action else [])
        return next(iter([*first, *(one for one in offered if one.primary)]), None)

    def _page(self, rows: Query, asked: "Asked") -> Page[Any]:
        paginator = Paginator(rows, self.page_size)
        page = paginator.get_page(asked.page)
        if asked.page not in ("", str(page.number)):
            asked.ignored.append("page")
        if self.keys_first:
            first = (page.number - 1) * self.page_size
            keys = rows.values("pk")[first : first + self.page_size]
            page.object_list = rows.filter(pk__in=keys)
        return page

    def _shown(
        self,
        request: HttpRequest,
        columns: Sequence[Column],
        asked: "Asked",
        page: Page[Any],
        records: list[Any],
    ) -> dict[str, Any]:
        chips = asked.chips()
        rows: list[Row] = table_rows(columns, records, self.row_url)
        return {
            "sentence": self.sentence(page.paginator.count, chips),
            "rows": rows,
            "is_empty": not rows and not chips,
            "headings": asked.headings(),
            "text_fields": [one for one in asked.fields if one.filter.kind == "text"],
            "other_fields": [one for one in asked.fields if one.filter.kind != "text"],
            "chips": chips,
            "kept": asked.kept(),
            "clear_url": asked.url(only=(*self.keeps, "sort")),
            "path": request.path,
            "ignored": asked.ignored,
            "pages": [
                (one, asked.url(page=str(one)) if isinstance(one, int) else "")
                for one in page.paginator.get_elided_page_range(page.number, on_each_side=1)
            ],
            "page": page,
            "previous_url": asked.url(page=str(page.number - 1)) if page.has_previous() else "",
            "next_url": asked.url(page=str(page.number + 1)) if page.has_next() else "",
            "exports": [(kind, asked.url(format=kind)) for kind in FORMATS] if self.exports else [],
            "empty_title": self.empty_title,
            "empty_help": self.empty_help,
        }

    def _export(
        self, request: HttpRequest, columns: Sequence[Column], rows: Query, kind: str
    ) -> HttpResponseBase:
        self.on_export(request, rows.count(), kind)
        columns = [column for column in columns if column.export]
        name = f"{self.name}-{clock.today().isoformat()}"
        records = rows.iterator(chunk_size=2000)
        return table_file(columns, records, kind=kind, name=name, title=self.title)


class Asked:
    """What the address asks of a list, checked against the declaration."""

    def __init__(self, listing: Listing, request: HttpRequest, columns: Sequence[Column]) -> None:
        self.listing, self.columns = listing, columns
        self.path, self.query = request.path, request.GET
        self.ignored: list[str] = []
        self.fields = [self._field(one, actor_of(request)) for one in listing.filters]
        self.page = self.query.get("page", "")[:10]
        self.format = self.query.get("format", "")
        if self.format and (self.format not in FORMATS or not listing.exports):
            self.ignored.append("format")
            self.format = ""
        self.sort, self.descending = self._sorting()
        known = {*_OWN, *listing.keeps, *(n for one in listing.filters for n in one.names)}
        self.ignored += [name[:40] for name in self.query if name not in known]

    def apply(self, rows: Query) -> Query:
        """The rows narrowed and in order; equal ones keep a stable order by their key."""
        for one in self.fields:
            if one.value is not None:
                rows = one.filter.apply(rows, one.value)
        if self.sort is None or self.sort.sort is None:
            return rows
        names = (self.sort.sort,) if isinstance(self.sort.sort, str) else self.sort.sort
        order = [_turned(name) if self.descending else name for name in names]
        if self.listing.tie_break:
            order.append(self.listing.tie_break)
        return rows.order_by(*order)

    def _sorting(self) -> tuple[Column | None, bool]:
        sortable = {column.key: column for column in self.columns if column.sort}
        asked = self.query.get("sort", "")
        if asked and asked.removeprefix("-") not in sortable:
            self.ignored.append("sort")
            asked = ""
        asked = asked or self.listing.default_sort
        return sortable.get(asked.removeprefix("-")), asked.startswith("-")

    def _field(self, one: Filter, actor: Actor | None) -> Field:
        shown = Field(one, [(str(k), v) for k, v in one.choices(actor)] if one.choices else [])
        if one.kind == "date-range":
            self._read_range(one, shown)
            return shown
        raw = self.query.get(one.key, "")
        if not raw:
            return shown
        value = _read(one.kind, raw, shown.choices)
        if value is None:
            self.ignored.append(one.key)
        else:
            shown.value, shown.text = value, raw if one.kind != "text" else value
        return shown

    def _read_range(self, one: Filter, shown: Field) -> None:
        days: list[date | None] = []
        for name in one.names:
            raw = self.query.get(name, "")
            try:
                days.append(read_day(raw) if raw else None)
            except BadDay:
                days.append(None)
                self.ignored.append(name)
        first, last = days
        shown.first, shown.last = day(first) if first else "", day(last) if last else ""
        if first or last:
            shown.value = DateRange(first, last)

    def url(
        self, *, only: Iterable[str] | None = None, drop: Iterable[str] = (), **new: str
    ) -> str:
        """This list's address with some names changed; a change goes back to the first page."""
        query = QueryDict(mutable=True)
        dropped = {"page", "format", *drop, *self.ignored}
        for name in self.query:
            value = self.query.get(name, "")
            if name not in dropped and value and (only is None or name in only):
                query[name] = value
        for name, value in new.items():
            query[name] = value
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def kept(self) -> list[tuple[str, str]]:
        """What the filter form carries along as hidden fields."""
        names = (*self.listing.keeps, "sort")
        return [(n, self.query[n]) for n in names if self.query.get(n) and n not in self.ignored]

    def chips(self) -> list[Chip]:
        """The filters in force."""
        return [
            Chip(one.filter.label, _said(one), self.url(drop=one.filter.names))
            for one in self.fields
            if one.value is not None
        ]

    def headings(self) -> list[Heading]:
        """The columns' heads with the address that sorts by each."""
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> Heading:
        if not column.sort:
            return Heading(column, "", "")
        if column is not self.sort:
            return Heading(column, self.url(sort=column.key), "")
        if self.descending:
            return Heading(column, self.url(sort=column.key), "descending")
        return Heading(column, self.url(sort=f"-{column.key}"), "ascending")


def _read(kind: str, raw: str, choices: Sequence[tuple[str, Text]]) -> Any:
    """The value of a filter, or None where it makes no sense."""
    if len(raw) > MAX_VALUE:
        return None
    if kind == "text":
        return clean(raw) or None
    if kind == "flag":
        return True if raw in {"1", "on"} else None
    return raw if raw in {str(key) for key, _label in choices} else None


def _said(one: Field) -> str:
    if one.filter.kind == "choice":
        return str({str(key): label for key, label in one.choices}[one.text])
    if one.filter.kind == "date-range":
        if one.first and one.last:
            return f"{one.first} – {one.last}"
        return (
            _("from %(day)s") % {"day": one.first}
            if one.first
            else _("until %(day)s") % {"day": one.last}
        )
    return "" if one.filter.kind == "flag" else one.text


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _wants_part(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    if htmx is None or not htmx:
        return False
    return bool(htmx.target == "list" and not htmx.history_restore_request)
