"""The interface against its own description: whatever is sent, it answers as its OpenAPI document says."""

from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks

from tests.platform import slice as walk

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
def lived(cast, settings, one_connection):
    """The slice has been walked once, so that keys near 1 are not all there is."""
    settings.TRAINING = True
    standard = walk.equip(cast, cast.scale)
    for code in ("SC0001", "SC0002"):
        walk.make_instrument(cast, code, cast.scale, "电子计价秤")
    return standard


def test_every_operation_has_words_and_examples():
    from hengliang.platform.site.api import api

    document = api.get_openapi_schema()
    for path, found in document["paths"].items():
        for method, operation in found.items():
            assert operation["summary"] and operation["description"], f"{method} {path}"
    bare = [
        f"{name}.{field}"
        for name, schema in document["components"]["schemas"].items()
        for field, told in schema.get("properties", {}).items()
        if name.endswith("Out") and not (told.get("examples") or "$ref" in str(told))
    ]
    assert bare == []


@pytest.mark.parametrize("who", ["manager", "authority"])
def test_the_interface_keeps_its_word(lived, program, who: str) -> None:
    token = program(who).client.defaults["HTTP_AUTHORIZATION"]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    faults: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()
        cases = operation.as_strategy()

        @settings(
            max_examples=6, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        )  # fmt: skip
        @given(cases)
        def probe(case: Any) -> None:
            case.call_and_validate(headers={"Authorization": token}, checks=HELD)

        try:
            probe()
        except Exception as fault:
            faults.append(f"{operation.label}: {fault}"[:900])
    assert faults == [], "\n\n".join(faults)
