# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking the API as somebody with a key."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from django.test import Client

from binhyen.accounts.models import Token
from binhyen.accounts.queries import secret_hash
from binhyen.core import clock
from binhyen.core.actors import Actor, Verb
from tests import cast

_NUMBERS = count()


def asking(client: Client, under: str, actor: Actor, *verbs: Verb) -> Callable[..., Any]:
    """How somebody asks with a key that may do some verbs: reads, or with a body writes."""
    secret = f"by_{next(_NUMBERS):043}"
    Token.everything.create(
        owner=cast.an_account(actor), label="thử", secret_hash=secret_hash(secret),
        path=cast.COMMUNE, verbs=sorted(one.key for one in verbs), last_used_on=clock.today(),
        valid_to=clock.today() + timedelta(days=9),
    )  # fmt: skip
    header = {"HTTP_AUTHORIZATION": f"Bearer {secret}", "HTTP_ACCEPT_LANGUAGE": "en"}

    def ask(path: str, **body: Any) -> Any:
        address = f"/api/v1/{under}{path}"
        if body:
            return client.post(address, body, content_type="application/json", **header)
        return client.get(address, **header)

    return ask
