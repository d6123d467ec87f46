"""Approving on the pages: from a draft to a certificate, and back by a withdrawal."""

import html
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengliang.norms import norms
from hengliang.norms.load import SHIPPED
from hengliang.norms.periods import period_of
from hengliang.platform.core.models import LocalRule, RuleApproval
from hengliang.platform.core.rules import rules
from tests.platform import slice as walk
from tests.platform.core.test_rule_approvals import OWN

pytestmark = pytest.mark.django_db
NORM = "procedure/fuel-dispenser"
PAGE = f"/rules/{NORM}/"


@pytest.fixture
def client_of(cast):
    def made(who):
        client = Client(headers={"accept-language": "en"})
        client.force_login(cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return made


@pytest.fixture
def post(client_of, django_capture_on_commit_callbacks):
    def posted(who, path, **data):
        with django_capture_on_commit_callbacks(execute=True):
            return client_of(who).post(path, data)

    return posted


def text(answer):
    return answer.content.decode()


def test_a_rule_is_checked_approved_and_withdrawn(client_of, post):
    assert "Draft: not held against its text" in text(client_of("authority").get(PAGE))
    assert "Hold against its text" not in text(client_of("verifier").get(PAGE))
    answer = post("authority", f"{PAGE}check/", against="JJG 443-2023", quote="")
    assert answer.status_code == 422
    assert RuleApproval.objects.count() == 0
    answer = post("authority", f"{PAGE}check/", against="JJG 443-2023 paper", quote="±0.30 %")
    assert answer.status_code == 302
    mine = text(client_of("authority").get(PAGE))
    assert "You checked it; another person confirms." in mine
    pk = RuleApproval.objects.get().pk
    approve = f"/rules/_approvals/{pk}/rule_approve/"
    asked = text(client_of("administrator").get(approve))
    assert "authority compared it with: JJG 443-2023 paper" in asked
    assert post("administrator", approve, confirmed="1").status_code == 302
    shown = text(client_of("verifier").get(PAGE))
    assert "authority、administrator" in shown
    assert "A draft" not in shown
    proofs = text(client_of("verifier").get(f"{PAGE}?tab=proofs"))
    assert "±0.30 %" in proofs
    withdraw = f"/rules/_approvals/{pk}/rule_withdraw/"
    assert post("authority", withdraw, confirmed="1", reason="").status_code == 422
    assert post("authority", withdraw, confirmed="1", reason="limit misread").status_code == 302
    assert "limit misread" in text(client_of("verifier").get(f"{PAGE}?tab=history"))
    assert "Draft: not held against its text" in text(client_of("verifier").get(PAGE))


def test_the_list_says_what_waits(client_of, post):
    post("authority", f"{PAGE}check/", against="paper", quote="x")
    page = text(client_of("owner").get("/rules/"))
    assert "?state=rule.checked" in page
    assert "?state=rule.draft" in page
    only = text(client_of("owner").get("/rules/?state=rule.checked"))
    assert "fuel dispensers" in only
    assert "taximeters" not in only


def test_a_file_is_examined_previewed_and_taken_over(client_of, post):
    faulty = SimpleUploadedFile("opening.yaml", OWN.replace("value: 8", "value: eight").encode())
    answer = post("authority", "/rules/_own/add/", file=faulty)
    assert answer.status_code == 422
    assert "line 9" in text(answer)
    good = SimpleUploadedFile("opening.yaml", OWN.encode())
    asked = post("authority", "/rules/_own/add/", file=good)
    assert "A new rule." in text(asked)
    assert LocalRule.objects.count() == 0
    taken = post("authority", "/rules/_own/add/", text=OWN, confirmed="1", reason="county notice")
    assert taken.status_code == 302
    page = text(client_of("verifier").get("/rules/local/opening/"))
    assert "This authority" in page
    listed = text(client_of("verifier").get("/rules/_own/"))
    assert "county notice" in listed
    pk = LocalRule.objects.get().pk
    assert text(client_of("verifier").get(f"/rules/_own/{pk}/rule.yaml")) == OWN
    assert post("authority", f"/rules/_own/{pk}/remove/", confirmed="1", reason="repealed").status_code == 302
    assert client_of("verifier").get("/rules/local/opening/").status_code == 404


def test_a_shipped_rule_is_changed_over_it_and_the_change_is_shown_first(client_of, post):
    template = text(client_of("authority").get(f"/rules/_own/add/?template={NORM}"))
    assert "id: procedure/fuel-dispenser" in template
    changed = (SHIPPED / f"{NORM}.yaml").read_text(encoding="utf-8").replace("plus_minus: 0.30", "plus_minus: 0.25")
    asked = text(post("authority", "/rules/_own/add/", text=changed))
    assert "<del>±0.30</del>" in asked and "<ins>±0.25</ins>" in asked
    assert "plus_minus" not in asked.partition("What will happen")[2].partition("<form")[0]
    assert "is a draft again" in asked


def test_a_rule_with_its_table(post, client_of):
    rule = OWN.replace("local/opening", "local/fees").replace("kind: scalar\nunit: h", "kind: scheme")
    rule = rule.replace("    value: 8", "    csv: fees.csv")
    table = SimpleUploadedFile("fees.csv", b"code,fee\nA,10\nB,20\n")
    file = SimpleUploadedFile("fees.yaml", rule.encode())
    asked = post("authority", "/rules/_own/add/", file=file, tables=table)
    assert "A new rule." in text(asked), text(asked)
    fields = {"text": rule, "csv_name": "fees.csv", "csv_text": "code,fee\nA,10\nB,20\n"}
    assert post("authority", "/rules/_own/add/", confirmed="1", reason="x", **fields).status_code == 302
    assert "20" in text(client_of("verifier").get("/rules/local/fees/"))


def plain(answer):
    return " ".join(re.sub(r"<[^>]+>", "", text(answer)).split())


def test_what_would_change_is_counted_on_the_ledger(cast, client_of):
    standard = walk.equip(cast, cast.scale)
    task, waiting = (
        walk.apply_for(cast, walk.make_instrument(cast, code, cast.scale, "秤"))[0] for code in ("SC0001", "SC0002")
    )
    walk.measure(cast, task, standard, walk.example("procedure/price-scale", "pass", "2017-05-30"))
    url = "/rules/procedure/price-scale/effects/?before=2017-05-30&after=2027-01-08"
    page = plain(client_of("verifier").get(url))
    assert "Instruments whose verdict would change: 0" in page
    assert "would have to be measured anew: their records lack what it asks for: 1" in page
    assert "it asks for other readings: 1" in page
    assert "Open tasks that the later edition would judge: 2" in page
    same = plain(client_of("verifier").get(url.replace("2027-01-08", "2017-05-30")))
    assert "Instruments whose verdict would change: 0" in same
    foreign = plain(client_of("foreign_verifier").get(url))
    assert "Instruments whose verdict would change: 0" in foreign
    assert waiting.pk


@pytest.mark.parametrize(
    ("norm", "says"),
    [("period/verification", "Instruments with another period"), ("indicator/tested-rate", "Indicators with another"),
     ("catalogue/mandatory", "Instruments under another control"), ("deadline/verification-promise", "Open tasks with"),
     ("supervision/publication", "Nothing in the ledger is counted by this rule")],
)  # fmt: skip
def test_every_kind_answers_what_would_change(client_of, norm, says):
    assert says in text(client_of("authority").get(f"/rules/{norm}/effects/"))


def test_where_a_rule_is_used(cast, client_of):
    standard = walk.equip(cast, cast.scale)
    task = walk.apply_for(cast, walk.make_instrument(cast, "SC0001", cast.scale, "秤"))[0]
    walk.measure(cast, task, standard, walk.example("procedure/price-scale", "pass", "2017-05-30"))
    page = text(client_of("verifier").get("/rules/procedure/price-scale/"))
    assert "Where it is used" in page
    assert "Open tasks" in page
    assert "Indicators computed by it" in text(client_of("authority").get("/rules/indicator/tested-rate/"))


def corrected(post, **fields):
    figure = "tables/0/rows/0/brackets/0/plus_minus"
    told = {"figure": figure, "value": "0.25", "start": "2024-05-01", "document": "县局通知", "clause": "2"}
    return post("authority", f"{PAGE}correct/?edition=2024-05-01", **(told | fields))


def carried(answer):
    page = html.unescape(text(answer))
    return re.search(r'name="text" value="(.*?)">', page, re.DOTALL)[1]


def test_a_figure_is_corrected_without_a_file(client_of, post):
    form = text(client_of("authority").get(f"{PAGE}correct/?edition=2024-05-01"))
    assert 'optgroup label="Maximum permissible error"' in form and "± 0.30" in form
    asked = corrected(post)
    assert "<del>±0.30</del>" in text(asked) and "<ins>±0.25</ins>" in text(asked)
    assert LocalRule.objects.count() == 0
    taken = post("authority", "/rules/_own/add/", text=carried(asked), confirmed="1", reason="misread")
    assert taken.status_code == 302
    assert "±0.25" in text(client_of("verifier").get(f"{PAGE}?edition=2024-05-01"))
    effects = text(client_of("authority").get(f"{PAGE}effects/?before=shipped:2024-05-01&after=2024-05-01"))
    assert "(as shipped)" in effects
    later = corrected(post, value="0.20", start="2026-01-01")
    assert later.status_code == 200, re.findall(r"error.{0,300}", text(later))
    assert post("authority", "/rules/_own/add/", text=carried(later), confirmed="1", reason="new").status_code == 302
    assert "±0.20" in text(client_of("verifier").get(f"{PAGE}?edition=2026-01-01"))
    assert "±0.25" in text(client_of("verifier").get(f"{PAGE}?edition=2024-05-01")), "what was corrected before stays"


def test_a_period_in_a_sheet_is_corrected_by_the_form(client_of, post):
    page = "/rules/period/verification/correct/?edition=2020-10-26"
    rows = norms["period/verification"].values[-1].content["rows"]
    at = next(at for at, row in enumerate(rows) if row["item"] == "FUEL")
    told = {"figure": f"rows/{at}/months", "start": "2027-01-01", "document": "县局通知", "clause": "2"}
    assert "A period is a whole number of months." in text(post("authority", page, value="4.5", **told))
    asked = post("authority", page, value="4", **told)
    assert "<del>6</del>" in text(asked) and "<ins>4</ins>" in text(asked), "a new edition beside the one until then"
    assert "Instruments with another period" in text(asked)
    name, sheet = (re.search(rf'name="csv_{part}" value="(.*?)">', html.unescape(text(asked)), re.DOTALL)[1]
                   for part in ("name", "text"))  # fmt: skip
    assert name == "verification-2027-01-01.csv" and "FUEL,periodic,4,JJG 443-2023,C" in sheet
    given = {"text": carried(asked), "csv_name": name, "csv_text": sheet, "confirmed": "1", "reason": "shortened"}
    assert post("authority", "/rules/_own/add/", **given).status_code == 302
    rule = rules()["period/verification"]
    found = {day: period_of(rule.at(day), ["FUEL"]).months for day in (date(2026, 12, 31), date(2027, 1, 1))}
    assert found == {date(2026, 12, 31): 6, date(2027, 1, 1): 4}


def test_a_limit_in_a_sheet_is_corrected_by_the_form(client_of, post):
    page = "/rules/procedure/weights/correct/?edition=2023-05-30"
    rows = norms["procedure/weights"].values[-1].content["tables"][0]["rows"]
    at = next(at for at, row in enumerate(rows) if row["nominal"] == "1 kg")
    told = {"figure": f"tables/0/rows/{at}/F1", "start": "2023-05-30", "document": "JJG 99-2022", "clause": "5"}
    form = text(client_of("authority").get(page))
    assert 'optgroup label="Maximum permissible error · 1 kg"' in form and "F1 · 5" in form
    asked = post("authority", page, value="4", **told)
    assert asked.status_code == 200, re.findall(r"error-summary.{0,400}", text(asked))
    assert re.findall(r"<ins>(.*?)</ins>", text(asked)) == ["±4"]


def test_an_edge_between_two_brackets_is_one_figure(client_of, post):
    page = "/rules/procedure/price-scale/correct/?edition=2017-05-30"
    told = {"figure": "tables/0/rows/0/brackets/0/to", "value": "600", "start": "2017-05-30", "document": "县局通知"}
    asked = post("authority", page, clause="2", **told)
    assert asked.status_code == 200, re.findall(r"error-summary.{0,400}", text(asked))
    assert "600 &lt; … ≤ 2000" in text(asked)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"value": "abc"}, "It is no number."),
        ({"value": "0.30"}, "It says so already."),
        ({"start": "2020-01-01"}, "before this edition"),
    ],
)
def test_what_is_no_correction_is_told(post, fields, said):
    answer = corrected(post, **fields)
    assert answer.status_code == 422
    assert said in text(answer)


