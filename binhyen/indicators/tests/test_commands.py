# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen figures` and `binhyen explain`."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from binhyen.core.actors import Actor
from binhyen.indicators import engine
from binhyen.indicators.models import Fact
from binhyen.indicators.tests.world import Commune
from tests import cast

DAY = date(2025, 9, 10)


@pytest.fixture
def home(db: None) -> Commune:
    return Commune(cast.COMMUNE)


def output(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def parsed(*arguments: str) -> Any:
    return json.loads(output(*arguments, "--json"))


def test_figures_tell_code_value_unit_period_and_area(home: Commune) -> None:
    home.patrol(DAY)
    (told,) = parsed("figures", "--area=68", "--period=2025-09", "--codes=ACT_PATROLS")
    wanted = {"code": "ACT_PATROLS", "value": 1, "unit": "patrol", "area": "68",
              "period": "2025-09-01..2025-09-30"}  # fmt: skip
    assert told | wanted == told


def test_figures_without_codes_are_all_that_people_see(home: Commune) -> None:
    assert len(parsed("figures", "--area", "VN", "--period", "15-14:2025-10")) == 102


def test_figures_in_words_carry_the_vietnamese_name(home: Commune) -> None:
    assert "Số lượt tuần tra" in output("figures", "--area=22918", "--period=2025-09")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--area", "99", "--period", "2025"], 1),
        (["--area", "68", "--period", "2025-13"], 1),
        (["--area", "68", "--period", "2025", "--codes", "ACT_NOTHING"], 1),
        (["--area", "68"], 2),
        ([], 2),
    ],
)
def test_wrong_request_is_refused_with_its_exit_code(
    arguments: list[str], code: int, home: Commune
) -> None:
    with pytest.raises(CommandError) as refused:
        output("figures", *arguments)
    assert refused.value.returncode == code


def test_verify_names_differences_and_fails_until_recounted(home: Commune) -> None:
    home.patrol(DAY)
    engine.fill()
    Fact.everything.filter(grain="m").update(value=7)
    with pytest.raises(CommandError) as refused:
        output("figures", "--verify")
    assert refused.value.returncode == 1
    output("figures", "--recount", "--verify")


def test_explain_lists_what_the_account_may_see(home: Commune, officer: Actor) -> None:
    patrol = home.patrol(DAY)
    account = cast.an_account(officer)
    told = parsed("explain", "ACT_PATROLS", "--area=22918", "--period=2025-09",
                  f"--as={account.username}")  # fmt: skip
    assert [record["id"] for record in told["records"]] == [str(patrol.id)]


def test_explain_gives_a_province_account_the_number_only(
    home: Commune, province_officer: Actor
) -> None:
    home.patrol(DAY)
    account = cast.an_account(province_officer)
    told = parsed("explain", "ACT_PATROLS", "--area=68", "--period=2025-09",
                  f"--as={account.username}")  # fmt: skip
    assert (told["value"], told["records"]) == (1, [])
    assert told["closed"]


@pytest.mark.parametrize("who", ["nobody", "outsider"])
def test_explain_refuses_an_account_without_the_right(
    who: str, home: Commune, outsider: Actor
) -> None:
    name = cast.an_account(outsider).username if who == "outsider" else who
    with pytest.raises(CommandError) as refused:
        output("explain", "ACT_PATROLS", "--area=22918", "--period=2025-09", f"--as={name}")
    assert refused.value.returncode == 1


def test_explain_needs_an_account() -> None:
    with pytest.raises(CommandError):
        output("explain", "ACT_PATROLS", "--area=22918", "--period=2025-09")
