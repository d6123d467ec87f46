"""Mapping profiles that a body draws up itself: columns, units, words, days, layouts; versions; lots read by them."""

import base64
import json
from pathlib import Path

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hengliang.platform.core.errors import InputRefused, NotPermitted, StaleWrite
from hengliang.platform.registry.imports import limits
from hengliang.platform.site.demo import bench_files as files
from hengliang.platform.site.demo import own_bench
from hengliang.platform.verification.benches.conversions import Conversion, day_in, with_point
from hengliang.platform.verification.benches.documents import examined
from hengliang.platform.verification.benches.profile import shipped
from hengliang.platform.verification.benches.profiles_of import laid_over, own_profiles
from hengliang.platform.verification.benches.told import faults_of
from hengliang.platform.verification.models import BenchProfile
from hengliang.platform.verification.services import bench_profile_withdraw, bench_profile_write, lot_read
from tests.platform import lots as walk

COUNTS = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())

pytestmark = pytest.mark.django_db
ELECTRICITY = "electricity-wide"
ERRORS = [column.key for column in shipped()[ELECTRICITY].columns if column.key[-2:] in ("_1", "_2")]


@pytest.fixture(autouse=True)
def _training(settings, tmp_path):
    settings.TRAINING, settings.MEDIA_ROOT = True, tmp_path


@pytest.fixture
def bench(cast):
    return walk.bench(cast, ELECTRICITY)


def places():
    return [column.key for column in shipped()[ELECTRICITY].columns]


def foreign(count=4):
    """Rows as a foreign bench writes them: permille, slow is positive, decimal comma, day first, P and F; no maker."""
    rows = []
    for row in walk.lines(ELECTRICITY, count):
        told = dict(zip(places(), row, strict=True))
        for key in ERRORS:
            told[key] = f"{-float(told[key]) * 10:.1f}".replace(".", ",")
        year, month, day = told["verified_on"].split("-")
        told |= {"verified_on": f"{day}.{month}.{year} 14:20", "appearance": "P", "said": "1"}
        told |= {key: told[key].replace(".", ",") for key in ("starting", "clock")}
        rows.append([told[key] for key in places() if key != "maker"])
    return rows


HEADS = [f"K{n}" for n in range(len(places()) - 1)]


def content(rows, heads=HEADS, above="Pruefstand 7\n\n"):
    return (above + "\n".join(";".join(row) for row in [heads, *rows]) + "\n").encode("gb18030")


def document(**file):
    """The profile of that bench, as its editor would make it."""
    base = shipped()[ELECTRICITY]
    keys = [key for key in places() if key != "maker"]
    name = {key: HEADS[at] for at, key in enumerate(keys)}
    readings = []
    for reading in base.readings:
        row = {
            "key": reading.column.key,
            "names": [name[reading.column.key]],
            "item": reading.item,
            "cell": reading.cell,
        }
        row |= {"run": reading.run, "with": dict(reading.fixed)}
        if reading.column.key in ERRORS:
            row |= {"unit": "‰", "wanted": "%", "reversed": True}
        if reading.column.key == "appearance":
            row["words"] = {"P": "yes", "F": "no"}
        if not reading.column.required:
            row["optional"] = True
        readings.append(row)
    return {
        "base": ELECTRICITY,
        "file": {"separator": ";", "skip": 2, "decimal": "comma", "encoding": "gb18030", **file},
        "identity": [
            {"key": "serial", "names": [name["serial"]]},
            {"key": "label", "names": [name["label"]]},
            {"key": "maker", "names": [], "default": "衡城仪表"},
            {"key": "verified_on", "names": [name["verified_on"]], "form": "dmy"},
            {"key": "said", "names": [name["said"]], "words": {"1": "pass", "0": "fail"}},
        ],
        "attributes": [
            {"key": one.key, "names": [name[one.key]], "words": dict(one.words), "suffix": one.suffix} if one.suffix
            else {"key": one.key, "names": [name[one.key]], "words": dict(one.words)}
            for one in base.attributes
        ],
        "readings": readings,
    }  # fmt: skip


def written(cast, **more):
    told = {"name": "7号台", "document": document(), "version": None, **more}
    return bench_profile_write(actor=cast.actor("manager"), body=cast.body, **told)


# ---- single cells


