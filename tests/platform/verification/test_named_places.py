"""Each judged row is named by where it was measured, on the page, on paper and on the document of a single result."""

from django.utils.translation import override

from hengliang.platform.verification.places import places_by_item
from hengliang.platform.verification.verdicts import judged_lines


def judged(cell, **told):
    return {
        "cell": cell,
        "part": None,
        "point": None,
        "rounded": "1",
        "low": "-5",
        "high": "5",
        "verdict": "pass",
    } | told


def named(points, places):
    item = {"unit": "g", "reason": None, "verdict": "pass", "points": points}
    return [line["title"] for line in judged_lines(item, "示值误差", {"Q1": "最大流量"}, places)]


def test_free_rows_are_named_by_their_load_and_numbered_where_they_read_alike():
    rows = [judged("items.error[0]"), judged("items.error[1]"), judged("items.error[2]")]
    assert named(rows, ["载荷 1 kg", "载荷 2 kg", "载荷 2 kg"]) == [
        "示值误差 载荷 1 kg", "示值误差 载荷 2 kg 2", "示值误差 载荷 2 kg 3",
    ]  # fmt: skip
    assert named(rows, []) == ["示值误差 1", "示值误差 2", "示值误差 3"]
    assert named([judged("items.error[0]", point="Q1")], ["载荷 1 kg"]) == ["示值误差 最大流量"]


def test_places_are_in_the_readers_language():
    title = {"zh": "载荷", "en": "Load"}
    content = {"items": [{"id": "error", "cells": [{"id": "load", "title": title, "unit": "g"}]}, {"id": "other"}]}
    measured = {"error": [{"load": "100"}, {"load": "200"}]}
    with override("en"):
        assert places_by_item(content, measured) == {"error": ["Load 100\u2009g", "Load 200\u2009g"]}
    with override("zh-hans"):
        assert places_by_item(content, measured)["error"][1] == "载荷 200\u2009g"


def test_a_position_is_named_with_the_load_on_it():
    title = {"zh": "位置", "en": "Position"}
    cells = [
        {"id": "position", "title": title, "kind": "choice"},
        {"id": "load", "title": {"zh": "载荷 L", "en": "Load L"}, "unit": "g"},
        {"id": "indicated", "title": {"zh": "示值 I", "en": "Indication I"}, "unit": "g"},
    ]
    rows = [{"position": "1", "load": "5000", "indicated": "5000"}, {"position": "2", "load": "5000"}]
    with override("zh-hans"):
        assert places_by_item({"items": [{"id": "eccentricity", "cells": cells}]}, {"eccentricity": rows}) == {
            "eccentricity": ["位置 1 载荷 L 5000\u2009g", "位置 2 载荷 L 5000\u2009g"]
        }
