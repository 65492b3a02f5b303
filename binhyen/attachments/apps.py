# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Photos and recordings of records."""

    name = "binhyen.attachments"
    label = "attachments"
