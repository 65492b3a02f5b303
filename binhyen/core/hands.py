# SPDX-License-Identifier: AGPL-3.0-or-later
"""More hands for long work: processes beside this one, each given one set after another.

For work whose sets are independent and stand in a transaction of their own each, so that it may be
stopped and started again. Nothing here imports models at the top, since a fresh process must set
Django up first.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from multiprocessing import get_context
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused

S = TypeVar("S")


class HandLost(Refused):
    """A process that helped ended by itself."""

    what = _("The work was not finished.")
    why = _("A process that helped ended, perhaps because the machine ran out of memory.")
    remedy = _("Run the command again; it goes on where it stopped. --jobs 1 needs the least.")


def shared(
    task: tuple[str, str],
    sets: Iterable[S],
    arguments: Callable[[S], tuple[Any, ...]],
    databases: Sequence[str],
) -> Iterator[tuple[S, Any]]:
    """Do a task (module, function) for each set; each set with what came of it, as it is done.

    There is one process for each of the `databases`, which may be the same one. Which process does
    what must change nothing in the result. Raises HandLost, and what the task raises.
    """
    waiting = iter(sets)
    with _hands(databases) as hands:
        under_way: dict[Future[Any], tuple[ProcessPoolExecutor, S]] = {}
        free = list(hands)
        while True:
            for hand, one in zip(free, islice(waiting, len(free)), strict=False):
                under_way[hand.submit(_run, *task, *arguments(one))] = hand, one
            if not under_way:
                return
            free = []
            for done in wait(under_way, return_when=FIRST_COMPLETED).done:
                hand, one = under_way.pop(done)
                free.append(hand)
                yield one, done.result()


def own_database() -> str:
    """The address of the PostgreSQL database that this process works on, as a setting."""
    from django.conf import settings
    from django.db import connection

    parts = urlsplit(settings.ENV.database_url)
    return urlunsplit(parts._replace(path=f"/{quote(str(connection.settings_dict['NAME']))}"))


@contextmanager
def _hands(databases: Sequence[str]) -> Iterator[list[ProcessPoolExecutor]]:
    """Processes of their own, fresh rather than forked: no connection is shared by accident."""
    hands = [
        ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_set_up,
                            initargs=(database,))
        for database in databases
    ]  # fmt: skip
    try:
        yield hands
    except BrokenProcessPool as error:
        raise HandLost from error
    finally:
        # What is under way is finished or rolled back; what has not begun never begins.
        for hand in hands:
            hand.shutdown(cancel_futures=True)


def _set_up(database: str) -> None:
    """What a fresh process does first. Ctrl-C reaches the whole group: it ends without a word."""
    import django

    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    os.environ["DATABASE_URL"] = database
    django.setup()


def _run(module: str, name: str, *arguments: Any) -> Any:
    """Find a task once Django is set up; handing the function itself would import models first."""
    return getattr(import_module(module), name)(*arguments)
