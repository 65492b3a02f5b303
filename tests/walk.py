# SPDX-License-Identifier: AGPL-3.0-or-later
"""A walk along every link from the start page, one address of each kind, counting queries."""

import re
from collections import deque
from html import unescape
from urllib.parse import urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from binhyen.accounts.models import User
from tests import cast

MOST = 12
A_FILE = 13
"""A person's file: its reading is written in a transaction, which counts as two queries here."""
FILES = {"/people/me/", "/people/…/"}
LINK = re.compile(r'<a[^>]*? href="(/[^"#]*)"')
ONE_OF_MANY = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[0-9]{2,5}(-[0-9]+)?(?=/)|(?<=/)[A-Z][A-Z0-9_]+(?=/)"
)
EXPORT = re.compile(r"format=|\.(csv|xlsx)$|\.(csv|xlsx)\?")
ELSEWHERE = ("/static/", "/api/", "/i18n/", "/theme/", "/account/")
"""Files, programs, and pages that another package draws."""


def shape(address: str) -> str:
    """An address without what is one of many: ids and codes, and without what follows the path."""
    return ONE_OF_MANY.sub("…", urlsplit(address).path)


def most_of(page: str) -> int:
    """How many queries a page may take."""
    return A_FILE if page in FILES else MOST


def walked(user: User) -> dict[str, int]:
    """The number of queries of one page of each kind that somebody can reach by links."""
    client = Client(headers={"host": "localhost"})
    cast.sign_in(client, user)
    found: dict[str, int] = {}
    ahead = deque(["/"])
    while ahead:
        address = ahead.popleft()
        if shape(address) in found or address.startswith(ELSEWHERE) or EXPORT.search(address):
            continue
        connection.queries_log.clear()  # the log stops at 9,000 and would then read 0
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        found[shape(address)] = len(asked)
        if answer.headers["Content-Type"].startswith("text/html"):
            ahead.extend(unescape(link) for link in LINK.findall(answer.content.decode()))
    return found


def too_many(users: list[User]) -> dict[str, int]:
    """The pages that took more than a dozen queries, with their number."""
    return {
        f"{user.username} {page}": number
        for user in users
        for page, number in walked(user).items()
        if number > most_of(page)
    }
