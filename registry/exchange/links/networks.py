"""Which machines are in public: everything else may be ours, or our neighbours'."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# What `is_global` lets pass: relays of tunnels, and machines of a cloud's own under public numbers.
_NOT_IPV4 = tuple(map(IPv4Network, ("192.88.99.0/24", "168.63.129.16/32")))
# Everything that is assigned lies in here, but for those below: tunnels whose other end is said by
# the address (Teredo, 6to4), documentation, and networks without a place.
_GLOBAL_IPV6 = IPv6Network("2000::/3")
_NOT_IPV6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
# How a network without IPv4 writes the address of a machine that has nothing else.
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether the machine with this IP address is one of the public internet."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return _is_public4(ip) if isinstance(ip, IPv4Address) else _is_public6(ip)


def _is_public4(ip: IPv4Address) -> bool:
    is_plain = ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_private)
    return is_plain and not any(ip in network for network in _NOT_IPV4)


def _is_public6(ip: IPv6Address) -> bool:
    if ip.scope_id:
        return False
    if ip in _NAT64:
        return _is_public4(IPv4Address(int(ip) & 0xFFFFFFFF))
    is_plain = ip in _GLOBAL_IPV6 and ip.is_global and not ip.is_multicast
    return is_plain and not any(ip in network for network in _NOT_IPV6)
