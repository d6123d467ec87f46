"""Clauses at any depth, headings, title, region, issuer, date, responsible units, furniture."""

from datetime import date
from pathlib import Path

import pytest

from hengliang.policy import extract_file, extract_text
from hengliang.policy.structure.responsibility import responsible_units

EXAMPLE = Path(__file__).parents[2] / "examples" / "policy-plan.txt"


def test_example_plan() -> None:
    plan = extract_file(EXAMPLE)
    assert plan.title == "临川湾市计量强基惠民三年行动方案（2024—2026年）"
    assert (plan.region, plan.issuer, plan.date) == ("临川湾市", "临川湾市人民政府办公室", date(2024, 3, 18))
    assert [clause.id for clause in plan.clauses] == [
        "一", "一/（一）", "一/（二）", "二", "二/（一）", "二/（一）/1", "二/（一）/2",
        "二/（二）", "二/（二）/3",
        "二/（二）/3/（1）", "二/（二）/3/（2）", "二/（二）/4", "三", "三/（一）", "三/（二）", "三/（三）",
    ]  # fmt: skip
    assert len(plan.targets) == 18
    assert "ICP" not in plan.text
    assert "扫一扫" not in plan.text


def test_positions_lead_back_to_the_text() -> None:
    plan = extract_file(EXAMPLE)
    assert all(plan.text[t.start : t.end].strip() == t.text for t in plan.targets)
    assert all(plan.text[m.start : m.end].strip() == m.text for m in plan.milestones)
    for clause in plan.clauses:
        assert clause.heading in plan.text[clause.start : clause.end]


def test_chapters_articles_and_decimals() -> None:
    text = (
        "计量管理办法\n第一章 总则\n第一条 为加强计量管理,制定本办法。\n第二条 本办法适用于本市。\n"
        "第二章 建设\n1.1 标准\n1.1.1 新建标准\n①做好培训工作"
    )
    ids = [clause.id for clause in extract_text(text).clauses]
    assert ids == [
        "第一章",
        "第一章/第一条",
        "第一章/第二条",
        "第二章",
        "第二章/1.1",
        "第二章/1.1/1.1.1",
        "第二章/1.1/1.1.1/①",
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("1.加强基础研究。支持企业申报项目。", "加强基础研究"),
        ("(一)强化研究,打造聚集地", "强化研究,打造聚集地"),
        ("1.到2026年,新建社会公用计量标准50项以上。", ""),
        ("(二)能力目标:到2026年,受检率达到98%以上。", "能力目标"),
    ],
)
def test_heading(line: str, heading: str) -> None:
    assert extract_text(line).clauses[0].heading == heading


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (
            "做好工作。(责任单位:市市场监管局、市科技局,各县(市、区)人民政府)",
            ["*市市场监管局", "市科技局", "各县(市、区)人民政府"],
        ),
        ("(牵头单位:市发改委;配合单位:市财政局、市统计局)", ["*市发改委", "市财政局", "市统计局"]),
        ("(市市场监管局牵头,市科技局、市经信局配合)", ["*市市场监管局", "市科技局", "市经信局"]),
        (
            "(省市场监管局、省发展改革委、省科技厅等按职责分工负责)",
            ["*省市场监管局", "省发展改革委", "省科技厅"],
        ),
        ("由市市场监管局牵头,市财政局、市教育局配合。", ["*市市场监管局", "市财政局", "市教育局"]),
        ("责任单位:市市场监管局、市商务局", ["*市市场监管局", "市商务局"]),
        ("【责任单位:市市场监管局(牵头)、市卫生健康委】", ["*市市场监管局", "市卫生健康委"]),
        ("(责任单位:市科技局、市市场监管局;牵头单位:市市场监管局)", ["*市市场监管局", "市科技局"]),
        ("(市市场监管局负责)", ["*市市场监管局"]),
        ("加强计量标准(含标准物质)建设。", []),
    ],
)
def test_responsible_units(text: str, units: list[str]) -> None:
    given = sorted(("*" if u.role == "lead" else "") + u.name for u in responsible_units([text]))
    assert given == sorted(units)


def test_open_class_is_kept_beside_the_name() -> None:
    (_, unit) = responsible_units(["(责任单位:市科技局、临川学院等高校科研院所)"])
    assert (unit.name, unit.others) == ("临川学院", "高校科研院所")


def test_measures_leave_out_the_units() -> None:
    (clause,) = extract_text("1.加强研究。支持企业申报科技项目。加快标准建设步伐。(责任单位:市科技局)").clauses
    assert clause.measures == ("支持企业申报科技项目", "加快标准建设步伐")


def test_title_inside_a_report() -> None:
    text = "近日,临川湾市人民政府印发《临川湾市计量发展实施意见》。到2025年,新建标准5项。"
    document = extract_text(text)
    assert (document.title, document.region) == ("临川湾市计量发展实施意见", "临川湾市")


def test_figures_before_the_title_are_refused() -> None:
    text = "关于征求意见的公告,公开征求意见不少于30日。新建展台5个。\n"
    text += "临川湾市计量发展实施方案\n一、目标\n新建标准5项。"
    document = extract_text(text)
    assert [t.value for t in document.targets] == [5]
    assert "before the title" in {item.reason for item in document.refused}


