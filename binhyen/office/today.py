# SPDX-License-Identifier: AGPL-3.0-or-later
"""What needs somebody today: at most five cards, each a number, a sentence and one button."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from binhyen.approvals import queries as approvals
from binhyen.approvals.permissions import ANSWER
from binhyen.calls import queries as calls
from binhyen.calls.permissions import ANSWER_CALL
from binhyen.claims import queries as claims
from binhyen.claims import watch
from binhyen.claims.permissions import DECIDE_CLAIM, DRAFT_CLAIM, RECEIVE_CLAIM, VIEW_ACCIDENT
from binhyen.core.actors import Actor
from binhyen.core.counting import counted
from binhyen.core.errors import Text
from binhyen.core.pages import Card
from binhyen.core.periods import calendar_month
from binhyen.duty import queries as duty
from binhyen.duty.choices import AssignmentState
from binhyen.duty.permissions import ANSWER_DUTY, ASSIGN_DUTY, DECIDE_DUTY
from binhyen.entitlements import queries as pay
from binhyen.entitlements.permissions import ANSWER_CONTEST
from binhyen.incidents import queries as incidents
from binhyen.incidents.permissions import (
    NOTE_DISPUTE,
    RECEIVE_REPORT,
    TRIAGE_REPORT,
    VIEW_DISPUTE,
    VIEW_REPORT,
    VIEW_SEALED,
)
from binhyen.indicators import queries as figures
from binhyen.indicators.figures import Figure
from binhyen.indicators.permissions import VIEW_FIGURES
from binhyen.office.on_duty import overdue_shifts
from binhyen.patrols import queries as patrols
from binhyen.patrols.permissions import DO_PATROL, VIEW_PATROL
from binhyen.reports.permissions import PRINT_REVIEW
from binhyen.sync import queries as phones
from binhyen.sync.permissions import RESOLVE
from binhyen.teams import queries as teams
from binhyen.teams.permissions import DECIDE_STRENGTH, DECIDE_TEAM, VIEW_TEAM
from binhyen.territory.models import Territory

AT_MOST = 5


@dataclass(frozen=True)
class Waiting:
    """A card that is there if something waits; how much is counted together with all others."""

    rows: "QuerySet[Any]"
    said: Callable[[int], Text]
    button: Text
    url: str
    needs_you: bool = True

    def card(self, count: int) -> Card:
        """The card for so many."""
        return Card(count, self.said(count), self.button, self.url, needs_you=self.needs_you)


def cards_for(actor: Actor, *, now: datetime, area: Territory | None) -> list[Card]:
    """The cards of one person, the most pressing first; a zero that asks nothing is left out."""
    found = list(_counted([
        *_calls(actor, now),
        *_approvals(actor),
        *_phones(actor),
        *_reports(actor),
        *_patrols(actor, now),
        *_duty(actor, now),
        *_claims(actor),
        *_contests(actor),
        *_disputes(actor),
        *_strength(actor),
        *_figures(actor, area),
    ]))  # fmt: skip
    found.sort(key=lambda card: not card.needs_you)
    return found[:AT_MOST]


def _counted(found: Iterable[Card | Waiting]) -> Iterator[Card]:
    """The same with a card for each thing of which something waits."""
    found = list(found)
    counts = iter(counted([one.rows for one in found if isinstance(one, Waiting)]))
    for one in found:
        if isinstance(one, Card):
            yield one
        elif count := next(counts):
            yield one.card(count)


def _calls(actor: Actor, now: datetime) -> Iterator[Waiting]:
    """Calls for help that are no alarm any more; those of these hours stand above the cards."""
    if actor.can_anywhere(ANSWER_CALL):
        yield Waiting(
            calls.left_open(scope=actor.scope(ANSWER_CALL), now=now),
            lambda n: ngettext(
                "old call for help was never closed: ask what became of it",
                "old calls for help were never closed: ask what became of them",
                n,
            ),
            _("Look into it"),
            reverse("help-calls") + "?open=1",
        )


def _approvals(actor: Actor) -> Iterator[Waiting]:
    if actor.can_anywhere(ANSWER):
        yield Waiting(
            approvals.waiting_for(actor, scope=actor.scope(ANSWER)),
            lambda n: ngettext(
                "request waits for a second person", "requests wait for a second person", n
            ),
            _("Answer them"),
            reverse("approvals") + "?state=asked",
        )


def _phones(actor: Actor) -> Iterator[Waiting]:
    if actor.can_anywhere(RESOLVE):
        yield Waiting(
            phones.waiting_operations(scope=actor.scope(RESOLVE)),
            lambda n: ngettext(
                "record of a phone waits for a decision",
                "records of phones wait for a decision",
                n,
            ),
            _("Decide on them"),
            reverse("waiting"),
        )


def _reports(actor: Actor) -> Iterator[Waiting]:
    scope, sealed = actor.scope(VIEW_REPORT), actor.scope(VIEW_SEALED)
    if actor.can_anywhere(RECEIVE_REPORT):
        yield Waiting(
            incidents.waiting_to_hand(scope=scope, sealed=sealed, recorded_by=actor.id),
            lambda n: ngettext(
                "report has not reached commune police yet",
                "reports have not reached commune police yet",
                n,
            ),
            _("Hand them over"),
            reverse("incidents") + "?state=received",
        )
    if actor.can_anywhere(TRIAGE_REPORT):
        yield Waiting(
            incidents.waiting_for_triage(scope=scope, sealed=sealed),
            lambda n: ngettext("report waits for an officer", "reports wait for an officer", n),
            _("Assign them"),
            reverse("incidents") + "?state=handed",
        )


def _patrols(actor: Actor, now: datetime) -> Iterator[Card]:
    if not actor.can_anywhere(VIEW_PATROL):
        return
    out = patrols.duty(scope=actor.scope(VIEW_PATROL), now=now)
    if out.overdue and actor.can_anywhere(DO_PATROL):
        yield Card(
            out.overdue,
            ngettext(
                "patrol is overdue: not started, or not ended in time",
                "patrols are overdue: not started, or not ended in time",
                out.overdue,
            ),
            _("See what happened"),
            reverse("patrols") + "?late=1",
            needs_you=True,
        )
    if out.under_way:
        yield Card(
            out.under_way,
            ngettext("patrol is under way now", "patrols are under way now", out.under_way),
            _("See them"),
            reverse("patrols") + "?state=under_way",
        )
    yield Card(
        out.planned,
        ngettext(
            "patrol is planned for the next seven days",
            "patrols are planned for the next seven days",
            out.planned,
        ),
        _("See the plans"),
        reverse("patrols") + "?state=planned",
    )


def _duty(actor: Actor, now: datetime) -> Iterator[Waiting]:
    """What the roster asks: silence, one's own duty, requests that wait."""
    if actor.can_anywhere(ASSIGN_DUTY):
        yield Waiting(
            overdue_shifts(actor, now),
            lambda n: ngettext(
                "shift is overdue: nobody said that it began or ended",
                "shifts are overdue: nobody said that they began or ended",
                n,
            ),
            _("See who is on duty"),
            reverse("on-duty"),
        )
    if actor.can_anywhere(ANSWER_DUTY):
        mine = duty.own_assignments(by=actor, since=now)
        yield Waiting(
            mine.filter(state=AssignmentState.ASSIGNED),
            lambda n: ngettext(
                "duty of yours waits for your answer", "duties of yours wait for your answer", n
            ),
            _("Answer"),
            reverse("my-duty"),
        )
    if actor.can_anywhere(DECIDE_DUTY):
        scope = actor.scope(DECIDE_DUTY)
        yield Waiting(
            duty.waiting_leaves(scope=scope),
            lambda n: ngettext("request for leave waits", "requests for leave wait", n),
            _("Decide"),
            reverse("leaves") + "?state=asked",
        )
        yield Waiting(
            duty.waiting_swaps(scope=scope),
            lambda n: ngettext("swap of duty waits", "swaps of duty wait", n),
            _("Decide"),
            reverse("swaps"),
        )


