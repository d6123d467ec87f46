"""Achievements by program: entered with the document, confirmed by a second person; nothing is counted before."""

import pytest

from tests.platform.plan.api.conftest import PDF, paper, refused

pytestmark = pytest.mark.django_db


def told(cast, **more):
    return {
        "kind": "culture_base", "level": "municipal", "name": "计量文化馆", "region_id": cast.city.pk,
        "authority": "市科协", "document_number": "〔2026〕7号", "approved_on": "2026-01-05", "file": paper(),
    } | more  # fmt: skip


def test_one_enters_and_a_second_confirms(cast, planned, ask, second):
    made = ask("authority", "achievements", form=told(cast, holder="计量学会"))
    assert made.status_code == 201, made.content
    shown = made.json()
    assert (shown["state"], shown["holder"], shown["counts_from"]) == ("entered", "计量学会", None)
    here = f"achievements/{shown['id']}"
    assert ask("auditor", f"files/{shown['files'][0]['id']}").content == PDF
    assert refused(ask("authority", here + "/confirm", {})) == (409, "second_person")
    assert refused(ask("authority", here + "/refuse", {"reason": "x"})) == (409, "second_person")
    assert ask(second, here + "/confirm", {}).json()["state"] == "confirmed"
    assert ask("auditor", here).json()["counts_from"] == "2026-01-05"
    assert ask(second, here + "/withdraw", {"on": "2026-02-01", "reason": "撤销"}).json()["state"] == "withdrawn"
    assert ask("auditor", here).json()["counts_to"] == "2026-02-01"
    assert [one["id"] for one in ask("auditor", "achievements?state=withdrawn").json()["items"]] == [shown["id"]]


def test_it_is_refused_as_on_the_page(cast, planned, ask, second):
    for more, refusal in (
        ({"kind": "moon_base"}, (422, "achievement_kind")),
        ({"approved_on": "2099-01-01"}, (422, "approved_ahead")),
        ({"level": "galactic"}, (422, "input_malformed")),
        ({"region_id": 2**40}, (404, "not_found")),
        ({"organisation_id": cast.foreign_enterprise.pk}, (404, "not_found")),
        ({"name": ""}, (422, "input_malformed")),
    ):
        assert refused(ask("authority", "achievements", form=told(cast, **more))) == refusal
    without = told(cast)
    del without["file"]
    assert refused(ask("authority", "achievements", form=without)) == (422, "input_malformed")
    assert ask("authority", "achievements", form=told(cast)).status_code == 201
    assert refused(ask("authority", "achievements", form=told(cast))) == (422, "achievement_there")
    waits = f"achievements/{planned.achievement.pk}/refuse"
    assert ask(second, waits, {"reason": "文件不符"}).json()["state"] == "refused"


def test_the_holder_enters_its_own_and_nobody_elses(cast, planned, ask):
    own = told(cast, region_id=cast.county.pk, organisation_id=cast.enterprise.pk)
    made = ask("owner", "achievements", form=own)
    assert (made.status_code, made.json()["organisation_id"]) == (201, cast.enterprise.pk)
    other = told(cast, document_number="〔2026〕8号")
    assert refused(ask("owner", "achievements", form=other)) == (403, "not_permitted")
    assert refused(ask("auditor", "achievements", form=other)) == (403, "not_permitted")
    assert refused(ask("owner", f"achievements/{planned.achievement.pk}")) == (404, "not_found")
    assert refused(ask("auditor", f"achievements/{planned.achievement.pk}/refuse", {"reason": "x"}))[0] == 403


def test_kinds_are_those_of_the_rule(cast, ask):
    rows = {one["code"]: one for one in ask("owner", "achievement-kinds").json()}
    assert rows["culture_base"]["title"]["zh"]
    assert set(rows["culture_base"]["stages"]) <= {"preparation", "completed"}
