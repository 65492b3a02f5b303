# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a village lies."""

import pytest
from django.urls import reverse

from binhyen.core.errors import Forbidden
from binhyen.territory.actions import NotAVillage, place_village
from binhyen.territory.models import Territory
from binhyen.territory.points import NotAPoint, read_point


@pytest.mark.parametrize(
    "text", ["10.92870, 108.28710", " (10.9287;108.2871) ", "10.9287 108.2871"]
)
def test_point_is_read_as_people_copy_it(text):
    assert read_point(text) == (10.9287, 108.2871)


@pytest.mark.parametrize(
    "text", ["", "10", "Mũi Né", "108.2871, 10.9287", "10,9287, 108,2871",
             "1e1.0, 108.2", "0.0, 0.0"]
)  # fmt: skip
def test_what_is_no_point_of_the_country_is_refused(text):
    with pytest.raises(NotAPoint):
        read_point(text)


@pytest.mark.django_db
def test_clerk_says_where_a_village_lies_and_the_page_shows_it(client, sign_in, clerk, villages):
    sign_in(client, clerk)
    address = reverse("village-point", args=[villages[0].code])

    assert client.post(address, {"point": "108.2871, 10.9287"}).status_code == 422
    client.post(address, {"point": "10.9287, 108.2871"})

    found = Territory.everything.get(pk=villages[0].pk)
    assert (found.latitude, found.longitude) == (10.9287, 108.2871)
    assert "10.92870, 108.28710" in client.get(reverse("place", args=[found.code])).content.decode()


@pytest.mark.django_db
def test_only_villages_and_only_by_who_manages(clerk, officer, sibling, villages):
    for actor in (officer, sibling):
        with pytest.raises(Forbidden):
            place_village(by=actor, village=villages[0], point=(10.9, 108.2))
    with pytest.raises(NotAVillage):
        place_village(by=clerk, village=villages[0].parent, point=(10.9, 108.2))
