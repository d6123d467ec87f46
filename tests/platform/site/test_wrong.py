"""What goes wrong is told with its cause, in the frame of the platform; nothing that anybody types is our fault."""

import logging

import pytest
from django.db import OperationalError
from django.urls import reverse

from hengliang.platform.core.local_rules import RULE_ID
from hengliang.platform.core.pages import errors
from hengliang.platform.core.rights import all_rights
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.api import questions
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.site import logs
from tests.platform.site.api.conftest import program  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(cast, client):
    def log_in(who):
        client.force_login(cast.accounts[who], "django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


@pytest.mark.parametrize(
    "path",
    ["/ledger/?q=%00", "/ledger/catalogue/?q=%00", "/ledger/export.xlsx?q=%00", "/certificates/?q=%00",
     "/ledger/lookup/parties/?q=%00", "/ledger/lookup/bodies/?q=a%00b", "/parties/organisations/?q=%00",
     "/c/%00", "/c/%00/document.pdf", "/ledger/%00/", "/ledger/A%00/instrument_stop/", "/certificates/?number=%00",
     "/api/v1/ledger/instruments/%00", "/api/v1/certificates/check/%00", "/?code=%00", "/supervision/?q=%00"],
)  # fmt: skip
def test_a_sign_that_nobody_types_is_no_failure_of_ours(at, path):
    assert at("authority").get(path).status_code in (200, 302, 400, 404, 422)


@pytest.mark.parametrize(
    ("field", "column"),
    [(name, Instrument._meta.get_field(name))
     for name in ("name", "model", "manufacturer", "measuring_range", "accuracy_class", "serial_number")]
    + [("place", InstrumentState._meta.get_field("place"))],
)  # fmt: skip
def test_the_interface_allows_what_the_column_holds(field, column):
    schema = questions.FileIn.model_json_schema()["properties"][field]
    assert schema["maxLength"] == column.max_length


def test_what_no_column_holds_is_a_problem_and_no_failure(program, monkeypatch):  # noqa: F811
    def too_long(*_args, **_named):
        return Organisation.objects.filter(pk=1).extra(where=["repeat('x', 300)::varchar(5)::int = 1"]).count()

    monkeypatch.setattr("hengliang.platform.parties.api.organisation_revise", too_long)
    organisation = Organisation.objects.get(name="量县加油站").pk
    answer = program("owner").post(f"/parties/organisations/{organisation}/revise", {"on": "2026-03-02"})
    assert (answer.status_code, answer.json()["title"]) == (422, "not_storable")


def test_while_the_database_is_away_programs_are_told_when_to_come_back(program, monkeypatch):  # noqa: F811
    def away(*_args, **_named):
        raise OperationalError("the connection is closed")

    monkeypatch.setattr("hengliang.platform.parties.api.region_list", away)
    answer = program("owner").get("/parties/regions")
    assert (answer.status_code, answer.json()["title"]) == (503, "unavailable")
    assert answer["Retry-After"] == "10"


@pytest.mark.parametrize(("path", "kind"), [("/", "text/html"), ("/api/v1/ledger/x", "application/problem+json")])
def test_while_the_database_is_away_people_get_a_plain_page(rf, path, kind):
    try:
        raise OperationalError("the connection is closed")
    except OperationalError:
        answer = errors.server_error(rf.get(path))
    assert answer.status_code == 503
    assert answer["Content-Type"].startswith(kind)
    assert answer["Retry-After"] == "10"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nothing/here/", 404), ("/desk/jobs/", 403)],
)
def test_who_is_signed_in_keeps_the_navigation(at, client, path, status):
    path = reverse("desk_jobs") if status == 403 else path
    page = at("owner").get(path)
    assert page.status_code == status
    assert reverse("registry:list") in page.content.decode()
    client.logout()
    assert reverse("registry:list") not in client.get("/nothing/here/").content.decode()


def test_a_refusal_names_the_act_in_words(at, client, cast):
    page = at("owner").get("/plan/import/")
    assert page.status_code == 403
    assert "plan_import" not in page.content.decode()
    jobs = at("owner").get(reverse("desk_jobs")).content.decode()
    assert "此页供平台管理员使用" in jobs


def test_a_rule_is_called_what_a_file_can_be_called():
    assert RULE_ID.fullmatch("procedure/price-scale")
    assert not RULE_ID.fullmatch(f"a/{'b' * 81}")
    assert not RULE_ID.fullmatch("/".join(["a" * 40] * 4))


def test_every_act_has_words():
    assert [kind for kind, right in all_rights().items() if not right.words and not kind.startswith("test_")] == []


def test_answers_to_people_who_are_signed_in_are_kept_by_nobody(at, client):
    assert at("owner").get("/ledger/")["Cache-Control"] == "private, no-store"
    client.logout()
    client.cookies.clear()
    assert "no-store" not in client.get("/c/2222222222").get("Cache-Control", "")


def test_a_public_proof_leaves_nothing_with_its_reader(client):
    answer = client.get("/c/2222222222")
    assert answer.status_code == 404
    assert not answer.cookies
    assert client.post(reverse("set_language"), {"language": "en", "next": "/c/2222222222"}).status_code == 302


def test_no_path_stands_in_the_log(client, caplog):
    token = "SECRETTOKEN123456"
    with caplog.at_level(logging.INFO):
        client.get(f"/parties/invitation/{token}/")
    told = logs.RoutesForPaths()
    records = [record for record in caplog.records if told.filter(record)]
    assert records
    assert all(token not in f"{record.getMessage()} {record.__dict__}" for record in records)
