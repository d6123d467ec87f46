"""The preview of a comparison: a file or a table in, the figures of the command out, refusals at their field."""

import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.platform.standards.test_pages import of

pytestmark = pytest.mark.django_db
PAGE = "/comparison/"
EXAMPLES = Path(__file__).parents[3] / "examples"
LEAD = """Laboratory\tx\tu
KRISS\t2.893\t0.0207
NMIJ\t2.936\t0.0125
IRMM\t2.94\t0.0165
PTB\t2.96\t0.0333
LGC\t3.0\t0.05
NIM\t3.07\t0.085
LNE\t3.13\t0.06"""


def posted(cast, who="verifier", file=None, **told):
    data = {"method": "weighted_mean", "unit": "mg/kg", **told}
    if file is not None:
        data["file"] = file
    return of(cast, who).post(PAGE, data)


def text(answer):
    return answer.content.decode()


def test_a_table_gives_reference_value_degrees_and_all_methods(cast):
    answer = posted(cast, table=LEAD)
    found = answer.context["found"]
    weights = [(x, 1 / u**2) for x, u in (map(float, line.split("\t")[1:]) for line in LEAD.splitlines()[1:])]
    mean = sum(x * w for x, w in weights) / sum(w for _x, w in weights)
    assert found.reference_text == f"{mean:.4f} mg/kg, u = {sum(w for _x, w in weights) ** -0.5:.4f} mg/kg"
    assert [row.result.laboratory for row in found.rows if row.far] == ["KRISS", "LNE"]
    assert {"Median", "Mandel-Paule", "Algorithm A"} <= {line.label for line in found.lines}
    assert "Outside: KRISS, LNE" in text(answer)


def test_a_method_that_refuses_says_so_in_its_line(cast):
    found = posted(cast, table=LEAD.replace("0.06", "0.01")).context["found"]
    cox_a = next(line for line in found.lines if line.label.startswith("Cox A"))
    assert cox_a.value is None
    assert "use procedure B" in cox_a.remark


@pytest.mark.parametrize("name", ["comparison.yaml", "key_comparison.xml"])
def test_the_files_of_the_command_are_read(cast, name):
    file = SimpleUploadedFile(name, (EXAMPLES / name).read_bytes())
    found = posted(cast, file=file).context["found"]
    assert found.rows
    assert found.lines


def test_a_published_value_stands_beside_ours(cast):
    file = SimpleUploadedFile("kc.xml", (EXAMPLES / "key_comparison.xml").read_bytes())
    page = text(posted(cast, file=file))
    assert "agrees to the printed digits" in page


def test_a_bipm_file_gives_the_printed_value(cast):
    reference = os.environ.get("HENGLIANG_REFERENCE")
    if not reference:
        pytest.skip("HENGLIANG_REFERENCE is not set")
    path = next(Path(reference, "bipm-kc").rglob("*Ag-110m*.xml"))
    answer = posted(cast, who="auditor", file=SimpleUploadedFile(path.name, path.read_bytes()))
    assert answer.context["found"].found.agrees is True


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"table": "A\t1"}, "table"),
        ({"table": "A\t1\t0\nB\t2\t1"}, "table"),
        ({"table": "\n".join(f"L{n}, {n}, 1" for n in range(60))}, "table"),
        ({"table": LEAD, "method": "pilot"}, "pilot"),
        ({"table": LEAD, "method": "pilot", "pilot": "BIPM"}, "pilot"),
        ({"table": LEAD, "method": "nonsense"}, "method"),
        ({"file": SimpleUploadedFile("a.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")}, "file"),
        ({"file": SimpleUploadedFile("a.yaml", b"results: 1")}, "file"),
        ({"file": SimpleUploadedFile("a.yaml", b"\xff\xfe")}, "file"),
        ({}, "__all__"),
    ],
)
def test_a_refusal_stands_at_its_field(cast, told, field):
    answer = posted(cast, **told)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_an_unknown_release_is_named(cast):
    file = SimpleUploadedFile("kc.xml", (EXAMPLES / "key_comparison.xml").read_bytes())
    answer = posted(cast, file=file, release="1066")
    assert "There is no release 1066" in text(answer)


def test_who_may_look(cast):
    whos = ("verifier", "authority", "auditor", "owner", "administrator")
    assert [of(cast, who).get(PAGE).status_code for who in whos] == [200, 200, 200, 403, 403]


BOMB = "comparison: [&a0 [x,x,x,x,x,x,x,x,x,x]" + "".join(
    f", &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (f"{BOMB}]\nunit: x\nmethod: mean\nresults: [{{laboratory: A, value: 1, u: 1}}]\n", "第 1 行使用了锚点或别名"),
        ("a: " + "[" * 40_000, "嵌套过深"),
        ("results: [1, 2", "不是合法的 YAML：见第 1 行"),
        ("results: 2020-02-31", "不是 UTF-8 文本"),
        ("results: !!python/name:os.system x", "标签"),
        ("results:\n - {laboratory: A, value: 1, u: 1}\n - {laboratory: A, value: 1, u: 1}", "A 有两个结果"),
        ("results:\n - {laboratory: A, value: .inf, u: 1}", "results[0].value 应为数"),
        ("results:\n - {laboratory: A, value: 1, U: 1, k: 0}", "须给出 u（k = 1）"),
        ("<a", "a.yaml 不是合法的 XML：见第 1 行"),
    ],
)
def test_a_file_that_cant_be_read_says_so_in_chinese(cast, content, says):
    file = SimpleUploadedFile("a.yaml", content.encode())
    client = of(cast, "verifier")
    answer = client.post(PAGE, {"method": "mean", "file": file}, headers={"accept-language": "zh-hans"})
    assert answer.status_code == 422
    assert says in str(answer.context["form"].errors["file"])


def test_a_laboratory_twice_in_the_table_is_refused(cast):
    answer = posted(cast, table="A\t1\t1\nA\t2\t1")
    assert "A has two results" in text(answer)


def test_every_reason_has_chinese_words():
    from django.utils import translation
    from django.utils.translation import gettext

    from hengliang.dcc.errors import UNREADABLE
    from hengliang.metrology.comparison import errors
    from hengliang.metrology.comparison.notes import TEMPLATES

    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and "template" in vars(kind)]
    with translation.override("zh-hans"):
        said = [*UNREADABLE.values(), *TEMPLATES.values(), *(kind.template for kind in kinds)]
        assert [template for template in said if template != "{reason}" and gettext(template) == template] == []
