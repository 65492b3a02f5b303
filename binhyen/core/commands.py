# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the commands of this product share."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand

STOPPED = 130
"""The exit code of a command that somebody stopped."""


class LongCommand(BaseCommand):
    """A command whose help has paragraphs, and which can be stopped and run again."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """The parser that keeps the paragraphs of the help."""
        kwargs["formatter_class"] = RawDescriptionHelpFormatter
        return super().create_parser(prog_name, subcommand, **kwargs)
