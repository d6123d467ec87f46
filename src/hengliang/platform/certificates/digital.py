"""The content of a certificate as the digital certificate's model, from which XML and log entry are made at issue."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hengliang import __version__
from hengliang.dcc.content import FORMAT
from hengliang.dcc.model import (
    Certificate,
    Contact,
    Equipment,
    Identification,
    Item,
    Kind,
    Legal,
    Measurement,
    Method,
    Person,
    Referral,
    Result,
    Software,
    Statement,
)
from hengliang.dcc.quantity import Quantity, Text, Uncertainty, Values
from hengliang.metrology.units import UnitError, read_unit
from hengliang.platform.certificates.values import place_of, stated_points

ROLES = {"approved_by": "批准人", "reviewed_by": "核验员", "verified_by": "检定员"}
WORDS = {
    "pass": Text.of(zh="合格", en="Pass"),
    "fail": Text.of(zh="不合格", en="Fail"),
    "not_applicable": Text.of(zh="不适用", en="Not applicable"),
    "indeterminate": Text.of(zh="无法判定", en="Indeterminate"),
}
FORBIDDEN = Text.of(zh="不合格的计量器具不得使用", en="An instrument that failed must not be used")
RELATES = Text.of(
    zh="结果仅与被校准或被检测的物品及其当时状态有关。",
    en="The results relate only to the item and its condition at the time.",
)
AGREED = Text.of(zh="下次校准日期，按与客户的约定", en="Next calibration, as agreed with the customer")
TRAINING = Text.of(
    zh="仅供培训：依据的规则尚未批准，本文件无法律效力。",
    en="For training only: the rule has not been approved; no legal force.",
)


def certificate_of(content: Mapping[str, Any]) -> Certificate:
    """The model of a certificate or notice, from the content as it is frozen at issue."""
    on, instrument = date.fromisoformat(content["verified_on"]), content["instrument"]
    passed, replaced = content["conclusion"]["passed"], content.get("replaces")
    return Certificate(
        kind=_kind(content),
        number=content["number"],
        country="CN",
        languages=("zh", "en"),
        mandatory_languages=("zh",),
        begun=on,
        ended=on,
        issued=date.fromisoformat(content["issued_on"]),
        software=(Software(Text.of("Hengliang"), __version__),),
        items=(_item(instrument),),
        laboratory=_contact(content["body"]),
        persons=tuple(
            Person(Contact(Text.of(content["signatures"][role])), printed, main_signer=role == "approved_by")
            for role, printed in ROLES.items()
            if content["signatures"].get(role)
        ),
        customer=_contact(content["applicant"]),
        measurements=(_measurement(content, passed=bool(passed)) if passed is not None else measured_values(content),),
        location="other",
        identifications=(_number("calibrationLaboratory", content["record"], "原始记录", "Original record"),),
        replacement="substituted" if replaced else None,
        replaces=replaced["number"] if replaced else "",
        previous=_previous(replaced) if replaced else None,
        legal=None if passed is None else _legal(content, passed=passed),
        statements=tuple(_statements(content)),
    )


def _kind(content: Mapping[str, Any]) -> Kind:
    """A calibration certificate and a report say what they are; else the conclusion tells."""
    if content["conclusion"]["passed"] is None:
        return "test_report" if content["kind"] == "report" else "calibration_certificate"
    return "verification_certificate" if content["conclusion"]["passed"] else "verification_notice"


def _statements(content: Mapping[str, Any]) -> Iterator[Statement]:
    if content["rule"]["draft"]:
        yield Statement(TRAINING)
    if content.get("dispute"):
        yield Statement(Text.of(zh=f"仲裁检定 {content['dispute']['number']}", en="Arbitration verification"))
    if content["conclusion"]["passed"] is None:
        yield Statement(RELATES)
        if decision := content["results"].get("decision"):
            rule = {key: f"{decision[key]}，{decision['clause']}" for key in ("zh", "en")}
            yield Statement(
                Text.of(zh=f"判定规则（与客户约定）：{rule['zh']}", en=f"Decision rule as agreed: {rule['en']}")
            )
        if content.get("budget"):
            yield Statement(Text.of(zh=f"不确定度评定：{content['budget']}", en="Uncertainty budget attached"))
        if until := content.get("valid_until"):
            yield Statement(AGREED, day=date.fromisoformat(until), ref_types=("basic_recalibration",))


def _previous(replaced: Mapping[str, str]) -> Referral:
    title = Text.of(zh="被替代的证书", en="Certificate replaced by this one")
    return Referral(title, replaced["number"], f"SHA-256, {FORMAT}", replaced["sha256"])


def _contact(organisation: Mapping[str, Any]) -> Contact:
    return Contact(
        Text.of(organisation["name"]),
        country="CN",
        city=organisation["region"],
        street=organisation["address"],
    )


def _number(issuer: Any, value: str, zh: str, en: str) -> Identification:
    return Identification(issuer, value, Text.of(zh=zh, en=en))


def _item(instrument: Mapping[str, Any]) -> Item:
    serial = instrument["serial_number"]
    numbers = (_number("manufacturer", serial, "出厂编号", "Serial number"),) if serial else ()
    maker = instrument["manufacturer"]
    return Item(
        name=Text.of(instrument["name"]),
        identifications=(*numbers, _number("other", instrument["code"], "计量器具编码", "Code of the instrument")),
        manufacturer=Contact(Text.of(maker)) if maker else None,
        model=instrument["model"],
    )


def _legal(content: Mapping[str, Any], *, passed: bool) -> Legal:
    until = content.get("valid_until")
    return Legal(
        conclusion=WORDS["pass" if passed else "fail"],
        passed=passed,
        accuracy_class=str(content["conclusion"].get("accuracy_class") or ""),
        authorisation=content["body"]["authorisation"],
        procedure=content["rule"]["document"],
        valid_until=date.fromisoformat(until) if until else None,
        forbidden=Text() if passed else FORBIDDEN,
    )


def _measurement(content: Mapping[str, Any], *, passed: bool) -> Measurement:
    rule = content["rule"]
    items = [_quantity(item, content["titles"], passed=passed) for item in content["results"]["items"]]
    return Measurement(
        name=Text.of(zh="检定结果", en="Results of the verification"),
        results=(Result(Text.of(zh="检定项目", en="Items verified"), tuple(items)),),
        methods=(
            Method(
                Text.of(zh="检定规程", en="Verification regulation"),
                norms=(rule["document"],),
                references=(f"{rule['id']} {rule['edition']} {rule['hash']}",),
            ),
        ),
        equipment=tuple(_equipment(one) for one in content["standards"]),
    )


def measured_values(content: Mapping[str, Any]) -> Measurement:
    """The values of a calibration or a test, each with its uncertainty where one is stated."""
    quantities = [one for item in content["results"]["items"] for one in _stated(content, item)]
    rule = content["rule"]
    return Measurement(
        name=Text.of(zh="结果", en="Results"),
        results=(Result(Text.of(zh="测量结果", en="Measured values"), tuple(quantities)),),
        methods=(Method(Text.of(zh="依据", en="Method"), norms=(rule["document"],)),),
        equipment=tuple(_equipment(one) for one in content["standards"]),
    )


def _stated(content: Mapping[str, Any], item: Mapping[str, Any]) -> Iterator[Quantity]:
    unit, said = item.get("unit") or "1", dict(content)
    for point, value, u in stated_points(said, dict(item)):
        name = Text.of(**{key: place_of(said, dict(item), point, key) for key in ("zh", "en")})
        stated = Uncertainty("expanded", (u,), ("2",), ("0.95",)) if u else None
        if not _known(unit):
            yield Quantity(name, words=Text.of(f"{value} {unit}"))
        else:
            # The digital form has no word for what can't be decided; the limits are there all the same.
            conforms = (point["verdict"],) if point["verdict"] in {"pass", "fail"} else ()
            limits = _limits([point], unit) if point["verdict"] else ()
            yield Quantity(name, (Values((value,), (unit,), stated, single=True),), conformity=conforms, limits=limits)


def _equipment(standard: Mapping[str, Any]) -> Equipment:
    papers = [
        _number("other", paper["number"], f"有效期至 {paper['valid_until']}", f"valid until {paper['valid_until']}")
        for paper in standard["certificates"]
    ]
    return Equipment(Text.of(standard["name"]), tuple(papers))


def _quantity(item: Mapping[str, Any], titles: Mapping[str, Any], *, passed: bool) -> Quantity:
    title = titles.get(item["item"]) or {}
    name = Text.of(zh=title.get("zh") or item["item"], en=title.get("en") or item["item"])
    points = item.get("points") or []
    numbers = [_decimal(point["rounded"]) for point in points]
    unit = item.get("unit") or "1"
    if not points or None in numbers or not _known(unit):
        return Quantity(name, words=WORDS.get(item["verdict"], WORDS["indeterminate"]))
    verdicts = tuple(point["verdict"] for point in points)
    # A class found lower than marked leaves failed points in a certificate that passes: the legal conclusion counts.
    said = verdicts if set(verdicts) <= ({"pass"} if passed else {"pass", "fail"}) else ()
    return Quantity(name, (_values(numbers, unit),), conformity=said, limits=_limits(points, unit))


def _values(numbers: list[Any], unit: str) -> Values:
    return Values(tuple(numbers), (unit,), single=len(numbers) == 1)


def _limits(points: list[Mapping[str, Any]], unit: str) -> tuple[Quantity, ...]:
    found = []
    for side, zh, en in (("low", "最大允许误差下限", "Lower limit"), ("high", "最大允许误差上限", "Upper limit")):
        numbers = [_decimal(point.get(side)) for point in points]
        if None not in numbers:
            found.append(Quantity(Text.of(zh=zh, en=en), (_values(numbers, unit),)))
    return tuple(found)


def _decimal(value: Any) -> str | None:
    """The digits as they were judged; None for what is no number (a yes, a text)."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        float(str(value))
    except ValueError:
        return None
    return str(value)


def _known(unit: str) -> bool:
    try:
        read_unit(unit)
    except UnitError:
        return False
    return True
