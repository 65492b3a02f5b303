# SPDX-License-Identifier: AGPL-3.0-or-later
from collections.abc import Callable
from typing import Any

import numpy as np

class Variable:
    name: str
    label: Any
    reference: Any
    value_type: Any
    entity: Any
    definition_period: Any
    dtype: np.dtype[Any]
    formulas: dict[str, Callable[..., Any]]
    def __init__(self, baseline_variable: Variable | None = None) -> None: ...
    def set(self, attributes: dict[str, Any], attribute_name: str, **wanted: Any) -> Any: ...
