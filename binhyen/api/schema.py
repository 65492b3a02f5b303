# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API's description as a file: committed, and checked fresh."""

import json

from django.utils import translation

from binhyen.api.root import api


def openapi_json() -> str:
    """`contracts/openapi.json`: OpenAPI 3.1, in English, keys in a calm order."""
    with translation.override("en"):
        return (
            json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, default=str) + "\n"
        )
