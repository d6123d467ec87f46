"""Results go out once, their receipts come back, and what came from elsewhere as a task becomes an application."""

import io
import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from python_calamine import CalamineWorkbook

from hengliang.platform.core.errors import InputRefused, NotPermitted, Refused
from hengliang.platform.exchange.models import DispatchRow, OutsideId
from hengliang.platform.exchange.services import (
    batch_accept,
    batch_read,
    batch_receive,
    dispatch_make,
    outside_id_enter,
    result_send_again,
)
from hengliang.platform.verification.models import Application, Task
from hengliang.platform.verification.services import application_accept
from tests.platform import slice as walk
from tests.platform.exchange.conftest import connect
from tests.platform.exchange.files import accepted, line, received, row

pytestmark = pytest.mark.django_db
RECEIPT = ("对方流水号", "处理结果", "原因", "平台证书编号")
TASK = ("预约单号", "强检器具编号", "出厂编号", "使用单位", "统一社会信用代码", "送检方式", "预约日期", "备注")


def written_rows(sheet: Any) -> list[dict[str, str]]:
    """What stands in a sheet that was made, read back by another reader than ours."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(bytes(sheet.content)))
    headers, *rows = book.get_sheet_by_index(0).to_python()
    return [dict(zip(headers, map(str, cells), strict=True)) for cells in rows]


@pytest.fixture
def certified(cast, settings):
    """Two proofs of two scales, issued in training."""
    settings.TRAINING = True
    standard = walk.equip(cast, cast.scale)
    data = walk.example("procedure/price-scale", "pass", "2017-05-30")
    made = []
    for number in range(2):
        scale = walk.make_instrument(cast, f"SC000{number}", cast.scale, "电子计价秤")
        made.append(walk.certify(cast, walk.apply_for(cast, scale)[0], standard, data))
    return made


def test_results_go_out_once_with_the_numbers_of_both_sides(cast, ecqs, certified):
    first = certified[0]
    outside_id_enter(actor=cast.actor("authority"), system=ecqs, value="E1", instrument=first.instrument)
    sheet = dispatch_make(actor=cast.actor("authority"), system=ecqs, kind="results")
    one, _two = written_rows(sheet)
    assert sheet.rows == 2 and one["强检器具编号"] == "E1" and one["证书编号"] == first.number
    assert (one["检定结论"], one["证书类型"], one["检定日期"]) == ("合格", "检定证书", "2026-03-02")
    assert one["对方流水号"] == "ecqs-1-1" and one["核验地址"].endswith(f"/c/{first.code}")
    with pytest.raises(InputRefused):
        dispatch_make(actor=cast.actor("manager"), system=ecqs, kind="results")


def test_receipts_are_put_to_their_rows_and_unknown_ones_refused(cast, ecqs, certified):
    sheet = dispatch_make(actor=cast.actor("manager"), system=ecqs, kind="results")
    rows = [("ecqs-1-1", "成功", "", "ZS-77"), ("ecqs-1-2", "失败", "有效期不符", ""), ("ecqs-9-9", "成功", "", "")]
    batch = accepted(cast, ecqs, rows, "manager", kind="receipts", headers=RECEIPT)
    assert batch.counts == {"new": 2, "refused": 1} and line(batch, 4).code == "row_unknown"
    sent = list(DispatchRow.objects.order_by("number"))
    assert [(one.receipt, one.receipt_reason) for one in sent] == [("accepted", ""), ("refused", "有效期不符")]
    assert OutsideId.objects.get(kind="certificate").certificate == certified[0] and sheet.rows == 2
    again = accepted(cast, ecqs, rows, "manager", kind="receipts", headers=RECEIPT)
    assert again.counts == {"same": 2, "refused": 1}
    changed = accepted(cast, ecqs, [("ecqs-1-2", "成功", "", "")], "manager", kind="receipts", headers=RECEIPT)
    assert line(changed).code == "answered_otherwise" and line(changed).receipt == "accepted"
    assert DispatchRow.objects.get(key="ecqs-1-2").receipt == "accepted"


def test_one_is_sent_again_for_a_reason_under_a_new_number(cast, ecqs, certified):
    dispatch_make(actor=cast.actor("manager"), system=ecqs, kind="results")
    refused = DispatchRow.objects.first()
    with pytest.raises(InputRefused):
        result_send_again(actor=cast.actor("manager"), row=refused, reason=" ")
    result_send_again(actor=cast.actor("manager"), row=refused, reason="对方已修正")
    with pytest.raises(Refused):
        result_send_again(actor=cast.actor("manager"), row=refused, reason="再来")
    sheet = dispatch_make(actor=cast.actor("manager"), system=ecqs, kind="results")
    assert sheet.rows == 1 and written_rows(sheet)[0]["对方流水号"] == "ecqs-2-1"


def test_a_body_that_takes_no_part_sends_nothing(cast, ecqs, certified):
    with pytest.raises(NotPermitted):
        dispatch_make(actor=cast.actor("foreign_verifier"), system=ecqs, kind="results")
    alone = connect(cast, "other", bodies=[])
    with pytest.raises(NotPermitted):
        dispatch_make(actor=cast.actor("manager"), system=alone, kind="results")


def test_each_system_is_sent_to_by_itself_and_in_its_own_form(cast, ecqs, certified):
    """The same port carries a service counter that takes JSON lines (S91)."""
    counter = connect(cast, "zlb", kind="counter", profile="service-counter", adapter="json_lines_file")
    dispatch_make(actor=cast.actor("authority"), system=ecqs, kind="results")
    sheet = dispatch_make(actor=cast.actor("authority"), system=counter, kind="results")
    told = [json.loads(text) for text in bytes(sheet.content).decode().splitlines()]
    assert [one["externalId"] for one in told] == ["zlb-1-1", "zlb-1-2"] and told[0]["result"] == "pass"
    answers = (
        b'{"externalId":"zlb-1-1","status":"ok","id":"Z1"}\n\n{"externalId":"zlb-1-2","status":"error","message":"x"}\n'
    )
    actor = cast.actor("authority")
    batch = batch_receive(actor=actor, system=counter, kind="receipts", file_name="r.jsonl", chunks=[answers])
    batch = batch_accept(actor=actor, batch=batch_read(actor=actor, batch=batch))
    assert batch.counts == {"new": 2}
    assert set(DispatchRow.objects.filter(system=counter).values_list("receipt", flat=True)) == {"accepted", "refused"}


@pytest.mark.parametrize(
    "content",
    [b"[1]\n", b'{"a":{"b":1}}\n', b"{", b"\xff\xfe{}", b'{"externalId":"\\ud800"}', b'{"externalId":' + b"[" * 70_000],
)
def test_lines_that_are_no_flat_objects_are_refused_with_their_number(cast, content):
    counter = connect(cast, "zlb", profile="service-counter", adapter="json_lines_file")
    actor = cast.actor("authority")
    batch = batch_receive(actor=actor, system=counter, kind="receipts", file_name="r.jsonl", chunks=[content])
    assert batch_read(actor=actor, batch=batch).problem["params"]["row"] == "1"


def test_an_adapter_must_fit_its_profile(cast):
    with pytest.raises(InputRefused):
        connect(cast, "zlb", profile="service-counter", adapter="sheet_file")


def test_tasks_become_applications_once(cast, ecqs):
    walk.equip(cast, cast.scale)
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    outside_id_enter(actor=cast.actor("authority"), system=ecqs, value="E1", instrument=scale)
    owner = ("量县加油站", "91990121MA00000016")
    rows = [
        ("T1", "E1", "", *owner, "现场", "2026-03-20", "上午"),
        ("T2", "E404", "", *owner, "送检", "", ""),
        ("T3", "E1", "", "别家", "91990121MA00000024", "送检", "", ""),
        ("T4", "E1", "", *owner, "送检", "", ""),
    ]
    batch = received(cast, ecqs, rows, "manager", kind="tasks", headers=TASK)
    assert [line(batch, n).code for n in range(2, 6)] == ["", "instrument_unknown", "owner_differs", ""]
    assert not Application.objects.exists()
    batch_accept(actor=cast.actor("manager"), batch=batch)
    task = Task.objects.get()
    assert task.body == cast.body and task.application.on_site and task.application.note == "上午"
    assert OutsideId.objects.get(kind="task").value == "T1"
    assert line(batch, 5).code == "act_refused" and line(batch, 5).receipt == "refused"  # one open task an instrument
    again = accepted(cast, ecqs, rows[:1], "manager", kind="tasks", headers=TASK)
    assert again.counts == {"same": 1} and Application.objects.count() == 1


def test_a_task_needs_the_right_of_its_application(cast, ecqs):
    """The authority may bring the file in, but applies for nobody: each row is refused in words."""
    walk.equip(cast, cast.scale)
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    outside_id_enter(actor=cast.actor("authority"), system=ecqs, value="E1", instrument=scale)
    batch = accepted(cast, ecqs, [("T1", "E1", "", "", "", "", "", "")], kind="tasks", headers=TASK)
    assert line(batch).code == "act_refused" and not Application.objects.exists()


def test_results_name_the_task_that_came_from_there(cast, ecqs, settings):
    settings.TRAINING = True
    standard = walk.equip(cast, cast.scale)
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    outside_id_enter(actor=cast.actor("authority"), system=ecqs, value="E1", instrument=scale)
    accepted(cast, ecqs, [("T1", "E1", "", "", "", "", "", "")], "manager", kind="tasks", headers=TASK)
    task = Task.objects.select_related("application").get()
    application_accept(actor=cast.actor("manager"), application=task.application)
    task.refresh_from_db()
    walk.certify(cast, task, standard, walk.example("procedure/price-scale", "pass", "2017-05-30"))
    sheet = dispatch_make(actor=cast.actor("manager"), system=ecqs, kind="results")
    assert written_rows(sheet)[0]["预约单号"] == "T1"


def answered(cast, ecqs, *rows, **told):
    return accepted(cast, ecqs, [(*one, "", "") for one in rows], kind="receipts", headers=RECEIPT, **told)


def test_a_receipt_without_an_answer_holds_up_no_other(cast, ecqs, certified):
    dispatch_make(actor=cast.actor("authority"), system=ecqs, kind="results")
    batch = answered(cast, ecqs, ("ecqs-1-1", "成功"), ("ecqs-1-2", ""))
    assert line(batch, 3).code == "receipt_missing"
    assert list(DispatchRow.objects.order_by("key").values_list("receipt", flat=True)) == ["accepted", ""]


def test_an_older_receipt_does_not_turn_over_a_later(cast, ecqs, certified):
    dispatch_make(actor=cast.actor("authority"), system=ecqs, kind="results")
    answered(cast, ecqs, ("ecqs-1-1", "失败"), ("ecqs-1-2", "成功"), stated_on=date(2026, 3, 2))
    batch = answered(cast, ecqs, ("ecqs-1-1", "成功"), ("ecqs-1-2", "成功"), stated_on=date(2026, 2, 2))
    assert (line(batch, 2).code, line(batch, 3).outcome) == ("said_later", "same")
    assert list(DispatchRow.objects.order_by("key").values_list("receipt", flat=True)) == ["refused", "accepted"]


def test_a_task_for_a_body_that_nobody_knows_goes_to_no_other(cast, ecqs):
    walk.equip(cast, cast.scale)
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    outside_id_enter(actor=cast.actor("authority"), system=ecqs, value="E1", instrument=scale)
    told = {"kind": "tasks", "headers": ("预约单号", "强检器具编号", "检定机构"), "who": "manager"}
    batch = accepted(cast, ecqs, [("T1", "E1", "没有这个所")], **told)
    assert line(batch).code == "body_unknown" and not Application.objects.exists()
    assert accepted(cast, ecqs, [("T1", "E1", cast.body.name)], **told).counts == {"new": 1}
    assert Application.objects.get().body == cast.body


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_system_that_is_worked_on(cast, ecqs):
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT FROM exchange_outsidesystem WHERE id = %s FOR NO KEY UPDATE", [ecqs.pk])
        with pytest.raises(Refused) as refused:
            dispatch_make(actor=cast.actor("authority"), system=ecqs, kind="results")
        assert refused.value.code == "system_busy"
        assert received(cast, ecqs, [row()]).counts == {"new": 1}
    finally:
        other.close()
