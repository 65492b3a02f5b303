# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen serve`: the web server, until Ctrl-C."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

import segno
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from binhyen.core import certificates, clock
from binhyen.core.certificates import Papers
from binhyen.core.database_trouble import NotReady, check_start

WORKERS = 2
_REFUSING = 8
"""Threads beside those at work and those that wait, which tell the rest to come again."""
_BACKLOG = 128
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
        parser.add_argument("--address", help="default: 127.0.0.1, this machine only; with --https"
                            " 0.0.0.0, every machine that reaches this one")  # fmt: skip
        parser.add_argument("--https", action="store_true",
                            help="with a certificate of this machine's own, to try phones in the"
                            " same room; prints the address as a QR code")  # fmt: skip
        parser.add_argument("--name", help="with --https: the local name or address that phones"
                            " open; default: this machine's address in its network")  # fmt: skip
        parser.add_argument(
            "--workers", type=int, default=WORKERS, help=f"processes; default: {WORKERS}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look that it can start, print the address, serve."""
        address, port = options["address"] or "127.0.0.1", options["port"]
        papers = None
        if options["https"]:
            address = options["address"] or "0.0.0.0"  # noqa: S104
            name = options["name"] or certificates.address_in_the_room()
            _run_as_https(name, port)
            papers = certificates.prepared([name, "localhost", "127.0.0.1"], now=clock.now())
        _check_free(address, port)
        try:
            check_start()
        except NotReady as error:
            raise CommandError(str(error)) from error
        # Workers are forks: an open connection must not be shared by them.
        connections.close_all()
        self._say(address, port, papers)
        Granian(
            "config.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            loop=Loops.asyncio,
            workers=options["workers"],
            blocking_threads=threads(),
            backpressure=_BACKLOG,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=_GIVE_UP,
            ssl_cert=papers.server.certificate if papers else None,
            ssl_key=papers.server.key if papers else None,
        ).serve()

    def _say(self, address: str, port: int, papers: Papers | None) -> None:
        name = settings.ENV.public_host if address in {"127.0.0.1", "0.0.0.0"} else address  # noqa: S104
        place = f"{'https' if papers else 'http'}://{name}:{port}"
        if papers:
            segno.make(place, micro=False).terminal(sys.stdout, compact=True)
            self.stdout.write(
                _("A phone must trust the root certificate first: open %(place)s/root.crt there.")
                % {"place": place}
            )
        self.stdout.write(_("Bình Yên is at %(place)s (Ctrl-C ends it).") % {"place": place})
        self.stdout.flush()


def threads() -> int:
    """Threads of one process: for those at work, those that wait, and those that are refused."""
    return int(settings.ENV.connections + settings.ENV.waiting + _REFUSING)


def _run_as_https(name: str, port: int) -> None:
    """Begin again with the settings of HTTPS, unless they are set: they are read at the start."""
    if not certificates.is_local(name):
        text = _(
            "%(name)s is no name of a local network. Choose another one with --name, or put a web"
            " server with a certificate of its own in front and set BINHYEN_HTTPS=1."
        )
        raise CommandError(text % {"name": name})
    env = settings.ENV
    if (env.https, env.public_host, env.port) == (True, name, port):
        return
    # Without HSTS: `localhost` must still answer to plain HTTP tomorrow.
    told = {"BINHYEN_HTTPS": "1", "BINHYEN_HSTS_SECONDS": "0", "BINHYEN_PUBLIC_HOST": name,
            "PORT": str(port)}  # fmt: skip
    sys.stdout.flush()
    os.execve(  # noqa: S606 - this very program with its own arguments
        sys.executable, [sys.executable, "-m", "binhyen", *sys.argv[1:]], os.environ | told
    )


def _check_free(address: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            text = _("Port %(port)s cannot be used: %(why)s. Choose another one with --port.")
            raise CommandError(text % {"port": port, "why": error.strerror}) from error