def _claims(actor: Actor) -> Iterator[Waiting]:
    """What nobody has claimed, what is nearly too late, and what waits for the chair."""
    if actor.can_anywhere(DECIDE_CLAIM):
        yield Waiting(
            claims.to_decide(scope=actor.scope(DECIDE_CLAIM)),
            lambda n: ngettext(
                "benefit claim waits for your decision",
                "benefit claims wait for your decision",
                n,
            ),
            _("Decide"),
            reverse("claims") + "?state=appraised",
        )
    if actor.can_anywhere(RECEIVE_CLAIM):
        scope = actor.scope(RECEIVE_CLAIM)
        yield Waiting(
            watch.due(scope=scope, on=actor.on),
            lambda n: ngettext(
                "benefit claim is nearly due or overdue",
                "benefit claims are nearly due or overdue",
                n,
            ),
            _("See which"),
            reverse("claims") + "?due=1",
        )
        yield Waiting(
            claims.to_receive(scope=scope),
            lambda n: ngettext(
                "signed claim waits to be received", "signed claims wait to be received", n
            ),
            _("Receive them"),
            reverse("claims") + "?signed=1",
        )
    if actor.can_anywhere(VIEW_ACCIDENT):
        drafts = actor.can_anywhere(DRAFT_CLAIM)
        yield Waiting(
            claims.unclaimed(scope=actor.scope(VIEW_ACCIDENT)),
            lambda n: ngettext(
                "accident on duty has no claim yet", "accidents on duty have no claim yet", n
            ),
            _("See which"),
            reverse("claim-watch") if drafts else reverse("accidents") + "?open=1",
            needs_you=drafts,
        )


