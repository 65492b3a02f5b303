# SPDX-License-Identifier: AGPL-3.0-or-later
"""When an operator's work was last done on this machine: a small file each in the var folder."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from binhyen.core import clock

BACKUP, VERIFY = "backup", "verify"


def note(work: str) -> None:
    """Note that a work was done just now."""
    _path(work).write_text(clock.now().isoformat())


def last(work: str) -> datetime | None:
    """When a work was last done; None if never, or if the note cannot be read."""
    try:
        moment = datetime.fromisoformat(_path(work).read_text().strip())
    except (OSError, ValueError):
        return None
    return moment if moment.tzinfo else None


def _path(work: str) -> Path:
    return Path(settings.ENV.var_dir) / f"last-{work}"