@pytest.mark.parametrize(
    ("conversion", "text", "read"),
    [
        (Conversion("‰", "%"), "-3.20", "-0.320"),
        (Conversion("ppm", "%"), "2500", "0.2500"),
        (Conversion("%", "%", reversed=True), "0.32", "-0.32"),
        (Conversion("%", "%", reversed=True), "0.00", "0.00"),
        (Conversion("%", "%"), "0.30", "0.30"),
        (Conversion("mL", "L"), "9985", "9.985"),
        (Conversion("‰", "%"), "----", "----"),
    ],
)
def test_a_number_is_read_in_unit_and_sign_of_the_record(conversion, text, read):
    assert conversion.of(text) == read


def test_pulses_counted_are_an_error_against_those_of_a_meter_without_error():
    """JJG 596-2012, 标准表法: γ = (m0 - m) / m × 100 %; with m0 = 5000 and m = 5010 the meter is slow."""
    from decimal import Decimal

    pulses = Conversion("counts", "%", Decimal(5000))
    assert pulses.of("5010") == "-0.199601" and pulses.of("0") == "?0"


def test_a_point_where_commas_are_written_is_refused_and_not_guessed():
    assert (with_point("1,5"), with_point("0,5S"), with_point("1.234")) == ("1.5", "0.5S", "?1.234")


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("05.03.2026", "dmy", "2026-03-05"),
        ("03/05/2026 08:15:00", "mdy", "2026-03-05"),
        ("20260305142000", "ymd", "2026-03-05"),
        ("050326", "dmy", "2026-03-05"),
        ("2026年3月5日", "dmy", "2026-03-05"),
        ("31.02.2026", "dmy", "?31.02.2026"),
        ("soon", "dmy", "?soon"),
    ],
)
def test_a_day_is_read_in_the_order_that_the_profile_names(text, form, day):
    assert day_in(text, form) == day


# ---- lots read by a profile


def test_a_lot_is_read_by_a_profile_of_the_body_and_keeps_it(cast, bench):
    own = written(cast)
    lot = walk.received(cast, bench, content(foreign()), own_profile=own)
    lot = lot_read(actor=cast.actor("verifier"), lot=lot)
    assert (lot.state, lot.judged, lot.refused) == ("checked", 4, 0), [str(f) for f in faults_of(lot)]
    assert lot.profile == f"own-{own.pk}" and lot.profile_used["file"]["decimal"] == "comma"
    walk.approved(cast, lot)
    before = walk.lines(ELECTRICITY, 4)[0]
    first = lot.results.order_by("place").first().readings()
    wanted = float(before[places().index(ERRORS[0])])
    assert float(first[ERRORS[0]]) == pytest.approx(wanted, abs=0.005) and first["starting"] == "0.004"
    assert first["appearance"] == "yes"


def test_a_file_is_recognised_by_the_headers_of_the_profile(cast, bench):
    written(cast, document=document(encoding="", skip=None))
    lot = lot_read(actor=cast.actor("verifier"), lot=walk.received(cast, bench, content(foreign())))
    assert (lot.state, lot.judged) == ("checked", 4) and lot.profile.startswith("own-")


def test_a_later_version_changes_nothing_of_a_lot_that_was_read(cast, bench):
    own = written(cast)
    lot = walk.received(cast, bench, content(foreign()), own_profile=own)
    lot = walk.approved(cast, lot_read(actor=cast.actor("verifier"), lot=lot))
    other = document()
    other["readings"][4]["unit"] = "%"
    other["readings"][4].pop("reversed")
    assert written(cast, document=other).version == 2
    lot.refresh_from_db()
    assert lot.profile_used["readings"][4]["unit"] == "‰" and own_profiles(cast.body.pk)[0].version == 2


def test_a_withdrawn_profile_recognises_nothing_and_a_new_version_brings_it_back(cast, bench):
    own = written(cast)
    bench_profile_withdraw(actor=cast.actor("manager"), profile=own, reason="台体报废")
    assert own_profiles(cast.body.pk) == []
    with pytest.raises(InputRefused, match=r"already|已"):
        bench_profile_withdraw(actor=cast.actor("manager"), profile=own, reason="再来")
    assert written(cast).version == 3 and len(own_profiles(cast.body.pk)) == 1


