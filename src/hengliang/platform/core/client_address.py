"""Where a request comes from, where proxies stand in between: only proxies that the operator named are believed."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Network = IPv4Network | IPv6Network


def client_address(request: HttpRequest) -> str:
    """The address of whoever sent the request.

    A proxy appends the address that it saw to `X-Forwarded-For`. Read from the right, the first address that is no
    proxy of `settings.TRUSTED_PROXIES` is the sender; what stands further left could have been written by anybody.
    """
    trusted = _networks(tuple(settings.TRUSTED_PROXIES))
    here = str(request.META.get("REMOTE_ADDR", ""))
    seen = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    while seen and _is_in(here, trusted):
        before = seen.pop()
        if not _is_address(before):
            break
        here = before
    return here


@lru_cache(maxsize=8)
def _networks(told: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(one.strip(), strict=False) for one in told if one.strip())


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_in(text: str, networks: tuple[Network, ...]) -> bool:
    return _is_address(text) and any(ip_address(text) in one for one in networks)
