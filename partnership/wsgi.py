"""The site as a WSGI application, with the lane for public answers in front."""

import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

_django = get_wsgi_application()

# These read the settings, which the line before has made ready.
from django.db import DatabaseError, connection  # noqa: E402

from partnership.lane import Lane  # noqa: E402
from registry.queries import bodies  # noqa: E402


def _begin() -> None:
    """Read what lists are made of, so that no visitor waits for it."""
    try:
        bodies.hold()
    except DatabaseError as error:
        # The process serves all the same: it says in /readyz what is missing.
        logging.getLogger(__name__).warning("Nothing is held yet: %s", error)
    finally:
        connection.close()


_begin()
application = Lane(_django)
