"""Certificates of our own making: a set of weights in Hangzhou, in all four kinds."""

from dataclasses import replace
from datetime import date

from hengliang.dcc.model import (
    Certificate,
    Condition,
    Contact,
    Equipment,
    Identification,
    Item,
    Legal,
    Measurement,
    Method,
    Person,
    Referral,
    Result,
    Software,
    Statement,
)
from hengliang.dcc.quantity import Covariance, Quantity, Table, Text, Uncertainty, Values

KG, G = "\\kilogram", "\\gram"
SQUARE = "\\gram\\tothe{2}"


def both(zh: str, en: str) -> Text:
    return Text.of(zh=zh, en=en)


# Nominal 100 g, 200 g, 500 g; the common standard gives correlation 0.25 between neighbours (chosen, not measured):
# u = U/k = 0.0001 g, so the variance is 1e-8 g² and the covariance 2.5e-9 g².
MATRIX = (
    ("1e-8", "2.5e-9", "0"),
    ("2.5e-9", "1e-8", "2.5e-9"),
    ("0", "2.5e-9", "1e-8"),
)
ERROR = Quantity(
    name=both("示值误差", "Error of indication"),
    values=(
        Values(
            ("0.0003", "-0.0001", "0.0012"),
            (G,),
            Uncertainty("expanded", ("0.0002",), ("2",), ("0.95",), distribution=("normal",)),
            Covariance(MATRIX, ((SQUARE,) * 3,) * 3, "2.8", "0.95"),
        ),
    ),
    ref_types=("basic_measurementError",),
    id="error",
    conformity=("pass", "pass", "fail"),
    limits=(
        Quantity(both("最大允许误差下限", "Lower mpe"), (Values(("-0.0005", "-0.0010", "-0.0010"), (G,)),)),
        Quantity(both("最大允许误差上限", "Upper mpe"), (Values(("0.0005", "0.0010", "0.0010"), (G,)),)),
    ),
)
NOMINAL = Quantity(
    name=both("标称值", "Nominal value"),
    values=(Values(("100", "200", "500"), (G,)), Values(("0.100", "0.200", "0.500"), (KG,))),
    ref_types=("basic_nominalValue",),
    id="nominal",
)
TEMPERATURE = Quantity(
    name=both("温度", "Temperature"),
    values=(
        Values(("20.3",), ("\\degreecelsius",), Uncertainty("standard", ("0.1",)), single=True),
        Values(("293.45",), ("\\kelvin",), Uncertainty("standard", ("0.1",)), single=True),
    ),
)
DENSITY = Quantity(
    name=both("密度", "Density"),
    values=(
        Values(
            ("7960",),
            (f"{KG}\\metre\\tothe{{-3}}",),
            Uncertainty("interval", ("10",), (), ("0.95",), ("7940",), ("7980",)),
            label="20 °C",
            times=("2026-03-02T09:00:00Z",),
            single=True,
        ),
    ),
    refers_to=("error",),
)
LABORATORY = Contact(
    name=both("杭州市计量测试所", "Hangzhou Institute of Metrology"),
    email="office@metrology.example",
    phone="+86 571 0000",
    country="CN",
    state="浙江",
    city="杭州",
    post_code="310000",
    street="计量路 1 号",
)
VERIFIER = Contact(Text.of("沈明"))

