# SPDX-License-Identifier: AGPL-3.0-or-later
"""More hands for a load: processes beside this one that build communes and load them.

PostgreSQL takes several writers; on SQLite each process writes a part of its own (`bulk_parts`).
Which process does what changes nothing in the result: every commune follows from the seed alone.
Nothing here imports models at the top, since a fresh process must set Django up first.
"""

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused

if TYPE_CHECKING:
    from binhyen.demo.loading import Counts
    from binhyen.demo.world.commune import World


class HandLost(Refused):
    """A process of the load that ended by itself."""

    what = _("The load was not finished.")
    why = _("A process that helped ended, perhaps because the machine ran out of memory.")
    remedy = _("Run the command again; it goes on where it stopped. --jobs 1 needs the least.")


def load_sets(
    world: "World", sets: Iterable[Sequence[str]], officer: UUID | None, databases: Sequence[str]
) -> Iterator[tuple[Sequence[str], "Counts"]]:
    """Load each set of communes in a transaction of its own; what each wrote, as it is done.

    There is one process for each of the `databases`, which may be the same one.
    """
    waiting = iter(sets)
    with _hands(databases) as hands:
        under_way: dict[Future[Counts], tuple[ProcessPoolExecutor, Sequence[str]]] = {}
        free = list(hands)
        while True:
            for hand, codes in zip(free, islice(waiting, len(free)), strict=False):
                task = hand.submit(_run, "binhyen.demo.loading", "load_set", world, codes, officer)
                under_way[task] = hand, codes
            if not under_way:
                return
            free = []
            for task in wait(under_way, return_when=FIRST_COMPLETED).done:
                hand, codes = under_way.pop(task)
                free.append(hand)
                yield codes, task.result()


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
    import importlib

    return getattr(importlib.import_module(module), name)(*arguments)
