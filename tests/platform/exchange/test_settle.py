"""Each act that settles a difference: what it writes, by which act of the ledger, and what it refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from hengliang.platform.core.errors import InputRefused, NotPermitted, Refused, TransitionRefused
from hengliang.platform.core.models import Act
from hengliang.platform.exchange.models import AgreedValues, Discrepancy, Dispatch, DispatchRow, OutsideId
from hengliang.platform.exchange.ours import ours_of
from hengliang.platform.exchange.services import (
    discrepancy_file,
    discrepancy_ignore,
    discrepancy_keep,
    discrepancy_link,
    discrepancy_reopen,
    discrepancy_take,
    dispatch_make,
)
from hengliang.platform.registry.models import Instrument, InstrumentState
from tests.platform.cast import NOW
from tests.platform.exchange.files import HEADERS, accepted, line, row
from tests.platform.exchange.test_outbound import written_rows

pytestmark = pytest.mark.django_db
PLACE = "安装/使用地点"


def different(cast, ecqs, in_use, **told):
    """An instrument here, and a difference about it."""
    known = in_use(codes={"ecqs": "E1"})
    accepted(cast, ecqs, [row(强检器具编号="E1", **(told or {PLACE: "2号岛"}))])
    return known, Discrepancy.objects.get(state="open")


def test_theirs_is_taken_by_the_acts_of_the_ledger(cast, ecqs, in_use):
    known, found = different(cast, ecqs, in_use, **{PLACE: "2号岛", "器具名称": "税控加油机", "器具状态": "停用"})
    discrepancy_take(actor=cast.actor("authority"), discrepancy=found, reason="与平台一致")
    state = InstrumentState.objects.current().get(instrument=known)
    known.refresh_from_db()
    assert (state.place, state.status, known.name) == ("2号岛", "stopped", "税控加油机")
    acts = Act.objects.filter(subject_type=known._meta.label_lower, subject_id=str(known.pk), reason="与平台一致")
    kinds = set(acts.values_list("kind", flat=True))
    assert kinds == {"instrument_correct", "instrument_move", "instrument_stop"}
    again = accepted(
        cast, ecqs, [row(强检器具编号="E1", **{PLACE: "2号岛", "器具名称": "税控加油机", "器具状态": "停用"})]
    )
    assert again.counts == {"same": 1} and found.state == "taken"


def test_only_the_fields_that_are_chosen(cast, ecqs, in_use):
    known, found = different(cast, ecqs, in_use, **{PLACE: "2号岛", "器具名称": "税控加油机"})
    discrepancy_take(actor=cast.actor("authority"), discrepancy=found, reason="地点正确", fields=["place"])
    known.refresh_from_db()
    assert known.name == "加油机" and AgreedValues.objects.last().values["place"] == "2号岛"


def test_what_the_ledger_refuses_leaves_everything_as_it_was(cast, ecqs, in_use):
    """Another user whom nobody knows here: the move before it is undone too."""
    known, found = different(cast, ecqs, in_use, **{PLACE: "2号岛", "统一社会信用代码": "91990121MA00000024"})
    with pytest.raises(Refused, match="91990121MA00000024"):
        discrepancy_take(actor=cast.actor("authority"), discrepancy=found, reason="x")
    assert InstrumentState.objects.current().get(instrument=known).place == "1号岛"
    found.refresh_from_db()
    assert found.state == "open"


def test_ours_is_kept_sent_once_and_raised_again_if_they_do_not_follow(cast, ecqs, in_use):
    known, found = different(cast, ecqs, in_use)
    discrepancy_keep(actor=cast.actor("authority"), discrepancy=found, reason="现场核实")
    sheet = dispatch_make(actor=cast.actor("authority"), system=ecqs, kind="ledger")
    assert written_rows(sheet)[0] | {"安装/使用地点": "1号岛", "强检器具编号": "E1"} == written_rows(sheet)[0]
    with pytest.raises(InputRefused):
        dispatch_make(actor=cast.actor("authority"), system=ecqs, kind="ledger")
    rows = [row(强检器具编号="E1", **{PLACE: "2号岛"})]
    accepted(cast, ecqs, rows)
    assert Discrepancy.objects.count() == 1  # the same day: they could not follow yet
    accepted(cast, ecqs, rows, at=NOW + timedelta(days=3))
    assert [*Discrepancy.objects.order_by("pk").values_list("state", flat=True)] == ["cleared", "open"]
    assert known and DispatchRow.objects.count() == 1


def test_perhaps_the_same_is_linked_by_a_person(cast, ecqs, in_use):
    known = in_use()
    accepted(cast, ecqs, [row(强检器具编号="E9")])
    found = Discrepancy.objects.get()
    assert (found.kind, found.proposed) == ("only_there", known) and not OutsideId.objects.exists()
    discrepancy_link(actor=cast.actor("authority"), discrepancy=found, instrument=known, reason="同一台")
    again = accepted(cast, ecqs, [row(强检器具编号="E9")])
    assert again.counts == {"same": 1} and line(again).matched_by == "id"


def test_a_number_that_moved_is_linked_anew_and_the_old_link_ends(cast, ecqs, in_use):
    in_use(codes={"ecqs": "E1"})
    second = in_use(serial_number="A2")
    accepted(cast, ecqs, [row(强检器具编号="E1")])
    accepted(cast, ecqs, [row(强检器具编号="E1", 出厂编号="A2")])
    found = Discrepancy.objects.get(state="open")
    discrepancy_link(actor=cast.actor("authority"), discrepancy=found, instrument=second, reason="平台重新编号")
    assert OutsideId.objects.known().get(value="E1", valid_to=None).instrument == second
    assert OutsideId.objects.filter(known_to__isnull=False).count() == 1


def test_what_is_only_here_gets_their_number(cast, ecqs, in_use):
    known = in_use()
    accepted(cast, ecqs, [row(强检器具编号="E1", 出厂编号="N1")], complete=True)
    found = Discrepancy.objects.get(kind="only_here")
    with pytest.raises(InputRefused):
        discrepancy_link(actor=cast.actor("authority"), discrepancy=found, instrument=known, reason="x")
    discrepancy_link(actor=cast.actor("authority"), discrepancy=found, instrument=known, reason="x", value="E7")
    assert OutsideId.objects.get(value="E7").instrument == known


def test_what_was_refused_is_filed_when_the_reason_is_gone(cast, ecqs):
    accepted(cast, ecqs, [row(强检器具编号="E1", 出厂编号="N1", 器具类别="没有这种")])
    found = Discrepancy.objects.get()
    with pytest.raises(Refused, match="没有这种"):
        discrepancy_file(actor=cast.actor("authority"), discrepancy=found, reason="补备案")
    assert not Instrument.objects.exists() and found.state == "open"
    good = accepted(cast, ecqs, [row(强检器具编号="E1", 出厂编号="N1")])
    found.refresh_from_db()
    assert found.state == "cleared" and good.counts == {"new": 1}


def test_it_is_left_until_a_day_and_waits_again(cast, ecqs, in_use):
    _known, found = different(cast, ecqs, in_use)
    authority, day = cast.actor("authority"), NOW.date() + timedelta(days=5)
    with pytest.raises(InputRefused):
        discrepancy_ignore(actor=authority, discrepancy=found, reason="等", until=NOW.date())
    discrepancy_ignore(actor=authority, discrepancy=found, reason="等对方更正", until=day)
    assert not Discrepancy.objects.waiting(NOW.date()).exists() and Discrepancy.objects.waiting(day).exists()
    accepted(cast, ecqs, [row(强检器具编号="E1", **{PLACE: "2号岛"})])
    assert Discrepancy.objects.get().state == "ignored"
    discrepancy_reopen(actor=authority, discrepancy=found, reason="对方不更正")
    assert found.state == "open"


def test_a_settled_one_is_not_settled_again(cast, ecqs, in_use):
    _known, found = different(cast, ecqs, in_use)
    discrepancy_keep(actor=cast.actor("authority"), discrepancy=found, reason="x")
    with pytest.raises(TransitionRefused):
        discrepancy_take(actor=cast.actor("authority"), discrepancy=found, reason="x")


@pytest.mark.parametrize("who", ["owner", "manager", "auditor", "administrator", "foreign_authority"])
def test_nobody_else_settles(cast, ecqs, in_use, who):
    known, found = different(cast, ecqs, in_use)
    for act, more in (
        (discrepancy_take, {}), (discrepancy_keep, {}), (discrepancy_link, {"instrument": known}),
        (discrepancy_ignore, {"until": NOW.date() + timedelta(days=1)}), (discrepancy_file, {}),
    ):  # fmt: skip
        with pytest.raises(NotPermitted):
            act(actor=cast.actor(who), discrepancy=found, reason="x", **more)
    assert Discrepancy.objects.visible_to(cast.actor(who)).exists() == (who in ("auditor", "administrator"))


def test_what_the_python_says_of_ours_is_what_the_statement_says(cast, ecqs, in_use):
    """The same entry, read by the comparison as a set and by the page one by one."""
    known = in_use(codes={"ecqs": "E1"}, accuracy_class="0.3级", measuring_range="(5～50) L/min", category="税控")
    shown = ours_of([known], NOW.date())[known.pk]
    headers = (*HEADERS, "准确度等级", "测量范围", "种别", "检定机构", "送检方式")
    other = [f"{cell}?" if cell else "?" for cell in ("0.3级", "(5～50) L/min", "税控", "衡城市计量检定所")]
    batch = accepted(
        cast, ecqs,
        [(*row(强检器具编号="E1", 器具名称="甲", 型号规格="乙", 生产厂家="丙", **{PLACE: "丁"}), *other, "现场")],
        headers=headers,
    )  # fmt: skip
    found = {one["field"]: one["ours"] for one in line(batch).differences}
    assert len(found) == 9 and found == {name: shown[name] for name in found}


def test_rows_that_were_written_stay(cast, ecqs, in_use):
    _known, found = different(cast, ecqs, in_use)
    discrepancy_keep(actor=cast.actor("authority"), discrepancy=found, reason="x")
    dispatch_make(actor=cast.actor("authority"), system=ecqs, kind="ledger")
    for sql in (
        "UPDATE exchange_discrepancy SET fields = '[]'", "DELETE FROM exchange_discrepancy",
        "UPDATE exchange_outsideid SET value = 'X'", "DELETE FROM exchange_outsideid",
        "UPDATE exchange_agreedvalues SET values = '{}'", "UPDATE exchange_dispatch SET content = 'x'",
        "UPDATE exchange_dispatchrow SET key = 'x'", "DELETE FROM exchange_dispatchrow",
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert Dispatch.objects.count() == 1
