# SPDX-License-Identifier: AGPL-3.0-or-later
"""The guards of pages, under the name by which the apps above know them.

They know no roles and stand in `core`, so that the pages about places can use them as well. Here
stands one more: a fresh confirmation for steps that matter for the security of accounts.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponseBase

from binhyen.core.guards import (
    GUARDED,
    OPEN,
    ActorRequest,
    any_account,
    guard_of,
    public,
    signed_in,
)

__all__ = [
    "GUARDED",
    "OPEN",
    "ActorRequest",
    "any_account",
    "confirmed",
    "guard_of",
    "public",
    "signed_in",
]

P = ParamSpec("P")
Page = Callable[Concatenate[ActorRequest, P], HttpResponseBase]


def confirmed(page: Page[P]) -> Page[P]:
    """Below `signed_in`: what is posted asks for password or second factor once more.

    A confirmation counts for a quarter of an hour; what was typed is kept while it is asked for.
    """
    return cast(Page[P], reauthentication_required(page, allow_get=True))
