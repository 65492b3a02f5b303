# SPDX-License-Identifier: AGPL-3.0-or-later
"""The WSGI entry point that the web server calls."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application


def _started() -> WSGIHandler:
    """The application, or one sentence about what keeps it from starting."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        made = get_wsgi_application()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    from binhyen.core.database import serve_many
    from binhyen.core.database_trouble import NotReady, check_start

    try:
        check_start()
    except NotReady as error:
        sys.exit(str(error))
    serve_many()
    return made


application = _started()
