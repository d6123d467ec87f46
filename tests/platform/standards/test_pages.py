"""Pages of standards: what runs out stands on top, and papers, suspension and authorisations are entered there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hengliang.platform.standards.models import Authorisation
from hengliang.platform.standards.registers import authorisations_seen, standards_seen
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def standard(cast):
    return walk.equip(cast, cast.scale)


def of(cast, who):
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def condition(cast, on=None):
    return standards_seen(cast.actor("manager"), on or timezone.localdate()).get().condition


def test_a_standard_with_all_papers_is_in_order(cast, standard):
    assert condition(cast) == "in_order"
    assert condition(cast, walk.LAST - timedelta(days=30)) == "due_soon"
    assert condition(cast, walk.LAST + timedelta(days=1)) == "not_in_order"


def test_the_last_good_day_is_shown_not_the_day_after(cast, standard):
    page = of(cast, "manager").get(f"/standards/{standard.pk}/").content.decode()
    assert "2028-12-31" in page
    assert "2029-01-01" not in page


def test_a_suspended_standard_says_so_and_comes_back(cast, standard):
    manager, today = of(cast, "manager"), timezone.localdate().isoformat()
    told = {"on": today, "reason": "送修"}
    assert manager.post(f"/standards/{standard.pk}/suspend/", told)["Location"] == f"/standards/{standard.pk}/"
    page = manager.get(f"/standards/{standard.pk}/").content.decode()
    assert "is out of service on" in page
    assert "Bring back into service" in page
    assert condition(cast) == "suspended"
    manager.post(f"/standards/{standard.pk}/resume/", told)
    assert condition(cast) == "in_order"


def test_a_paper_that_ends_before_it_begins_stays_on_the_form(cast, standard):
    told = {
        "kind": "traceability", "number": "LL1", "issuer": "院",
        "valid_from": "2026-05-01", "valid_until": "2026-04-01",
    }  # fmt: skip
    manager = of(cast, "manager")
    answer = manager.post(f"/standards/{standard.pk}/certificates/new/", told)
    assert (answer.status_code, "The last day lies before the first" in answer.content.decode()) == (422, True)
    answer = manager.post(f"/standards/{standard.pk}/certificates/new/", told | {"valid_until": "2027-04-30"})
    assert answer["Location"].endswith("?tab=proofs")
    assert "LL1" in manager.get(answer["Location"]).content.decode()


def test_only_the_body_enters_papers(cast, standard):
    path = f"/standards/{standard.pk}/certificates/new/"
    assert [of(cast, who).get(path).status_code for who in ("manager", "verifier", "foreign_verifier")] == [
        200, 403, 404,
    ]  # fmt: skip


def test_the_authority_authorises_and_ends(cast, standard):
    authority = of(cast, "authority")
    told = {
        "body": cast.body.pk, "item": cast.dispenser.pk, "number": "法计2", "scope": "", "kind": "statutory",
        "valid_from": "2026-01-01", "valid_until": "2031-12-31",
    }  # fmt: skip
    page = authority.post("/standards/authorisations/new/", told)["Location"]
    assert "In order" in authority.get(page).content.decode()
    row = Authorisation.objects.get(number="法计2")
    end = f"/standards/authorisations/{row.pk}/end/"
    assert "End authorisation: 法计2" in authority.get(end).content.decode()
    done = authority.post(end, {"on": "2026-06-01", "reason": "考核未通过"})
    assert done["Location"] == "/standards/authorisations/"
    ended = authorisations_seen(cast.actor("authority"), timezone.localdate()).get(number="法计2")
    assert (ended.condition, ended.valid_to.isoformat()) == ("expired", "2026-06-01")


def test_the_manager_qualifies_ones_own_people_only(cast, standard):
    told = {
        "item": cast.scale.pk, "number": "计检9", "valid_from": "2026-01-01", "valid_until": "2030-12-31",
        "person": cast.people["reviewer"].pk,
    }  # fmt: skip
    manager = of(cast, "manager")
    assert manager.post("/standards/qualifications/new/", told).status_code == 302
    foreign = manager.post("/standards/qualifications/new/", told | {"person": cast.people["foreign_verifier"].pk})
    assert foreign.status_code == 422


def test_lists_show_and_filter_by_condition(cast, standard):
    auditor = of(cast, "auditor")
    assert standard.name in auditor.get("/standards/?condition=in_order").content.decode()
    assert standard.name not in auditor.get("/standards/?condition=suspended").content.decode()
    assert auditor.get("/standards/?export=csv").status_code == 200
    assert of(cast, "owner").get("/standards/").content.decode().count(standard.name) == 0
