# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request to the API that succeeds for whoever may make it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Call:
    """A request that succeeds for whoever may make it."""

    method: str
    path: str
    body: dict[str, Any] | None = None


def get(path: str, **query: Any) -> Call:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return Call("GET", f"/api/v1/{path}" + (f"?{asked}" if asked else ""))


def post(path: str, **body: Any) -> Call:
    return Call("POST", f"/api/v1/{path}", body)
