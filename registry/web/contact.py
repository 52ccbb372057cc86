"""Where one writes to: the address from which this site sends its mails."""

from email.utils import parseaddr

from django.conf import settings


def mail_address() -> str:
    """The address alone, without the name that may stand before it."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or settings.DEFAULT_FROM_EMAIL
