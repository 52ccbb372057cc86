"""The site's settings with the yardstick in the place of its pages and its API."""

from partnership.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.yardstick"
MIDDLEWARE = [
    each
    for each in MIDDLEWARE  # noqa: F405
    if each
    not in ("partnership.public.answer_from_memory", "registry.web.middleware.refuse_malformed")
]
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
}
