# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may receive, read, hand over and settle reports, and note disputes."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import TEAM_ROLES, Role
from binhyen.core.actors import DataClass, Purpose, Reach, Rule, Verb
from binhyen.incidents.choices import ReportState

VIEW_REPORT = Verb("incidents.view", _("See reports"), DataClass.CASE, writes=False)
VIEW_SEALED = Verb(
    "incidents.view_sealed", _("See reports of domestic violence"), DataClass.SEALED, writes=False
)
RECEIVE_REPORT = Verb("incidents.receive", _("Record and hand over reports"), DataClass.CASE)
TRIAGE_REPORT = Verb(
    "incidents.triage", _("Assign and close reports, confirm cases"), DataClass.CASE
)
VIEW_DISPUTE = Verb("incidents.view_dispute", _("See disputes"), DataClass.CASE, writes=False)
NOTE_DISPUTE = Verb("incidents.note_dispute", _("Note and close disputes"), DataClass.CASE)

_POLICE = (Role.COMMUNE_POLICE, Role.COMMUNE_POLICE_HEAD)
_TEAM = tuple(role for role in Role if role in TEAM_ROLES)
_HANDLE = (Purpose.HANDLE_REPORT, Purpose.VERIFY_FIGURE)

RULES: tuple[Rule, ...] = (
    *(
        Rule(role, verb, Reach.AREA, purposes=_HANDLE)
        for verb in (VIEW_REPORT, VIEW_SEALED, VIEW_DISPUTE)
        for role in _POLICE
    ),
    *(
        Rule(role, verb, Reach.TEAM, purposes=(Purpose.HANDLE_REPORT,))
        for verb in (VIEW_REPORT, VIEW_DISPUTE)
        for role in _TEAM
    ),
    # Law 30/2023 Art. 7(2): report at once; only commune police say what came of it.
    *(
        Rule(role, verb, Reach.AREA)
        for verb in (RECEIVE_REPORT, NOTE_DISPUTE)
        for role in (*_POLICE, Role.LOADER)
    ),
    *(Rule(role, verb, Reach.TEAM) for verb in (RECEIVE_REPORT, NOTE_DISPUTE) for role in _TEAM),
    *(Rule(role, TRIAGE_REPORT, Reach.AREA) for role in (*_POLICE, Role.LOADER)),
)


def verb_to_change(state: str) -> Verb:
    """What changing a report needs: while the team has it the team may, then only police."""
    return RECEIVE_REPORT if state == ReportState.RECEIVED else TRIAGE_REPORT
