# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every page carries."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation and the signed-in person."""
    return {}
