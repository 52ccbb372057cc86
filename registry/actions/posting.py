"""A connection to the mail server, and what its answers mean for the message in hand."""

import contextlib
import smtplib

from django.core.mail import EmailMessage, mailers

# The one of the two in `settings.MAILERS` that really sends; the other writes into the outbox.
TRANSPORT = "transport"
LONGEST_REASON = 500
TOO_LARGE = 552


class NotSent(Exception):
    """The message did not go out; the text says why."""


class Unreachable(NotSent):
    """The server cannot be had, or went away. Not the message's fault; it may be tried again."""


class Deferred(NotSent):
    """The server wants this message later (4xx)."""


class Rejected(NotSent):
    """The server will never take this message (5xx)."""


class Post:
    """The way to the mail server, kept open for several messages."""

    def __init__(self) -> None:
        self._mailer = mailers[TRANSPORT]
        self.is_open = False

    def open(self) -> None:
        """Connect and sign in. Raises Unreachable, also where the server's certificate is bad."""
        # What smtplib raises is an OSError too.
        try:
            self._mailer.open()
        except OSError as why:
            self.close()
            raise Unreachable(_reason(why)) from why
        self.is_open = True

    def send(self, message: EmailMessage) -> None:
        """Hand a message over. Raises Unreachable, Deferred or Rejected."""
        try:
            self._mailer.send_messages([message])
        except OSError as why:
            refusal = _refusal(why)
            if isinstance(refusal, Unreachable):
                self.close()
            raise refusal from why

    def close(self) -> None:
        """Leave, whatever the server says to it."""
        self.is_open = False
        with contextlib.suppress(OSError):
            self._mailer.close()


def _refusal(why: Exception) -> NotSent:
    code = _code(why)
    # 421: the server closes the connection.
    if code is None or code < 400 or code == 421:
        return Unreachable(_reason(why))
    if isinstance(why, smtplib.SMTPSenderRefused) and code != TOO_LARGE:
        # It does not want us as a sender (yet): no fault of the message.
        return Deferred(_reason(why))
    return Rejected(_reason(why)) if code >= 500 else Deferred(_reason(why))


def _code(why: Exception) -> int | None:
    if isinstance(why, smtplib.SMTPRecipientsRefused):
        return next((code for code, _said in why.recipients.values()), None)
    if isinstance(why, smtplib.SMTPNotSupportedError):
        return 550
    return why.smtp_code if isinstance(why, smtplib.SMTPResponseException) else None


def _reason(why: Exception) -> str:
    if isinstance(why, smtplib.SMTPRecipientsRefused):
        said = "; ".join(f"{code} {_text(text)}" for code, text in why.recipients.values())
    elif isinstance(why, smtplib.SMTPResponseException):
        said = f"{why.smtp_code} {_text(why.smtp_error)}"
    else:
        said = f"{type(why).__name__}: {why}"
    return " ".join(said.replace("\0", "").split())[:LONGEST_REASON]


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)