def test_a_file_without_headers_is_read_by_the_places_of_its_columns(cast, bench):
    base = shipped()[ELECTRICITY]
    told = {
        "base": ELECTRICITY, "file": {"headers": False},
        "identity": [{"key": c.key, "names": [f"#{places().index(c.key) + 1}"]} for c in base.identity],
        "attributes": [
            {"key": c.key, "names": [f"#{places().index(c.key) + 1}"], "words": dict(c.words)}
            | ({"suffix": c.suffix} if c.suffix else {})
            for c in base.attributes
        ],
        "readings": [
            {"key": r.column.key, "names": [f"#{places().index(r.column.key) + 1}"], "item": r.item, "cell": r.cell,
             "run": r.run, "with": dict(r.fixed)}
            for r in base.readings
        ],
    }  # fmt: skip
    own = written(cast, document=told)
    rows = "\n".join(",".join(row) for row in walk.lines(ELECTRICITY, 3)) + "\n"
    lot = walk.received(cast, bench, rows.encode(), own_profile=own)
    lot = lot_read(actor=cast.actor("verifier"), lot=lot)
    assert (lot.state, lot.rows, lot.judged) == ("checked", 3, 3), lot.problem


def test_a_wrong_encoding_is_told_and_nothing_is_guessed(cast, bench):
    own = written(cast, document=document(encoding="utf-8-sig"))
    broken = content(foreign(), above="检定装置\n\n")
    lot = lot_read(actor=cast.actor("verifier"), lot=walk.received(cast, bench, broken, own_profile=own))
    assert (lot.state, lot.problem["code"]) == ("unreadable", "wrong_encoding")


# ---- what is no profile, and who may


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(base="no-such"),
        lambda d: d.update(base=["electricity-wide"]),
        lambda d: d.update(more=1),
        lambda d: d.update(readings=[]),
        lambda d: d.update(file={"skip": "3"}),
        lambda d: d.update(file={"encoding": ["utf-8"]}),
        lambda d: d.update(file={"separator": "--"}),
        lambda d: d["identity"].append({"key": "colour", "names": ["K1"]}),
        lambda d: d["identity"].append({"key": "serial", "names": ["K99"]}),
        lambda d: d["identity"].append({"key": "model", "names": ["K0"]}),
        lambda d: d["identity"].append({"key": "model", "names": []}),
        lambda d: d["readings"][4].update(unit="furlong"),
        lambda d: d["readings"][4].update(unit="counts"),
        lambda d: d["readings"][4].update(unit="counts", preset="NaN"),
        lambda d: d["readings"][4].update(reversed="yes"),
        lambda d: d["readings"][4].update(run=True),
        lambda d: d["readings"][4].update(words=["P"]),
        lambda d: d["readings"][4].update({"with": {"current": 1}}),
        lambda d: d["readings"][4].pop("item"),
        lambda d: d["readings"].append("x"),
    ],
)
def test_what_is_no_profile_is_refused_with_its_place(cast, change):
    told = json.loads(json.dumps(document()))
    change(told)
    with pytest.raises(InputRefused) as refused:
        written(cast, document=told)
    assert refused.value.field
    assert not BenchProfile.objects.exists()


def test_only_the_manager_of_the_body_draws_up_profiles(cast):
    for name in ("verifier", "reviewer", "authority", "foreign_owner"):
        with pytest.raises(NotPermitted):
            bench_profile_write(actor=cast.actor(name), body=cast.body, name="x", document=document())


def test_a_version_that_one_did_not_see_is_not_written_over(cast):
    written(cast)
    with pytest.raises(StaleWrite):
        written(cast, version=0)


# ---- the editor


@pytest.fixture
def manager(cast, client):
    client.force_login(cast.accounts["manager"])
    return client


NEW = "verification:bench_profile_new"


def text(answer):
    return answer.content.decode()


def start(client, cast, bench, told, name="台.csv"):
    return client.post(
        reverse(NEW),
        {"body": cast.body.pk, "item": bench.item.pk, "regime": "initial", "file": SimpleUploadedFile(name, told)},
    )


def filled(cast, bench, sample, **more):
    """What the editor sends for that bench."""
    told = {
        "body": cast.body.pk, "item": bench.item.pk, "regime": "initial", "sample": sample, "seen": "0",
        "name": "7号台", "separator": ";", "skip": "2", "decimal": "comma", "encoding": "gb18030",
        "all-maker": "衡城仪表",
    }  # fmt: skip
    for at, key in enumerate(key for key in places() if key != "maker"):
        told[f"c{at}"] = key
        if key in ERRORS:
            told |= {f"c{at}-unit": "‰", f"c{at}-reversed": "1"}
        if key == "verified_on":
            told[f"c{at}-form"] = "dmy"
        if key == "appearance":
            told |= {f"c{at}-passes": "P", f"c{at}-fails": "F"}
        if key == "said":
            told |= {f"c{at}-passes": "合格 P 1", f"c{at}-fails": "不合格 F 0"}
    return told | more


