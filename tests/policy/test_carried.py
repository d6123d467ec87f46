"""What a figure takes from the words before it: a rate before a colon, a sum at the head, a hope at the head."""

from hengliang.policy import extract_text


def test_a_rate_before_a_colon_is_that_of_what_follows() -> None:
    targets = extract_text("水表检定装置配备率:市级100%,县级不低于80%。").targets
    assert [(t.metric, t.value) for t in targets] == [("市级水表检定装置配备率", 100), ("县级水表检定装置配备率", 80)]


def test_each_rate_of_several_is_a_target() -> None:
    targets = extract_text("到2026年底,进水计量装置安装率和检定率均达到95%。").targets
    assert [(t.metric, t.value) for t in targets] == [("进水计量装置安装率", 95), ("检定率", 95)]


def test_a_sum_holds_for_the_acts_that_follow() -> None:
    targets = extract_text("累计帮扶企业不少于800家,解决计量技术难题120个以上,建成实验室2个。").targets
    assert [t.mode for t in targets] == ["cumulative", "cumulative", "stock"]


def test_a_hope_at_the_head_holds_for_the_list_and_money_sought_is_none() -> None:
    hoped = extract_text("努力培育质量管理小组500个,培训企业首席质量官1000名。").targets
    assert [t.firmness for t in hoped] == ["aspirational", "aspirational"]
    firm = extract_text("争取上级资金2亿元,引进外资项目6个。").targets
    assert [t.firmness for t in firm][-1] == "firm"


def test_the_segment_before_names_what_only_a_verb_counts() -> None:
    targets = extract_text("开展能源计量审查,2025年审查40家,2026年审查60家。").targets
    assert [(t.metric, t.value) for t in targets] == [("能源计量审查", 40), ("能源计量审查", 60)]


def test_around_is_a_target_and_about_is_none() -> None:
    assert [t.value for t in extract_text("到2030年,核算规则标准达到200个左右。").targets] == [200]
    assert extract_text("建设项目总投资约3.2亿元,占地面积86亩。").targets == ()
