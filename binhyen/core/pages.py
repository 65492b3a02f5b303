# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pages are made of: navigation, badges, actions, columns, cards, and the record page.

An app registers its entry in the navigation and the words of its events once, from `apps.py`
or `urls.py`; its views hand plain rows to these parts and never write HTML.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from binhyen.core.actors import Actor, Verb
from binhyen.core.errors import Text
from binhyen.core.templatetags.show import show

if TYPE_CHECKING:  # apps register their navigation before Django has loaded any table
    from binhyen.core.models import Event

THEME_COOKIE = "binhyen_theme"
THEMES = ("auto", "light", "dark")
NOTHING_YET = _("Nothing here yet.")
_A_YEAR = 365 * 24 * 3600

Tone = Literal["plain", "main", "needs", "good", "bad"]


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation, shown to whoever may do its verb anywhere."""

    label: Text
    url_name: str
    verb: Verb | None
    """None shows the entry to everybody who has signed in."""
    icon: str
    order: int = 50


@dataclass(frozen=True)
class Crumb:
    """A step of the territory path; `options` are the neighbours that one may switch to."""

    label: Text
    url: str = ""
    options: tuple["Crumb", ...] = ()


@dataclass(frozen=True)
class Badge:
    """A state in one or two words. `needs` is kept for what waits for the reader."""

    text: Text
    tone: Tone = "plain"

    def __str__(self) -> str:
        return str(self.text)

    def __html__(self) -> SafeString:
        return format_html('<span class="badge badge-{}">{}</span>', self.tone, self.text)


@dataclass(frozen=True)
class Action:
    """Something that can be done next. At most one of a page is `primary`.

    A `post` action is a one-button form: for steps that need nothing typed.
    """

    label: Text
    url: str
    icon: str = ""
    primary: bool = False
    method: Literal["get", "post"] = "get"
    verb: Verb | None = None
    """When given, the action is shown only to those who may do it anywhere."""


@dataclass(frozen=True)
class Card:
    """One answer to "what needs me today?"."""

    number: int | str
    sentence: Text
    button: Text
    url: str
    needs_you: bool = False


@dataclass(frozen=True)
class Column:
    """One column of a list, a section or an export.

    `value` gives the plain value, which exports write; `look` turns it into what the screen shows
    (a filter of `templatetags.show`, such as `dong`), `template` draws it with `row` and `value`.
    """

    key: str
    label: Text
    value: Callable[[Any], Any]
    sort: str | tuple[str, ...] | None = None
    """Constant argument(s) of `order_by`; None cannot be sorted."""
    align: Literal["start", "end"] = "start"
    export: bool = True
    hide_narrow: bool = False
    look: Callable[[Any], Any] | None = None
    template: str = ""

    @cached_property
    def css(self) -> str:
        """The classes of its cells."""
        named = (("end", self.align == "end"), ("hide-narrow", self.hide_narrow))
        return " ".join(name for name, holds in named if holds)


@dataclass(frozen=True)
class Cell:
    """One value in its column, ready for a template; `label` is the column's, said once."""

    column: Column
    value: Any
    label: str

    @property
    def shown(self) -> str:
        """What the screen shows."""
        look = self.column.look
        return show(self.value if look is None or self.value is None else look(self.value))


@dataclass(frozen=True)
class Row:
    """One record in a table; the first cell's link covers the whole row."""

    record: Any
    url: str
    cells: tuple[Cell, ...]


def table_rows(
    columns: Sequence[Column], records: Iterable[Any], url: Callable[[Any], str | None] | None
) -> list[Row]:
    """Records as rows of a table."""
    labelled = [(column, str(column.label)) for column in columns]
    return [
        Row(
            record,
            (url(record) or "") if url else "",
            tuple(Cell(column, column.value(record), label) for column, label in labelled),
        )
        for record in records
    ]


@dataclass(frozen=True)
class Section:
    """A titled table on a record page, or with `template` anything else (`data` is its context)."""

    title: Text
    columns: Sequence[Column] = ()
    records: Iterable[Any] = ()
    row_url: Callable[[Any], str | None] | None = None
    empty: Text = NOTHING_YET
    action: Action | None = None
    note: Text = ""
    template: str = ""
    data: Any = None

    @property
    def rows(self) -> list[Row]:
        """The records, ready for the template."""
        return table_rows(self.columns, self.records, self.row_url)


@dataclass(frozen=True)
class HistoryLine:
    """One event as a sentence."""

    event: "Event"
    sentence: str


