# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a month would give now, less what its sheets gave: the content of a correction."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from binhyen.core.periods import calendar_month
from binhyen.entitlements import storing
from binhyen.entitlements.choices import CORRECTED
from binhyen.entitlements.computing import Draft, MonthDrafts, compute
from binhyen.entitlements.gathering import Person
from binhyen.entitlements.models import CountedDuty, Sheet, Slip


@dataclass
class Given:
    """What the sheets of a month gave one member so far."""

    slip: Slip
    items: Counter[str]


def differences(first: Sheet) -> tuple[list[dict[str, Any]], list[storing.NewSlip]]:
    """What a correction of a sheet would say now: its values, and slips of whoever differs."""
    month = calendar_month(first.month.year, first.month.month)
    drafts = compute([first.territory], month)
    given = _given(first)
    own = drafts.by_commune[first.territory_id]
    known = _known_duties(first)
    frozen = storing.Frozen(drafts, own)
    slips = [slip for slip in _slips(own, given, known, frozen, drafts) if slip is not None]
    return (frozen.values if slips else []), slips


def _slips(
    own: list[Draft], given: dict[UUID, Given], known: set[tuple[UUID, UUID]],
    frozen: storing.Frozen, drafts: MonthDrafts,
) -> Iterator[storing.NewSlip | None]:  # fmt: skip
    for draft in own:
        before = given.get(draft.person.id)
        yield _difference(frozen.slip(draft, drafts), before, known)
    here = {draft.person.id for draft in own}
    for member, before in sorted(given.items()):
        if member not in here:  # whoever served, as was thought, and did not
            person = Person(member, before.slip.full_name, before.slip.name_order)
            yield _difference(frozen.slip(Draft(person, [], []), drafts), before, known)


def _difference(
    slip: storing.NewSlip, before: Given | None, known: set[tuple[UUID, UUID]]
) -> storing.NewSlip | None:
    """A slip turned into what differs, item by item; None where nothing does."""
    old = before.items if before else Counter[str]()
    new: Counter[str] = Counter()
    lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in slip.lines:
        new[line["item"]] += line["amount"]
        lines[line["item"]].append(line)
    person = slip.draft.person.id
    slip.lines = [
        {"item": item, "amount": new[item] - old[item], "old": old[item], "new": new[item],
         "parts": lines[item]}
        for item in dict.fromkeys([*lines, *sorted(old)])
        if new[item] != old[item]
    ]  # fmt: skip
    slip.counted = [one for one in slip.counted if (person, one[0].id) not in known]
    slip.total = sum(line["amount"] for line in slip.lines)
    slip.claims_month = before is None and not slip.draft.person.is_claimed
    return slip if slip.lines else None


def _given(first: Sheet) -> dict[UUID, Given]:
    """What the sheet and its approved corrections gave, by member and item."""
    rows = Slip.everything.filter(sheet=first) | Slip.everything.filter(
        sheet__corrects=first, sheet__state__in=CORRECTED
    )
    found: dict[UUID, Given] = {}
    for slip in rows.order_by("sheet_id", "member_id"):
        given = found.setdefault(slip.member_id, Given(slip, Counter()))
        for line in slip.lines:
            given.items[line["item"]] += line["amount"]
    return found


def _known_duties(first: Sheet) -> set[tuple[UUID, UUID]]:
    """Duties that sheets of the commune and month counted already, by member."""
    rows = CountedDuty.everything.filter(
        slip__month=first.month, slip__sheet__territory=first.territory_id, is_live=True
    )
    return set(rows.order_by().values_list("member_id", "duty_id"))
