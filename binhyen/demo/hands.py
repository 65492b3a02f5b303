# SPDX-License-Identifier: AGPL-3.0-or-later
"""More hands for a load: processes beside this one that build communes, and load them too.

PostgreSQL takes several writers, so there each process builds and loads whole sets; SQLite takes
one, so there they build ahead and this process writes. Which process does what changes nothing in
the result: every commune follows from the seed alone. Nothing here imports models at the top, since
a fresh process must set Django up first.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused

if TYPE_CHECKING:
    from binhyen.demo.loading import Counts
    from binhyen.demo.world.commune import Commune, World

_AHEAD = 12
"""Communes that wait, built, for the writer: enough that it never waits, little enough memory."""


class HandLost(Refused):
    """A process of the load that ended by itself."""

    what = _("The load was not finished.")
    why = _("A process that helped ended, perhaps because the machine ran out of memory.")
    remedy = _("Run the command again; it goes on where it stopped. --jobs 1 needs the least.")


def load_sets(
    world: "World", sets: Sequence[Sequence[str]], officer: UUID | None, jobs: int
) -> Iterator[tuple[Sequence[str], "Counts"]]:
    """Load each set of communes in a transaction of its own; what each wrote, as it is done."""
    from binhyen.demo.loading import load_set

    with _hands(jobs) as submit:
        under_way = {submit(load_set, world, codes, officer): codes for codes in sets}
        for done in as_completed(under_way):
            yield under_way[done], done.result()


def built(
    world: "World", codes: Sequence[str], officer: UUID | None, jobs: int
) -> Iterator["Commune"]:
    """The communes in the order of their codes, built some ahead of the one that is asked for."""
    from binhyen.demo.loading import make

    with _hands(jobs) as submit:
        ahead: deque[Future[Commune]] = deque()
        for code in codes:
            ahead.append(submit(make, world, code, officer))
            if len(ahead) > _AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


@contextmanager
def _hands(jobs: int) -> Iterator[Callable[..., Future[Any]]]:
    """Processes of their own, fresh rather than forked: no connection is shared by accident."""
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_set_up)

    def submit(task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        return executor.submit(_run, task.__module__, task.__name__, arguments)

    try:
        yield submit
    except BrokenProcessPool as error:
        raise HandLost from error
    finally:
        # What is under way is finished or rolled back; what has not begun never begins.
        executor.shutdown(cancel_futures=True)


def _set_up() -> None:
    """What a fresh process does first. Ctrl-C reaches the whole group: it ends without a word."""
    import django

    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    django.setup()


def _run(module: str, name: str, arguments: tuple[Any, ...]) -> Any:
    """Find a task once Django is set up; handing the function itself would import models first."""
    import importlib

    return getattr(importlib.import_module(module), name)(*arguments)
