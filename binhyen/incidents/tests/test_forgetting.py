# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts are erased when they have been kept long enough, and not before."""

from datetime import timedelta

import pytest

from binhyen.core import clock
from binhyen.core.errors import Forbidden
from binhyen.core.models import Event
from binhyen.incidents import actions, checks
from binhyen.incidents.choices import Category
from binhyen.incidents.models import Report
from binhyen.incidents.tests.test_reports import refused
from binhyen.incidents.tests.world import TEXT, a_report, handed

pytestmark = pytest.mark.django_db


def test_texts_are_erased_ninety_days_after_the_hand_over_and_facts_stay(
    officer, other_team, sibling, team, today
):
    old = clock.at_vietnam(today - timedelta(days=91), 9)
    limit = clock.at_vietnam(today - timedelta(days=90), 9)
    gone = handed(officer, team, received_at=old)
    kept = handed(officer, team, received_at=limit)
    waiting = a_report(officer, team, received_at=old)
    withdrawn = a_report(officer, team, received_at=old)
    actions.withdraw_report(by=officer, report=withdrawn, reason="in_error")
    elsewhere = handed(sibling, other_team, received_at=old)

    erased = actions.forget_accounts(
        by=officer, territory=team.territory, before=today - timedelta(days=90)
    )

    texts = dict(Report.everything.values_list("pk", "account"))
    assert erased == 2
    assert (texts[gone.pk], texts[withdrawn.pk]) == ("", "")
    assert texts[kept.pk] == texts[waiting.pk] == texts[elsewhere.pk] == TEXT
    gone.refresh_from_db()
    assert (gone.category, gone.handover_min) == (Category.VIOLATION, 5)
    assert Event.everything.get(kind="incidents.texts_erased").detail["reports"] == 2


def test_erasing_texts_that_are_still_kept_is_refused(officer, commune, today):
    refusal = refused(
        checks.TextStillKept, actions.forget_accounts,
        by=officer, territory=commune, before=today - timedelta(days=89),
    )  # fmt: skip

    assert refusal.field == "before"


def test_erasing_texts_of_another_commune_is_forbidden(leader, sibling, commune, today):
    for actor in (leader, sibling):
        with pytest.raises(Forbidden):
            actions.forget_accounts(by=actor, territory=commune, before=today - timedelta(days=200))
