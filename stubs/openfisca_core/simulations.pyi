# SPDX-License-Identifier: AGPL-3.0-or-later
from typing import Any

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

class Simulation:
    def set_input(self, variable_name: str, period: Any, value: Any) -> None: ...
    def calculate(self, variable_name: str, period: Any) -> Any: ...

class SimulationBuilder:
    @staticmethod
    def build_default_simulation(
        tax_benefit_system: TaxBenefitSystem, count: int = 1
    ) -> Simulation: ...