def test_the_editor_shows_the_columns_and_guesses_those_with_usual_headers(cast, bench, manager):
    page = text(start(manager, cast, bench, files.sheet(ELECTRICITY, walk.lines(ELECTRICITY, 30))))
    assert 'name="c0"' in page and "Imax 1.0 误差1" in page
    assert page.count('class="to-end">') >= 20 and "E000000001" in page
    assert page.count("mapping-wrong") == 0 and "合格" in page


def test_the_preview_follows_what_is_changed_and_tells_faults_at_the_cell(cast, bench, manager):
    sample = base64.b64encode(content(foreign(30))).decode()
    told = filled(cast, bench, sample)
    good = text(manager.post(reverse(NEW), told, headers={"HX-Request": "true"}))
    assert "<html" not in good and "mapping-wrong" not in good and "2026-" in good and "14:20" in good
    wrong = text(manager.post(reverse(NEW), told | {"decimal": "point"}, headers={"HX-Request": "true"}))
    assert "mapping-wrong" in wrong
    assert not BenchProfile.objects.exists()


def test_what_was_filled_in_becomes_a_version_and_the_next_starts_from_it(cast, bench, manager):
    sample = base64.b64encode(content(foreign())).decode()
    answer = manager.post(reverse(NEW), filled(cast, bench, sample))
    own = BenchProfile.objects.get()
    assert answer.status_code == 302 and own.version == 1
    assert laid_over(own).columns and own.document["file"]["skip"] == 2
    lot = walk.received(cast, bench, content(foreign()), own_profile=own)
    assert lot_read(actor=cast.actor("verifier"), lot=lot).judged == 4
    edit = reverse("verification:bench_profile_edit", args=[own.pk])
    page = text(manager.get(edit))
    assert 'value="1 P 合格"' in page and "mapping-wrong" not in page and 'value="gb18030" selected' in page
    assert manager.post(edit, filled(cast, bench, sample, seen="0")).status_code == 422, "somebody saved meanwhile"
    manager.post(edit, filled(cast, bench, sample, seen="1"))
    assert BenchProfile.objects.order_by("-pk").first().version == 2
    shown = text(manager.get(reverse("verification:bench_profile", args=[own.pk])))
    assert "‰ → %" in shown
    document_ = yaml.safe_load(manager.get(reverse("verification:bench_profile_file", args=[own.pk])).content)
    assert document_["base"] == ELECTRICITY and examined(own.document, id_="x", name="x")


def test_a_word_said_for_all_meters_means_what_it_means_in_a_column(cast, bench, manager):
    at = places().index("connection")
    rows = [[cell for place, cell in enumerate(row) if place != at] for row in walk.lines(ELECTRICITY, 3)]
    heads = [head for place, head in enumerate(files.headers(shipped()[ELECTRICITY])) if place != at]
    body = "\n".join(",".join(row) for row in [heads, *rows]).encode()
    told = {"body": cast.body.pk, "item": bench.item.pk, "regime": "initial", "name": "台", "seen": "0",
            "sample": base64.b64encode(body).decode(), "all-connection": "经互感器"}  # fmt: skip
    told |= {f"c{at}": key for at, key in enumerate(key for key in places() if key != "connection")}
    manager.post(reverse(NEW), told)
    lot = walk.received(cast, bench, body, own_profile=BenchProfile.objects.get())
    assert lot_read(actor=cast.actor("verifier"), lot=lot).judged == 3
    manager.post(reverse(NEW), told | {"name": "别台", "all-connection": "接互感器"})
    other = walk.received(cast, bench, body + b"\n", own_profile=BenchProfile.objects.get(name="别台"))
    lot_read(actor=cast.actor("verifier"), lot=other)
    fault = faults_of(other)[0]
    assert "接互感器" in fault.reason and "经互感器" in fault.remedy and "instrument." not in fault.remedy


