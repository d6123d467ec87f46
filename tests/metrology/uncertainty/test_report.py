from html.parser import HTMLParser

import pytest

from hengliang.metrology.uncertainty import Budget, quantity, report, report_html, report_typst
from hengliang.metrology.uncertainty.distribution_kinds import KINDS
from hengliang.metrology.uncertainty.words import DISTRIBUTIONS, WORDS
from tests.metrology.uncertainty.examples_of_budgets import end_gauge

HOSTILE = Budget("a", [quantity("a", 1, 0.1, source='<script>"&#x', description="#eval \\ ]")], title="<b>$x$")


def test_both_languages_have_all_words():
    assert WORDS["zh"].keys() == WORDS["en"].keys()
    assert DISTRIBUTIONS["zh"].keys() == DISTRIBUTIONS["en"].keys() == KINDS.keys()


@pytest.mark.parametrize(("language", "label"), [("zh", "扩展不确定度"), ("en", "Expanded uncertainty")])
def test_report_states_the_result(language, label):
    made = report(end_gauge(title="H.1"), language=language, p=0.99)
    facts = dict(made.facts)
    assert facts[label] == "U = 93"
    assert "k = 2.92, p = 0.99, ν = 16" in made.facts[-1][1]
    assert len(made.rows) == 6
    assert all(len(row) == len(made.head) for row in made.rows)


def test_html_is_well_formed_and_escaped():
    text = report_html(report(HOSTILE))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    balance = Balance()
    balance.feed(text)
    assert balance.open == []


class Balance(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_typst_compiles(tmp_path):
    typst = pytest.importorskip("typst")
    for made in (report(HOSTILE), report(end_gauge(title="量块"), language="zh", p=0.99)):
        source = tmp_path / "budget.typ"
        source.write_text(report_typst(made), encoding="utf-8")
        assert typst.compile(str(source)).startswith(b"%PDF")


def test_one_output_of_several():
    budget = Budget("X = a + b; Y = a - b", [quantity("a", 1, 3, unit="m"), quantity("b", 2, 4, unit="m")], unit="m")
    assert "Y = −1" in dict(report(budget, output="Y").facts)["测量结果"].replace("-", "−")
