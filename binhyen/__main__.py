# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen <command>`: the product from the command line."""

import os
import sys

from django.core.management import ManagementUtility


def main() -> None:
    """Run one command; `binhyen help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    ManagementUtility(["binhyen", *sys.argv[1:]]).execute()


if __name__ == "__main__":
    main()
