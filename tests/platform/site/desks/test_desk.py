"""The desk of an authority over a large ledger is there at once; its targets follow."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from hengliang.platform.site.desks import authority

pytestmark = pytest.mark.django_db


def test_targets_of_a_large_ledger_follow_the_desk(cast, monkeypatch):
    client = Client()
    client.force_login(cast.accounts["authority"], "django.contrib.auth.backends.ModelBackend")
    at_once = client.get("/").content.decode()
    assert reverse("desk_figures") not in at_once
    monkeypatch.setattr(authority, "COUNTED_AT_ONCE", -1)
    later = client.get("/").content.decode()
    assert f'hx-get="{reverse("desk_figures")}"' in later
    shown = client.get(reverse("desk_figures")).content.decode()
    (figure, *_others) = re.findall(r'<section class="figure">.*?</section>', shown, re.DOTALL)
    assert figure in at_once
    assert figure not in later


def test_targets_are_for_those_who_oversee(cast):
    client = Client()
    client.force_login(cast.accounts["owner"], "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("desk_figures")).status_code == 403