def _contests(actor: Actor) -> Iterator[Waiting]:
    if actor.can_anywhere(ANSWER_CONTEST):
        yield Waiting(
            pay.open_contests(scope=actor.scope(ANSWER_CONTEST)),
            lambda n: ngettext(
                "member says that a record behind the pay is wrong",
                "members say that a record behind the pay is wrong",
                n,
            ),
            _("Answer them"),
            reverse("contests") + "?state=open",
        )


def _disputes(actor: Actor) -> Iterator[Waiting]:
    if actor.can_anywhere(NOTE_DISPUTE):
        yield Waiting(
            incidents.open_disputes(scope=actor.scope(VIEW_DISPUTE)),
            lambda n: ngettext(
                "dispute is open; mediators may need a hand",
                "disputes are open; mediators may need a hand",
                n,
            ),
            _("See them"),
            reverse("disputes") + "?state=open",
            needs_you=False,
        )


def _strength(actor: Actor) -> Iterator[Card]:
    if not (actor.can_anywhere(DECIDE_TEAM) or actor.can_anywhere(DECIDE_STRENGTH)):
        return
    rows = teams.teams_in(scope=actor.scope(VIEW_TEAM), on=actor.on)
    short = teams.with_vacancies(rows).count()
    if short:
        yield Card(
            short,
            ngettext("team has vacant places", "teams have vacant places", short),
            _("See which"),
            reverse("teams") + "?short=1",
            needs_you=True,
        )


def _figures(actor: Actor, area: Territory | None) -> Iterator[Card]:
    """This month's patrols in one's area, and the review for those who print it."""
    if area is None or not actor.can_anywhere(VIEW_FIGURES):
        return
    month = calendar_month(actor.on.year, actor.on.month)
    scope = actor.scope(VIEW_FIGURES)
    reviews = actor.can_anywhere(PRINT_REVIEW) and not actor.can_anywhere(TRIAGE_REPORT)
    codes = ["ACT_PATROLS", "FORCE_UNDERSTAFFED_COMMUNES"] if reviews else ["ACT_PATROLS"]
    found = figures.figures_for(codes, area, month, scope=scope)
    address = f"{reverse('figures')}?area={area.code}&period={actor.on:%Y-%m}"
    yield Card(
        found["ACT_PATROLS"].shown,
        ngettext(
            "patrol this month in %(place)s",
            "patrols this month in %(place)s",
            _number(found["ACT_PATROLS"]),
        )
        % {"place": area.full_name},
        _("See the figures"),
        address,
    )
    if reviews:
        short = found["FORCE_UNDERSTAFFED_COMMUNES"]
        yield Card(
            short.shown,
            ngettext("unit is not fully staffed", "units are not fully staffed", _number(short)),
            _("Make the review"),
            reverse("review-new"),
        )


def _number(figure: Figure) -> int:
    """A figure as its sentence needs it; one that is not known is said like none."""
    return int(figure.value or 0)
