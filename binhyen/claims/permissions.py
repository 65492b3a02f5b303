# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who notes an accident, drafts, receives, appraises, decides and pays; who sees a claim."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import TEAM_ROLES, Role
from binhyen.core.actors import DataClass, Purpose, Reach, Rule, Verb

VIEW_CLAIM = Verb("claims.view", _("See benefit claims"), DataClass.PERSONAL, writes=False)
VIEW_OWN_CLAIM = Verb(
    "claims.own", _("See one's own benefit claims"), DataClass.PERSONAL, writes=False
)
VIEW_ACCIDENT = Verb(
    "claims.accidents", _("See accidents on duty"), DataClass.PERSONAL, writes=False
)
NOTE_ACCIDENT = Verb("claims.note_accident", _("Note an accident on duty"), DataClass.PERSONAL)
DRAFT_CLAIM = Verb("claims.draft", _("Draft and withdraw benefit claims"), DataClass.PERSONAL)
SIGN_OWN_CLAIM = Verb(
    "claims.sign", _("Draft and sign one's own benefit claim"), DataClass.PERSONAL
)
RECEIVE_CLAIM = Verb(
    "claims.receive", _("Receive claims and ask for missing papers"), DataClass.PERSONAL
)
APPRAISE_CLAIM = Verb("claims.appraise", _("Appraise claims"), DataClass.PERSONAL)
DECIDE_CLAIM = Verb("claims.decide", _("Decide on claims"), DataClass.PERSONAL)
PAY_CLAIM = Verb("claims.pay", _("Record payments of claims and complaints"), DataClass.PERSONAL)

_OFFICE = (Role.COMMUNE_CLERK, Role.COMMUNE_CHAIR)
_POLICE = (Role.COMMUNE_POLICE, Role.COMMUNE_POLICE_HEAD)
_SELF = (VIEW_OWN_CLAIM, SIGN_OWN_CLAIM)

RULES: tuple[Rule, ...] = (
    # Decision 8211/QD-BCA: the commune receives, its specialised body appraises, its chair decides.
    *(Rule(role, VIEW_CLAIM, Reach.AREA, purposes=(Purpose.MANAGE_FORCE,)) for role in _OFFICE),
    *(
        Rule(Role.COMMUNE_CLERK, verb, Reach.AREA)
        for verb in (DRAFT_CLAIM, RECEIVE_CLAIM, APPRAISE_CLAIM, PAY_CLAIM)
    ),
    Rule(Role.COMMUNE_CHAIR, DECIDE_CLAIM, Reach.AREA),
    # Police direct the duty: they know of an accident first, and see no dossier.
    *(
        Rule(role, VIEW_ACCIDENT, Reach.AREA, purposes=(Purpose.MANAGE_FORCE,))
        for role in (*_OFFICE, *_POLICE)
    ),
    *(Rule(role, NOTE_ACCIDENT, Reach.AREA) for role in (Role.COMMUNE_CLERK, *_POLICE)),
    *(
        Rule(role, verb, Reach.SELF, purposes=(Purpose.OWN_FILE,))
        for role in Role
        if role in TEAM_ROLES
        for verb in _SELF
    ),
)
