"""Reads settings from the environment; a bad value stops the start with one sentence."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ

env = environ.Env()

DATABASES = {
    "sqlite": "django.db.backends.sqlite3",
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
}
MAIL_SECURITY = {"smtp": {}, "smtp+tls": {"use_tls": True}, "smtps": {"use_ssl": True}}


class BadSetting(SystemExit):
    """Ends the process with a sentence on standard error, and no traceback."""

    def __init__(self, name: str, trouble: str, remedy: str):
        super().__init__(f"Setting {name} {trouble}. {remedy}")


def text(name: str, default: str = "") -> str:
    # An empty line in an env file means "not set".
    return env.str(name, default="").strip() or default


def required(name: str, remedy: str) -> str:
    value = text(name)
    if not value:
        raise BadSetting(name, "is missing", remedy)
    return value


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    value = text(name, default)
    if value not in allowed:
        raise BadSetting(name, f"is {value!r}", f"Use one of: {', '.join(allowed)}.")
    return value


def flag(name: str, *, default: bool) -> bool:
    value = text(name, str(default)).lower()
    if value not in ("true", "false"):
        raise BadSetting(name, f"is {value!r}", "Use true or false.")
    return value == "true"


def number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    value = text(name, str(default))
    is_whole = value.isascii() and value.isdigit() and len(value) <= len(str(most))
    if not (is_whole and least <= int(value) <= most):
        raise BadSetting(
            name, f"is {value!r}", f"Use a whole number from {least} to {most}, such as {default}."
        )
    return int(value)


def address(name: str, default: str, *, schemes: tuple[str, ...]) -> str:
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in schemes or not parts.hostname):
        example = f"{schemes[0]}://registry.example.org"
        raise BadSetting(name, f"is {_without_password(value)!r}", f"Use the form {example}.")
    return value


def database(name: str, default: str, root: Path) -> dict:
    value = text(name, default)
    scheme = value.partition(":")[0]
    remedy = (
        "Use sqlite:///var/registry.sqlite3 or postgres://user:password@host:5432/name, "
        "with special characters of the password percent-encoded."
    )
    if scheme not in DATABASES or "://" not in value:
        raise BadSetting(name, f"is {_without_password(value)!r}", remedy)
    try:
        config = environ.Env.db_url_config(value, engine=DATABASES[scheme])
    except (ValueError, environ.ImproperlyConfigured):
        raise BadSetting(name, "cannot be read", remedy) from None
    if not config["NAME"]:
        raise BadSetting(name, "names no database", remedy)
    if scheme == "sqlite" and config["NAME"] != ":memory:":
        file = root / config["NAME"]
        _folder(name, file.parent)
        config["NAME"] = file
    return config


def folder(name: str, default: str, root: Path) -> Path:
    """A folder that whoever writes into it makes; a relative one begins at the project's root."""
    path = root / text(name, default)
    if path.exists() and not path.is_dir():
        raise BadSetting(name, f"is {str(path)!r}, which is a file", "Name a folder.")
    return path


def limits(name: str, **defaults: int) -> dict[str, int] | None:
    """Numbers such as API_LIMIT_TOKEN by their last word; None where API_LIMITS says false."""
    if not flag(f"{name}S", default=True):
        return None
    return {
        each: number(f"{name}_{each.upper()}", default, least=1)
        for each, default in defaults.items()
    }


def mail(name: str) -> dict:
    """The parts of smtp+tls://user:password@host:587, as the mail backend wants them."""
    value = required(name, "Use the form smtp+tls://user:password@mail.example.org:587.")
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise BadSetting(name, "cannot be read", "Percent-encode the password's marks.") from None
    if parts.scheme not in MAIL_SECURITY or not parts.hostname:
        shown = _without_password(value)
        raise BadSetting(name, f"is {shown!r}", f"Begin it with {', '.join(MAIL_SECURITY)}.")
    options = {"host": parts.hostname, "timeout": 20, **MAIL_SECURITY[parts.scheme]}
    if port:
        options["port"] = port
    if parts.username:
        options["username"] = unquote(parts.username)
        options["password"] = unquote(parts.password or "")
    return options


def secret(name: str, *, kept_in: Path | None) -> str:
    """The secret key; on a developer's own machine, one that is made once and kept."""
    value = text(name)
    if not value and kept_in:
        return _kept_secret(name, kept_in)
    if len(value) < 50:
        raise BadSetting(
            name,
            f"has {len(value)} characters and needs 50" if value else "is missing",
            "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'.",
        )
    return value


def _kept_secret(name: str, file: Path) -> str:
    _folder(name, file.parent)
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    except OSError as error:
        raise BadSetting(name, f"cannot be kept in {file}", f"{error.strerror}.") from None
    return file.read_text().strip() or secrets.token_urlsafe(50)


def _folder(name: str, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        remedy = f"{error.strerror}; make the folder writable or choose another."
        raise BadSetting(name, f"needs the folder {folder}", remedy) from None


def _without_password(value: str) -> str:
    head, at, tail = value.rpartition("@")
    scheme, mark, _ = head.partition("://")
    return f"{scheme}{mark}…@{tail}" if at else tail
