"""Pages of the rules: every rule opens in every edition, drafts are marked, and editions stand side by side."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from hengliang.norms import load_norms, norms
from hengliang.norms.diff import diff
from hengliang.platform.site.rules.figures import figures_of
from hengliang.platform.site.rules.outline import outline, outline_of
from hengliang.platform.site.rules.outline_parts import Lines, Sheet
from hengliang.platform.site.rules.rewriting import corrected
from hengliang.platform.site.rules.views import CORRECTABLE
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(cast):
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.accounts["verifier"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_list_names_every_rule_and_marks_drafts(reader):
    page = reader.get("/rules/?size=200").content.decode()
    assert "Draft: not held against its text" in page
    found = reader.get("/rules/?q=procedure/price-scale").content.decode()
    assert "Verification of electronic price-computing scales" in found


@pytest.mark.parametrize(
    "norm", ["procedure/price-scale", "period/verification", "calendar/china", "indicator/pass-rate"]
)
def test_a_rule_opens_with_its_source(reader, norm):
    for value in norms[norm].values:
        page = reader.get(f"/rules/{norm}/?edition={value.start}")
        assert page.status_code == 200
        assert value.content_hash in page.content.decode()


def test_records_judged_by_it_are_counted(cast, reader):
    standard = walk.equip(cast, cast.scale)
    task = walk.apply_for(cast, walk.make_instrument(cast, "SC0001", cast.scale, "秤"))[0]
    record = walk.measure(cast, task, standard, walk.example("procedure/price-scale", "pass", "2017-05-30"))
    page = reader.get("/rules/procedure/price-scale/?tab=records").content.decode()
    row = page[page.index(record.edition) :]
    assert ">1<" in row.replace("\n", "").replace(" ", "")


def test_two_editions_stand_side_by_side(reader):
    first, second = (value.start for value in norms["procedure/price-scale"].values[:2])
    page = reader.get(f"/rules/procedure/price-scale/compare/?before={first}&after={second}").content.decode()
    assert "JJG 539-2016" in page
    assert "JJG 1204-2025" in page
    same = reader.get(f"/rules/procedure/price-scale/compare/?before={first}&after={first}").content.decode()
    assert "The two editions say the same." in same


def test_what_is_not_there_is_not_found(reader):
    for path in ("/rules/procedure/nothing/", "/rules/procedure/price-scale/?edition=1066-10-14"):
        assert reader.get(path).status_code == 404


def test_every_content_has_an_outline():
    for norm in norms.values():
        for value in norm.values:
            if not value.repealed:
                parts = outline(value.content)
                assert parts, norm.id
                assert all(isinstance(part, (Sheet, Lines)) for part in parts)


@pytest.mark.parametrize("norm", [one.id for kind in sorted(CORRECTABLE) for one in norms.of_kind(kind)])
def test_every_figure_of_a_rule_can_be_written_anew_and_reads_the_same_elsewhere(norm, tmp_path):
    """What the form writes is a whole rule: the one figure is another, and no other place differs."""
    value = [one for one in norms[norm].values if not one.repealed][-1]
    for figure in [one for one in figures_of(value) if one.now is not None][:3]:
        if figure.steps[-1] in ("from", "to"):
            continue
        told = {"value": figure.now + 1, "start": value.start, "document": "通知", "clause": "2"}
        path = tmp_path / f"{norm}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text, tables = corrected(norms[norm], value, figure, told)
        path.write_text(text, encoding="utf-8")
        for name, sheet in tables.items():
            (path.parent / name).write_text(sheet, encoding="utf-8")
        again = next(one for one in load_norms(own=tmp_path)[norm].values if one.start == value.start)
        places = [change for change in diff(value, again) if not change.place.startswith("source/")]
        found = [(Decimal(str(one.before)), Decimal(str(one.after))) for one in places]
        assert found == [(figure.now, figure.now + 1)], figure.words


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_indicators_are_told_in_words(language):
    """No name of a selection, a condition or a mode of the rules' own language reaches a reader."""
    with translation.override(language):
        for norm in norms.of_kind("indicator"):
            for value in norm.values:
                lines = dict(outline_of(value)[0].lines)
                words = " ".join(str(text) for text in lines.values())
                assert "_" not in words, norm.id
                if language == "zh-hans":
                    counted = " ".join(str(lines.get(key, "")) for key in ("分子", "分母", "计数", "计算公式", "方式"))
                    assert counted and not re.search(r"[a-z]{3}", counted), counted


def test_periods_are_told_with_the_names_of_their_items():
    [sheet] = outline_of(norms["period/verification"].values[-1])
    row = next(row for row in sheet.rows if "NAWI-PRICE" in row[0])
    assert row[0].startswith("电子计价秤") and row[1:3] == ["周期检定", "12"]
    assert next(row for row in sheet.rows if "WATER-S25" in row[0])[1] == "只作首次强制检定"
