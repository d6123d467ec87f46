"""Where a delivery may go: to public addresses by https. What a name resolves to is asked at each delivery, and the
connection goes to the very address that was found in order, so that a name can't change its mind in between.

The operator may allow further networks (HENGLIANG_WEBHOOK_NETWORKS); loopback addresses allowed so may be reached by
http, which is for trials on one machine.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from hengliang.platform.core.errors import InputRefused

LONGEST = 500
_PORTS = range(1, 65_536)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Target:
    """An address that is in order: the machine to connect to, and what is asked of it."""

    scheme: str
    host: str
    ip: str
    port: int
    path: str


def resolved(url: str) -> Target:
    """The machine behind an address. Every address that the name has must be in order; the first is taken.

    Errors: `InputRefused` for an address that is not public and not allowed, or a name that is not known.
    """
    scheme, host, port, path = _parts(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise InputRefused(
            "address_unknown", "The name “%(host)s” is not known. Check the address.", field="url", host=host
        ) from fault
    ips = list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found))
    if not ips or not all(may_reach(ip, scheme) for ip in ips):
        raise InputRefused(
            "address_not_public",
            "“%(host)s” leads to an address that is not public. Events go to public addresses only, unless the operator"
            " allows a network.",
            field="url",
            host=host,
        )
    return Target(scheme, host, ips[0], port, path)


def may_reach(ip: str, scheme: str) -> bool:
    """Whether a delivery may go to this address by this scheme."""
    address = ipaddress.ip_address(ip)
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address.sixtofour or _behind_nat64(address) or address
    allowed = any(address in network for network in networks())
    if scheme == "http":
        return allowed and address.is_loopback
    return allowed or (address.is_global and not address.is_multicast)


def _behind_nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The old address that a translating network would lead to (RFC 6052)."""
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


def networks() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The networks that the operator allows."""
    return [ipaddress.ip_network(one.strip(), strict=False) for one in settings.WEBHOOK_NETWORKS if one.strip()]


def _parts(url: str) -> tuple[str, str, int, str]:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = parts.hostname or ""
    except ValueError:
        parts, host, port = None, "", 0
    good = parts is not None and host and port in _PORTS and url.isascii() and url.isprintable() and " " not in url
    if not good or parts is None or len(url) > LONGEST or parts.username or parts.password or parts.fragment:
        raise InputRefused(
            "address_malformed", "Enter an address like https://example.org/hook, without a user name.", field="url"
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and networks()):
        raise InputRefused("address_not_https", "Events are sent by https only.", field="url")
    return parts.scheme, host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
