# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a figure back to the records behind it, as far as the reader's rights go.

The same definition that is summed is listed here, so what is listed and what is closed always add
up to the figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from binhyen.core.actors import Actor, Scope
from binhyen.core.errors import Text
from binhyen.core.periods import Period
from binhyen.core.templatetags.show import number
from binhyen.indicators import catalogue, queries, rules, sql
from binhyen.indicators.catalogue import Indicator
from binhyen.indicators.choices import Form
from binhyen.indicators.figures import Figure, plain
from binhyen.indicators.models import TypedFigure
from binhyen.indicators.openers import OPENERS, Opener
from binhyen.indicators.permissions import VIEW_FIGURES
from binhyen.indicators.queries import signed_rows
from binhyen.indicators.reading import Reading
from binhyen.indicators.sql import Sql
from binhyen.territory.models import Territory
from binhyen.territory.queries import area_of

PAGE = 50


@dataclass(frozen=True)
class Behind:
    """One record behind a figure."""

    kind: str
    """The model, as `app.model`."""
    record_id: str
    day: date
    commune: Territory
    part: Text
    amount: int
    title: str
    url: str

    def as_json(self) -> dict[str, Any]:
        """What programs read."""
        return {
            "type": self.kind,
            "id": self.record_id,
            "day": self.day.isoformat(),
            "area": self.commune.code,
            "part": str(self.part),
            "amount": self.amount,
            "title": self.title,
        }


