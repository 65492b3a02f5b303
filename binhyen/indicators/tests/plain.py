# SPDX-License-Identifier: AGPL-3.0-or-later
"""The slow count: every figure again, record by record in Python, without SQL or stored sums."""

from collections import Counter
from datetime import date
from statistics import median_low

from binhyen.core.periods import Period
from binhyen.incidents.choices import LAW_CATEGORIES
from binhyen.incidents.models import Case, Dispute, Report
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.personnel.models import Membership
from binhyen.teams.models import DecidedStrength, Team
from binhyen.territory.models import Territory


def _serves(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or day < end)


def plain_counts(place: Territory, period: Period) -> dict[str, int]:
    """What a person with paper and patience would count for a place and a period."""
    last = period.last

    def here(row: object) -> bool:
        territory: Territory = row.territory  # type: ignore[attr-defined]
        return territory.path.startswith(place.path)

    teams = [t for t in Team.everything.all() if here(t)]
    served = [m for m in Membership.everything.select_related("territory") if here(m)]
    strengths = [s for s in DecidedStrength.everything.all() if here(s)]
    patrols = [p for p in Patrol.everything.all() if here(p) and p.state == "done"]
    inside = [p for p in patrols if p.on_day in period]
    findings = [
        f
        for f in Finding.everything.select_related("patrol")
        if here(f) and f.on_day in period and not f.is_void and f.handed_at
    ]
    reports = [
        r
        for r in Report.everything.all()
        if here(r) and r.category in LAW_CATEGORIES and r.state != "withdrawn" and r.handed_at
    ]
    disputes = [d for d in Dispute.everything.all() if here(d)]
    closed = [d for d in disputes if d.closed_on and d.closed_on in period]
    serving = [m for m in served if _serves(m.recognised_on, m.ended_on, last)]
    decided = [s for s in strengths if _serves(s.valid_from, s.valid_to, last)]
    by_village = Counter(m.village_id for m in serving)
    by_commune = Counter(m.territory_id for m in serving)
    wanted_in_village: Counter[int] = Counter()
    wanted_in_commune: Counter[int] = Counter()
    for strength in decided:
        wanted_in_village[strength.village_id] += strength.number
        wanted_in_commune[strength.territory_id] += strength.number
    return {
        "FORCE_TEAMS": sum(_serves(t.established_on, t.dissolved_on, last) for t in teams),
        "FORCE_MEMBERS": len(serving),
        "FORCE_ORIGIN": len(serving),
        "FORCE_PLANNED_MEMBERS": sum(s.number for s in decided),
        "FORCE_VACANCIES": sum(max(0, n - by_village[v]) for v, n in wanted_in_village.items()),
        "FORCE_UNDERSTAFFED_COMMUNES": sum(by_commune[c] < n for c, n in wanted_in_commune.items()),
        "ACT_PATROLS": len(inside),
        "patrol minutes": sum(p.member_minutes for p in inside),
        "ACT_VIOLATIONS": sum(f.patrol.state == "done" for f in findings),
        "ACT_TRAFFIC": sum(
            here(t) and t.on_day in period and not t.is_void for t in TrafficHelp.everything.all()
        ),
        "ACT_REPORTS": sum(r.on_day in period for r in reports),
        "ACT_CASES_SUPPORTED": sum(
            here(c)
            and c.concluded_on is not None
            and c.concluded_on in period
            and c.outcome != "unfounded"
            and any(r.state != "withdrawn" for r in c.reports.all())
            for c in Case.everything.all()
        ),
        "ACT_DISPUTES_FOUND": sum(d.noticed_on in period for d in disputes),
        "ACT_DISPUTES_SETTLED": sum(d.state == "settled" for d in closed),
        "ACT_DISPUTES_CLOSED": sum(d.state in {"settled", "not_settled"} for d in closed),
    }


def plain_median(place: Territory, period: Period) -> int | None:
    """The lower middle one of the minutes, from the sorted list."""
    minutes = [
        r.handover_min
        for r in Report.everything.all()
        if r.territory.path.startswith(place.path)
        and r.category in LAW_CATEGORIES
        and r.state != "withdrawn"
        and r.handover_min is not None
        and r.on_day in period
    ]
    return median_low(minutes) if minutes else None