@dataclass
class _Registry:
    nav: list[NavItem] = field(default_factory=list)
    account_links: list[NavItem] = field(default_factory=list)
    words: dict[str, Text] = field(default_factory=dict)
    place_path: Callable[[HttpRequest], Sequence[Crumb]] | None = None
    sections: dict[str, list["SectionMaker"]] = field(default_factory=dict)


SectionMaker = Callable[[HttpRequest, Any], Section | None]
"""What an app of a higher layer adds to a record's page; None where it has nothing to show."""

REGISTRY = _Registry()
NAV = REGISTRY.nav


def register_nav(*items: NavItem) -> None:
    """Add entries to the navigation; the same entry twice is one."""
    _register(REGISTRY.nav, items)


def register_account_links(*items: NavItem) -> None:
    """Add entries to the account menu (own password, own file, who read my file)."""
    _register(REGISTRY.account_links, items)


def register_event_words(words: dict[str, Text]) -> None:
    """Say what events of a kind are called: `{"incident.reported": _("reported the incident")}`.

    The sentence continues "who, when"; it may name parts of the event's detail as `%(name)s`.
    """
    REGISTRY.words.update(words)


def register_place_path(provider: Callable[[HttpRequest], Sequence[Crumb]]) -> None:
    """Say how the territory path of a request is found, for pages that give no `crumbs`."""
    REGISTRY.place_path = provider


def register_section(page: str, maker: SectionMaker) -> None:
    """Let a higher app add a section to the page of a lower one, named by its address."""
    makers = REGISTRY.sections.setdefault(page, [])
    if maker not in makers:
        makers.append(maker)


def sections_for(page: str, request: HttpRequest, record: Any) -> list[Section]:
    """The sections that higher apps add to this page for this reader."""
    made = [maker(request, record) for maker in REGISTRY.sections.get(page, [])]
    return [section for section in made if section is not None]


def _register(items: list[NavItem], more: Iterable[NavItem]) -> None:
    items.extend(item for item in more if item not in items)
    items.sort(key=lambda item: (item.order, item.url_name))


def actor_of(request: HttpRequest) -> Actor | None:
    """Who acts, or None before signing in."""
    return getattr(request, "actor", None)


def permitted(request: HttpRequest, actions: Iterable[Action]) -> list[Action]:
    """The actions that this reader may do somewhere."""
    actor = actor_of(request)
    return [
        action
        for action in actions
        if action.verb is None or (actor is not None and actor.can_anywhere(action.verb))
    ]


class _Detail(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def told(event: "Event") -> HistoryLine:
    """An event in words; a kind without words is shown by its name."""
    words = str(REGISTRY.words.get(event.kind, event.kind))
    detail = _Detail({key: show(value) for key, value in event.detail.items()})
    return HistoryLine(event, words % detail if "%(" in words else words)


def record_page(
    request: HttpRequest,
    *,
    title: Text,
    facts: Sequence[tuple[Text, Any]],
    kind: Text = "",
    state: Badge | None = None,
    actions: Iterable[Action] = (),
    sections: Iterable[Section] = (),
    history: "Iterable[Event]" = (),
    template: str = "core/record.html",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The page of one record: title, state, what can happen next, facts, sections, history.

    `kind` is the word above the title ("Team"); `history` comes from `events.history(record)`.
    """
    return render(
        request,
        template,
        {
            "title": title,
            "kind": kind,
            "state": state,
            "actions": permitted(request, actions),
            "facts": facts,
            "sections": list(sections),
            "history": [told(event) for event in history],
            **context,
        },
        status=status,
    )


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    title: Text,
    cancel_url: str,
    kind: Text = "",
    intro: Text = "",
    template: str = "core/form.html",
    **context: Any,
) -> HttpResponse:
    """The page of one form; shown again with status 422 and everything typed when refused."""
    return render(
        request,
        template,
        {
            "title": title,
            "kind": kind,
            "intro": intro,
            "form": form,
            "cancel_url": cancel_url,
            **context,
        },
        status=form.status,
    )


def say(request: HttpRequest, text: Text, *, undo: str = "") -> None:
    """Tell on the next page what was done; `undo` is the address that takes it back by POST."""
    messages.success(request, str(text), extra_tags=undo)


def theme_of(request: HttpRequest) -> str:
    """The reader's choice of light or dark, or "auto" to follow the device."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice of light or dark in a cookie and go back."""
    theme = request.POST.get("theme", "auto")
    response = redirect(next_url(request))
    response.set_cookie(
        THEME_COOKIE,
        theme if theme in THEMES else "auto",
        max_age=_A_YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def next_url(request: HttpRequest, default: str = "/") -> str:
    """Where a form asked to go afterwards, if that lies on this site."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else default
