# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why somebody is proposed, and why a place stays open: only what the counts and rules say.

Every sentence can be checked against the table beside it. A reason compares the proposed member
with whoever else is free at that time, each with all that is proposed; this one duty is left out.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.core.templatetags.show import number
from binhyen.duty.filling import Filled, Measure, Pick, Pool, Slot, rest_before, stopping
from binhyen.duty.rules import Code, Found

_FEWEST: Mapping[Measure, Text] = {
    Measure.TET: _("Fewest duties at Tết in three years (%(mine)s; others free then: %(theirs)s)"),
    Measure.OFF: _("Fewest duties on days off this year (%(mine)s; others free then: %(theirs)s)"),
    Measure.NIGHTS: _("Fewest nights this quarter (%(mine)s; others free then: %(theirs)s)"),
    Measure.DUTIES: _("Fewest duties this quarter (%(mine)s; others free then: %(theirs)s)"),
}
_NOBODY_FEWER: Mapping[Measure, Text] = {
    Measure.TET: _(
        "Nobody free then has fewer duties at Tết in three years (%(mine)s; others: %(theirs)s)"
    ),
    Measure.OFF: _(
        "Nobody free then has fewer duties on days off this year (%(mine)s; others: %(theirs)s)"
    ),
    Measure.NIGHTS: _(
        "Nobody free then has fewer nights this quarter (%(mine)s; others: %(theirs)s)"
    ),
    Measure.DUTIES: _(
        "Nobody free then has fewer duties this quarter (%(mine)s; others: %(theirs)s)"
    ),
}
_STOPPED: Mapping[Code, Text] = {
    Code.NOT_SERVING: _("not serving then: %(count)s"),
    Code.ON_LEAVE: _("on leave: %(count)s"),
    Code.LEAVE_ASKED: _("leave asked for: %(count)s"),
    Code.SAME_TIME: _("on another shift: %(count)s"),
    Code.SHORT_REST: _("resting: %(count)s"),
    Code.ON_PATROL: _("on a planned patrol: %(count)s"),
    Code.PATROL_REST: _("resting before or after a patrol: %(count)s"),
    Code.NIGHT_CAP: _("no paid night left: %(count)s"),
}
_MEND: Mapping[Code, Text] = {
    Code.NO_PLAN: _("Enter the number of the plan in the shift."),
    Code.LEAVE_ASKED: _("Decide about the leave that was asked for."),
    Code.ON_LEAVE: _("Ask whoever is on leave whether they take it back."),
    Code.SAME_TIME: _("Move the shift, or free somebody from the other one."),
    Code.SHORT_REST: _("Move the shift, or make it or the one beside it shorter."),
    Code.ON_PATROL: _("Move the shift, or plan the patrol with somebody else."),
    Code.PATROL_REST: _("Move the shift, or the patrol beside it."),
    Code.NIGHT_CAP: _(
        "Assign by hand whoever agrees to a night that is not paid, or plan fewer nights."
    ),
    Code.NOT_SERVING: _("Check the date of the shift."),
}


@dataclass(frozen=True)
class Gap:
    """A shift with places that stay open, why, and how to mend it."""

    slot: UUID
    missing: int
    why: tuple[str, ...]
    mend: tuple[str, ...]


@dataclass(frozen=True)
class _Compared:
    """Somebody's count in one measure, and the counts of others who are free then."""

    mine: int
    theirs: list[int] = field(default_factory=list)

    def said(self) -> dict[str, str]:
        low, high = min(self.theirs), max(self.theirs)
        theirs = number(low) if low == high else f"{number(low)}–{number(high)}"
        return {"mine": number(self.mine), "theirs": theirs}


def reason(filled: Filled, pick: Pick, pool: Pool, *, is_proven: bool) -> str:
    """One sentence that says why; `is_proven` where nothing fairer exists for the team."""
    slot = filled.problem.slot[pick.slot]
    others = [one for one in filled.others_free(slot) if one in pool.people]
    if others:
        first = _fairness(filled, pick, pool, others, is_proven=is_proven)
    else:
        first = _no_other(filled, pick, slot)
    parts = [first, *_besides(filled, pick, slot)]
    return "; ".join(parts) + "."


