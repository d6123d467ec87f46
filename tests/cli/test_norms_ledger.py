"""`hengliang norms diff --ledger`: what would change, counted on a ledger."""

from datetime import date

import pytest

from hengliang.cli.norms_ledger import count_on_ledger, show_counted
from hengliang.norms import norms
from tests.platform import slice as walk
from tests.platform.cast import make_cast

SCALE = "procedure/price-scale"


@pytest.mark.django_db
def test_records_and_open_tasks_are_counted(capsys):
    cast = make_cast()
    standard = walk.equip(cast, cast.scale)
    task = walk.apply_for(cast, walk.make_instrument(cast, "SC0001", cast.scale, "秤"))[0]
    walk.measure(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30"))
    before, after = norms[SCALE].at(date(2026, 1, 1)), norms[SCALE].at(date(2027, 2, 1))
    counted = count_on_ledger(before, after)
    assert counted is not None
    assert [(one["label"], one["count"], one["of"]) for one in counted] == [
        ("判定将改变的器具", 0, 1),
        ("须重新测量的器具：原记录缺少该规则要求的内容", 1, 1),
        ("原合格、按后者不能判定的记录：后者要求另外的读数", 1, 1),
        ("将由后一版判定的在办任务", 1, 1),
    ]
    show_counted(counted)
    assert "SC0001" in capsys.readouterr().out
    unchanged = count_on_ledger(before, before)
    assert unchanged is not None
    assert unchanged[0]["count"] == 0


@pytest.mark.django_db
def test_a_rule_by_which_nothing_is_counted_says_so(capsys):
    value = norms["supervision/publication"].values[0]
    assert count_on_ledger(value, value) is None
    show_counted(None)
    assert "没有" in capsys.readouterr().out
