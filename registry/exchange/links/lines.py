"""A connection to the machine that was looked at: every address of a name must be in public.

A name is looked up once and the connection goes to the address that was found, so nobody can say
one thing to whoever looks and another to whoever connects.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address

from registry.exchange.links.networks import is_public
from registry.exchange.links.targets import Failed, Outcome, Target

# Of a name with many addresses, so many are tried.
MOST_TRIED = 3


class Deadline:
    """So many seconds from now on, for all that is done under it."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left. Raises TimeoutError where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def look_up(host: str, port: int) -> list[str]:
    """All IP addresses of a name, as the system finds them. Raises OSError for none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an IP address. Raises ValueError for a name, which would be looked up."""
    ip = ip_address(address)
    line = socket.socket(socket.AF_INET if ip.version == 4 else socket.AF_INET6)
    try:
        line.settimeout(seconds)
        line.connect((str(ip), port))
    except BaseException:
        line.close()
        raise
    return line


@cache
def _trusting_the_system() -> ssl.SSLContext:
    """Made once: to read the certificates of the system takes a while."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class Outside:
    """How names are looked up and connections made; what is public is said elsewhere, for all."""

    look_up: Callable[[str, int], list[str]] = look_up
    connect: Callable[[str, int, float], socket.socket] = connect
    tls: ssl.SSLContext = field(default_factory=_trusting_the_system)

    def open(self, target: Target, deadline: Deadline) -> socket.socket:
        """A connection to the host of an address, sealed for https. Raises Failed."""
        addresses = [target.host] if target.is_number else self._addresses(target, deadline)
        if not all(map(is_public, addresses)):
            raise Failed(Outcome.UNFIT)
        line = self._connected(addresses[:MOST_TRIED], target.port, deadline)
        return self._sealed(line, target, deadline) if target.scheme == "https" else line

    def _addresses(self, target: Target, deadline: Deadline) -> list[str]:
        """The system waits for name servers as long as it likes; we do not."""
        found: list[list[str]] = []

        def ask() -> None:
            try:
                found.append(self.look_up(target.host, target.port))
            except (OSError, UnicodeError):
                found.append([])

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(deadline.left())
        if not found or not found[0]:
            raise Failed(Outcome.NAME)
        return found[0]

    def _connected(self, addresses: list[str], port: int, deadline: Deadline) -> socket.socket:
        outcome = Outcome.CONNECTION
        for tried, address in enumerate(addresses):
            try:
                # So that a second one gets its turn.
                seconds = deadline.left() / (len(addresses) - tried)
                return self.connect(address, port, seconds)
            except TimeoutError:
                outcome = Outcome.SLOW
            except OSError:
                outcome = Outcome.CONNECTION
        raise Failed(outcome)

    def _sealed(self, line: socket.socket, target: Target, deadline: Deadline) -> socket.socket:
        try:
            line.settimeout(deadline.left())
            return self.tls.wrap_socket(line, server_hostname=target.host)
        except TimeoutError:
            line.close()
            raise Failed(Outcome.SLOW) from None
        except (ssl.SSLError, ssl.CertificateError):
            line.close()
            raise Failed(Outcome.CERTIFICATE) from None
        except OSError:
            line.close()
            raise Failed(Outcome.CONNECTION) from None
