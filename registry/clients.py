"""Where a request came from, as far as our own side saw it. What clients claim is not believed."""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from django.conf import settings


def client(meta: Mapping[str, Any]) -> str:
    """Who is counted: an IPv4 address, the first half of an IPv6 address, or “unknown”.

    One customer has one IPv4 address, or 64 bits full of IPv6 addresses.
    """
    return _network(_seen(meta))


def address(meta: Mapping[str, Any]) -> str:
    """The address itself, as a person may be shown it; 0.0.0.0 where there is none."""
    found = _address(_seen(meta))
    return str(found).partition("%")[0] if found else "0.0.0.0"


def _seen(meta: Mapping[str, Any]) -> str:
    """What our outermost proxy saw, or the server where there is no proxy.

    Each proxy of ours adds, at the end of X-Forwarded-For, the address that it was asked from: with
    one the last entry counts, with two the last but one. All before it, and the whole header
    without a proxy, is whatever the client cared to write.
    """
    seen = meta.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        entries = meta.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", settings.PROXIES)
        # Fewer than there are proxies: it came past some, and the first entry is all there is.
        seen = entries[-min(settings.PROXIES, len(entries))].strip() or seen
    return seen[:64]


@lru_cache(4096)
def _network(text: str) -> str:
    found = _address(text)
    if found is None:
        return "unknown"
    return f"{int(found) >> 64:x}" if isinstance(found, IPv6Address) else str(found)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(_without_port(text))
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _without_port(text: str) -> str:
    """Some proxies write 203.0.113.9:4711 and [2001:db8::1]:4711."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
