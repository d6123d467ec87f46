"""Where a request comes from, behind proxies that are ours and behind none."""

import pytest
from django.test import RequestFactory

from hengliang.platform.core.requests import client_address


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_saw_is_believed(settings, proxies, told, address):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": told} if told else {})
    assert client_address(request) == address
