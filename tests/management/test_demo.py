"""From an empty machine to a running site, and again."""

import re
import socket
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError

from registry.actions import entries
from registry.management.commands import serve
from registry.models import Entry, Event, User


def _demo(**options):
    out = StringIO()
    call_command("demo", stdout=out, **{"no_serve": True} | options)
    return out.getvalue()


def test_the_password_is_shown_once_and_opens_the_account(registry_data):
    first = _demo(email="somebody@example.org")
    second = _demo(email="Somebody@example.org")

    password = re.search(r"  somebody@example\.org  (\S+)\n", first)[1]
    assert authenticate(email="somebody@example.org", password=password).is_staff
    assert User.objects.get().groups.get().name == "Administrators"
    assert password not in second
    assert "manage.py changepassword Somebody@example.org" in second


def test_again_changes_nothing_and_says_so(registry_data):
    events = Event.objects.exclude(noun="user").count()
    revisions = set(Entry.objects.values_list("key", "revision"))

    said = _demo()

    assert "Loading 320 activities …\n" in said
    assert "reference book: 0 rows created or changed\n" in said
    assert "activities: 0 created, 0 changed, 320 unchanged, 0 kept, edited since\n" in said
    assert "Nothing was changed: the registry holds all of it already.\n" in said
    assert "Named in records and kept, but not partners: 143 organisations\n" in said
    assert [name for name in registry_data.named if name not in " ".join(said.split())] == []
    assert Event.objects.exclude(noun="user").count() == events
    assert set(Entry.objects.values_list("key", "revision")) == revisions


def test_what_is_missing_is_written_again(registry_data):
    Entry.objects.filter(noun="article", key="7").delete()

    said = _demo()

    assert "Nothing was changed" not in said
    assert entries.differences() == []


def test_a_taken_port_is_told_before_anything_else(registry_data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} on 127.0.0.1 is already in use"):
            _demo(no_serve=False, host="127.0.0.1", port=port)

    assert not User.objects.exists()


def test_a_bad_address_is_told_before_anything_else(registry_data):
    with pytest.raises(CommandError, match="“nobody” is not an e-mail address."):
        _demo(email="nobody")

    assert not User.objects.exists()


def test_the_site_is_served_at_last(registry_data, settings, tmp_path, monkeypatch, capsys):
    settings.STATIC_ROOT = tmp_path
    served = []

    class Server:
        def __init__(self, target, **options):
            self.options = options

        def serve(self):
            served.append((self.options["address"], self.options["port"], User.objects.count()))

    # The jobs of a process of their own would run on another database.
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr(serve, "Granian", Server)
    # What this test changes lives in the connection that would be closed.
    monkeypatch.setattr(serve.connections, "close_all", lambda: None)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setenv("HOST", "127.0.0.1")
    monkeypatch.setenv("PORT", str(port))

    _demo(no_serve=False, host="127.0.0.1", port=port)

    assert served == [("127.0.0.1", port, 1)]


def test_rebuild_entries_says_how_many_differed(registry_data):
    Entry.objects.filter(noun="activity", key__startswith="gef-1").update(title="wrong")
    wrong = Entry.objects.filter(title="wrong").count()
    out = StringIO()

    call_command("rebuild_entries", stdout=out)

    assert out.getvalue() == (
        f"{wrong} entries differed and were written afresh.\nThe search index was built again.\n"
    )
    assert wrong > 0
    assert entries.differences() == []
