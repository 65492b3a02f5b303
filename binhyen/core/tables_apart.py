# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads an uploaded table in a process of its own, with little time, memory and nothing to steal.

A file that swells, hangs or brings its reader down ends that process, not the server; people get a
refusal in words. The child takes the bytes, gives back JSON, knows no setting, no secret and no
database, and limits itself before it looks at the first byte.
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from binhyen.core import tables_in
from binhyen.core.tables_in import (
    LIMITS,
    MAX_BYTES,
    FileTooLarge,
    Sheet,
    UnreadableFile,
    read_table,
)

MEGABYTE = 1024 * 1024
_ROOT = Path(__file__).resolve().parent.parent.parent
_REFUSALS: dict[str, type[UnreadableFile]] = {
    one.__name__: one
    for one in vars(tables_in).values()
    if isinstance(one, type) and issubclass(one, UnreadableFile)
}


class Allowed(NamedTuple):
    """What the child may use."""

    seconds: float = 20
    """On the clock; of the processor it gets as much, rounded up."""
    memory: int = 512 * MEGABYTE
    answer: int = 64 * MEGABYTE


class TakesTooMuch(UnreadableFile):
    """A file that needs more than a table of the largest size would."""

    why = _("Reading it takes more time or memory than a table needs.")
    remedy = _("Copy the rows into a new file, save it as .xlsx and upload that.")


def read_apart(content: bytes, allowed: Allowed = Allowed()) -> Sheet:  # noqa: B008 - it is constant
    """The first sheet of an uploaded file, read by a limited process.

    Raises TakesTooMuch, UnreadableFile or one of its kinds.
    """
    if len(content) > MAX_BYTES:
        raise FileTooLarge(limit=LIMITS["bytes"])
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(content)
        given.seek(0)
        _run(given, answer, allowed)
        answer.seek(0)
        told = json.loads(answer.read(allowed.answer))
    if "refused" in told:
        raise _refusal(told)
    return Sheet(told["header"], told["rows"])


def _run(given: IO[bytes], answer: IO[bytes], allowed: Allowed) -> None:
    limits = [str(int(allowed.seconds) + 1), str(allowed.memory), str(allowed.answer)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell, no word of the file
            [sys.executable, "-B", "-X", "utf8", "-m", __name__, *limits],
            stdin=given, stdout=answer, stderr=subprocess.DEVNULL, cwd=_ROOT, env={},
            timeout=allowed.seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise TakesTooMuch from error
    if done.returncode != 0:
        raise TakesTooMuch


def _refusal(told: dict[str, Any]) -> UnreadableFile:
    params = dict(told["params"])
    if told["refused"] == FileTooLarge.__name__:
        params["limit"] = LIMITS[params["limit"]]
    return _REFUSALS[told["refused"]](**params)


def _told(refusal: UnreadableFile) -> dict[str, Any]:
    names = {id(text): name for name, text in LIMITS.items()}
    params = {key: names.get(id(value), value) for key, value in refusal.params.items()}
    return {"refused": type(refusal).__name__, "params": params}


def _limit_itself(seconds: int, memory: int, answer: int) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, answer),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(arguments: list[str]) -> None:
    """The child: bytes in, JSON out."""
    _limit_itself(*map(int, arguments))
    try:
        sheet = read_table(sys.stdin.buffer.read())
        told: dict[str, Any] = {"header": sheet.header, "rows": sheet.rows}
    except UnreadableFile as refusal:
        told = _told(refusal)
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
