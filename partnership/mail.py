"""Mailers: one that writes into the outbox what other code sends, one that keeps mails as files."""

import hashlib
import os
import uuid
from email.utils import getaddresses
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from registry.actions import notices
from registry.models import Notice, User
from registry.permissions import SYSTEM

ENDING = ".eml"


class Outbox(BaseEmailBackend):
    """Nothing is sent in a request: each mail is written into the outbox, in its transaction."""

    def send_messages(self, messages: list[EmailMessage]) -> int:
        """Write them down; returns how many."""
        for message in messages:
            key = f"account:{uuid.uuid4()}"
            for address in _addresses(message):
                _queue(message, address, key)
        return len(messages)


def _addresses(message: EmailMessage) -> list[str]:
    # “Name <address>” as well: the outbox knows addresses only.
    return [address for _name, address in getaddresses(message.recipients()) if address]


def _queue(message: EmailMessage, address: str, key: str) -> None:
    html = [each.content for each in getattr(message, "alternatives", []) if _is_html(each)]
    user = User.objects.filter(email__iexact=address).first()
    notices.queue_to_address(
        kind=Notice.Kind.ACCOUNT,
        address=address,
        language=get_language() or "",
        about=("user", str(user.pk)) if user else ("", ""),
        words={"subject": message.subject, "text": message.body, "html": "".join(html[:1])},
        once=key,
        by=SYSTEM,
    )


def _is_html(alternative) -> bool:
    return alternative.mimetype == "text/html"


class Folder(BaseEmailBackend):
    """Keeps each mail as a file, for machines from which no mail should leave."""

    def __init__(self, *, folder: str | Path, **options) -> None:
        super().__init__(**options)
        self.folder = Path(folder)

    def send_messages(self, messages: list[EmailMessage]) -> int:
        """Write them, each at once or not at all; returns how many."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            self._keep(message.message())
        return len(messages)

    def _keep(self, mail) -> None:
        # A second copy takes the place of the first.
        name = hashlib.sha256(mail["Message-ID"].encode()).hexdigest()[:20]
        draft = self.folder / f".{name}.{os.getpid()}"
        draft.write_bytes(mail.as_bytes())
        draft.replace(self.folder / f"{name}{ENDING}")
