# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a claim may move, what each kind gives and asks for, and when a step is due. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date

from binhyen.claims.choices import Harm, Kind, Present, Recipient, State
from binhyen.core.holidays import Calendar
from binhyen.law.choices import Benefit
from binhyen.law.limits import Deadline, Limit, deadline

STEPS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.RECEIVED, State.WITHDRAWN}),
    State.RECEIVED: frozenset({State.MISSING, State.CHECKED, State.WITHDRAWN}),
    State.MISSING: frozenset({State.RECEIVED, State.WITHDRAWN}),
    State.CHECKED: frozenset({State.APPRAISED, State.MISSING, State.WITHDRAWN}),
    State.APPRAISED: frozenset({State.GRANTED, State.REFUSED, State.CHECKED, State.WITHDRAWN}),
    State.GRANTED: frozenset({State.PAID}),
    State.REFUSED: frozenset(),
    State.PAID: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""The states that may follow each state; appraised to in appraisal is sending back."""

OPEN = tuple(state for state in State if STEPS[state])
"""The states from which something follows."""
DECIDED = (State.GRANTED, State.REFUSED, State.PAID)
"""What one may complain about."""
NOT_COUNTING = (State.REFUSED, State.WITHDRAWN)
"""What leaves room for another claim of the same."""

_LIMITS = {
    State.RECEIVED: Limit.BENEFIT_RECEIVE,
    State.CHECKED: Limit.BENEFIT_APPRAISE,
    State.APPRAISED: Limit.BENEFIT_DECIDE,
}
"""The time limit of what has to be done in a state; paying is part of deciding."""

BENEFITS: Mapping[Kind, tuple[Benefit, ...]] = {
    Kind.TREATMENT: (Benefit.TREATMENT_COST, Benefit.INPATIENT_MEAL),
    Kind.CAPACITY: (Benefit.CAPACITY_LOSS,),
    Kind.SURVIVOR: (Benefit.DEATH_SURVIVOR,),
    Kind.FUNERAL: (Benefit.FUNERAL,),
}
"""What each kind of claim may give."""

_ALWAYS = ("on_duty", "self_harm", "private_conflict", "substances")
FACTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.TREATMENT: ("cost", "inpatient_days", "has_health_insurance", *_ALWAYS),
    Kind.CAPACITY: ("loss_percent", "council_concluded", "has_social_insurance", *_ALWAYS),
    Kind.SURVIVOR: ("has_social_insurance", *_ALWAYS),
    Kind.FUNERAL: ("has_social_insurance", *_ALWAYS),
}
"""The facts that somebody takes from the papers of each kind of claim."""

AFTER_DEATH = (Kind.SURVIVOR, Kind.FUNERAL)
OF_HARM: Mapping[Harm, tuple[Kind, ...]] = {
    Harm.ILLNESS: (Kind.TREATMENT,),
    Harm.INJURY: (Kind.TREATMENT, Kind.CAPACITY),
    Harm.DEATH: AFTER_DEATH,
}
"""What may be claimed after an accident; after a death both, otherwise one is enough."""

_PAID: Mapping[Kind, tuple[Recipient, ...]] = {
    Kind.TREATMENT: (Recipient.SELF, Recipient.REPRESENTATIVE),
    Kind.CAPACITY: (Recipient.SELF, Recipient.REPRESENTATIVE),
    Kind.SURVIVOR: (Recipient.FAMILY,),
    Kind.FUNERAL: (Recipient.FAMILY, Recipient.BURIED),
}


def recipients_of(kind: str) -> tuple[Recipient, ...]:
    """Who may be paid for a kind of claim; the first one is the usual one."""
    return _PAID[Kind(kind)]


def due(state: State, *, since: date, calendar: Calendar) -> Deadline | None:
    """When the step of a state that began on a day has to be done; None where no time runs.

    Source: Decree 40/2024/NĐ-CP, Decision 8211/QD-BCA of 2025. Raises NoLimit.
    """
    limit = _LIMITS.get(state)
    return None if limit is None else deadline(limit, since=since, calendar=calendar)


def is_complete(papers: Iterable[str]) -> bool:
    """Whether no paper is missing."""
    return Present.MISSING not in papers


def missing_kinds(harm: Harm, claimed: Iterable[str]) -> list[Kind]:
    """What may still be claimed after an accident, given what was."""
    there = set(claimed)
    wanted = OF_HARM[harm]
    if harm is not Harm.DEATH and there.intersection(wanted):
        return []
    return [kind for kind in wanted if kind not in there]