def test_hard_wrapped_text_is_joined() -> None:
    whole = "(一)到2026年,新建社会公用计量标准30项以上,强制检定项目覆盖率达到95%以上,"
    whole += "诚信计量示范单位达到300家,现代先进测量体系初步建立。"
    wrapped = "\n".join(whole[i : i + 20] for i in range(0, len(whole), 20))
    assert [t.value for t in extract_text(wrapped).targets] == [30, 95, 300]


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("开展计量宣传。（县市场监管局、县教育局、县科协）", ["县市场监管局", "县教育局", "县科协"]),
        ("开展计量宣传。（市市场监督管理局）", ["市市场监督管理局"]),
        ("开展计量宣传（各县区人民政府，市妇联）。", ["各县区人民政府", "市妇联"]),
        ("覆盖重点机构（学校、医院、企业）", []),
        ("建设服务站5个（县级中心）", []),
        ("支持园区建设（开发区、高新区）。", []),
        ("由（县市场监管局、县教育局）等方面推动。", []),
        ("压减时限（县内企业、县外企业）", []),
    ],
)
def test_units_in_brackets_without_a_duty(clause: str, names: list[str]) -> None:
    units = responsible_units([clause])
    assert [one.name for one in units] == names
    assert [one.role for one in units] == ["lead", *["joint"] * (len(names) - 1)][: len(names)]


def test_a_step_in_brackets_is_an_earlier_figure_of_its_target() -> None:
    told = extract_text(
        "量县计量行动方案（2025—2028年）\n一、目标\n到2028年，培育诚信计量示范单位50家（2026年前完成20家）。"
    )
    assert [(one.metric, one.value, one.unit, one.deadline) for one in told.targets] == [
        ("诚信计量示范单位", 50, "家", date(2028, 12, 31)), ("诚信计量示范单位", 20, "家", date(2026, 12, 31))
    ]  # fmt: skip
    assert [told.text[one.start : one.end] for one in told.targets][1] == "完成20家"
    assert not [one for one in told.refused if one.reason == "in brackets"]


@pytest.mark.parametrize(
    "aside",
    [
        "（2026年前完成20项）",
        "（2029年前完成20家）",
        "（2026年前完成80家）",
        "（2026年前建成加油站20家）",
    ],
)
def test_what_else_stands_in_brackets_is_no_step(aside: str) -> None:
    told = extract_text(f"量县计量行动方案（2025—2028年）\n一、目标\n到2028年，培育诚信计量示范单位50家{aside}。")
    assert [one.value for one in told.targets] == [50]


@pytest.mark.parametrize(
    ("clause", "due"),
    [
        ("2026年6月底前制定建标计划。（市市场监管局牵头）", date(2026, 6, 30)),
        ("2026年开展中期评估，2028年开展终期评估。（市市场监管局牵头）", date(2028, 12, 31)),
        ("落实2019年印发的计划。（市市场监管局牵头）", None),
        ("开展宣传。（市市场监管局牵头，2027年底前完成）", date(2027, 12, 31)),
        ("开展宣传。（市市场监管局牵头）", None),
    ],
)
def test_a_clause_knows_its_own_last_day(clause: str, due: date | None) -> None:
    told = extract_text(f"衡城市计量行动方案\n（一）{clause}\n衡城市人民政府\n2025年1月2日\n")
    assert told.clauses[0].due == due


def test_units_behind_sub_clauses_without_any_belong_to_the_clause_above() -> None:
    plan = extract_text(
        "方案\n一、任务\n1.推进智能化。\n（1）改造检定线12条。\n（2）配备装备200套。\n责任单位:市市场监管局、市财政局\n2.下一项。"
    )
    assert {clause.id: [unit.name for unit in clause.units] for clause in plan.clauses if clause.units} == {
        "一/1": ["市市场监管局", "市财政局"]
    }


def test_names_that_lost_the_blanks_between_them() -> None:
    told = responsible_units(["责任部门:市市场监管局市发展改革委市交通运输局"])
    assert [(unit.name, unit.role) for unit in told] == [
        ("市市场监管局", "lead"), ("市发展改革委", "joint"), ("市交通运输局", "joint"),
    ]  # fmt: skip


def test_a_sentence_that_puts_bodies_in_charge() -> None:
    told = responsible_units(["市市场监管局负责平台建设,市大数据中心负责数据共享。"])
    assert [(unit.name, unit.role) for unit in told] == [("市市场监管局", "lead"), ("市大数据中心", "joint")]
    assert responsible_units(["本方案由市市场监督管理局负责解释。"]) == ()


def test_numbers_of_clauses_keep_the_blank_behind_them() -> None:
    plan = extract_text(
        "方案\n第一部分  总则\n1  计量强基\n1.1  更新装置。\n3.1  2024年底前完成。\n全市新建\n20 项标准。"
    )
    assert [clause.id for clause in plan.clauses] == ["第一部分", "第一部分/1", "第一部分/1/1.1", "第一部分/1/3.1"]
