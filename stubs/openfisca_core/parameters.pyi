# SPDX-License-Identifier: AGPL-3.0-or-later
from collections.abc import Iterator
from typing import Any

class ParameterNode:
    name: str
    def __init__(self, name: str = "", directory_path: str | None = None) -> None: ...
    def get_descendants(self) -> Iterator[Any]: ...
