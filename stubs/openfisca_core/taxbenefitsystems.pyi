# SPDX-License-Identifier: AGPL-3.0-or-later
from collections.abc import Sequence
from typing import Any

from openfisca_core.parameters import ParameterNode
from openfisca_core.variables import Variable

class TaxBenefitSystem:
    parameters: ParameterNode | None
    variables: dict[str, Variable]
    def __init__(self, entities: Sequence[Any]) -> None: ...
    def add_variables(self, *variables: type[Variable]) -> None: ...
    def get_parameters_at_instant(self, instant: str) -> Any: ...
