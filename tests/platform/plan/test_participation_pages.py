"""The pages of consultations, conferences and assessments as people meet them."""

import io
import json
from pathlib import Path

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.plan.models import Comment
from hengliang.platform.plan.services import target_opine
from tests.platform.cast import NOW, make_account
from tests.platform.plan.planned import participation_of, plan_of

pytestmark = pytest.mark.django_db
COUNTS = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())


@pytest.fixture
def planned(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return plan_of(cast)


def test_anybody_comments_on_the_public_page(cast, planned, client, monkeypatch) -> None:
    address = reverse("public_consultation", args=[planned.consultation.pk])
    monkeypatch.setattr("django.utils.timezone.now", lambda: planned.consultation.act.at)
    page = client.get(address)
    assert page.status_code == 200
    assert "新建标准60项以上" in page.content.decode()
    assert "偏少" not in page.content.decode()
    assert client.post(address, {"said": ""}).status_code == 422
    assert client.post(address, {"said": "建议80项", "clause": ""}).status_code == 302
    assert Comment.objects.filter(said="建议80项", state="entered").exists()
    assert "建议80项" not in client.get(address).content.decode()


def test_the_authority_reads_and_answers(cast, planned, client) -> None:
    client.force_login(cast.accounts["authority"])
    comment = planned.comment
    assert "偏少" in client.get(reverse("plan:consultation", args=[planned.consultation.pk])).content.decode()
    assert client.post(reverse("plan:comment", args=[comment.pk, "publish"]), {"shown_text": "偏少"}).status_code == 302
    told = {"answer": "采纳", "accepted": "yes"}
    assert client.post(reverse("plan:comment", args=[comment.pk, "answer"]), told).status_code == 302
    client.logout()
    assert "采纳" in client.get(reverse("public_consultation", args=[planned.consultation.pk])).content.decode()


def test_meetings_by_lines(cast, planned, client) -> None:
    client.force_login(cast.accounts["authority"])
    address = reverse("plan:meeting_hold", args=[planned.conference.pk])
    told = {"title": "第二次会议", "on": planned.consultation.opens_on, "resolved": "落实经费 市财政局"}
    assert client.post(address, told).status_code == 422
    assert client.post(address, told | {"resolved": "落实经费 | 市财政局 | 2099-01-31"}).status_code == 302
    assert "第二次会议" in client.get(reverse("plan:conference", args=[planned.conference.pk])).content.decode()


def test_the_report_of_an_assessment(cast, planned, client) -> None:
    account = make_account("assessor", Role.ASSESSOR, cast.foreign_enterprise)
    cast.accounts["assessor"] = account
    target_opine(
        actor=cast.actor("assessor"),
        assessment=planned.assessment,
        target=planned.target,
        grade="largely",
        opinion="稳步推进",
    )
    client.force_login(account)
    assert "稳步推进" in client.get(reverse("plan:assessment", args=[planned.assessment.pk])).content.decode()
    answer = client.get(reverse("plan:assessment_docx", args=[planned.assessment.pk]))
    document = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert "稳步推进" in cells
    assert any(planned.snapshot.digest in one.text for one in document.paragraphs)


@pytest.mark.parametrize("name", ["plan:consultation_list", "plan:conference_list", "plan:assessment_list"])
def test_lists_ask_as_much_as_is_held_and_no_more_for_more_rows(cast, planned, client, name) -> None:
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse(name))
    for _n in range(3):
        participation_of(cast, Actor.system("test", NOW), planned.snapshot)
    with CaptureQueriesContext(connection) as many:
        assert client.get(reverse(name)).status_code == 200
    assert len(many) == COUNTS[name]
