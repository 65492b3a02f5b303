# SPDX-License-Identifier: AGPL-3.0-or-later
"""A slip said in words, from what was stored: article, value and its source, facts, arithmetic.

It needs neither the engine nor the facts of today: what a sheet was computed from stands on it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from binhyen.core.clock import VIETNAM
from binhyen.core.errors import Text
from binhyen.core.money import Dong
from binhyen.core.templatetags.show import day as said_day
from binhyen.core.templatetags.show import dong
from binhyen.entitlements.choices import Aside, DutyKind
from binhyen.entitlements.models import CountedDuty, Slip
from binhyen.entitlements.queries import duties_of
from binhyen.law.choices import ARTICLES, Basis, Form, Item, Outcome, Pay, Status
from binhyen.law.fact_lists import FACTS
from binhyen.law.words import Line, sentence
from binhyen.norms.choices import Unit
from binhyen.norms.rules import MONEY
from binhyen.teams.choices import Post


@dataclass(frozen=True)
class Explained:
    """One item of a slip, or of another paper, with its chain."""

    item: Item
    amount: Dong
    status: Status
    article: Text
    sentence: str
    """How the amount came about; of a correction, old and new."""
    value: str
    """What the resolution set; "" where nothing is in force."""
    instrument: str
    source: str
    is_unverified: bool
    inputs: tuple[tuple[Text, object], ...]
    when: str
    """Days, role and place, where a slip has several."""
    duties: tuple[CountedDuty, ...]
    parts: tuple["Explained", ...] = ()
    """Of a correction: the lines as they are computed now."""


@dataclass(frozen=True)
class SetAsideSaid:
    """A duty that was recorded and not paid."""

    kind: DutyKind
    id: str
    day: date
    time: str
    reason: Aside


def explained(slip: Slip, *, with_duties: bool = True) -> list[Explained]:
    """The lines of a slip, each with its chain and the duties that it counted."""
    duties = duties_of(slip) if with_duties else {}
    return [_line(slip, line, duties) for line in slip.lines]


def set_aside(slip: Slip) -> list[SetAsideSaid]:
    """The duties of a slip that are not paid, by moment."""
    return [
        SetAsideSaid(
            DutyKind(kind),
            pk,
            date.fromisoformat(day),
            _time(start, end),
            Aside(reason),
        )
        for kind, pk, day, start, end, reason in slip.aside
    ]


@dataclass(frozen=True)
class Recorded:
    """A duty of a day behind a slip: counted for an item, or set aside with the reason."""

    kind: DutyKind
    id: str
    time: str
    became: Text


def recorded_on(slip: Slip, on: date) -> Iterator[Recorded]:
    """The duties of a day that a slip counted or set aside, without amounts."""
    for item, duties in duties_of(slip).items():
        for duty in duties:
            if duty.on_day == on:
                time = _time(duty.starts_at.isoformat(), duty.ends_at.isoformat())
                yield Recorded(DutyKind(duty.duty_kind), str(duty.duty_id), time, Pay(item).label)
    for one in set_aside(slip):
        if one.day == on:
            yield Recorded(one.kind, one.id, one.time, one.reason.label)


def _time(start: str, end: str) -> str:
    """From when to when by Vietnam's clock, as stored in any zone."""
    if (datetime.fromisoformat(end) - datetime.fromisoformat(start)).days:
        return ""  # a whole day
    first, last = (datetime.fromisoformat(one).astimezone(VIETNAM) for one in (start, end))
    return f"{first:%H:%M}–{last:%H:%M}"


def chain(slip: Slip) -> Iterator[str]:
    """A slip as lines of text: item and amount, then article, value, facts, arithmetic."""
    for one in explained(slip):
        yield from _chain(one, "")
    for aside in set_aside(slip):
        yield _("Not paid, %(day)s: %(reason)s") % {
            "day": said_day(aside.day), "reason": aside.reason.label
        }  # fmt: skip
    yield _("Total: %(total)s") % {"total": dong(Dong(slip.total))}


def _chain(one: Explained, indent: str) -> Iterator[str]:
    yield f"{indent}{one.item.label}: {dong(one.amount)} ({one.status.label})"
    told: list[tuple[str, object]] = [(_("Article"), one.article)]
    if one.when:
        told.append((pgettext("pay", "Days"), one.when))
    if one.value:
        told.append((pgettext("pay", "Value"), f"{one.value}, {one.instrument}"))
    if one.source:
        told.append((_("Source"), one.source))
    told += [(str(label), number) for label, number in one.inputs]
    told.append((_("Reckoned"), one.sentence))
    yield from (f"{indent}  {label}: {said}" for label, said in told)
    for duty in one.duties:
        words = (said_day(duty.on_day), duty.get_duty_kind_display(), duty.plan_number)
        yield f"{indent}    {' '.join(map(str, words))}"
    for part in one.parts:
        yield from _chain(part, indent + "  ")


