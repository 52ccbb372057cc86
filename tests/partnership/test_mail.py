"""Other code that sends mail writes into the outbox; a machine for development keeps files."""

import email
import email.policy

import pytest
from django.conf import settings as project
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import translation

from registry.actions.delivery import Delivered, deliver_pending
from registry.models import Notice
from registry.permissions import SYSTEM
from tests.notices import notice, person
from tests.partnership.test_settings import KEY, PRODUCTION, run

MEMORY = {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
OUTBOX = {"BACKEND": "partnership.mail.Outbox"}


@pytest.fixture
def outbox(settings, db):
    settings.MAILERS = {"default": OUTBOX, "transport": MEMORY}


def _reset(to):
    message = EmailMultiAlternatives(
        subject="Set a new\n password", body="Open http://127.0.0.1:8000/key/1/", to=to
    )
    message.attach_alternative("<p>Open it.</p>", "text/html")
    return message


def test_nothing_leaves_in_the_request(outbox):
    user = person()

    with translation.override("fr"):
        sent = _reset([user.email]).send()

    made = Notice.objects.get()
    assert (sent, mail.outbox) == (1, [])
    assert (made.kind, made.address, made.language) == ("account", user.email, "fr")
    assert (made.about_noun, made.about_key) == ("user", str(user.pk))


def test_it_leaves_from_the_outbox_as_it_was_written(outbox):
    _reset(["New person <new@example.org>"]).send()

    assert deliver_pending(by=SYSTEM) == Delivered(1, 0, 0)
    [message] = mail.outbox
    assert (message.to, message.subject) == (["new@example.org"], "Set a new password")
    assert message.body == "Open http://127.0.0.1:8000/key/1/\n"
    assert message.alternatives[0].content == "<p>Open it.</p>"


def test_each_recipient_gets_a_mail_of_their_own(outbox):
    send_mail("Subject", "Text", None, ["a@example.org", "b@example.org"])
    send_mail("Subject", "Text", None, ["a@example.org"])

    deliver_pending(by=SYSTEM)

    assert [m.to for m in mail.outbox] == [["a@example.org"], ["b@example.org"], ["a@example.org"]]
    assert mail.outbox[0].alternatives[0].content.startswith("<!doctype html>")


def test_what_is_rolled_back_sends_nothing(outbox):
    with pytest.raises(RuntimeError), transaction.atomic():
        _reset(["a@example.org"]).send()
        raise RuntimeError

    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_folder_keeps_each_mail_once(settings, tmp_path):
    folder = tmp_path / "mail"
    keep = {"BACKEND": "partnership.mail.Folder", "OPTIONS": {"folder": folder}}
    settings.MAILERS = {"default": MEMORY, "transport": keep}
    first, second = notice(), notice()
    deliver_pending(by=SYSTEM)
    # As after a death between sending and marking.
    Notice.objects.filter(pk=first.pk).update(
        state="queued", sent_at=None, next_try_at=first.created_at
    )
    deliver_pending(by=SYSTEM)

    kept = [
        email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        for file in folder.iterdir()
    ]
    assert sorted(each["Message-ID"] for each in kept) == sorted(
        [first.message_id, second.message_id]
    )


def test_development_keeps_mails_and_production_sends_them():
    show = "from partnership.settings import MAILERS, MAIL_DIR; print(MAIL_DIR, MAILERS)"

    development = run("-c", show, SECRET_KEY=KEY, DATABASE_URL="sqlite://:memory:").stdout
    production = run("-c", show, **PRODUCTION).stdout

    assert str(project.VAR_DIR / "mail") in development
    assert "partnership.mail.Folder" in development
    assert production.startswith("None ")
    assert "smtp.EmailBackend" in production and "mail.example.org" in production
    assert "partnership.mail.Outbox" in development and "partnership.mail.Outbox" in production
