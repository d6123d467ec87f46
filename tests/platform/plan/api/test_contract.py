"""Every operation of plans keeps its description, asked about objects that are there, by whoever may act on them."""

from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks

from hengliang.platform.core.selectors import attachments_of
from hengliang.platform.parties.models import ApiToken
from hengliang.platform.parties.services import token_make
from tests.platform.site.rights_walk import ARGUMENTS, longest

application = get_wsgi_application()
HELD = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def one_connection():
    """The transaction of the test goes through all requests: Django would close its connection after each."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(planned, one_connection) -> dict[str, Any]:
    """The objects by the names that the walk over all addresses has for them."""
    names = ("plan", "achievement", "snapshot", "scoring", "consultation", "comment", "conference", "resolution",
             "assessment")  # fmt: skip
    return {name: getattr(planned, name).pk for name in names} | {
        "plan_target": planned.target.pk, "plan_task": planned.task.pk, "target": "tested-rate", "part": "numerator",
        "plan_file": attachments_of(planned.achievement).get().pk,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["authority", "third_party"])
def test_plans_keep_their_word(cast, world, who: str) -> None:
    if who not in cast.accounts:
        cast.accounts[who] = type(cast.accounts["authority"]).objects.get(username=who)
    actor = cast.actor(who, timezone.now())
    token = token_make(actor=actor, name="test", scope=ApiToken.Scope.WRITE, days=1)[1]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application).include(path_regex="^/api/v1/plan/")
    faults: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=4, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        )  # fmt: skip
        @given(operation.as_strategy())
        def probe(case: Any) -> None:
            named = longest(ARGUMENTS, case.operation.full_path) or {}
            case.path_parameters = {name: world[named[name]] for name in case.path_parameters or {}}
            with transaction.atomic():
                case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=HELD)
                transaction.set_rollback(True)

        try:
            probe()
        except Exception as fault:
            faults.append(f"{operation.label}: {fault}"[:900])
    assert faults == [], "\n\n".join(faults)
