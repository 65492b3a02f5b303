# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen serve`: the web server, until Ctrl-C."""

import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from binhyen.core.database_trouble import NotReady, check_start

_GIVE_UP = 120
"""Seconds after which a worker that does not end is ended."""


class Command(BaseCommand):
    """Serves the database that is there; loads and migrates nothing."""

    help = (
        "Start the web server and print its address; Ctrl-C ends it. It serves the database that"
        " is there (DATABASE_URL, or SQLite in the folder var) and changes nothing in it: run"
        " `binhyen demo` or `binhyen migrate` first. Behind a web server of your own set"
        " BINHYEN_HTTPS=1 and BINHYEN_PUBLIC_HOST."
        " Exit codes: 0 ended, 1 not started (the reason is printed)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        parser.add_argument("--port", type=int, default=settings.ENV.port,
                            help="default: PORT, or 8000")  # fmt: skip
        parser.add_argument("--address", default="127.0.0.1",
                            help="default: 127.0.0.1, this machine only")  # fmt: skip
        parser.add_argument("--workers", type=int, default=2, help="processes; default: 2")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look that it can start, print the address, serve."""
        address, port = options["address"], options["port"]
        _check_free(address, port)
        try:
            check_start()
        except NotReady as error:
            raise CommandError(str(error)) from error
        # Workers are forks: an open connection must not be shared by them.
        connections.close_all()
        name = settings.ENV.public_host if address in {"127.0.0.1", "0.0.0.0"} else address  # noqa: S104
        self.stdout.write(_("Bình Yên is at http://%(name)s:%(port)s (Ctrl-C ends it).")
                          % {"name": name, "port": port})  # fmt: skip
        self.stdout.flush()
        Granian(
            "config.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            loop=Loops.asyncio,
            workers=options["workers"],
            blocking_threads=4,
            backpressure=64,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=_GIVE_UP,
        ).serve()


def _check_free(address: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            text = _("Port %(port)s cannot be used: %(why)s. Choose another one with --port.")
            raise CommandError(text % {"port": port, "why": error.strerror}) from error
