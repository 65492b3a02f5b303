# SPDX-License-Identifier: AGPL-3.0-or-later
"""A process of its own for what strangers uploaded: little time, little memory, nothing to steal.

A file that swells, hangs or brings its reader down ends that process, not the server. The child
takes bytes and gives back bytes, knows no setting, no secret and no database, and limits itself
before it looks at the first byte (`limit_itself`).
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

MEGABYTE = 1024 * 1024
_ROOT = Path(__file__).resolve().parent.parent.parent


class Allowed(NamedTuple):
    """What the child may use."""

    seconds: float = 20
    """On the clock; of the processor it gets as much, rounded up."""
    memory: int = 512 * MEGABYTE
    answer: int = 64 * MEGABYTE


class EndedBadlyError(Exception):
    """The child took too long, needed too much, or ended with this number."""

    def __init__(self, code: int | None = None) -> None:
        self.code = code
        super().__init__(code)


def run_apart(module: str, content: bytes, allowed: Allowed) -> bytes:
    """What our own module answers about some bytes. Raises EndedBadlyError."""
    limits = [str(int(allowed.seconds) + 1), str(allowed.memory), str(allowed.answer)]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(content)
        given.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 - our own program, no shell, no word of the file
                [sys.executable, "-B", "-X", "utf8", "-m", module, *limits],
                stdin=given, stdout=answer, stderr=subprocess.DEVNULL, cwd=_ROOT, env={},
                timeout=allowed.seconds, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise EndedBadlyError from error
        if done.returncode != 0:
            raise EndedBadlyError(done.returncode)
        answer.seek(0)
        return answer.read(allowed.answer)


def limit_itself(seconds: int, memory: int, answer: int) -> None:
    """In the child: take no more than this from now on."""
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, answer),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))
