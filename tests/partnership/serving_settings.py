"""Settings of the site that test_serving.py starts: its files are in a folder of their own."""

import os
from pathlib import Path

from partnership.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["COLLECTED"])
# To pack what is large takes longer than all the rest of the start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("css", "js", "map", "svg", "ttf")
