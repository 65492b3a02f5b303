# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing sheets whole, in sets; and the digest over everything that a sheet says."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from binhyen.core import bulk
from binhyen.core.bulk import JsonText
from binhyen.core.ids import uuid7
from binhyen.core.validation import save
from binhyen.entitlements.choices import Kind
from binhyen.entitlements.computing import Draft, MonthDrafts, aside_of, spans_of
from binhyen.entitlements.models import CountedDuty, Sheet, Slip
from binhyen.entitlements.rules import Duty
from binhyen.entitlements.support import counted

_SLIP = ("id", "sheet_id", "member_id", "month", "claims_month", "full_name", "name_order", "post",
         "total", "spans", "lines", "aside")  # fmt: skip
_COUNTED = ("id", "slip_id", "member_id", "duty_kind", "duty_id", "item", "on_day", "starts_at",
            "ends_at", "plan_number", "is_live")  # fmt: skip


@dataclass(slots=True)
class NewSlip:
    """A slip as it is written."""

    draft: Draft
    spans: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    aside: list[list[Any]]
    counted: list[tuple[Duty, str, Any]]
    total: int
    claims_month: bool = True
    texts: tuple[JsonText, ...] = ()
    """Days, lines and what was set aside, as they are digested and written; set by `fill`."""


class Frozen:
    """The values of one sheet: those of the zones that its slips use, under names of its own."""

    def __init__(self, drafts: MonthDrafts, slips: Sequence[Draft]) -> None:
        used = dict.fromkeys(part.zone.name for slip in slips for part in slip.segments)
        self._names = {zone: str(number) for number, zone in enumerate(used, start=1)}
        values = drafts.values
        places = [place for zone in used for place in values.places.get(zone, ())]
        self._at = {place: number for number, place in enumerate(places)}
        self.values = [values.frozen(place) for place in places]
        for value in self.values:
            value["zone"] = self._names[value["zone"]]

    def slip(self, draft: Draft, drafts: MonthDrafts) -> NewSlip:
        """A slip whose lines and days name the values of this sheet."""
        spans = spans_of(draft, drafts.gathered)
        for span in spans:
            span["zone"] = self._names[span["zone"]]
        lines = [
            line | {"value": self._at[line["value"]]} if "value" in line else line
            for line in draft.lines
        ]
        counted = [(duty, item.value, day) for duty, item, day in draft.counted]
        return NewSlip(draft, spans, lines, aside_of(draft), counted, draft.total)


def digest_of(head: Sequence[Any], slips: Iterable[str]) -> str:
    """SHA-256 over a sheet: month, place, kind and values; then each slip, by member.

    A slip is the text of member, name, role, total, days, lines and what was set aside; it begins
    with the member, whose texts are equally long.
    """
    found = hashlib.sha256(_text(head).encode())
    for slip in sorted(slips):
        found.update(slip.encode())
    return found.hexdigest()


def digest_of_stored(sheet: Sheet) -> str:
    """The same over what the tables hold now."""
    columns = ("member_id", "full_name", "post", "total", "spans", "lines", "aside")
    rows = sheet.slips.order_by().values_list(*columns)
    return digest_of(_head(sheet), (_slip(*row[:4], *map(_text, row[4:])) for row in rows))


def _head(sheet: Sheet) -> list[Any]:
    return [str(sheet.month), sheet.territory.code, sheet.kind, sheet.values]


_text = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
"""A value as text, the same each time."""


def _slip(member: UUID, name: str, post: str, total: int, *rest: str) -> str:
    return f"[{','.join((_text(str(member)), _text(name), _text(post), str(total), *rest))}]"


def fill(sheet: Sheet, values: list[dict[str, Any]], slips: Sequence[NewSlip]) -> None:
    """Put totals, values and digest on a sheet that is about to be written."""
    totals: Counter[str] = Counter()
    for slip in slips:
        for line in slip.lines:
            totals[line["item"]] += line["amount"]
    sheet.values = values
    sheet.totals = {item: amount for item, amount in sorted(totals.items()) if amount}
    sheet.total, sheet.people = sum(slip.total for slip in slips), len(slips)
    if sheet.kind == Kind.REGULAR:
        sheet.support = counted((_post(slip), slip.lines) for slip in slips)
    sheet.digest = digest_of(_head(sheet), map(_said, slips))


def _said(slip: NewSlip) -> str:
    """The text of a slip for the digest; its parts are kept for writing them."""
    person = slip.draft.person
    slip.texts = tuple(JsonText(_text(part)) for part in (slip.spans, slip.lines, slip.aside))
    return _slip(person.id, person.full_name, _post(slip), slip.total, *slip.texts)


def _post(slip: NewSlip) -> str:
    return slip.spans[-1]["post"] if slip.spans else "member"


def write(sheets: Sequence[tuple[Sheet, Sequence[NewSlip]]]) -> None:
    """Write sheets with slips and counted duties, in sets; all of them or none."""
    there = [sheet for sheet, _slips in sheets if not sheet._state.adding]
    new = [sheet for sheet, _slips in sheets if sheet._state.adding]
    Sheet.everything.bulk_create(new, batch_size=500)
    for sheet in there:
        save(sheet)
    slips = [(uuid7(), sheet, slip) for sheet, own in sheets for slip in own]
    bulk.insert(Slip, _SLIP, (_slip_row(*one) for one in slips))
    bulk.insert(CountedDuty, _COUNTED, _counted_rows(slips))


def _slip_row(pk: Any, sheet: Sheet, slip: NewSlip) -> tuple[Any, ...]:
    person = slip.draft.person
    who = (person.id, sheet.month, slip.claims_month, person.full_name, person.name_order)
    return (pk, sheet.pk, *who, _post(slip), slip.total, *slip.texts)


def _counted_rows(slips: Iterable[tuple[Any, Sheet, NewSlip]]) -> Iterator[tuple[Any, ...]]:
    for pk, _sheet, slip in slips:
        for duty, item, day in slip.counted:
            yield (uuid7(), pk, slip.draft.person.id, duty.kind.value, duty.id, item, day,
                   duty.start, duty.end, duty.plan_number, True)  # fmt: skip


def clear(sheet: Sheet) -> None:
    """Take the slips off a sheet that is about to be computed anew."""
    CountedDuty.everything.filter(slip__sheet=sheet).delete()
    Slip.everything.filter(sheet=sheet).delete()


def let_go(sheet: Sheet) -> None:
    """Free the months and duties of a sheet that is void; its slips stay as they were."""
    Slip.everything.filter(sheet=sheet).update(claims_month=False)
    CountedDuty.everything.filter(slip__sheet=sheet).update(is_live=False)
