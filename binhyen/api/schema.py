# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API's description as a file: committed, and checked fresh."""

import json
from http import HTTPStatus
from typing import Any

from django.utils import translation

from binhyen.api.problems import MEDIA_TYPE
from binhyen.api.root import api

PREFIX = "/api/v1/"


def openapi_json() -> str:
    """`contracts/openapi.json`: OpenAPI 3.1, in English, addresses in a calm order."""
    with translation.override("en"):
        return json.dumps(openapi(), ensure_ascii=False, indent=1, default=str) + "\n"


def openapi() -> dict[str, Any]:
    """The description; refusals are problems of a media type of their own."""
    told: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix=PREFIX), default=str)
    )
    refusals: dict[str, Any] = {}
    for methods in told["paths"].values():
        for operation in methods.values():
            _tell_problems(operation["responses"], refusals)
    told["paths"] = dict(sorted(told["paths"].items()))
    told["components"]["responses"] = dict(sorted(refusals.items()))
    return told


def _tell_problems(responses: dict[str, Any], refusals: dict[str, Any]) -> None:
    """Name each refusal once, and point to it from the operations."""
    for status in [status for status in responses if int(status) >= 400]:
        name = HTTPStatus(int(status)).phrase.title().replace(" ", "").replace("-", "")
        refusals[name] = {
            "description": responses[status]["description"],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        responses[status] = {"$ref": f"#/components/responses/{name}"}
