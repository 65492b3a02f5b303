# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading a body: JSON and nothing else, each field once, no numbers that are none."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class UnreadableBody(Exception):  # noqa: N818 - the body's fault, told to its sender
    """A body that is no JSON as programs exchange it; `words.BODY` says it in words."""

    def __init__(self, word: str, **parts: str) -> None:
        self.word, self.parts = word, parts
        super().__init__(word)


class WrongKind(Exception):  # noqa: N818 - the same
    """A body that says it is something else than JSON."""


class StrictParser(Parser):
    """Reads JSON. Raises UnreadableBody, WrongKind."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain values."""
        if request.content_type != "application/json":
            raise WrongKind
        try:
            return json.loads(
                request.body.decode("utf-8"),
                object_pairs_hook=_each_once,
                parse_constant=_refuse_constant,
            )
        except RecursionError as error:
            raise UnreadableBody("too_deep") from error
        except ValueError as error:
            raise UnreadableBody("not_json") from error


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise UnreadableBody("field_twice", name=name[:40])
        found[name] = value
    return found


def _refuse_constant(_name: str) -> Any:
    raise UnreadableBody("not_finite")
