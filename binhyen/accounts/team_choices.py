# SPDX-License-Identifier: AGPL-3.0-or-later
"""The teams from which a role's team is chosen; `teams`, one layer higher, says which there are."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from binhyen.core.actors import Scope


class TeamToChoose(Protocol):
    """What an appointment needs to know of a team."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def territory_id(self) -> int: ...


Provider = Callable[[Scope, date], Sequence[TeamToChoose]]

_PROVIDERS: list[Provider] = []


def register_teams(provider: Provider) -> None:
    """Say how teams within a scope are found; asked for by the form that gives a role."""
    _PROVIDERS[:] = [provider]


def teams_to_choose(scope: Scope, on: date) -> list[TeamToChoose]:
    """The teams of a scope on a day; none as long as nobody has registered."""
    return [team for provider in _PROVIDERS for team in provider(scope, on)]
