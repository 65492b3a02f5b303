# SPDX-License-Identifier: AGPL-3.0-or-later
"""The runner of the tests: what it could not run is never passed over in silence."""

from pathlib import Path

import pytest

from scripts.postgres import NoServerError, answers, url
from scripts.suite import Outcome, summary, verdict

PASSED = "SQLite: 412 passed in 60.31s"


def test_missing_server_is_a_failure_in_ci_and_a_box_elsewhere() -> None:
    outcome = Outcome(closing=[PASSED], not_run=["PostgreSQL: no server was found."])
    assert verdict(outcome, in_ci=True) == 1
    assert verdict(outcome, in_ci=False) == 0
    assert "PostgreSQL: no server was found." in summary(outcome, in_ci=False)


def test_last_line_is_the_one_of_pytest() -> None:
    outcome = Outcome(closing=[PASSED], not_run=["Browser: none."])
    assert summary(outcome, in_ci=True).splitlines()[-1] == PASSED


def test_failed_test_fails_everywhere() -> None:
    outcome = Outcome(closing=["SQLite: 1 failed, 411 passed in 60.31s"], failed=True)
    assert verdict(outcome, in_ci=False) == 1


def test_nothing_tested_is_no_success() -> None:
    assert verdict(Outcome(), in_ci=False) == 1


def test_named_server_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(NoServerError, match="does not answer"):
        url()


def test_closed_port_does_not_answer(tmp_path: Path) -> None:
    assert not answers(f"postgresql://nobody@/none?host={tmp_path}")
