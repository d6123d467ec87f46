"""Statistics by a form that is a norm: edges of time, what is missing, and what was signed."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pypdfium2 as pdfium
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from python_calamine import CalamineWorkbook

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.services import certificate_withdraw
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, NotPermitted, Refused
from hengliang.platform.core.models import revise
from hengliang.platform.core.rights import Actor
from hengliang.platform.supervision.models import StatisticsReturn
from hengliang.platform.supervision.services import (
    statistics_check,
    statistics_prepare,
    statistics_send_back,
    statistics_withdraw,
)
from hengliang.platform.supervision.statistics import Period, Scope, compute, form_of
from hengliang.platform.supervision.statistics.recomputed import content_today, differences
from hengliang.platform.verification.models import Application
from hengliang.platform.verification.services import worktime_enter
from tests.platform import slice as walk
from tests.platform.cast import NOW

pytestmark = pytest.mark.django_db
SCALE = "procedure/price-scale"
MARCH = Period.month(2026, 3)
APRIL = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)


def figures(scope, period=MARCH, kind="monthly", by="item", line=-1):
    """A line of the form (the total unless said otherwise), by its columns."""
    table = compute(form_of(kind, period.end), scope, period, by)
    return dict(zip([column.code for column in table.form.columns], table.lines[line].values, strict=True))


@pytest.fixture
def of_body(cast):
    return Scope(None, [cast.body.pk])


@pytest.fixture
def certificate(cast, settings):
    """A scale that passed on 2 March 2026."""
    settings.TRAINING = True
    standard = walk.equip(cast, cast.scale)
    task = walk.apply_for(cast, walk.make_instrument(cast, "HS0001", cast.scale, "电子计价秤"))[0]
    return walk.certify(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30"))


def prepared(cast, who="manager", period=MARCH):
    return statistics_prepare(actor=cast.actor(who, APRIL), kind="monthly", period=period, by="item", body=cast.body)


def test_a_month_counts_each_step_once(cast, certificate, of_body):
    found = figures(of_body)
    said = {
        name: found[name] for name in ("applied", "tested", "mandatory", "passed", "failed", "certificates", "free")
    }
    assert said == {
        "applied": 1, "tested": 1, "mandatory": 1, "passed": 1, "failed": 0, "certificates": 1, "free": 1,
    }  # fmt: skip
    assert (found["persons"], found["fees"]) == (1, 0)
    assert figures(of_body, Period.month(2026, 2))["tested"] == 0
    assert figures(of_body, Period.year(2026), kind="annual")["tested"] == 1


def test_what_nobody_entered_is_missing_and_not_zero(cast, certificate, of_body):
    assert figures(of_body)["hours"] is None
    worktime_enter(
        actor=cast.actor("verifier"), body=cast.body, person=cast.people["verifier"], worked_on=date(2026, 3, 2),
        item=cast.scale, pieces=1, hours=Decimal("1.5"),
    )  # fmt: skip
    assert figures(of_body)["hours"] == Decimal("1.5")
    assert figures(Scope(None, [cast.body.pk]), Period.month(2026, 2))["hours"] == 0


def test_without_a_ledger_nothing_is_due_and_that_is_said(cast):
    assert figures(Scope([cast.foreign_city.pk], None))["due"] is None
    walk.make_instrument(cast, "HS0002", cast.scale, "电子计价秤")
    assert figures(Scope([cast.county.pk], None))["due"] == 0


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC), 3),  # 23:59:59 in Shanghai
        (datetime(2026, 3, 31, 16, 0, 0, tzinfo=UTC), 4),  # midnight: the first of April there
        (datetime(2026, 2, 28, 15, 59, 59, tzinfo=UTC), 2),
        (datetime(2026, 2, 28, 16, 0, 0, tzinfo=UTC), 3),
    ],
)
def test_the_month_is_that_of_shanghai(cast, certificate, of_body, moment, month):
    Application.objects.update(applied_at=moment)
    assert [m for m in (2, 3, 4) if figures(of_body, Period.month(2026, m))["applied"]] == [month]


@pytest.mark.parametrize(("due", "month"), [(date(2026, 9, 30), 9), (date(2026, 10, 1), 10), (date(2026, 10, 31), 10)])
def test_a_day_due_on_a_holiday_counts_in_its_month(cast, due, month):
    one = walk.make_instrument(cast, "HS0003", cast.scale, "电子计价秤")
    with perform(Actor.system("test", NOW), "instrument_file", on=date(2026, 1, 1)) as act:
        revise(one.states.all(), act=act, on=date(2026, 1, 1), due_on=due)
    scope = Scope([cast.county.pk], None)
    assert [m for m in (9, 10, 11) if figures(scope, Period.month(2026, m))["due"]] == [month]


def test_rows_add_up_to_the_total_where_they_can(cast, certificate, of_body):
    for by in ("item", "region", "body"):
        table = compute(form_of("monthly", MARCH.end), of_body, MARCH, by)
        at = [column.code for column in table.form.columns].index("tested")
        assert sum(line.values[at] for line in table.lines[:-1]) == table.lines[-1].values[at] == 1


def test_a_year_ago_stands_beside_it(cast, certificate, of_body):
    table = compute(form_of("monthly", date(2027, 3, 31)), of_body, Period.month(2027, 3), "item")
    at = [column.code for column in table.form.columns].index("tested")
    assert (table.lines[-1].values[at], table.lines[-1].before[at]) == (0, 1)
    assert Period.month(2028, 2).before == Period.month(2027, 2)


def test_a_withdrawn_certificate_changes_today_and_not_what_was_signed(cast, certificate, of_body):
    made = prepared(cast)
    assert content_today(made) == made.content
    statistics_check(actor=cast.actor("approver", APRIL), filed=made)
    certificate_withdraw(actor=cast.actor("authority", APRIL), certificate=certificate, reason="误发")
    assert Certificate.objects.get().state == "withdrawn"
    assert figures(of_body)["certificates"] == 0
    made.refresh_from_db()
    changed = {(one.line, one.column): (one.signed, one.today) for one in differences(made)}
    assert changed[("", "出具证书")] == ("1", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatisticsReturn.objects.filter(pk=made.pk).update(content={})


def test_two_people_sign(cast, certificate):
    made = prepared(cast)
    with pytest.raises(Refused) as refused:
        statistics_check(actor=cast.actor("manager", APRIL), filed=made)
    assert refused.value.code == "own_return"
    with pytest.raises(NotPermitted):
        statistics_check(actor=cast.actor("foreign_verifier", APRIL), filed=made)
    statistics_check(actor=cast.actor("reviewer", APRIL), filed=made)
    made.refresh_from_db()
    assert (made.state, made.checked_by.name) == ("signed", "reviewer")
    with pytest.raises(Refused) as refused:
        prepared(cast)
    assert refused.value.code == "return_stands"
    statistics_withdraw(actor=cast.actor("manager", APRIL), filed=made, reason="漏报")
    again = prepared(cast)
    statistics_send_back(actor=cast.actor("reviewer", APRIL), filed=again, reason="核对工时")
    assert prepared(cast).state == "prepared"


def test_a_month_that_is_not_over_is_not_prepared(cast, certificate):
    with pytest.raises(InputRefused) as refused:
        statistics_prepare(
            actor=replace(cast.actor("manager"), at=datetime(2026, 3, 31, 15, 0, tzinfo=UTC)), kind="monthly",
            period=MARCH, by="item", body=cast.body,
        )  # fmt: skip
    assert refused.value.code == "period_not_over"
    early = replace(cast.actor("manager"), at=datetime(2026, 3, 31, 16, 0, tzinfo=UTC))
    assert statistics_prepare(actor=early, kind="monthly", period=MARCH, by="body", body=cast.body).by == "body"


def test_others_neither_see_nor_prepare(cast, certificate):
    made = prepared(cast)
    seen = [
        who
        for who in ("manager", "authority", "owner", "foreign_verifier", "foreign_authority")
        if StatisticsReturn.objects.visible_to(cast.actor(who)).filter(pk=made.pk).exists()
    ]
    assert seen == ["manager", "authority"]
    with pytest.raises(NotPermitted):
        prepared(cast, "owner")
    with pytest.raises(NotPermitted):
        statistics_prepare(
            actor=cast.actor("authority", APRIL), kind="monthly", period=MARCH, by="item", region=cast.foreign_city
        )


def test_the_pages_and_files(cast, certificate, client):
    client.force_login(cast.accounts["manager"])
    asked = {"form": "monthly", "period": "2026-03", "by": "item", "of": f"b{cast.body.pk}"}
    page = client.get(reverse("supervision:statistics"), asked)
    assert page.status_code == 200
    assert client.get(reverse("supervision:statistics"), asked | {"of": "b999"}).status_code == 422
    assert client.get(reverse("supervision:statistics"), asked | {"period": "2026"}).status_code == 422
    rows = client.get(reverse("supervision:statistics_rows"), asked | {"column": "tested", "row": ""})
    assert certificate.record.number in rows.content.decode()
    sheet = client.get(reverse("supervision:statistics_file", args=["xlsx"]), asked)
    cells = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert cells[-1][0] == "合计"
    assert cells[-1][3] == 1
    assert "缺" in cells[-1]
    assert "期初台账中在用" in page.content.decode()
    english = client.get(reverse("supervision:statistics"), asked, headers={"accept-language": "en"}).content.decode()
    assert "at the start of the period" in english and "期初台账中在用" not in english
    pdf = client.get(reverse("supervision:statistics_file", args=["pdf"]), asked)
    words = pdfium.PdfDocument(pdf.content)[0].get_textpage().get_text_bounded()
    assert "编号" not in words and "2026-03" in words, "a period is no number"
    assert pdf.content.startswith(b"%PDF-")
    made = prepared(cast)
    for name in ("return", "return_list"):
        args = [made.pk] if name == "return" else []
        assert client.get(reverse(f"supervision:{name}", args=args)).status_code == 200
    assert client.get(reverse("supervision:return_file", args=[made.pk, "pdf"])).content.startswith(b"%PDF-")
    of_one = client.get(reverse("supervision:statistics_rows"), asked | {"column": "tested", "row": str(cast.scale.pk)})
    assert f"{cast.scale.name} · " in of_one.content.decode(), "the page says of which row the figure is"
    address, sign = reverse("supervision:return", args=[made.pk]), "由您填制"
    assert sign in client.get(address).content.decode(), "whoever prepared it is told before it is confirmed"
    client.force_login(cast.accounts["reviewer"])
    assert sign not in client.get(address).content.decode()
    client.force_login(cast.accounts["owner"])
    assert client.get(reverse("supervision:statistics"), asked).status_code == 403


@pytest.mark.parametrize("kind", ["monthly", "annual"])
def test_each_column_has_its_filling_rule_in_both_languages(kind):
    for column in form_of(kind, date(2026, 3, 2)).columns:
        assert column.rules["en"].isascii() and not column.rules["zh"].isascii(), column.code