def test_an_error_at_another_load_is_a_reading_of_its_own(cast, bench, manager):
    rows = [[*row, "0.21"] for row in walk.lines(ELECTRICITY, 2)]
    heads = [*files.headers(shipped()[ELECTRICITY]), "0.5Ib 1.0"]
    body = ("\n".join(",".join(row) for row in [heads, *rows]) + "\n").encode()
    extra = len(places())
    told = {"body": cast.body.pk, "item": bench.item.pk, "regime": "initial", "name": "台", "seen": "0",
            "sample": base64.b64encode(body).decode(), f"c{extra}": "other:error", f"c{extra}-current": "0.5",
            f"c{extra}-power_factor": "1.0", f"c{extra}-run": "1"}  # fmt: skip
    told |= {f"c{at}": key for at, key in enumerate(places())}
    manager.post(reverse(NEW), told)
    row = BenchProfile.objects.get().document["readings"][-1]
    assert row["with"] == {"current": "0.5", "power_factor": "1.0"} and row["cell"] == "value" and row["run"] == 1


def test_a_workbook_is_a_sample_too_and_what_is_none_is_refused(cast, bench, manager):
    from io import BytesIO

    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([files.headers(shipped()[ELECTRICITY]), *walk.lines(ELECTRICITY, 3)]):
            sheet.write_row(at, 0, row)
    assert "E000000003" in text(start(manager, cast, bench, out.getvalue(), "台.xlsx"))
    assert start(manager, cast, bench, b"\xd0\xcf\x11\xe0old", "台.xls").status_code == 422
    assert manager.post(reverse(NEW), filled(cast, bench, "!!")).status_code == 422


def test_a_sample_larger_than_the_files_of_a_ledger_is_refused_and_nothing_is_drawn_up(
    cast, bench, manager, monkeypatch
):
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 2**20)
    page = start(manager, cast, bench, b"K0,K1\n" + b"1,2\n" * 2**18)
    assert page.status_code == 422
    assert "1 MB" in text(page)
    assert not BenchProfile.objects.exists()


def test_a_verifier_sees_the_profiles_and_draws_up_none(cast, bench, client):
    own = written(cast)
    client.force_login(cast.accounts["verifier"])
    assert own.name in text(client.get(reverse("verification:bench_profile_list")))
    assert client.get(reverse("verification:bench_profile", args=[own.pk])).status_code == 200
    assert client.get(reverse(NEW)).status_code == 403
    client.force_login(cast.accounts["foreign_owner"])
    assert client.get(reverse("verification:bench_profile", args=[own.pk])).status_code == 404


def test_programs_write_read_and_withdraw_profiles(cast, manager):
    address = "/api/v1/verification/bench-profiles"
    told = {"body_id": cast.body.pk, "name": "8号台", "document": document(), "seen": 0}
    made = manager.post(address, told, content_type="application/json")
    assert made.status_code == 201 and made.json()["version"] == 1
    assert manager.post(address, told, content_type="application/json").status_code == 409
    bad = manager.post(address, told | {"name": "9", "document": {"base": "x"}}, content_type="application/json")
    assert bad.status_code == 422
    one = f"{address}/{made.json()['id']}"
    assert manager.get(one).json()["document"]["base"] == ELECTRICITY
    assert (
        manager.post(f"{one}/withdraw", {"reason": "报废"}, content_type="application/json").json()["withdrawn"] is True
    )
    assert [row["version"] for row in manager.get(address).json()["items"]] == [2, 1]


def test_the_own_bench_of_the_demo_city_is_read_by_its_profile(cast):
    water = walk.bench(cast, own_bench.WATER)
    content = own_bench.own_file(walk.lines(own_bench.WATER, 25))
    bench_profile_write(
        actor=cast.actor("manager"), body=cast.body, name="3 号水表台", document=own_bench.own_document()
    )
    lot = lot_read(actor=cast.actor("verifier"), lot=walk.received(cast, water, content))
    assert (lot.state, lot.judged, lot.refused) == ("checked", 25, 0) and lot.profile.startswith("own-")
    assert b"\n" in content[2_000:], "the sample ends with a row"


def test_the_queries_of_the_list_do_not_grow_with_the_profiles(cast, manager, django_assert_num_queries):
    address = reverse("verification:bench_profile_list")
    for name in ("一号台", "二号台"):
        assert written(cast, name=name).name in text(manager.get(address))
        with django_assert_num_queries(COUNTS["verification:bench_profile_list manager"]):
            manager.get(address)
