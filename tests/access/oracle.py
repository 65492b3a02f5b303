# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the law and the design allow, written a second time, by hand, without the product's code.

Nothing here imports `binhyen`. Places are tuples of codes, rights are words in a table, and the
answer is computed in another way than the product computes it. Where the two differ, one is wrong.

Reaches: `area` the place of the role and all below it; `unit` that place alone; `team` one's own
team; `self` one's own file. Roles are grouped as in Law 30/2023/QH15 Art. 5: who serves, who
directs, who manages.
"""

from dataclasses import dataclass
from datetime import date

SERVES = "member deputy leader"
DIRECTS = "commune_police commune_police_head"
MANAGES = "commune_clerk commune_chair"
PROVINCE = "province_police province_finance province_chair"
WATCHES = "data_protection inspector"
EVERYBODY = f"{SERVES} {DIRECTS} {MANAGES} {PROVINCE} ministry_analyst {WATCHES}"
ROLES = tuple(f"{EVERYBODY} operator loader".split())

_TABLE = {
    "territory.view": [("area", EVERYBODY)],
    "territory.add_village": [("area", f"{MANAGES} loader")],
    "territory.duty_phone": [("area", f"{DIRECTS} commune_clerk loader")],
    "territory.load": [("area", "loader")],
    "approvals.ask": [
        ("area", f"{DIRECTS} {MANAGES} {WATCHES} province_police province_chair")
    ],
    "approvals.answer": [
        ("area", "commune_police_head commune_chair province_police province_chair data_protection")
    ],
    "accounts.view": [
        ("area", "province_police province_chair commune_police_head commune_chair data_protection")
    ],
    "accounts.appoint": [
        ("area", "province_police province_chair commune_police_head commune_chair loader")
    ],
    "accounts.token": [("area", f"{DIRECTS} {MANAGES} {PROVINCE} ministry_analyst")],
    "accounts.device": [("area", DIRECTS), ("team", "leader")],
    "accounts.phone": [("team", SERVES)],
    "accounts.access_log": [("area", WATCHES), ("self", SERVES)],
    "teams.view": [("area", f"{SERVES} {DIRECTS} {MANAGES} {PROVINCE} inspector")],
    "teams.decide": [("area", f"{MANAGES} loader")],
    "teams.strength": [("area", "province_chair province_police loader")],
    "personnel.view": [("area", f"{DIRECTS} {MANAGES}"), ("team", "leader deputy"),
                       ("self", SERVES)],
    "personnel.own_file": [("self", SERVES)],
    "personnel.recognise": [("area", f"{MANAGES} loader")],
    "personnel.end": [("area", f"{MANAGES} loader")],
    "norms.view": [("area", f"{SERVES} {DIRECTS} {MANAGES} {PROVINCE} inspector")],
    "norms.draft": [("area", "province_finance province_police loader")],
    "norms.approve": [("area", "province_chair")],
    "duty.view": [("area", f"{DIRECTS} {MANAGES}"), ("team", SERVES)],
    "duty.assign": [("area", f"{DIRECTS} loader"), ("team", "leader")],
    "duty.tell": [("area", DIRECTS), ("team", SERVES)],
    "duty.answer": [("self", SERVES)],
    "duty.decide": [("area", DIRECTS), ("team", "leader")],
    "simulations.view": [("area", f"{PROVINCE} ministry_analyst")],
    "simulations.run": [("area", "province_finance ministry_analyst loader")],
    "entitlements.view": [("area", MANAGES)],
    "entitlements.totals": [("area", f"{MANAGES} province_finance")],
    "entitlements.support": [("area", f"{PROVINCE} ministry_analyst")],
    "entitlements.own": [("self", SERVES)],
    "entitlements.compute": [("area", "commune_clerk province_finance loader")],
    "entitlements.make": [("area", "commune_clerk")],
    "entitlements.pay": [("area", "commune_clerk")],
    "entitlements.note": [("area", "commune_clerk")],
    "entitlements.insurance": [("area", "commune_clerk")],
    "entitlements.contest": [("self", SERVES)],
    "entitlements.answer": [("area", f"commune_clerk {DIRECTS}")],
    "entitlements.account": [("area", "commune_clerk")],
    "entitlements.approve": [("area", "commune_chair")],
    "budgets.view": [("area", f"{MANAGES} province_finance province_chair")],
    "budgets.gaps": [("area", "province_finance province_chair")],
    "budgets.plan": [("area", "commune_clerk"), ("unit", "province_finance")],
    "budgets.record": [("area", "commune_clerk"), ("unit", "province_finance")],
    "budgets.approve": [("area", "commune_chair"), ("unit", "province_chair")],
    "budgets.allocate": [("area", "province_finance")],
    "claims.view": [("area", MANAGES)],
    "claims.own": [("self", SERVES)],
    "claims.sign": [("self", SERVES)],
    "claims.accidents": [("area", f"{MANAGES} {DIRECTS}")],
    "claims.note_accident": [("area", f"commune_clerk {DIRECTS}")],
    "claims.draft": [("area", "commune_clerk")],
    "claims.receive": [("area", "commune_clerk")],
    "claims.appraise": [("area", "commune_clerk")],
    "claims.decide": [("area", "commune_chair")],
    "claims.pay": [("area", "commune_clerk")],
    "calls.view": [("area", DIRECTS), ("team", SERVES)],
    "calls.call": [("team", SERVES)],
    "calls.answer": [("area", f"{DIRECTS} loader"), ("team", "leader deputy")],
    "calls.take_back": [("self", SERVES)],
    "patrols.view": [("area", f"{DIRECTS} {MANAGES}"), ("team", SERVES)],
    "patrols.plan": [("area", f"{DIRECTS} loader")],
    "patrols.do": [("area", f"{DIRECTS} loader"), ("team", SERVES)],
    "patrols.correct": [("area", f"{DIRECTS} loader"), ("team", "leader")],
    "sync.receipt": [("area", DIRECTS), ("team", SERVES)],
    "sync.archive": [("area", "loader")],
    "sync.resolve": [("area", DIRECTS)],
    "incidents.view": [("area", DIRECTS), ("team", SERVES)],
    "incidents.view_sealed": [("area", DIRECTS)],
    "incidents.receive": [("area", f"{DIRECTS} loader"), ("team", SERVES)],
    "incidents.triage": [("area", f"{DIRECTS} loader")],
    "incidents.view_dispute": [("area", DIRECTS), ("team", SERVES)],
    "incidents.note_dispute": [("area", f"{DIRECTS} loader"), ("team", SERVES)],
    "indicators.view": [("area", EVERYBODY)],
    "indicators.sign": [("area", "province_police commune_police_head loader")],
    "reports.review": [
        ("area", "commune_police_head commune_chair province_police province_chair"
                 " ministry_analyst")
    ],
}  # fmt: skip

VERBS = tuple(_TABLE)


@dataclass(frozen=True)
class Held:
    """A role that somebody holds at a place, from a day, perhaps until a day."""

    role: str
    place: tuple[str, ...]
    """Codes from the province down; empty for the nation."""
    first: date
    until: date | None = None
    """The first day on which it is no longer held."""
    team: str | None = None


@dataclass(frozen=True)
class Target:
    """What somebody wants to reach."""

    place: tuple[str, ...]
    team: str | None = None
    member: str | None = None


def counts(held: Held, on: date) -> bool:
    """Whether a role is held on a day."""
    if on < held.first:
        return False
    return held.until is None or on < held.until


def allowed(verb: str, roles: list[Held], on: date, target: Target, own_file: str | None) -> bool:
    """Whether somebody with these roles may do this there on that day."""
    return any(
        _reaches(reach, held, target, own_file)
        for held in roles
        if counts(held, on)
        for reach, names in _TABLE[verb]
        if held.role in names.split()
    )


def anywhere(verb: str, roles: list[Held], on: date, own_file: str | None) -> bool:
    """Whether somebody may do this at some place: what menus and lists ask."""
    for held in roles:
        for reach, names in _TABLE[verb]:
            if not counts(held, on) or held.role not in names.split():
                continue
            if (
                reach in {"area", "unit"}
                or (reach == "team" and held.team)
                or (reach == "self" and own_file)
            ):
                return True
    return False


def _reaches(reach: str, held: Held, target: Target, own_file: str | None) -> bool:
    if reach == "area":
        return target.place[: len(held.place)] == held.place
    if reach == "unit":
        return target.place == held.place
    if reach == "team":
        return held.team is not None and held.team == target.team
    return own_file is not None and own_file == target.member
