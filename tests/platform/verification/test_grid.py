"""Many instruments in one grid: the same drafts and the same judge as the single form, refusals row by row."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hengliang.norms import norms
from hengliang.platform.verification.drafts import version_of
from hengliang.platform.verification.grid.sheet import Layouts, fields_of
from hengliang.platform.verification.grid.work import kinds_of
from hengliang.platform.verification.models import Record, RecordDraft
from hengliang.platform.verification.rules import rule_for
from hengliang.platform.verification.services import draft_save
from tests.platform import slice as walk
from tests.platform.verification.test_every_kind import TODAY, item_of

pytestmark = pytest.mark.django_db
COUNTS = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())
SCALE = "procedure/price-scale"


@pytest.fixture
def client(cast):
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(cast.accounts["verifier"], backend="django.contrib.auth.backends.ModelBackend")
    return client


class Work:
    """Waiting tasks of one procedure, and what is asked of their grid."""

    def __init__(self, cast, client, pieces, procedure=SCALE):
        self.procedure, self.client = procedure, client
        item = item_of(cast, str(norms[procedure].at(TODAY).content["instruments"][0]))
        self.standard = walk.equip(cast, item)
        instruments = [walk.make_instrument(cast, f"G{at:03d}", item, "器具") for at in range(pieces)]
        self.tasks = walk.apply_for(cast, *instruments)
        [(self.kind, self.pieces)] = kinds_of(cast.actor("verifier"))

    def url(self, name):
        return f"{reverse(f'verification:{name}')}?{self.kind.query}"

    def fields(self, verdict, **changed):
        """The fields of a shipped example, by their names."""
        data = walk.example(self.procedure, verdict, self.kind.rule.edition)
        layouts = Layouts(self.kind.rule.form(self.kind.regime))
        return fields_of(layouts.sections(data), data) | changed

    def keep(self, sent):
        rows = {str(task.pk): {"version": version, "fields": fields} for task, version, fields in sent}
        answer = self.client.post(self.url("grid_keep"), json.dumps({"rows": rows}), content_type="application/json")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def submit(self, *tasks, **changed):
        asked = {
            "task": [task.pk for task in tasks], "verified_on": TODAY.isoformat(), "standards": [self.standard.pk],
        } | changed  # fmt: skip
        return self.client.post(self.url("grid_submit"), asked)


def test_what_waits_is_told_by_kind_and_opens_as_a_grid(cast, client):
    work = Work(cast, client, 3)
    page = client.get(reverse("verification:grid")).content.decode()
    assert "电子计价秤检定" in page and work.kind.address().replace("&", "&amp;") in page
    sheet = client.get(work.kind.address()).content.decode()
    assert "data-sheet" in sheet and "3 台件" in sheet
    rows = client.get(work.url("grid_rows")).json()
    assert [row["task"] for row in rows["rows"]] == [task.pk for task in work.tasks]
    assert {"instrument~0.max", "error~0.load", "price~0.amount"} <= {one["name"] for one in rows["columns"]}
    assert not any(row["complete"] for row in rows["rows"])


def test_ticked_rows_open_their_grid_and_no_others(cast, client):
    work = Work(cast, client, 3)
    asked = {"ids": [work.tasks[0].pk, work.tasks[2].pk]}
    to = client.post(reverse("verification:grid_chosen"), asked, follow=True)
    assert "2 台件" in to.content.decode()


def test_a_row_is_judged_as_by_the_single_form(cast, client):
    work = Work(cast, client, 2)
    good, bad = work.keep([(work.tasks[0], 0, work.fields("pass")), (work.tasks[1], 0, work.fields("fail"))])["rows"]
    assert good["complete"] and good["comes_to"] == {"tone": "good", "words": "合格", "proposed": ""}
    assert bad["complete"] and bad["comes_to"]["words"] == "不合格"
    assert bad["cells"]["price~0._verdict"] == {"tone": "bad", "words": "不合格"}
    single = client.get(reverse("verification:record_entry", args=[work.tasks[0].pk])).content.decode()
    assert 'name="error~3.indicated" id="error~3.indicated" value="10005"' in single


def test_what_the_single_form_kept_stands_in_the_grid(cast, client):
    work = Work(cast, client, 1)
    row = [{"load": "50", "indicated": "55", "added": "2.5"}]
    draft_save(
        actor=cast.actor("verifier"), task=work.tasks[0], section="zero", version=0,
        change=lambda data: {**data, "items": {"zero": row}},
    )  # fmt: skip
    [told] = client.get(work.url("grid_rows")).json()["rows"]
    assert told["fields"]["zero~0.indicated"] == "55" and told["version"] == 1


def test_a_stale_row_is_refused_and_the_others_are_kept(cast, client):
    work = Work(cast, client, 2)
    first, second = work.tasks
    work.keep([(first, 0, {"zero~0.load": "50"})])
    told = work.keep([(first, 0, {"zero~0.load": "60"}), (second, 0, {"zero~0.load": "70"})])
    assert list(told["stale"]) == [str(first.pk)] and [row["task"] for row in told["rows"]] == [second.pk]
    kept = {draft.task_id: draft.data["items"]["zero"][0]["load"] for draft in RecordDraft.objects.all()}
    assert kept == {first.pk: "50", second.pk: "70"}


def test_what_is_kept_makes_the_single_form_stale(cast, client):
    work = Work(cast, client, 1)
    work.keep([(work.tasks[0], 0, {"zero~0.load": "50"})])
    sent = json.dumps({"rows": {"zero~0": {"load": "70"}}, "version": 0})
    address = reverse("verification:draft_save", args=[work.tasks[0].pk, "zero"])
    assert client.post(address, sent, content_type="application/json").status_code == 409


def test_a_wrong_cell_is_told_at_the_cell(cast, client):
    work = Work(cast, client, 1)
    [row] = work.keep([(work.tasks[0], 0, work.fields("pass", **{"error~1.indicated": "abc"}))])["rows"]
    assert not row["complete"] and row["rest"] == ["示值误差 · 2 · 示值 I：“abc”不是数字；请填写数字和小数点，不带单位"]
    assert (
        row["cells"]["error~1.indicated"]["tone"] == "warning"
        and "不是数字" in row["cells"]["error~1.indicated"]["words"]
    )


def test_complete_rows_become_records_and_each_of_the_others_says_why_not(cast, client):
    work = Work(cast, client, 3)
    work.keep([(work.tasks[0], 0, work.fields("pass")), (work.tasks[1], 0, work.fields("fail"))])
    told = work.submit(*work.tasks).json()["rows"]
    assert [(one["passed"], one["words"]) for one in told[:2]] == [(True, "合格"), (False, "不合格")]
    assert (told[2]["record"], told[2]["words"]) == ("", "尚未录完")
    assert Record.objects.count() == 2 and not RecordDraft.objects.filter(task__in=work.tasks[:2]).exists()
    again = work.submit(work.tasks[0]).json()["rows"]
    assert again == [], "what is measured waits no more"


def test_what_stands_in_the_way_is_told_row_by_row_and_nothing_is_lost(cast, client):
    work = Work(cast, client, 1)
    work.keep([(work.tasks[0], 0, work.fields("pass"))])
    [told] = work.submit(work.tasks[0], verified_on="2031-01-01").json()["rows"]
    assert told["record"] == "" and told["words"] == "检定日期不能晚于今天。"
    assert RecordDraft.objects.filter(task=work.tasks[0]).exists()
    missing = work.submit(work.tasks[0], standards=[])
    assert missing.status_code == 422 and missing.json()["faults"]


def test_a_missed_class_is_not_lowered_in_passing(cast, client):
    work = Work(cast, client, 1, "procedure/pressure-gauge")
    # own: rising by 0.03 at 0.6 MPa is more than 0.016 · 1.6 = 0.0256, and less than 0.025 · 1.6 = 0.04
    rows = [("0", "0"), ("0.4", "0.40"), ("0.6", "0.63"), ("0.9", "0.90"), ("1.6", "1.60")]
    names = ("up", "up_tapped", "down", "down_tapped")
    items = {"rising": [{"reference": at} | dict.fromkeys(names, shown) for at, shown in rows]}
    items |= {name: [{"value": "yes"}] for name in ("appearance", "pointer")}
    data = {"instrument": {"accuracy_class": "1.6", "span": "1.6"}, "items": items, "regime": work.kind.regime}
    fields = fields_of(Layouts(work.kind.rule.form(work.kind.regime)).sections(data), data)
    [row] = work.keep([(work.tasks[0], 0, fields)])["rows"]
    assert (row["comes_to"]["proposed"], row["complete"]) == ("2.5", False)
    [told] = work.submit(work.tasks[0]).json()["rows"]
    assert told["record"] == "" and "按 1.6 级不合格" in told["words"]
    assert not Record.objects.exists()


def test_others_see_no_grid(cast, client):
    work = Work(cast, client, 1)
    other = Client()
    other.force_login(cast.accounts["owner"], backend="django.contrib.auth.backends.ModelBackend")
    for name in ("grid", "grid_rows"):
        assert other.get(work.url(name)).status_code == 403
    assert other.post(work.url("grid_submit"), {"task": work.tasks[0].pk}).status_code == 403


def test_the_queries_do_not_grow_with_the_rows(cast, client):
    work = Work(cast, client, 12)
    counted = {}
    for name, rows in (("few", 2), ("many", 12)):
        fields = work.fields("pass")
        versions = {draft.task_id: version_of(draft) for draft in RecordDraft.objects.all()}
        sent = [(task, versions.get(task.pk, 0), fields) for task in work.tasks[:rows]]
        with CaptureQueriesContext(connection) as caught:
            work.keep(sent)
        counted[name] = len(caught)
    assert counted["few"] == counted["many"] == COUNTS["POST verification:grid_keep"]
    with CaptureQueriesContext(connection) as caught:
        client.get(work.url("grid_rows"))
    assert len(caught) == COUNTS["POST verification:grid_rows"]


def test_the_queries_of_a_submission_do_not_grow_with_the_rows(cast, client):
    work = Work(cast, client, 12)
    work.keep([(task, 0, work.fields("pass")) for task in work.tasks])
    work.submit(work.tasks[0])  # the first by a rule keeps the rule
    for rows in (work.tasks[1:3], work.tasks[3:]):
        with CaptureQueriesContext(connection) as caught:
            told = work.submit(*rows).json()["rows"]
        assert all(one["record"] for one in told)
        assert len(caught) == COUNTS["POST verification:grid_submit"]
    records = Record.objects.order_by("pk")
    assert len({record.act_id for record in records}) == 12, "each is an act of its own"
    assert [record.number[-6:] for record in records] == [f"{at:06d}" for at in range(1, 13)]


def test_the_shape_of_a_row_follows_its_particulars(cast):
    item = item_of(cast, str(norms["procedure/sphygmomanometer"].at(TODAY).content["instruments"][0]))
    layouts = Layouts(rule_for(item, TODAY).form("subsequent"))
    names = {
        kind: set(fields_of(layouts.sections(data), data))
        for kind in ("mercury", "aneroid")
        for data in [{"instrument": {"type": kind}}]
    }
    more = names["mercury"] - names["aneroid"]
    assert more and not names["aneroid"] - names["mercury"], "what only mercury columns are asked for"
