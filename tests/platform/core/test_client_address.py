"""Whose address counts: that of the sender behind proxies that were named, and never one that the sender wrote."""

import pytest
from django.test import RequestFactory

from hengliang.platform.core.client_address import client_address


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "sender"),
    [
        ([], "10.0.0.1", "203.0.113.9", "10.0.0.1"),  # nobody was named: nobody is believed
        (["10.0.0.0/8"], "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (["10.0.0.0/8"], "10.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),  # the left one may be invented
        (["10.0.0.0/8"], "10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),  # two proxies in a row
        (["10.0.0.0/8"], "203.0.113.9", "198.51.100.7", "203.0.113.9"),  # came directly, and pretends
        (["10.0.0.1"], "10.0.0.1", "", "10.0.0.1"),
        (["10.0.0.1"], "10.0.0.1", "nonsense", "10.0.0.1"),
        (["::1"], "::1", "2001:db8::5", "2001:db8::5"),
    ],
)
def test_the_sender_is_the_first_who_is_no_named_proxy(settings, proxies, remote, forwarded, sender):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"x-forwarded-for": forwarded})
    assert client_address(request) == sender
