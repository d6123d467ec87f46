"""`hengliang norms diff --ledger`: what would change, counted on a ledger."""

from datetime import date

import pytest
import yaml

from hengliang.cli.norms_ledger import count_on_ledger, show_counted
from hengliang.norms import load_norms, norms
from hengliang.norms.calendar import Calendar, working_day_add
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
def test_a_day_off_of_ones_own_moves_the_promised_day(tmp_path):
    """A local day off within the promise of 20 working days moves its end by one working day, and by nothing else."""
    cast = make_cast()
    walk.equip(cast, cast.scale)
    task = walk.apply_for(cast, walk.make_instrument(cast, "SC0001", cast.scale, "秤"))[0]
    value = norms["calendar/china"].at(date(2026, 3, 2))
    own = tmp_path / "calendar" / "china.yaml"
    own.parent.mkdir()
    content = {key: value.content[key] for key in ("year", "holidays", "workdays")}
    content["holidays"] = content["holidays"] | {"local_festival": [date(2026, 3, 5)]}
    source = {"document": "县政府通知", "clause": "1", "quote": None, "basis": "read"}
    head = {"id": "calendar/china", "title": dict(value.title), "kind": "calendar", "status": "draft"}
    own.write_text(yaml.safe_dump(head | {"values": {value.start: {"source": source} | content}}, allow_unicode=True))
    after = load_norms(own=tmp_path)["calendar/china"].at(date(2026, 3, 2))
    counted = count_on_ledger(value, after)
    assert counted is not None
    [tasks, orders] = counted
    assert (tasks["label"], tasks["count"], orders["count"]) == ("承诺日期不同的在办任务", 1, 0)
    [row] = tasks["rows"]
    was, would = row["before"], row["after"]
    task.refresh_from_db()
    later = working_day_add(Calendar.of(norms["calendar/china"]), date.fromisoformat(was), 1).day
    assert (was, would) == (task.promised_on.isoformat(), later.isoformat())
    assert count_on_ledger(value, value)[0]["count"] == 0


@pytest.mark.django_db
def test_a_rule_by_which_nothing_is_counted_says_so(capsys):
    value = norms["supervision/publication"].values[0]
    assert count_on_ledger(value, value) is None
    show_counted(None)
    assert "没有" in capsys.readouterr().out