CALIBRATION = Certificate(
    kind="calibration_certificate",
    number="JZ-2026-000123",
    country="CN",
    languages=("zh", "en"),
    mandatory_languages=("zh",),
    begun=date(2026, 3, 2),
    ended=date(2026, 3, 3),
    software=(Software(Text.of("Hengliang"), "v0.1.0"),),
    items=(
        Item(
            name=both("砝码组", "Set of weights"),
            identifications=(
                Identification("manufacturer", "F1-0077", both("出厂编号", "Serial number")),
                Identification("owner", "ZC-15"),
            ),
            manufacturer=Contact(Text.of("某衡器厂")),
            model="F1 100 g - 500 g",
            description=both("不锈钢", "stainless steel"),
        ),
    ),
    laboratory=LABORATORY,
    persons=(Person(VERIFIER, "校准员", main_signer=True), Person(Contact(Text.of("陆清")), "核验员")),
    customer=Contact(both("某某农贸市场", "A market"), country="CN", city="杭州", further=both("东门", "East gate")),
    measurements=(
        Measurement(
            name=both("测量结果", "Measurement results"),
            results=(
                Result(
                    name=both("质量", "Mass"),
                    data=(Table(both("各砝码", "Each weight"), (NOMINAL, ERROR), ("gp_table1",), "table"), DENSITY),
                    description=both("折算质量", "conventional mass"),
                    remarks=(both("500 g 砝码超差。", "The 500 g weight is out of tolerance."),),
                    ref_types=("gp_measuringResult1",),
                ),
            ),
            methods=(
                Method(
                    both("直接比较法", "Direct comparison"),
                    both("双次替代", "double substitution"),
                    ("JJG 99-2022",),
                    ("6.3",),
                    ("basic_method",),
                ),
            ),
            equipment=(
                Equipment(
                    both("E2 等级砝码", "Class E2 weights"),
                    (Identification("calibrationLaboratory", "BZ-001"),),
                    Referral(both("上级证书", "Certificate"), "NIM-2026-1", "SHA-256", "ab" * 32, traceable=True),
                    "E2",
                    ("basic_normalUsed",),
                ),
            ),
            conditions=(Condition(both("环境温度", "Ambient temperature"), (TEMPERATURE,)),),
        ),
    ),
    laboratory_code="CNAS-L0000",
    identifications=(Identification("customer", "DD-7"),),
    received=date(2026, 3, 1),
    issued=date(2026, 3, 4),
    replaces="JZ-2026-000100",
    replacement="substituted",
    previous=Referral(both("前次证书", "Previous report"), "JZ-2025-000001", "SHA-256", "cd" * 32),
    statements=(
        Statement(
            both("可溯源到国家计量基准。", "Traceable to national standards."),
            both("溯源", "Traceability"),
            ("ISO/IEC 17025:2017",),
            ("7.8.4.1",),
            "CIPM MRA",
            traceable=True,
        ),
        Statement(day=date(2027, 3, 3), authority=LABORATORY, ref_types=("basic_recalibration",)),
    ),
)
_TASK = replace(CALIBRATION, replacement=None, replaces="", previous=None, statements=())
_GOOD = replace(
    ERROR,
    values=(replace(ERROR.values[0], numbers=("0.0003", "-0.0001", "0.0008")),),
    conformity=("pass",),
)
_MEASURED = CALIBRATION.measurements[0]
VERIFICATION = replace(
    _TASK,
    measurements=(
        replace(
            _MEASURED,
            results=(Result(both("质量", "Mass"), (Table(both("各砝码", "Each weight"), (NOMINAL, _GOOD)),)),),
        ),
    ),
    kind="verification_certificate",
    number="JD-2026-000123",
    legal=Legal(
        conclusion=both("合格", "Pass"),
        passed=True,
        accuracy_class="F1",
        authorisation="（浙）法计（2024）01001 号",
        procedure="JJG 99-2022",
        valid_until=date(2027, 3, 2),
    ),
)
NOTICE = replace(
    _TASK,
    kind="verification_notice",
    number="JT-2026-000007",
    legal=Legal(
        conclusion=both("500 g 砝码示值误差不合格", "The error of the 500 g weight is out of tolerance"),
        passed=False,
        authorisation="（浙）法计（2024）01001 号",
        procedure="JJG 99-2022",
        forbidden=both("不得用于贸易结算", "Not to be used in trade"),
    ),
)
MATERIAL = replace(
    _TASK,
    kind="reference_material_certificate",
    number="GBW(E)-000001",
    legal=Legal(valid_until=date(2030, 1, 1), minimum_amount="5 mL", forbidden=both("一次性使用", "For single use")),
)
ALL = {one.kind: one for one in (CALIBRATION, VERIFICATION, NOTICE, MATERIAL)}
