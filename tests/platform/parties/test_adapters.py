"""Wrong passwords are counted by sender, also behind a proxy of ours."""

from django.test import RequestFactory

from hengliang.platform.parties.adapters import InvitationOnlyAdapter


def test_the_sender_behind_a_proxy(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "203.0.113.9"})
    assert InvitationOnlyAdapter(request).get_client_ip(request) == "10.0.0.1"
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert InvitationOnlyAdapter(request).get_client_ip(request) == "203.0.113.9"