def test_the_second_person_sees_what_differs_and_the_author_decides_nothing(client_of, post):
    post("authority", "/rules/_own/add/", text=carried(corrected(post)), confirmed="1", reason="misread")
    page = f"{PAGE}?edition=2024-05-01"
    assert "You wrote it; two other people" in text(client_of("authority").get(page))
    refused = post("authority", f"{PAGE}check/?edition=2024-05-01", against="paper", quote="±0.25 %")
    assert refused.status_code == 422 and "wrote this rule" in text(refused)
    assert (
        post("administrator", f"{PAGE}check/?edition=2024-05-01", against="paper", quote="±0.25 %").status_code == 302
    )
    pk = RuleApproval.objects.get().pk
    shown = text(client_of("authority").get(f"/rules/_approvals/{pk}/rule_approve/"))
    assert "<del>±0.30</del>" in shown and "<ins>±0.25</ins>" in shown and "±0.25 %" in shown
    assert "Written by" in shown and "Repeatability" in shown
    post("authority", f"/rules/_approvals/{pk}/rule_approve/", confirmed="1")
    assert RuleApproval.objects.get().state == "checked", "the author is not the second person either"


def test_counts_lead_to_exactly_their_rows(cast, client_of):
    walk.equip(cast, cast.scale)
    for code in ("SC0001", "SC0002"):
        walk.apply_for(cast, walk.make_instrument(cast, code, cast.scale, "秤"))
    walk.make_instrument(cast, "SC0003", cast.scale, "秤")
    page = html.unescape(text(client_of("authority").get("/rules/procedure/price-scale/")))
    for label, count in (("Open tasks", 2), ("Instruments in use", 3)):
        found = re.search(rf'<dt>{label}</dt><dd><a href="([^"]+)"><span class="q">{count}</span>', page)
        assert found, label
        rows = re.findall(r"<tbody.*?</tbody>", text(client_of("authority").get(found[1])), re.DOTALL)
        assert rows[0].count("<tr") == count, label


def test_faults_are_told_in_chinese(client_of):
    client = client_of("authority")
    faulty = (SHIPPED / f"{NORM}.yaml").read_text(encoding="utf-8").replace("plus_minus: 0.30", "plus_minus: abc")
    answer = client.post("/rules/_own/add/", {"text": faulty}, headers={"accept-language": "zh-hans"})
    said = re.search(r"notice-error.*?</ul>", text(answer), re.DOTALL)[0]
    assert said.count("<li>") == 1
    assert "“abc”既不是数字，也不是本规程中的量" in said and "允许误差 › 最大允许误差" in said
    assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", said.partition("<ul>")[2]), said
