# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen <command>`: the product from the command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility
from django.db import OperationalError


def main() -> None:
    """Run one command; `binhyen help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        ManagementUtility(["binhyen", *sys.argv[1:]]).execute()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except OperationalError as error:
        from binhyen.core.database_trouble import in_words

        sys.exit(in_words(error))


if __name__ == "__main__":
    main()