@dataclass(frozen=True)
class Explanation:
    """A figure with what stands behind it.

    `counted` is the sum of the amounts of every record, `visible` of those that the reader may
    see, `count` their number, `records` one page of them; `closed` says why the rest is not
    shown. A rate has its numerator and denominator in `made_of`; a typed figure its signed rows.
    """

    figure: Figure
    counted: int = 0
    visible: int = 0
    count: int = 0
    records: tuple[Behind, ...] = ()
    closed: Text = ""
    made_of: tuple["Explanation", ...] = ()
    signed: tuple[TypedFigure, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What programs read."""
        return self.figure.as_json() | {
            "counted": self.counted,
            "visible": self.visible,
            "records": [record.as_json() for record in self.records],
            "closed": str(self.closed),
            "made_of": [part.as_json() for part in self.made_of],
            "signed": [
                {
                    "value": plain(rules.exact(row.value)),
                    "period": str(Period(row.starts_on, row.ends_on)),
                    "area": row.territory.code,
                    "source": row.source,
                    "signed_on": row.signed_on.isoformat(),
                }
                for row in self.signed
            ],
        }


def explain(
    code: str,
    territory: Territory,
    period: Period,
    *,
    actor: Actor,
    limit: int | None = PAGE,
    offset: int = 0,
) -> Explanation:
    """What stands behind a figure, with the records that this actor may see, the newest first.

    Asked for a place above one's own area, it answers for that area, and says so.
    Raises UnknownIndicator, NoFiguresBelowCommune, Forbidden.
    """
    scope = actor.scope(VIEW_FIGURES)
    own = _within_reach(territory, scope, actor)
    if own != territory:
        found = explain(code, own, period, actor=actor, limit=limit, offset=offset)
        return replace(found, closed=_narrowed(own, territory, found.closed))
    one = catalogue.indicator(code)
    is_rate = one.is_derived and one.form is not Form.CHANGE
    made_of = (one.numerator, one.denominator) if is_rate else ()
    reading = queries.reading([code, *made_of], territory, period, scope=scope)
    asked = _Question(reading, actor, limit, offset)
    figures = reading.figures([code, *made_of], territory)
    if made_of and not figures[code].sources:
        parts = _with_records([asked.behind(figures[part]) for part in made_of], actor)
        return Explanation(figures[code], made_of=parts)
    (explained,) = _with_records([asked.behind(figures[code])], actor)
    return explained


def _within_reach(territory: Territory, scope: Scope, actor: Actor) -> Territory:
    """The place, or the one area of the actor that lies inside it; else the place as it is."""
    if scope.covers(territory.path):
        return territory
    inside = [path for path in scope.areas if path.startswith(territory.path)]
    own = area_of(inside[0], on=actor.on) if len(inside) == 1 else None
    return own or territory


def _narrowed(own: Territory, asked: Territory, closed: Text) -> Text:
    sentence = _("You see %(own)s; the rest of %(asked)s stays closed.") % {
        "own": own.full_name,
        "asked": asked.full_name,
    }
    return f"{sentence} {closed}".rstrip()


@dataclass(frozen=True)
class _Question:
    """What was read for the figures, who asks, and for which page of records."""

    reading: Reading
    actor: Actor
    limit: int | None
    offset: int

    def behind(self, figure: Figure) -> tuple[Explanation, sql.Rows]:
        """What stands behind one figure, and a page of its visible records as rows."""
        one = figure.indicator
        if figure.sources:
            scope = self.actor.scope(VIEW_FIGURES)
            return Explanation(figure, signed=tuple(signed_rows(figure.sources, scope=scope))), []
        if not one.is_counted:
            return Explanation(figure, closed=figure.reason), []
        opener = OPENERS[one.record]
        counted = sum(self.reading.sums[figure.territory.id, one.code].values())
        count, visible, page = self._page(figure, opener)
        explanation = Explanation(figure, counted=counted, count=count, visible=visible)
        return replace(explanation, closed=_closed(explanation, opener, self.actor)), page

    def _page(self, figure: Figure, opener: Opener) -> tuple[int, int, sql.Rows]:
        """How many records are visible, the sum of their amounts, and one page of them."""
        ids = _ids(opener.visible(self.actor))
        if ids is None:
            return 0, 0, []
        seen = _behind(figure.indicator, figure.territory, figure.period, ids)
        page = sql.rows(sql.newest(seen, self.limit, self.offset))
        totals = [page[0][5:]] if page else []
        if not page and (self.offset or self.limit == 0):
            totals = sql.rows(sql.totals(seen))
        count, visible = totals[0] if totals else (0, 0)
        return int(count), int(visible), page


def _behind(one: Indicator, territory: Territory, period: Period, ids: Sql) -> Sql:
    """Of a flow the records of its days, of a stock those that still count on its last.

    Only those among `ids`.
    """
    where = Sql("territory_id in") + sql.communes_below(territory.path)
    where = where + Sql("and day < %s", (period.end,)) + "and record_id in (" + ids + ")"
    if one.form is Form.STOCK:
        return sql.still_counting(one.definition, where)
    return sql.each(one.definition, where + Sql("and day >= %s and amount <> 0", (period.start,)))


def _ids(rows: QuerySet[Any]) -> Sql | None:
    """The visible ids as a subquery; None when nothing can be visible."""
    query = rows.order_by().values("pk").query
    try:
        text, params = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return None
    return Sql(text, tuple(params))


def _with_records(
    found: Sequence[tuple[Explanation, sql.Rows]], actor: Actor
) -> tuple[Explanation, ...]:
    """Explanations with the records of their pages; the communes are looked up once."""
    ids = {place for _explanation, page in found for _record, place, *_rest in page}
    places = Territory.everything.in_bulk(ids) if ids else {}
    return tuple(
        replace(explanation, records=_listed(explanation.figure.indicator, page, places, actor))
        for explanation, page in found
    )


def _listed(
    one: Indicator, page: sql.Rows, places: Mapping[int, Territory], actor: Actor
) -> tuple[Behind, ...]:
    """The records of a page with their titles and places."""
    if not page:
        return ()
    opener = OPENERS[one.record]
    rows = opener.visible(actor).in_bulk([_key(key) for key, *_rest in page])
    return tuple(
        Behind(
            kind=one.record,
            record_id=str(_key(key)),
            day=sql.as_day(on),
            commune=places[place],
            part=one.part_label(part) if part else "",
            amount=int(amount),
            title=opener.title(rows[_key(key)]),
            url=opener.url(rows[_key(key)]),
        )
        for key, place, on, part, amount, *_totals in page
    )


def _key(value: Any) -> UUID | int:
    """A record's key as Django knows it; SQLite keeps a UUID as text."""
    return UUID(value) if isinstance(value, str) else value


def _closed(explanation: Explanation, opener: Opener, actor: Actor) -> Text:
    """Why some records are not shown; empty when all are."""
    figure = explanation.figure
    hidden = explanation.counted - explanation.visible
    if hidden <= 0:
        return ""
    shown_to = actor.scope(opener.verb)
    sealed = opener.sealed_verb
    if sealed is not None and shown_to.covers(figure.territory.path):
        return _(
            "%(hidden)s of %(counted)s stay closed: domestic violence is sealed, and only the"
            " commune police who handle it may open it."
        ) % {"hidden": number(hidden), "counted": number(explanation.counted)}
    return _(
        "%(hidden)s of %(counted)s stay closed: records stay in the commune and with those who"
        " work with them; everybody else gets the number."
    ) % {"hidden": number(hidden), "counted": number(explanation.counted)}
