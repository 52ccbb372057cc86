"""The site as a WSGI application, with the lane for public answers in front."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

_django = get_wsgi_application()

# Reads the settings, which the line before has made ready.
from partnership.lane import Lane  # noqa: E402

application = Lane(_django)
