# SPDX-License-Identifier: AGPL-3.0-or-later
"""What phones sent is erased after its time; that it was answered is not."""

from datetime import timedelta
from pathlib import Path

import pytest

from binhyen.accounts.loader import loader
from binhyen.core import clock
from binhyen.core.errors import Forbidden
from binhyen.sync.archive import archive
from binhyen.sync.choices import Standing
from binhyen.sync.forgetting import KEPT_DAYS, SHORTER, forget_texts
from binhyen.sync.models import Operation
from tests import cast

pytestmark = pytest.mark.django_db


def sent(phone, client, team):
    """One operation that was taken."""
    body = {"team": str(team.pk), "kind": "jam", "duration_min": 5, "place": "Ngã ba"}
    operation = phone.operation("traffic.help", body)
    assert phone.push(client, operation)["answers"][0]["answer"] == "accepted"
    return operation


def came(days, **more):
    """Let what there is have come some days ago."""
    Operation.everything.update(arrived_at=clock.now() - timedelta(days=days), **more)


def forget():
    nation = cast.the_place(cast.NATION)
    by = loader(name="binhyen forget", on=clock.today())
    return forget_texts(by=by, territory=nation, today=clock.today())


@pytest.mark.parametrize(("kind", "days"), [*SHORTER.items(), ("traffic.help", KEPT_DAYS)])
def test_text_is_erased_after_the_days_of_its_kind(kind, days, client, phone, team) -> None:
    sent(phone, client, team)
    came(days - 1, kind=kind)
    assert forget() == 0
    came(days + 1)
    assert forget() == 1
    assert Operation.everything.get().text == ""
    assert forget() == 0


def test_what_waits_is_kept_however_old(client, phone, team) -> None:
    sent(phone, client, team)
    came(KEPT_DAYS * 2, standing=Standing.QUARANTINED)
    assert forget() == 0


def test_phone_that_sends_it_again_still_hears_of_it(client, phone, team) -> None:
    operation = sent(phone, client, team)
    code = Operation.everything.get().receipt
    came(KEPT_DAYS + 1)
    forget()
    again = phone.push(client, operation)["answers"][0]
    assert (again["answer"], again["code"]) == ("duplicate", code)


def test_archive_takes_no_empty_text(client, phone, team, tmp_path: Path) -> None:
    sent(phone, client, team)
    came(KEPT_DAYS + 1)
    forget()
    by = loader(name="binhyen archive", on=clock.today())
    assert archive(tmp_path, by=by, at=cast.the_place(cast.NATION)) == 0


def test_nobody_else_may_erase(officer, commune) -> None:
    with pytest.raises(Forbidden):
        forget_texts(by=officer, territory=commune, today=clock.today())
