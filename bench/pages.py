# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page of the menu, and one record of each kind, as each role of the demo."""

import re
from collections.abc import Callable
from html import unescape

from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.measure import Thing, Timing, timed
from binhyen.accounts.models import User

LINK = re.compile(r'class="row-link" href="([^"]+)"')
NAV = re.compile(r'<nav class="nav"[^>]*>(.*?)</nav>', re.DOTALL)
HREF = re.compile(r'href="(/(?!static/)[^"]*)"')


def timings(runs: int) -> list[Timing]:
    """A timing of each page as each role, with its number of queries."""
    return timed([thing for user in one_of_each_role() for thing in _pages_of(user)], runs)


def one_of_each_role() -> list[User]:
    """One account of each role."""
    chosen: dict[str, User] = {}
    for user in User.objects.order_by("username").prefetch_related("appointments"):
        for appointment in user.appointments.all():
            chosen.setdefault(appointment.role, user)
    return list({user.pk: user for user in chosen.values()}.values())


def addresses_of(user: User) -> list[str]:
    """Every page of a person's menu, and a record of each kind that is listed there."""
    client = _signed_in(user)
    start = client.get("/").content.decode()
    addresses = ["/", *dict.fromkeys(map(unescape, HREF.findall(" ".join(NAV.findall(start)))))]
    addresses += [record for page in addresses[1:] for record in _first_record(client, page)]
    return list({_short(address): address for address in reversed(addresses)}.values())


def _pages_of(user: User) -> list[Thing]:
    client = _signed_in(user)
    return [
        (
            f"{user.username} {_short(address)}",
            _get(client, address),
            f"{_queries(client, address)} queries",
        )
        for address in addresses_of(user)
    ]


def _signed_in(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _first_record(client: Client, page: str) -> list[str]:
    answer = client.get(page)
    if answer.streaming:
        return []
    return [unescape(link) for link in LINK.findall(answer.content.decode())[:1]]


def _get(client: Client, address: str) -> Callable[[], object]:
    def run() -> None:
        answer = client.get(address)
        if answer.status_code not in {200, 302}:  # one's own file is a page, not a list
            raise RuntimeError(f"{address}: {answer.status_code}")

    return run


def _queries(client: Client, address: str) -> int:
    reset_queries()
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def _short(address: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", address)
