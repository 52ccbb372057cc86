"""Settings: what is wrong with them is said in one sentence, before anything starts."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from partnership import environment
from partnership.environment import BadSetting

KEY = "a key of fifty characters, some of them different!"
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SITE_URL": "https://registry.example.org",
    "SECRET_KEY": KEY,
    "EMAIL_URL": "smtp+tls://mail.example.org",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "DATABASE_URL": "sqlite://:memory:",
}


# Of whoever works here, a process needs these only.
KEPT = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}


def run(*words, **given):
    """Run Python in the project with these environment variables only."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=settings.BASE_DIR,
        env=KEPT | given,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture(scope="module")
def start():
    """A function that reads the settings in a process of their own, in such an environment."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.partnership.starting"],
        cwd=settings.BASE_DIR,
        env=KEPT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as starter:

        def start(given):
            starter.stdin.write(json.dumps(KEPT | given) + "\n")
            starter.stdin.flush()
            return json.loads(starter.stdout.readline())

        yield start


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"DATABASE_URL": "mysql://u:hunter2@host/name"},
            "Setting DATABASE_URL is 'mysql://…@host/name'. "
            "Use sqlite:///var/registry.sqlite3 or postgres://user:password@host:5432/name, "
            "with special characters of the password percent-encoded.",
        ),
        (
            {"PORT": "80000"},
            "Setting PORT is '80000'. Use a whole number from 1 to 65535, such as 8000.",
        ),
        ({"ENVIRONMENT": "staging"}, "Setting ENVIRONMENT is 'staging'. Use one of: "),
        ({"DEBUG": "yes"}, "Setting DEBUG is 'yes'. Use true or false."),
        ({"REDIS_URL": "localhost:6379"}, "Setting REDIS_URL is "),
        ({"LOG_LEVEL": "loud"}, "Setting LOG_LEVEL is 'loud'. Use one of: "),
        ({"CSRF_TRUSTED_ORIGINS": "example.org"}, "Setting CSRF_TRUSTED_ORIGINS has "),
        (PRODUCTION | {"SECRET_KEY": ""}, "Setting SECRET_KEY is missing. Make one with: "),
        (
            PRODUCTION | {"SECRET_KEY": "short"},
            "Setting SECRET_KEY has 5 characters and needs 50. Make one with: ",
        ),
        (PRODUCTION | {"SITE_URL": ""}, "Setting SITE_URL is missing. Give the public address"),
        (PRODUCTION | {"SITE_URL": "http://registry.example.org"}, "Setting SITE_URL is "),
        (PRODUCTION | {"EMAIL_URL": ""}, "Setting EMAIL_URL is missing. Use the form "),
        (PRODUCTION | {"DEBUG": "true"}, "Setting DEBUG is 'true' in production. "),
        (PRODUCTION | {"ALLOWED_HOSTS": "*"}, "Setting ALLOWED_HOSTS is '*'. Name the hosts"),
    ],
    ids=lambda value: "" if isinstance(value, str) else ",".join(list(value)[-1:]),
)
def test_bad_value_stops_the_start_with_one_sentence(start, given, sentence):
    done = start(given)

    assert (done["code"], done["out"]) == (1, "")
    assert done["err"].startswith(sentence)
    assert done["err"].count("\n") == 1
    assert "hunter2" not in done["err"]


@pytest.mark.slow
@pytest.mark.parametrize("given", [{"SECRET_KEY": KEY}, PRODUCTION])
def test_good_values_start_without_a_word(start, given):
    assert start(given) == {"code": 0, "out": "", "err": ""}


@pytest.mark.slow
def test_commands_say_it_too():
    done = run("manage.py", "check", PORT="http", SECRET_KEY=KEY)

    assert done.returncode == 1
    assert done.stderr == (
        "Setting PORT is 'http'. Use a whole number from 1 to 65535, such as 8000.\n"
    )


@pytest.mark.slow
def test_production_passes_the_check_for_deployment():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(("value", "read"), [("", 8000), ("  ", 8000), ("1", 1), ("65535", 65535)])
def test_number_within_the_range(monkeypatch, value, read):
    monkeypatch.setenv("SOME_PORT", value)

    assert environment.number("SOME_PORT", 8000, least=1, most=65535) == read


@pytest.mark.parametrize("value", ["0", "65536", "8000.0", "-1", "٨", "1" * 5000])
def test_number_outside_of_the_range(monkeypatch, value):
    monkeypatch.setenv("SOME_PORT", value)

    with pytest.raises(BadSetting, match="Setting SOME_PORT is "):
        environment.number("SOME_PORT", 8000, least=1, most=65535)


@pytest.mark.parametrize("value", ["redis:/host", "http://host", "redis://", "://", "redis"])
def test_address_that_is_none(monkeypatch, value):
    monkeypatch.setenv("SOME_URL", value)

    with pytest.raises(BadSetting) as refused:
        environment.address("SOME_URL", "", schemes=("redis", "rediss"))

    assert str(refused.value).endswith("Use the form redis://registry.example.org.")


def test_password_of_an_address_is_never_shown(monkeypatch):
    monkeypatch.setenv("SOME_URL", "ftp://user:hunter2@host/path")

    with pytest.raises(BadSetting) as refused:
        environment.address("SOME_URL", "", schemes=("redis",))

    assert "hunter2" not in str(refused.value)
    assert "ftp://…@host/path" in str(refused.value)


def test_database_addresses_are_read(monkeypatch, tmp_path):
    monkeypatch.setenv("SOME_DATABASE", "postgres://someone:p%40ss@db.example.org:6543/registry")
    postgres = environment.database("SOME_DATABASE", "", tmp_path)
    monkeypatch.setenv("SOME_DATABASE", "sqlite:///deep/down/registry.sqlite3")
    sqlite = environment.database("SOME_DATABASE", "", tmp_path)

    shown = {name: postgres[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert shown == {
        "NAME": "registry",
        "USER": "someone",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": 6543,
    }
    assert sqlite["NAME"] == tmp_path / "deep/down/registry.sqlite3"
    assert sqlite["NAME"].parent.is_dir()


@pytest.mark.parametrize(
    "value", ["registry", "sqlite", "postgres://host:port/name", "postgres://host"]
)
def test_database_address_that_is_none(monkeypatch, tmp_path, value):
    monkeypatch.setenv("SOME_DATABASE", value)

    with pytest.raises(BadSetting, match="^Setting SOME_DATABASE "):
        environment.database("SOME_DATABASE", "", tmp_path)


def test_mail_address_is_taken_apart(monkeypatch):
    monkeypatch.setenv("SOME_MAIL", "smtp+tls://me%40example.org:p%2Fw@mail.example.org:587")

    assert environment.mail("SOME_MAIL") == {
        "host": "mail.example.org",
        "port": 587,
        "username": "me@example.org",
        "password": "p/w",
        "timeout": 20,
        "use_tls": True,
    }


@pytest.mark.parametrize("value", ["imap://host", "smtp://", "smtp://user:p/w@host:587", "mail"])
def test_mail_address_that_is_none(monkeypatch, value):
    monkeypatch.setenv("SOME_MAIL", value)

    with pytest.raises(BadSetting, match="^Setting SOME_MAIL "):
        environment.mail("SOME_MAIL")


def test_secret_of_a_developer_is_made_once_and_kept_to_its_owner(monkeypatch, tmp_path):
    monkeypatch.delenv("SOME_SECRET", raising=False)
    file = tmp_path / "var" / "secret"

    first = environment.secret("SOME_SECRET", kept_in=file)
    second = environment.secret("SOME_SECRET", kept_in=file)

    assert first == second == file.read_text()
    assert len(first) >= 50
    assert oct(file.stat().st_mode & 0o777) == "0o600"


def test_folder_that_cannot_be_made_is_told(monkeypatch, tmp_path):
    (tmp_path / "taken").write_text("A file.")
    monkeypatch.setenv("SOME_DATABASE", "sqlite:///taken/registry.sqlite3")

    with pytest.raises(BadSetting, match="^Setting SOME_DATABASE needs the folder .*/taken. "):
        environment.database("SOME_DATABASE", "", tmp_path)
