"""Logs: one line an event, on standard error."""


def on_standard_error(level: str) -> dict:
    """The configuration for Django: everything from `level` on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Strangers who try host names are no error of ours.
            "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        },
    }
