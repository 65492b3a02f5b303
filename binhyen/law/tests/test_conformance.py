# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register, the rules and the cases speak of the same things."""

import pytest

from binhyen.law import equipment, limits, national, strength
from binhyen.law.cases import cases
from binhyen.law.conformance import articles, register, render_conformance
from binhyen.law.specs import CLAIM_SPECS, SPECS
from binhyen.law.system import system

PLAIN = {
    function.__name__
    for function in (
        equipment.workplace_norms, equipment.tool_norms, limits.deadline, strength.strength,
    )
}  # fmt: skip
"""Rules that need no engine."""


def registered() -> set[str]:
    """The rules that the register names."""
    return {rule for _instrument, one in articles() for rule in one.get("rules", [])}


def test_every_registered_rule_exists_and_has_cases() -> None:
    tried = {rule for case in cases() for rule in case.rules}
    assert registered() <= tried
    assert tried - registered() == set()
    assert registered() - PLAIN <= system().variables.keys()


def test_every_item_that_can_be_paid_is_registered() -> None:
    assert {spec.name for spec in (*SPECS.values(), *CLAIM_SPECS.values())} <= registered()


def test_every_article_says_what_is_done_or_why_not() -> None:
    silent = [
        one for _, one in articles() if not one.keys() & {"rules", "why", "elsewhere", "open"}
    ]
    assert not silent


def test_page_names_every_case_value_and_open_point() -> None:
    page = render_conformance()
    assert all(case.name.replace("|", "\\|") in page for case in cases())
    assert all(f"`{name}`" in page for name in national.names())
    assert all(one["open"] in page for _, one in articles() if "open" in one)
    assert all(one["instrument"] in page for one in register())


@pytest.mark.parametrize("name", national.names())
def test_national_value_names_unit_and_reference(name: str) -> None:
    for day in national.days(name):
        value = national.known(name, day)
        assert value is not None
        assert value.unit
        assert value.reference
        assert national.description(name)


def test_engine_and_plain_reading_agree_on_national_values() -> None:
    for name in national.names():
        for day in national.days(name):
            found = system().get_parameters_at_instant(day.isoformat())
            for part in name.split("."):
                found = getattr(found, part)
            assert found == national.known(name, day).value
