"""No operation of plans takes a figure: none names one, and one that is sent along with what is right moves nothing."""

from collections.abc import Iterator
from typing import Any

import pytest

from hengliang.platform.plan.models import SnapshotFigure
from hengliang.platform.site.api.interface import api
from tests.platform.plan.api.conftest import paper
from tests.platform.plan.test_pages import NAMES, VALUES, figures

ROOT = "/api/v1/plan/"


def bodies(document: Any) -> Iterator[tuple[str, str]]:
    """Address and name of everything that an operation of plans takes."""
    for path, operations in document["paths"].items():
        for method, told in operations.items():
            if path.startswith(ROOT) and method != "get":
                for content in told.get("requestBody", {}).get("content", {}).values():
                    yield from ((path, name) for name in taken(content["schema"], document))


def taken(schema: Any, document: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for one in schema:
            yield from taken(one, document)
    elif isinstance(schema, dict):
        if ref := schema.get("$ref"):
            yield from taken(document["components"]["schemas"][ref.rpartition("/")[2]], document)
        yield from schema.get("properties", {})
        for one in schema.values():
            yield from taken(one, document)


def test_no_operation_names_a_figure():
    found = list(bodies(api.get_openapi_schema()))
    assert {"goal", "weight", "quote", "says", "file"} <= {name for _path, name in found}
    assert [one for one in found if one[1] in NAMES] == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["authority", "second"])
def test_a_value_sent_along_moves_nothing(cast, planned, ask, second, who):
    """What is right is taken, and the value beside it is not: no figure of today moves, and none that is frozen."""
    targets = [planned.target, planned.plan.targets.get(indicator="model-units")]
    before, kept = figures(planned, targets), list(SnapshotFigure.objects.order_by("pk").values())
    rating = {"on": "2026-03-02", "grade": "reached", "evidence": "x", "reason": "x"}
    entry = {"kind": "culture_base", "level": "municipal", "name": "馆", "region_id": cast.city.pk, "authority": "x",
             "document_number": "9", "approved_on": "2026-01-05"}  # fmt: skip
    weights = [{"target_id": planned.target.pk, "weight": "100", **VALUES}]
    practice = {"kind": "final", "assessor_id": cast.foreign_enterprise.pk}
    for path, told, form in (
        (f"targets/{planned.target.pk}/confirm", {"seen": planned.target.stamp}, None),
        (f"targets/{planned.goal.pk}/ratings", None, rating),
        (f"plans/{planned.plan.pk}/tasks", {"title": "x", "units": ["x"]}, None),
        (f"tasks/{planned.task.pk}/reports", None, {"unit": "市财政局", "on": "2026-03-02", "says": "达到77"}),
        (f"plans/{planned.plan.pk}/scorings", {"weights": weights}, None),
        (f"plans/{planned.plan.pk}/snapshots", {"title": "再冻结", "on": "2026-03-02"}, None),
        (f"snapshots/{planned.snapshot.pk}/assessments", practice, None),
        ("achievements", None, entry | {"file": paper()}),
        (f"plans/{planned.plan.pk}/end", {"reason": "x"}, None),
    ):
        sent = ask(who, path, told | VALUES if told else None, form | VALUES if form else None)
        assert sent.status_code in (200, 201), (path, sent.content)
        assert figures(planned, targets) == before, path
        frozen = SnapshotFigure.objects.filter(snapshot=planned.snapshot).order_by("pk").values()
        assert list(frozen) == kept, path
