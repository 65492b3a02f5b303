# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a figure back to the records behind it, as far as the reader's rights go.

The same definition that is summed is listed here, so what is listed and what is closed always add
up to the figure.
"""

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
from binhyen.indicators import rules, sql
from binhyen.indicators.catalogue import Indicator
from binhyen.indicators.choices import Form
from binhyen.indicators.fetching import sums_of
from binhyen.indicators.figures import Figure, plain
from binhyen.indicators.models import TypedFigure
from binhyen.indicators.openers import OPENERS, Opener
from binhyen.indicators.permissions import VIEW_FIGURES
from binhyen.indicators.queries import figure as one_figure
from binhyen.indicators.queries import signed_rows
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
    figure = one_figure(code, territory, period, scope=scope)
    one = figure.indicator
    if figure.sources:
        return Explanation(figure, signed=tuple(signed_rows(figure.sources, scope=scope)))
    if one.is_derived and one.form is not Form.CHANGE:
        parts = (one.numerator, one.denominator)
        return Explanation(
            figure,
            made_of=tuple(
                explain(part, territory, period, actor=actor, limit=limit, offset=offset)
                for part in parts
            ),
        )
    if not one.is_counted:
        return Explanation(figure, closed=figure.reason)
    return _counted(figure, actor, limit, offset)


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


def _counted(figure: Figure, actor: Actor, limit: int | None, offset: int) -> Explanation:
    one, opener = figure.indicator, OPENERS[figure.indicator.record]
    stored = sums_of([one.code], [figure.territory], figure.period)
    counted = sum(stored[figure.territory.id, one.code].values())
    explanation = Explanation(figure, counted=counted)
    ids = _ids(opener.visible(actor))
    if ids is not None:
        seen = _behind(one, figure.territory, figure.period, ids)
        ((count, visible),) = sql.rows(sql.totals(seen))
        explanation = replace(
            explanation,
            count=int(count),
            visible=int(visible),
            records=_listed(one, opener, actor, seen, limit, offset),
        )
    return replace(explanation, closed=_closed(explanation, opener, actor))


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


def _listed(
    one: Indicator, opener: Opener, actor: Actor, seen: Sql, limit: int | None, offset: int
) -> tuple[Behind, ...]:
    """One page of the visible records with their titles and places."""
    page = sql.rows(sql.newest(seen, limit, offset))
    rows = opener.visible(actor).in_bulk([_key(key) for key, *_rest in page])
    places = Territory.everything.in_bulk({place for _key_, place, *_rest in page})
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
        for key, place, on, part, amount in page
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
