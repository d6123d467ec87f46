"""Whatever the navigation shows to somebody opens for that somebody."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ROLES = ("authority", "auditor", "owner", "manager", "verifier", "reviewer", "approver", "administrator")
NAVIGATION = re.compile(r'<nav class="nav".*?</nav>', re.DOTALL)
VERBS = re.compile(r'<div class="actions".*?</div>', re.DOTALL)
LINK = re.compile(r'href="(/[^"]*)"')


@pytest.mark.parametrize("role", ROLES)
def test_every_entry_and_every_verb_beside_a_list_opens(cast, role):
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.accounts[role])
    (navigation,) = NAVIGATION.findall(client.get("/").content.decode())
    entries = LINK.findall(navigation)
    assert len(entries) >= 5
    verbs = [link for entry in entries for part in VERBS.findall(_page(client, entry)) for link in LINK.findall(part)]
    for verb in dict.fromkeys(verbs):
        _page(client, verb.replace("&amp;", "&"))


def _page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)  # an entry may lead on to the one place that its reader has
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    return answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""