def _no_other(filled: Filled, pick: Pick, slot: Slot) -> str:
    problem = filled.problem
    if len(problem.fit[slot.id]) == 1:
        return gettext("The only one whom no rule stops")
    there = filled.on[slot.id]
    stopped: Counter[Code] = Counter()
    for person in problem.crew[slot.team]:
        if person.id not in there | slot.there:
            found = stopping(slot, person, problem.limits, filled.of_person.get(person.id, ()))
            stopped.update([found[0].code] if found else [])
    if not stopped:
        return gettext("Everybody in the team is needed on this shift")
    listed = ", ".join(
        str(words) % {"count": number(stopped[code])}
        for code, words in _STOPPED.items()
        if stopped[code]
    )
    return gettext("Nobody else is free then (%(who)s)") % {"who": listed}


def _fairness(
    filled: Filled, pick: Pick, pool: Pool, others: list[UUID], *, is_proven: bool
) -> str:
    """The weightiest count that speaks for it; where none does, what is known of the whole."""
    slot = filled.problem.slot[pick.slot]
    equal = ""
    for measure in Measure:
        if measure not in slot.counts:
            continue
        found = _Compared(
            filled.total(pool, pick.person, measure) - 1,
            [filled.total(pool, one, measure) for one in others],
        )
        if found.mine < min(found.theirs):
            return str(_FEWEST[measure]) % found.said()
        if found.mine == min(found.theirs) and not equal:
            equal = str(_NOBODY_FEWER[measure]) % found.said()
    if equal:
        return equal
    if is_proven:
        return gettext("With anybody else free then the counts would come no closer")
    return gettext("No rule stands against it")


def _besides(filled: Filled, pick: Pick, slot: Slot) -> Iterator[str]:
    """What is worth knowing beside it: the days of rest, or the paid nights that are used."""
    person = filled.problem.person[pick.person]
    planned = filled.of_person[pick.person]
    rested = rest_before(slot, person, [one for one in planned if one.id != slot.id])
    if rested is not None and rested.days >= 1:
        words = ngettext(
            "%(days)s day since the duty before", "%(days)s days since the duty before", rested.days
        )
        yield words % {"days": number(rested.days)}
    elif rested is None:
        yield gettext("no duty in the two weeks before")
    if slot.is_night and slot.cap is not None:
        nights = person.nights.get(slot.month, 0) + sum(
            one.is_night and one.month == slot.month for one in planned
        )
        said = {"nights": number(nights), "cap": number(slot.cap)}
        yield gettext("%(nights)s of %(cap)s paid nights this month") % said


def gaps(filled: Filled) -> Iterator[Gap]:
    """The places that stay open, in the order of time."""
    problem = filled.problem
    for slot in problem.slots:
        missing = filled.missing(slot)
        if missing <= 0:
            continue
        why: list[str] = []
        codes: list[Code] = []
        free = []
        there = filled.on[slot.id] | slot.there
        for person in problem.crew[slot.team]:
            if person.id not in there:
                more = filled.of_person.get(person.id, ())
                found = stopping(slot, person, problem.limits, more)
                if found and found[0].code != Code.NO_PLAN:
                    why.append(str(found[0]))
                codes += [one.code for one in found[:1]]
                free += [] if found else [person.name]
        yield Gap(slot.id, missing, *_explained(slot, why, codes, free))


def _explained(
    slot: Slot, why: list[str], codes: list[Code], free: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Why a place stays open, and how to mend it."""
    if not slot.has_plan:
        return (str(Found(Code.NO_PLAN)),), (str(_MEND[Code.NO_PLAN]),)
    if free:
        said = gettext("No rule stops %(names)s; the time for looking ran out.")
        return (
            (said % {"names": ", ".join(free)},),
            (gettext("Assign by hand, or choose fewer days."),),
        )
    if not codes:
        return (
            (gettext("Everybody in the team is on it, and it needs more members."),),
            (gettext("Lower the number of members needed, or plan it with another team."),),
        )
    mend = [str(words) for code, words in _MEND.items() if code in codes]
    return tuple(why), tuple(mend)


def proposed(filled: Filled, proven: Container[UUID]) -> Mapping[Pick, str]:
    """Every pick with its sentence; `proven` holds the teams for which nothing fairer exists."""
    pools = {pool.team: pool for pool in filled.problem.pools}
    found = {}
    for pick in filled.picks:
        pool = pools[filled.problem.slot[pick.slot].team]
        found[pick] = reason(filled, pick, pool, is_proven=pool.team in proven)
    return found
