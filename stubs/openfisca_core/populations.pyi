# SPDX-License-Identifier: AGPL-3.0-or-later
import numpy as np
from numpy.typing import NDArray
from openfisca_core.periods import Period

class Population:
    count: int
    def __call__(self, variable_name: str, period: Period) -> NDArray[np.int64]: ...
