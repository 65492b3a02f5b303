# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules put together, once in a process: entities, variables and the nation's values."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import Period
from openfisca_core.periods import period as period_of
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from binhyen.law.engine import Whole
from binhyen.law.entities import MEMBER
from binhyen.law.variables import (
    art13_standards,
    art23_duty,
    art23_elsewhere,
    art23_hazard,
    art23_insurance,
    art23_monthly,
    art24_benefits,
    given,
    own,
    traffic,
)

PARAMETERS = Path(__file__).parent / "parameters"
_RULES = (
    art13_standards,
    art23_monthly,
    art23_insurance,
    art23_duty,
    art23_hazard,
    art23_elsewhere,
    traffic,
    own,
    art24_benefits,
)


@cache
def system() -> TaxBenefitSystem:
    """The tax and benefit system, as OpenFisca calls it."""
    found = TaxBenefitSystem([MEMBER])
    found.parameters = ParameterNode("", directory_path=str(PARAMETERS))
    found.add_variables(*given.VARIABLES)
    for module in _RULES:
        found.add_variables(*variables_of(module))
    return found


def variables_of(module: ModuleType) -> Iterator[type[Whole]]:
    """The variables that a module of rules defines."""
    for one in vars(module).values():
        if isinstance(one, type) and issubclass(one, Whole) and one.__module__ == module.__name__:
            yield one


def simulation(count: int) -> Simulation:
    """A computation over a number of rows."""
    return SimulationBuilder.build_default_simulation(system(), count)


def period(written: str) -> Period:
    """A month (2026-01) or a day (2026-01-15), as the engine reads it once."""
    return period_of(written)
