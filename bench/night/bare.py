# SPDX-License-Identifier: AGPL-3.0-or-later
"""A bare endpoint that writes a patrol and its crew and nothing else, on the product's server.

`python -m bench.night.bare PORT`: no token, no signature, no right, no receipt, no event, and the
same framework, database and number of workers. What it holds is the rate to compare with.
"""

import json
import os
import sys
from datetime import datetime
from typing import Any
from uuid import UUID

import django
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

_TAKEN = b'{"answers":[{"answer":"accepted"}]}'


def bare(request: HttpRequest) -> HttpResponse:
    """Insert what was sent."""
    from django.db import transaction

    from binhyen.patrols.models import Patrol, PatrolMember
    from binhyen.patrols.rules import day_of_patrol

    told: dict[str, Any] = json.loads(json.loads(request.body)["ops"][0]["text"])
    body, at = told["body"], datetime.fromisoformat(told["server_at"])
    with transaction.atomic():
        patrol = Patrol(
            id=UUID(told["id"]), team_id=UUID(body["team"]), territory_id=told["place"],
            state="under_way", on_day=day_of_patrol(at), planned_start=at, started_at=at,
            planned_end=datetime.fromisoformat(body["planned_end"]), route=body["route"],
        )  # fmt: skip
        patrol.save(force_insert=True)
        PatrolMember.everything.bulk_create(
            PatrolMember(patrol=patrol, member_id=UUID(one)) for one in body["members"]
        )
    return HttpResponse(_TAKEN, content_type="application/json",
                        headers={"Content-Length": str(len(_TAKEN))})  # fmt: skip


urlpatterns = [path("sync/push", bare)]


def application() -> WSGIHandler:
    """The framework with this one address and no middleware."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings

    django.setup(set_prefix=False)
    settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, []
    from binhyen.core.database import serve_many

    serve_many()
    return WSGIHandler()


def main() -> None:
    """Serve it as the product is served."""
    from granian import Granian
    from granian.constants import Interfaces, Loops

    from binhyen.office.management.commands.serve import WORKERS

    Granian(
        "bench.night.bare:application", factory=True, address="127.0.0.1", port=int(sys.argv[1]),
        interface=Interfaces.WSGI, loop=Loops.asyncio, workers=WORKERS, blocking_threads=4,
        backpressure=128, websockets=False,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    main()
