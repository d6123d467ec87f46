"""Where a request came from, with and without proxies of ours before it."""

import pytest
from django.test import RequestFactory

from hengliang.platform.core.requests import client_address
from hengliang.platform.parties.adapters import InvitationOnlyAdapter


@pytest.mark.parametrize(
    ("proxies", "passed_on", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_saw_is_believed(settings, proxies, passed_on, address):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": passed_on})
    assert client_address(request) == address
    assert InvitationOnlyAdapter(request).get_client_ip(request) == address
