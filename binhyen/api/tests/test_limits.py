# SPDX-License-Identifier: AGPL-3.0-or-later
"""Limits that are fair behind one address: a key first, an address for strangers only."""

import pytest

from binhyen.api.tests.test_api import key_for
from binhyen.core.api_limits import address_of
from binhyen.teams.permissions import VIEW_TEAM

pytestmark = pytest.mark.django_db


def ask(client, key, language="vi"):
    return client.get("/api/v1/teams", HTTP_ACCEPT_LANGUAGE=language, **key)


@pytest.mark.parametrize(("language", "words"), [("vi", "quá nhiều"), ("en", "too often")])
def test_strangers_share_an_address_and_slow_nobody_down_who_has_a_key(
    language, words, client, clerk, settings
):
    settings.API_STRANGERS_A_MINUTE = 3
    key = key_for(clerk, VIEW_TEAM.key)
    bad = {"HTTP_AUTHORIZATION": "Bearer by_" + "x" * 40}
    answers = [ask(client, bad, language) for _ in range(8)]

    refused = [one for one in answers if one.status_code != 401]
    assert len(refused) >= 2
    for one in refused:
        assert (one.status_code, one.json()["type"]) == (429, "too_often")
        assert words in one.json()["title"]
        assert 1 <= int(one["Retry-After"]) <= 60
    assert ask(client, key).status_code == 200
    elsewhere = {**bad, "REMOTE_ADDR": "203.0.113.9"}
    assert ask(client, elsewhere).status_code == 401


def test_keys_behind_one_address_each_have_their_own_share(client, clerk, settings):
    settings.API_REQUESTS_A_MINUTE = 3
    key, other = key_for(clerk, VIEW_TEAM.key), key_for(clerk, VIEW_TEAM.key)
    spent = [ask(client, key).status_code for _ in range(8)]

    assert 429 in spent
    assert ask(client, other).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "seen", "address"),
    [
        (0, "198.51.100.7", "203.0.113.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.9.9.9, 198.51.100.7", "198.51.100.7"),
        (2, "10.9.9.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "203.0.113.1"),
        (1, "", "unknown"),
        (1, "x' or 1", "unknown"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_an_address_is_read_behind_ones_own_proxies_only(rf, settings, proxies, seen, address):
    settings.ENV = settings.ENV.model_copy(update={"proxies": proxies})
    request = rf.get("/", REMOTE_ADDR="203.0.113.1", HTTP_X_FORWARDED_FOR=seen)
    assert address_of(request) == address
