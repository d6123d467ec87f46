"""The interface against its own description: whatever is sent, it answers as its OpenAPI document says."""

import itertools
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from hengliang.platform.site.wsgi import application
from tests.platform import slice as walk

HELD = (
    checks.not_a_server_error,
    schemathesis.specs.openapi.checks.status_code_conformance,
    schemathesis.specs.openapi.checks.content_type_conformance,
    schemathesis.specs.openapi.checks.response_schema_conformance,
)
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def lived(cast, settings):
    """The slice has been walked once, so that keys near 1 are not all there is."""
    settings.TRAINING = True
    standard = walk.equip(cast, cast.scale)
    for code in ("SC0001", "SC0002"):
        walk.make_instrument(cast, code, cast.scale, "电子计价秤")
    return standard


def operations() -> list[str]:
    """Every operation of the interface by its name."""
    from hengliang.platform.site.api import api

    paths = api.get_openapi_schema()["paths"]
    return [f"{method.upper()} {path}" for path, found in paths.items() for method in found]


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
        sent = itertools.count()

        @settings(
            max_examples=6, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        )  # fmt: skip
        @pytest.importorskip("hypothesis").given(cases)
        def probe(case: Any) -> None:
            next(sent)
            case.call_and_validate(headers={"Authorization": token}, checks=HELD)

        try:
            probe()
        except Exception as fault:
            faults.append(f"{operation.label}: {fault}"[:900])
        assert next(sent) > 0, operation.label
    assert faults == [], "\n\n".join(faults)
