"""Consultations, conferences, assessments and scores for programs: scoped, bounded, refusals as problems."""

from decimal import Decimal

import pytest

from hengliang.platform.core.rights import Actor
from hengliang.platform.plan.services import scoring_confirm
from tests.platform.cast import NOW

pytestmark = pytest.mark.django_db


def test_one_sees_what_lies_in_ones_regions(ask, planned) -> None:
    for path in ("consultations", "conferences", "assessments"):
        assert len(ask("authority", path).json()["items"]) == 1
        assert ask("foreign_authority", path).json()["items"] == []
    for path in (f"consultations/{planned.consultation.pk}/comments", f"conferences/{planned.conference.pk}",
                 f"assessments/{planned.assessment.pk}", f"plans/{planned.plan.pk}/scores"):  # fmt: skip
        assert ask("authority", path).status_code == 200
        refused = ask("foreign_authority", path)
        assert (refused.status_code, refused["Content-Type"].split(";")[0]) == (404, "application/problem+json")


def test_a_comment_is_shown_and_answered(ask, planned) -> None:
    path = f"comments/{planned.comment.pk}/"
    early = ask("authority", path + "answer", {"answer": "采纳", "accepted": True})
    assert (early.status_code, early["Content-Type"].split(";")[0]) == (409, "application/problem+json")
    assert ask("authority", path + "publish", {"shown_text": "偏少"}).json()["state"] == "published"
    told = ask("authority", path + "answer", {"answer": "采纳", "accepted": True}).json()
    assert (told["state"], told["accepted"]) == ("answered", True)
    assert "said" not in told
    assert ask("owner", path + "publish", {"shown_text": "偏少"}).status_code == 404


def test_a_resolution_is_followed_and_closed(ask, planned) -> None:
    path = f"resolutions/{planned.resolution.pk}/"
    assert ask("authority", path + "close", {"reason": "完成"}).status_code == 409
    assert ask("authority", path + "follow-ups", {"on": NOW.date().isoformat(), "says": "已办"}).status_code == 200
    assert ask("authority", path + "close", {"reason": "完成"}).status_code == 204
    told = ask("authority", f"conferences/{planned.conference.pk}").json()
    assert [one["state"] for one in told["resolutions"]] == ["done"]
    assert [one["name"] for one in told["members"]] == ["市财政局"]
    assert ask("authority", f"conferences/{planned.conference.pk}?on=2000-01-01").json()["members"] == []


def test_only_the_assessor_gives_opinions_and_no_figure_is_taken(ask, planned) -> None:
    path = f"assessments/{planned.assessment.pk}/"
    told = {"grade": "largely", "opinion": "可", "value": "99"}
    assert ask("authority", f"{path}targets/{planned.target.pk}/opinion", told).status_code == 403
    before = ask("authority", path[:-1]).json()["opinions"]
    assert ask("authority", path + "submit", {"conclusion": "可"}).status_code == 403
    assert ask("authority", path[:-1]).json()["opinions"] == before


def test_scores_are_there_once_two_people_want_the_weights(ask, planned) -> None:
    path = f"plans/{planned.plan.pk}/scores"
    assert ask("authority", path).json() == []
    scoring_confirm(actor=Actor.system("second", NOW), scoring=planned.scoring)
    rows = ask("authority", path).json()
    assert {part["metric"] for row in rows for part in row["parts"]} == {planned.target.metric}
    assert all(Decimal(row["of"]) in (0, 100) for row in rows)
