"""What keeps an account its person's own: counted attempts, tokens, the second factor."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as configured
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hengliang.platform.parties.models import ApiToken
from hengliang.platform.parties.services import token_make
from tests.platform.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted(db):
    cache.clear()


def log_in(client, who, password=PASSWORD, behind=""):
    headers = {"x-forwarded-for": behind} if behind else {}
    return client.post(reverse("account_login"), {"login": who, "password": password}, headers=headers)


def test_wrong_passwords_of_one_address_lock_out_nobody_else_behind_the_proxy(cast, client, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for _ in range(11):
        log_in(client, "auditor", "wrong", behind="198.51.100.7, 203.0.113.9")
    assert log_in(client, "owner", behind="203.0.113.9").status_code == 200
    assert log_in(client, "owner", behind="203.0.113.9, 192.0.2.1").status_code == 302


def test_attempts_are_counted_for_all_processes():
    assert "DatabaseCache" in configured.CACHES["default"]["BACKEND"]
    cache.set("counted", 1)
    assert cache.get("counted") == 1


def test_tokens_end_with_the_password(cast, client):
    token, _text = token_make(actor=cast.actor("owner", timezone.now()), name="x", scope=ApiToken.Scope.WRITE, days=9)
    client.force_login(cast.accounts["owner"], "django.contrib.auth.backends.ModelBackend")
    told = {"oldpassword": PASSWORD, "password1": "another-measure-1", "password2": "another-measure-1"}
    assert client.post(reverse("account_change_password"), told).status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_a_strangers_request_for_a_new_password_does_not_bar_the_second_factor(cast, client):
    Client().post(reverse("account_reset_password"), {"email": "owner@example.org"})
    EmailAddress.objects.update_or_create(
        user=cast.accounts["owner"], email="owner@example.org", defaults={"verified": False}
    )
    log_in(client, "owner")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = page.context["form"].secret
    code = _code(secret)
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302


def test_making_a_token_asks_for_the_second_factor(cast, client):
    client.force_login(cast.accounts["owner"], "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("parties:token_new")).status_code == 200
    secret = generate_totp_secret()
    TOTP.activate(cast.accounts["owner"], secret)
    asked = client.get(reverse("parties:token_new"))
    assert asked.status_code == 302
    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    assert client.post(asked.url, {"code": _code(secret)}).status_code == 302
    assert client.get(reverse("parties:token_new")).status_code == 200


def _code(secret):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
