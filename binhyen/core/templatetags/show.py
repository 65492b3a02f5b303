# SPDX-License-Identifier: AGPL-3.0-or-later
"""How values are shown."""

from django import template

register = template.Library()
