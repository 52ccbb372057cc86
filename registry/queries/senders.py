"""From where somebody writes for an organisation: a hint against whoever only says so."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from registry.models import Submission

# Where anybody can have an address in a minute. Many partners write from there too, so it is a
# hint to look twice and no more; those that are met most, in the six languages of the site.
FREE = frozenset(
    {
        "126.com",
        "163.com",
        "aol.com",
        "gmail.com",
        "gmx.com",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "hotmail.es",
        "hotmail.fr",
        "icloud.com",
        "live.com",
        "mail.com",
        "mail.ru",
        "msn.com",
        "orange.fr",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "sina.com",
        "yahoo.com",
        "yahoo.es",
        "yahoo.fr",
        "yandex.com",
        "yandex.ru",
        "ymail.com",
        "zoho.com",
    }
)


@dataclass(frozen=True)
class Sender:
    """The domain of an e-mail address, and the host of the organisation's web site, if known."""

    domain: str
    host: str

    @property
    def is_free(self) -> bool:
        """Whether anybody can have an address there."""
        return self.domain in FREE

    @property
    def agrees(self) -> bool:
        """Whether address and web site are of one house: the same name, or one below the other."""
        return bool(self.host) and (
            _is_at(self.domain, self.host) or _is_at(self.host, self.domain)
        )


def _is_at(name: str, house: str) -> bool:
    return not house == "" and (name == house or name.endswith(f".{house}"))


def sender_of(submission: Submission) -> Sender:
    """From where the author writes; for an application, against the web site that it states."""
    stated = submission.values.get("website", "")
    website = submission.partner.website if submission.partner else stated
    domain = submission.author.email.rpartition("@")[2].lower()
    return Sender(domain, _host(website))


def _host(website: object) -> str:
    try:
        host = urlsplit(str(website)).hostname or ""
    except ValueError:  # a draft may hold anything
        return ""
    return host.lower().removeprefix("www.")
