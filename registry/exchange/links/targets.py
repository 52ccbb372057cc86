"""Which addresses are visited: http and https on their own ports, with a plain name."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from registry.models import Link

Outcome = Link.Outcome
PORTS = {"http": 80, "https": 443}
LONGEST = 2000
_BAD = re.compile(r"[\x00-\x20\x7f\\]")
_NAME = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")
# “2130706433”, “0x7f.1”: the system reads numbers in many forms, of which only one is told here.
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
# All that may stand in a path or a question, escapes among it.
_KEPT = "/%:=&?~+!$,;'@()*[]-._"


class Failed(Exception):
    """A visit that came to nothing, and what is to be said of it."""

    def __init__(self, outcome: Link.Outcome, status: int | None = None) -> None:
        super().__init__(outcome)
        self.outcome, self.status = outcome, status


@dataclass(frozen=True)
class Target:
    """An address taken apart: what to connect to, what to ask for."""

    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        """The one port of its scheme."""
        return PORTS[self.scheme]

    @property
    def is_number(self) -> bool:
        """Whether its host is an IP address, which nobody needs to be asked for."""
        return ":" in self.host or bool(_NUMBER.fullmatch(self.host.rpartition(".")[2]))

    @property
    def written_host(self) -> str:
        """The host as it stands in addresses and headers."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def address(self) -> str:
        """The whole again."""
        return f"{self.scheme}://{self.written_host}{self.path}"

    def at(self, path: str) -> "Target":
        """Another path of the same host."""
        return Target(self.scheme, self.host, path)


def target(address: str) -> Target:
    """The address taken apart. Raises Failed for what is not visited."""
    if len(address) > LONGEST or _BAD.search(address):
        raise Failed(Outcome.UNFIT)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise Failed(Outcome.UNFIT) from None
    if parts.scheme not in PORTS or "@" in parts.netloc or port not in (None, PORTS[parts.scheme]):
        raise Failed(Outcome.UNFIT)
    return Target(parts.scheme, _host(parts), _path(parts))


def led_to(base: Target, location: str) -> Target:
    """Where a redirect leads. Raises Failed for what is not visited, as for any other address."""
    location = location.strip(" ").replace(" ", "%20")
    if _BAD.search(location):
        # Before it is joined, which would drop some of it.
        raise Failed(Outcome.UNFIT)
    try:
        return target(urljoin(base.address, location))
    except ValueError:
        raise Failed(Outcome.UNFIT) from None


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_KEPT)
    return f"{path}?{quote(parts.query, safe=_KEPT)}" if parts.query else path


def _host(parts: SplitResult) -> str:
    """The host in ASCII, small letters; a name with a dot, or an IP address in its usual form."""
    try:
        host = (parts.hostname or "").removesuffix(".").encode("idna").decode().lower()
        if parts.netloc.startswith("["):
            return str(IPv6Address(parts.hostname or ""))
        if _NUMBER.fullmatch(host.rpartition(".")[2]):
            return str(IPv4Address(host))
    except ValueError:
        raise Failed(Outcome.UNFIT) from None
    if not _NAME.fullmatch(host):
        raise Failed(Outcome.UNFIT)
    return host
