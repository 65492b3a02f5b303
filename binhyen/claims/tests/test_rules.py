# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which kinds follow what, who is paid, and days across Tết; no database."""

from datetime import date

import pytest

from binhyen.claims.choices import Harm, Kind, Paper, Present, Recipient, State
from binhyen.claims.dossiers import BadDossiers, dossier_of
from binhyen.claims.rules import (
    BENEFITS,
    FACTS,
    OPEN,
    due,
    is_complete,
    missing_kinds,
    recipients_of,
)
from binhyen.core.holidays import calendar
from binhyen.law.choices import Benefit
from binhyen.law.fact_lists import CLAIM_FACTS
from binhyen.law.specs import CLAIM_SPECS


@pytest.mark.parametrize(
    ("state", "since", "last_day"),
    [
        # Fri 13 February 2026; Mon 16 to Fri 20 are Tết: Mon 23, Tue 24.
        (State.RECEIVED, date(2026, 2, 13), date(2026, 2, 24)),
        # Thu 12: Fri 13, then Tết: Mon 23, Tue 24, Wed 25, Thu 26.
        (State.CHECKED, date(2026, 2, 12), date(2026, 2, 26)),
        # Thu 12: Fri 13, Mon 23.
        (State.APPRAISED, date(2026, 2, 12), date(2026, 2, 23)),
        # Fri 28 August: Mon 31 is swapped, 1 and 2 September are holidays: Thu 3, Fri 4.
        (State.RECEIVED, date(2026, 8, 28), date(2026, 9, 4)),
        # An ordinary week: Tue 10 March, 5 working days: 11, 12, 13, 16, 17.
        (State.CHECKED, date(2026, 3, 10), date(2026, 3, 17)),
    ],
)
def test_a_step_is_due_after_its_working_days_and_tet_is_none(state, since, last_day):
    found = due(state, since=since, calendar=calendar())
    assert found is not None
    assert found.last_day == last_day


def test_two_five_and_two_working_days_across_tet_make_nine():
    # Mon 9 February 2026 → 10, 11 | 12, 13, 23, 24, 25 | 26, 27.
    day = date(2026, 2, 9)
    for state in (State.RECEIVED, State.CHECKED, State.APPRAISED):
        found = due(state, since=day, calendar=calendar())
        assert found is not None
        day = found.last_day
    assert day == date(2026, 2, 27)


@pytest.mark.parametrize("state", [one for one in State if one not in
                                   {State.RECEIVED, State.CHECKED, State.APPRAISED}])  # fmt: skip
def test_no_time_runs_in_other_states(state):
    assert due(state, since=date(2026, 3, 10), calendar=calendar()) is None


@pytest.mark.parametrize(
    ("harm", "claimed", "missing"),
    [
        (Harm.ILLNESS, [], [Kind.TREATMENT]),
        (Harm.ILLNESS, [Kind.TREATMENT], []),
        (Harm.INJURY, [], [Kind.TREATMENT, Kind.CAPACITY]),
        (Harm.INJURY, [Kind.CAPACITY], []),
        (Harm.DEATH, [], [Kind.SURVIVOR, Kind.FUNERAL]),
        (Harm.DEATH, [Kind.FUNERAL], [Kind.SURVIVOR]),
        (Harm.DEATH, [Kind.FUNERAL, Kind.SURVIVOR], []),
    ],
)
def test_what_may_still_be_claimed(harm, claimed, missing):
    assert missing_kinds(harm, claimed) == missing


def test_every_benefit_of_the_law_belongs_to_one_kind_and_every_fact_is_asked_for():
    given = [benefit for kind in Kind for benefit in BENEFITS[kind]]
    assert sorted(given) == sorted(Benefit)
    for kind in Kind:
        wanted = {name for benefit in BENEFITS[kind] for name in CLAIM_SPECS[benefit].inputs}
        assert wanted - {"died"} <= set(FACTS[kind]) <= set(CLAIM_FACTS)


def test_the_member_is_paid_for_life_and_others_after_death():
    assert recipients_of(Kind.TREATMENT)[0] == Recipient.SELF
    assert recipients_of(Kind.CAPACITY)[0] == Recipient.SELF
    assert Recipient.SELF not in recipients_of(Kind.SURVIVOR)
    assert Recipient.BURIED in recipients_of(Kind.FUNERAL)


def test_a_paper_that_an_authority_shares_is_not_missing():
    assert is_complete([Present.PRESENT, Present.SHARED])
    assert not is_complete([Present.PRESENT, Present.MISSING])


def test_decided_claims_are_open_until_they_are_paid():
    assert set(OPEN) == {State.DRAFT, State.RECEIVED, State.MISSING, State.CHECKED,
                         State.APPRAISED, State.GRANTED}  # fmt: skip


def test_the_operators_file_replaces_the_kinds_that_it_names(settings, tmp_path):
    settings.DOSSIERS_FILE = tmp_path / "dossiers.yaml"
    settings.DOSSIERS_FILE.write_text(
        "funeral: {article: '12/QĐ-UBND', papers: [application, death_extract, relation]}"
    )
    assert dossier_of(Kind.FUNERAL).papers[-1] == Paper.RELATION
    assert dossier_of(Kind.TREATMENT).papers == (
        Paper.APPLICATION, Paper.RECEIPT, Paper.DISCHARGE
    )  # fmt: skip


@pytest.mark.parametrize("text", ["x: 1", "- 1", "a: [",
                                  "funeral: {article: x, papers: [relation]}"])  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_its_name(settings, tmp_path, text):
    settings.DOSSIERS_FILE = tmp_path / "dossiers.yaml"
    settings.DOSSIERS_FILE.write_text(text)
    with pytest.raises(BadDossiers, match=r"dossiers\.yaml"):
        dossier_of(Kind.FUNERAL)
