# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads an uploaded table in a process of its own, with little time, memory and nothing to steal.

A file that swells, hangs or brings its reader down ends that process, not the server; people get a
refusal in words. The child takes the bytes, gives back JSON, knows no setting, no secret and no
database, and limits itself before it looks at the first byte.
"""

import json
import sys
from typing import Any

from django.utils.translation import gettext_lazy as _

from binhyen.core import tables_in
from binhyen.core.apart import Allowed, EndedBadlyError, limit_itself, run_apart
from binhyen.core.tables_in import (
    LIMITS,
    MAX_BYTES,
    FileTooLarge,
    Sheet,
    UnreadableFile,
    read_table,
)

_REFUSALS: dict[str, type[UnreadableFile]] = {
    one.__name__: one
    for one in vars(tables_in).values()
    if isinstance(one, type) and issubclass(one, UnreadableFile)
}


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
    try:
        told = json.loads(run_apart(__name__, content, allowed))
    except EndedBadlyError as error:
        raise TakesTooMuch from error
    if "refused" in told:
        raise _refusal(told)
    return Sheet(told["header"], told["rows"])


def _refusal(told: dict[str, Any]) -> UnreadableFile:
    params = dict(told["params"])
    if told["refused"] == FileTooLarge.__name__:
        params["limit"] = LIMITS[params["limit"]]
    return _REFUSALS[told["refused"]](**params)


def _told(refusal: UnreadableFile) -> dict[str, Any]:
    names = {id(text): name for name, text in LIMITS.items()}
    params = {key: names.get(id(value), value) for key, value in refusal.params.items()}
    return {"refused": type(refusal).__name__, "params": params}


def main(arguments: list[str]) -> None:
    """The child: bytes in, JSON out."""
    limit_itself(*map(int, arguments))
    try:
        sheet = read_table(sys.stdin.buffer.read())
        told: dict[str, Any] = {"header": sheet.header, "rows": sheet.rows}
    except UnreadableFile as refusal:
        told = _told(refusal)
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
