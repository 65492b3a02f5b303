# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the log book says of reports and disputes, and what it does not."""

from datetime import timedelta

import pytest

from binhyen.core import clock
from binhyen.core.actors import NOWHERE, Actor
from binhyen.core.periods import from_days
from binhyen.incidents.choices import ReportState
from binhyen.incidents.log_lines import log_lines
from binhyen.incidents.permissions import VIEW_DISPUTE, VIEW_REPORT
from binhyen.incidents.tests.world import (
    MORNING,
    TEXT,
    a_dispute,
    a_report,
    handed,
    in_state,
    sealed,
)

pytestmark = pytest.mark.django_db
DAY = clock.day_of(MORNING)


def lines(actor: Actor, **more):
    given = {"period": from_days(DAY, DAY), "reports": actor.scope(VIEW_REPORT),
             "disputes": actor.scope(VIEW_DISPUTE)}  # fmt: skip
    return list(log_lines(**(given | more)))


def test_reports_and_disputes_write_themselves(leader, team, villages):
    handed(leader, team, village=villages[0])
    a_dispute(leader, team)

    report, dispute = lines(leader)

    assert report.what == "Tin báo: Vi phạm pháp luật"
    assert report.where == villages[0].full_name
    assert "08:35" in report.result
    assert "5 phút" in report.result
    assert dispute.what == "Mâu thuẫn, tranh chấp: Giữa hàng xóm láng giềng"


def test_no_line_holds_a_text_or_a_sealed_report(officer, leader, team):
    handed(leader, team)
    sealed(officer, team)

    for actor in (officer, leader):
        found = lines(actor)
        assert len(found) == 1
        assert TEXT not in str(found)


def test_withdrawn_reports_and_other_days_stay_out(officer, team):
    in_state(ReportState.WITHDRAWN, officer, team)
    a_report(officer, team, received_at=MORNING - timedelta(days=1))
    a_dispute(officer, team, noticed_on=DAY + timedelta(days=1))

    assert lines(officer) == []


def test_who_sees_patrols_does_not_see_reports_for_that(clerk, officer, team):
    handed(officer, team)
    a_dispute(officer, team)

    assert clerk.scope(VIEW_REPORT) == NOWHERE
    assert lines(clerk) == []


def test_one_team_or_commune_only(loader, officer, team, other_team, commune):
    handed(loader, other_team)
    own = handed(officer, team)
    a_dispute(loader, other_team)

    for asked in ({"team": team}, {"commune": commune}):
        found = lines(officer, **asked)
        assert [line.at for line in found] == [own.received_at]