def _line(
    slip: Slip, line: Mapping[str, Any], duties: Mapping[str, list[CountedDuty]]
) -> Explained:
    if "parts" in line:
        return _difference(slip, line, duties)
    item, outcome = Pay(line["item"]), Outcome(line["outcome"])
    value = _value(slip, line)
    return Explained(
        item=item,
        amount=Dong(line["amount"]),
        status=outcome.status,
        article=ARTICLES[item],
        sentence=sentence(stored_line(item, outcome, line, value)),
        value=value_said(value) if value else "",
        instrument=value["instrument"] if value else "",
        source=value["source"] if value else "",
        is_unverified=bool(value and value["is_unverified"]),
        inputs=tuple(_inputs(slip, line)),
        when=_when(slip.spans, line.get("span", 0)),
        duties=tuple(_of_span(duties.get(item, []), slip.spans, line.get("span", 0))),
    )


def _difference(
    slip: Slip, line: Mapping[str, Any], duties: Mapping[str, list[CountedDuty]]
) -> Explained:
    item, amount = Pay(line["item"]), Dong(line["amount"])
    told = {
        "old": dong(Dong(line["old"])),
        "new": dong(Dong(line["new"])),
        "difference": dong(amount),
    }
    return Explained(
        item=item, amount=amount, status=Status.PAID, article=ARTICLES[item],
        sentence=_("it was %(old)s, it is %(new)s: the difference is %(difference)s") % told,
        value="", instrument="", source="", is_unverified=False, inputs=(), when="", duties=(),
        parts=tuple(_line(slip, part, duties) for part in line["parts"]),
    )  # fmt: skip


def _inputs(slip: Slip, line: Mapping[str, Any]) -> Iterator[tuple[Text, object]]:
    """The facts of a line: the role in words, the rest as it was counted."""
    yield _("Role"), Post(slip.spans[line.get("span", 0)]["post"]).label
    for name, number in line["inputs"].items():
        if name not in ("role", "village_family"):
            yield FACTS[name].label, number


def stored_line(
    item: Item, outcome: Outcome, line: Mapping[str, Any], value: Mapping[str, Any]
) -> Line:
    """A line as it was stored, for its sentence; `value` is the one that it names, or empty."""
    form = line["form"]
    return Line(
        item=item,
        outcome=outcome,
        amount=Dong(line["amount"]),
        form=Form(form) if form in Form.values else Form.FIXED,
        cap=line.get("cap", -1),
        basis=Basis(value["basis"]) if value else Basis.NONE,
        share=value["share"] if value else 0,
        instrument=value["instrument"] if value else "",
        is_unverified=bool(value and value["is_unverified"]),
        **{name: line.get(name, 0) for name in ("count", "rate", "base", "extra")},
    )


def _value(slip: Slip, line: Mapping[str, Any]) -> dict[str, Any]:
    """The value that a line names, as the sheet keeps it; empty where there is none."""
    return slip.sheet.values[line["value"]] if "value" in line else {}


def value_said(value: Mapping[str, Any]) -> str:
    """A kept value in words: 150.000 đồng a night."""
    unit = Unit(value["unit"])
    if unit in MONEY:
        amount = dong(Dong(value["amount"]))
        return f"{amount} {_per(unit)}"
    return f"{value['amount']} {unit.label}"


def _per(unit: Unit) -> str:
    """What a sum is for: the words of its unit behind the first one, which is its currency."""
    return str(unit.label).split(" ", 1)[1]


def _when(spans: Sequence[Mapping[str, Any]], place: int) -> str:
    if len(spans) < 2:
        return ""
    span = spans[place]
    return _("%(first)s to %(last)s, %(post)s") % {
        "first": said_day(date.fromisoformat(span["from"])),
        "last": said_day(date.fromisoformat(span["last"])),
        "post": str(Post(span["post"]).label).lower(),
    }


def _of_span(
    duties: Sequence[CountedDuty], spans: Sequence[Mapping[str, Any]], place: int
) -> list[CountedDuty]:
    """The duties of one stretch of days of a slip."""
    span = spans[place]
    first, last = date.fromisoformat(span["from"]), date.fromisoformat(span["last"])
    return [one for one in duties if first <= one.on_day <= last]
