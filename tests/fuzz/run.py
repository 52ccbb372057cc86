"""Holds the API against its own description: Schemathesis, every check, every phase.

    make fuzz                thorough, in some minutes
    make fuzz SAMPLE=yes     a sample, in about a minute

As anybody, with a key that reads and, over submissions, with a key that writes for a partner; on
a database of its own with the real data, on a free port, without limits.
"""

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import servers

SITE = "partnership.wsgi:application"
DESCRIPTION = "/api/v1/openapi.json"
SCHEMATHESIS = Path(sys.executable).with_name("st")
CONFIG, HOOKS = (Path(__file__).with_name(name) for name in ("schemathesis.toml", "hooks.py"))
PHASES = "examples,coverage,fuzzing,stateful"
# With a key, what anybody was answered systematically is in a sample asked at random only.
PHASES_AGAIN = "examples,fuzzing,stateful"
CHECKS = (
    "--mode=all",
    "--checks=all",
    "--max-response-time=2",
    "--seed=1",
    "--continue-on-failure",
)
# What the other two were answered is not asked again.
WRITES = "/submissions/"
# Values of a growing list that a sample tries; it would try each of hundreds of organisations.
FEW = 3


def main():
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/fuzz.sqlite3"
        os.environ["LOG_LEVEL"] = "ERROR"
        reading, writing = prepare()
        with servers.serving(SITE, ready=DESCRIPTION) as address:
            held = [
                holds("anybody", command(address, folder, asked.sample)),
                holds("a key that reads", command(address, folder, asked.sample, reading)),
                holds("a key that writes", command(address, folder, asked.sample, writing, WRITES)),
            ]
    sys.exit(0 if all(held) else "Not everything is as described.")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", action="store_true", help="In about a minute.")
    return parser.parse_args()


def prepare():
    """The real data, and two keys: their secrets."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from registry.actions import accounts, memberships
    from registry.models import Membership, Partner, User
    from registry.permissions import EDITOR, SYSTEM

    call_command("demo", no_serve=True, stdout=open(os.devnull, "w"))
    person = {"password": "long enough to pass", "role": EDITOR, "by": SYSTEM}
    editor = accounts.create_staff(email="fuzz@example.org", **person)
    partner = Partner.objects.published().order_by("pk").first()
    member = User.objects.create(email="partner@example.org")
    memberships.add(partner=partner, user=member, role=Membership.Role.CONTRIBUTOR, by=SYSTEM)
    return key_of(editor, "read"), key_of(member, "write", partner)


def key_of(owner, scope, partner=None):
    from registry.actions import tokens

    end = dt.date.today() + dt.timedelta(days=2)
    given = {"name": "Fuzz", "scope": scope, "expires_on": end, "partner": partner}
    return tokens.mint(owner=owner, by=owner, **given)[1]


def sample(address, folder):
    """The description with few values of the lists that grow: all of them right, most left out."""
    _headers, body = servers.fetch(address + DESCRIPTION)
    file = Path(folder) / "description.json"
    file.write_text(json.dumps(_few(json.loads(body))))
    return str(file)


def _few(value):
    if isinstance(value, list):
        return [_few(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "x-grows" in value and "enum" in value:
        value = value | {"enum": value["enum"][:FEW]}
    return {key: _few(each) for key, each in value.items()}


def command(address, folder, is_sample, secret="", only=""):
    """What Schemathesis is asked to do."""
    description = sample(address, folder) if is_sample else address + DESCRIPTION
    phases = PHASES_AGAIN if is_sample and secret else PHASES
    asked = [
        SCHEMATHESIS,
        f"--config-file={CONFIG}",
        "run",
        description,
        f"--phases={phases}",
        *CHECKS,
    ]
    asked += [f"--max-examples={10 if is_sample else 300}", "--workers=2", "--no-color"]
    asked += [f"--url={address}/api/v1"] if is_sample else []
    asked += [f"--include-path-regex={only}"] if only else []
    return asked + (["--header", f"Authorization: Bearer {secret}"] if secret else [])


def holds(who, asked):
    """Whether every answer is as described; tells how much was tried, and what is not."""
    # What it leaves behind stays out of this folder.
    with tempfile.TemporaryDirectory() as folder:
        told = {"cwd": folder, "env": os.environ | {"SCHEMATHESIS_HOOKS": str(HOOKS)}}
        done = subprocess.run(asked, **told, capture_output=True, text=True)
    lines = [line.strip("= ") for line in done.stdout.splitlines() if line.strip()]
    cases = [line.strip() for line in lines if " generated" in line]
    sys.stdout.write(f"As {who}: {', '.join(cases)}; {lines[-1]}\n")
    if done.returncode:
        sys.stdout.write(done.stdout + done.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    main()
