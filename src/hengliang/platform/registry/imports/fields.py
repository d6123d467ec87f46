"""The columns of a sheet of instruments: what they are called, what they hold, how long they may be."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import get_language, override

from hengliang.platform.registry.models import InstrumentState, Purpose, Regime
from hengliang.platform.registry.states import INSTRUMENT, MERGED

Kind = Literal["text", "date", "count", "choice"]


@dataclass(frozen=True)
class Field:
    """One column. The first name is the header of the template; all names are understood, in any order of columns."""

    key: str
    names: tuple[str, ...]
    kind: Kind = "text"
    longest: int = 100
    required: bool = False
    example: str = ""

    @property
    def header(self) -> str:
        """The Chinese header of the template."""
        return self.names[0]


FIELDS: tuple[Field, ...] = (
    Field("code", ("本平台编码", "平台编码", "编码", "Code"), longest=16),
    Field("ecqs", ("e-CQS编号", "强检器具编号", "强检编号", "e-CQS number", "ECQS"), example="3401202600001"),
    Field("asset", ("单位内部编号", "资产编号", "管理编号", "Owner's number", "Asset number"), example="JL-001"),
    Field("item", ("目录项目", "器具类别", "强检目录名称", "项别", "Catalogue item", "Item"), required=True,
          example="燃油加油机"),
    Field("name", ("器具名称", "计量器具名称", "名称", "Name", "Instrument"), example="加油机"),
    Field("category", ("种别", "Type", "Category")),
    Field("model", ("型号规格", "型号", "规格型号", "Model"), example="JYJ-50"),
    Field("measuring_range", ("测量范围", "Measuring range", "Range"), example="(5～50) L/min"),
    Field("accuracy_class", ("准确度等级", "准确度", "等级", "Accuracy class", "Class"), longest=40, example="0.3级"),
    Field("serial_number", ("出厂编号", "器具编号", "Serial number", "Serial no."), required=True, example="20240001"),
    Field("manufacturer", ("生产厂家", "制造单位", "制造厂", "制造商", "Manufacturer", "Maker"), longest=200,
          example="示例仪器有限公司"),
    Field("origin", ("产地", "Place of origin", "Origin")),
    Field("made_on", ("出厂日期", "制造日期", "Date of manufacture", "Made on"), "date", example="2024-03-05"),
    Field("quantity", ("数量", "Quantity", "Number of pieces"), "count", example="1"),
    Field("part_of", ("所属器具编码", "Part of"), longest=16),
    Field("part_label", ("部件", "枪号", "Part"), longest=40),
    Field("owner", ("使用单位", "使用单位名称", "单位名称", "User", "Owner"), longest=200, example="量县加油站"),
    Field("owner_code", ("统一社会信用代码", "使用单位统一社会信用代码", "信用代码", "Credit code"), longest=18),
    Field("market", ("所在市场", "市场", "Market"), longest=200),
    Field("region", ("使用地点行政区划", "行政区划", "所在区域", "Region"), example="990121"),
    Field("place", ("安装/使用地点", "安装地点", "使用地点", "Place", "Place of use"), longest=300, example="1号岛"),
    Field("purpose", ("用途", "使用用途", "Purpose"), "choice", example="贸易结算"),
    Field("regime", ("管理方式", "强检方式", "Regime"), "choice", example="周期检定"),
    Field("mandatory", ("是否强制检定", "是否强检", "Mandatory"), "choice", example="是"),
    Field("on_site", ("送检方式", "检定方式", "Verified where"), "choice", example="现场"),
    Field("body", ("检定机构", "Verification body", "Body"), longest=200),
    Field("last_on", ("上次检定日期", "检定日期", "Last verified on"), "date", example="2026/3/1"),
    Field("last_result", ("上次检定结论", "检定结论", "检定结果", "Last result"), "choice", example="合格"),
    Field("due_on", ("有效期至", "下次检定日期", "有效日期", "应检日期", "Due on", "Valid until"), "date",
          example="2026年8月31日"),
    Field("status", ("状态", "State", "Status"), "choice"),
)  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}
KEYS = tuple(BY_KEY)

# Words of sheets for the codes of the ledger; the first is the one that exports write.
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "purpose": {
        Purpose.TRADE: ("贸易结算",),
        Purpose.SAFETY: ("安全防护",),
        Purpose.MEDICAL: ("医疗卫生",),
        Purpose.ENVIRONMENT: ("环境监测",),
        Purpose.ENFORCEMENT: ("行政执法",),
        Purpose.JUDICIAL: ("司法鉴定",),
        Purpose.OTHER: ("其他", "其它"),
    },
    "regime": {
        Regime.PERIODIC: ("周期检定",),
        Regime.FIRST_LIMITED_LIFE: ("首次检定，限期使用", "限期使用到期轮换", "到期轮换"),
        Regime.FIRST_TILL_FAILURE: ("首次检定，失准报废", "失准报废"),
        Regime.STATE_EVALUATION: ("状态评价",),
        Regime.SAMPLING: ("抽样检定", "批次抽样"),
        Regime.ONLINE: ("在线监测", "在线监管"),
        Regime.VOLUNTARY: ("自愿", "非强制"),
    },
    "mandatory": {"t": ("是", "强检", "y", "yes", "true", "1"), "f": ("否", "非强检", "n", "no", "false", "0")},
    "on_site": {"t": ("现场", "现场检定", "on site"), "f": ("送检", "sent in")},
    "last_result": {
        InstrumentState.Result.PASS: ("合格", "通过"),
        InstrumentState.Result.FAIL: ("不合格", "未通过"),
        "none": ("未检", "未检定"),
    },
    "status": {
        "filed": ("待受理", "已备案待受理"),
        "returned": ("已退回", "退回"),
        "in_use": ("在用", "使用中"),
        "stopped": ("停用", "封存"),
        "lost": ("遗失", "丢失"),
        "scrapped": ("报废",),
    },
}


def _labels(key: str) -> dict[str, str]:
    """The English words of the choices, beside the codes themselves."""
    of: dict[str, list[tuple[str, object]]] = {
        "purpose": list(Purpose.choices),
        "regime": list(Regime.choices),
        "last_result": list(InstrumentState.Result.choices),
        "status": [(state.code, state.label) for state in INSTRUMENT.states if state.code != MERGED],
    }
    with override("en"):
        return {str(label).lower(): code for code, label in of.get(key, []) if code}


def code_of(key: str) -> dict[str, str]:
    """Every word that a sheet may use for a choice, in small letters, with its code."""
    words = {word: code for code, names in CHOICES[key].items() for word in names}
    return _labels(key) | {code: code for code in CHOICES[key]} | words


def word_of(key: str) -> dict[str, str]:
    """The word that exports write for each code."""
    return {code: names[0] for code, names in CHOICES[key].items()}


def title_of(key: str) -> str:
    """The header of a column in the reader's language."""
    field = BY_KEY[key]
    english = [name for name in field.names if name.isascii()]
    return field.header if (get_language() or "zh").startswith("zh") else english[0]
