"""Settings of the open API: what it is made of, how often one may ask, who may read."""

from partnership import environment as env

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": [
        "registry.api.formats.Json",
        "registry.api.formats.Problem",
    ],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["registry.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "registry.api.formats.Negotiation",
    "EXCEPTION_HANDLER": "registry.api.problems.from_exception",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": None,
}

# How often one may ask in a minute. Answers from memory are not counted.
API_LIMITS = env.flag("API_LIMITS", default=True)
API_LIMIT = {
    "anonymous": env.number("API_LIMIT_ANONYMOUS", 300, least=1),
    "token": env.number("API_LIMIT_TOKEN", 1200, least=1),
    "writes": env.number("API_LIMIT_WRITES", 60, least=1),
    "downloads": env.number("API_LIMIT_DOWNLOADS", 20, least=1),
}
# Pages of any site may read: never with cookies, with a token if whoever opens the page gives one.
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_ALLOW_HEADERS = ("accept", "accept-language", "authorization", "if-none-match")
CORS_EXPOSE_HEADERS = (
    "Content-Disposition",
    "ETag",
    "Idempotency-Replayed",
    "Link",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
    "Retry-After",
)
CORS_PREFLIGHT_MAX_AGE = 24 * 60 * 60
