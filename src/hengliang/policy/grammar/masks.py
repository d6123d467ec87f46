"""Places where a figure is part of a name, a reference or an address, whatever stands around it."""

import re

from hengliang.policy.grammar.deadlines import Anchor

_HAN_NUMBER = "[一二三四五六七八九十百千两〇零]"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("title of a document", r"《[^》]*》?|〈[^〉]*〉"),
    (
        "number of a document",
        r"(?:印发份数|印数|共印)\s*\d+份?|[〔\[(]20\d\d[〕\])]\s*第?\d+号?|第?\s*\d+号(?:令|文|公告|文件)?|国发\S{0,8}号",
    ),
    (
        "number of a standard",
        r"[A-Z]{2,4}(?:/[A-Z]{1,3})?(?:\([^()]{1,3}\))?\s?\d[\d.]*(?:[-—]\d{2,4})?|(?:ISO|IEC"
        r"|OIML)[\s/A-Z]*\d[\d.:-]*",
    ),
    (
        "telephone number or address",
        r"(?:电话|热线|传真|邮编|邮政编码|手机|联系人|QQ|微信)[^。;\d]{0,14}[\d()\-/、或转]+"
        r"|0\d{2,3}-\d{7,8}|1\d{10}|\b(?:12315|12345|12365|96\d{3,4})\b|[\w.]+@[\w.]+|https?://\S+"
        r"|www\.\S+|\d+(?:号楼|号院|弄|幢)|(?<=[路街道巷])\d+号",
    ),
    (
        "ordinal",
        rf"[一二三四五六](?=期(?:建设|工程|项目|改造|平台|规划|任务|扩建))|(?<![年月日底末期点])前(?:\d+|{_HAN_NUMBER}+)(?:位|名|强|列|%|(?=[,。;、)]|$))|第(?:\d+|{_HAN_NUMBER}+)(?:个|批|次|届|位|名|期|季度|条|款|章|节|项|阶段|一|方|产业|轮|步|类"
        rf"|部分|线|梯队|方阵|年|代)?|(?:附件|附录|附表|附图|专栏|(?<![一-鿿])[表图注]|(?<=[见如])[表图])\s*\d+(?:[.-]\d+)*",
    ),
    ("denominator", r"每[十百千万]+(?:名|个)?(?:常住)?(?:人口?|家|户|台|平方公里)?"),
    ("date", r"\d{1,2}月\d{1,2}日"),
    (
        "grade",
        r"[两三四]级(?=[一-鿿])|[特一二三四五]级(?:甲等|乙等)?(?=注册|响应|等保|保护|标准|以上|[^项个家])|[一二三四]类(?=[一-鿿])|[一二三]等奖"
        r"|[三二]甲|\d(?:\.\d+)?级|\d?[A-Z]{1,3}级|\d+星级?",
    ),
    (
        "name",
        rf"(?:\d+|{_HAN_NUMBER}+)大(?=[一-鿿])|三省一市|一市三省|两省一市|“?一带一路”?"
        rf"|[DPRABQMTV][NFHG]?\d+(?:[A-Z\d-]*)|[A-Za-z]+-?\d+(?=[以及一-鿿])|\d+[A-Z]\b|\dG",
    ),
    (
        "technical value",
        r"[\d.]+\s*\S{0,2}\s*±\s*[\d.]+\s*\S?|±\s*[\d.]+\s*\S?|(?<![率度例重比])=\s*\d[\d.]*\s*[A-Za-z%]*|\d+(?:\.\d+)?(?:~|-|—)\d+(?:\.\d+)?\s*(?:m³|℃|kg|mm|mL|V|A|MPa|Hz"
        r"|%RH)(?:/h)?|\d+:\d+",
    ),
    (
        "sum of a list",
        r"(?<=[一-鿿”])(?:[两三四五六七八九]|\d)[项类](?:主要|重点|核心|关键|约束性|预期性)?(?:指标|比率)",
    ),
    (
        "saying",
        r"[两三四五六七八九]个(?=\d+%)|一(?:站式|体化|网通办|网统管|揽子|系列|流|定|致|般|直|线|旦|律|方面|些|如既往|目了然|件事"
        r"|次性|户一[\w档码策]|机一[\w档码]|企一[\w档码策]|物一码|业一证|对一|张网|张图|盘棋|把手"
        r"|岗双责|刀切|条龙)|二检合一|[一二三]次(?=供水|污染|产业|创业|开发|装修|能源|元件|设备|回路|仪表|分配|转化|加工)|多\w合一|双随机|十分|百花|千方百计|万无一失|千家万户|百姓|三农"
        r"|四不两直|万物|百强|千分|五统一|两手|两个(?:维护|确立|毫不动摇)|四个(?:意识|自信|全面)",
    ),
)
_COMPILED = tuple((reason, re.compile(pattern)) for reason, pattern in _PATTERNS)
_QUOTE = re.compile(r"“([^“”]{1,40})”")


def masks(text: str, dates: list[Anchor]) -> list[tuple[int, int, str]]:
    """Spans (start, end, reason) in which no figure is a quantity."""
    found = [(anchor.start, anchor.end, "date") for anchor in dates]
    for reason, pattern in _COMPILED:
        found += [(*match.span(), reason) for match in pattern.finditer(text)]
    found += [(*match.span(), "name") for match in _QUOTE.finditer(text)]
    return found


def mask_of(start: int, end: int, spans: list[tuple[int, int, str]]) -> str | None:
    """Why a place is masked, if it is."""
    return next((reason for first, last, reason in spans if first < end and start < last), None)
