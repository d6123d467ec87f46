"""Responsible units of a clause: lists behind a label, in brackets, or "由…牵头, …配合" in a sentence."""

import re
from dataclasses import replace

from hengliang.policy.model import ResponsibleUnit, Role
from hengliang.policy.repair.width import narrow

_LABEL = re.compile(
    r"(?P<role>(?:牵头|责任|负责|主办|主管|承办|配合|参与|参加|协办|协同|协作|支持|实施|落实|完成|主要"
    r"|第一|及|和|、){1,12})"
    r"(?:单位|部门|处室|科室|机构)[】\])]?\s*(?:[:：]|(?=】))"
)
_DUTY = re.compile(
    r"(?:按照?各?自?职责(?:分工)?(?:分别)?(?:负责|落实)?|分工负责|共同负责|具体负责|负责|组织实施|落实"
    r"|牵头|配合|参与|参加|协助|协同|按职责)"
)
_BRACKET = re.compile(r"[(【\[]((?:[^()【】\[\]]|\([^()]*\)){2,600})[)】\]]")
_SENTENCE = re.compile(
    r"由([^,。;:]{2,80}?)(?:牵头|负责牵头|会同)([^。;]{0,120}?(?:配合|参与|参加|协助|负责|落实)|,?会同[^,。;]{2,80}?(?=建立|开展|制定|组织|研究|推进|推动|做好|实施|共同|[,。;]|$))?"
)
# 市市场监管局负责平台建设,市大数据中心负责数据共享
_CHARGED = re.compile(r"(?:^|[,;。:])([^,。;:由本]{3,40}?)负责(?!人|制|的|任|单位|部门|解释)(?=[一-鿿])")
_ORGANISATION = re.compile(
    r"(?:局|厅|委|办|部|院|所|中心|政府|委员会|管委会|公司|集团|学院|大学|学校|协会|学会|联合会|银行"
    r"|法院|检察院|总队|支队|大队|站|机关|单位|部门"
    r"|机构|高校|企业|地区|海关|室|市|县|区|州|社|处|科|组|团|署|院校|工会|军|队)(?:\([^()]*\))?$"
)
# 县科协, 市妇联: bodies whose short names end otherwise; and what a list without a duty must begin with.
_BODY = re.compile(r"(?:科协|妇联|残联|工商联|文联|侨联|社科联|团[省市县区]?委)$")
_OF_A_PLACE = re.compile(r"^(?:[一-鿿]{0,8}[省市县区州盟旗](?![级内外])|国家|各|团|自治区)[一-鿿]+$")
_OFFICE = re.compile(r"(?:局|委|厅|办|政府|委员会|管委会)$")
# 市市场监管局市财政局: blanks stood between the names.
_RUN_ON = re.compile(
    r"(?<=[一-鿿]{3}[局厅委办院])(?=(?:省|市|县|区|州|各)[一-鿿]{1,14}(?:局|厅|委|办|院|政府|公司|中心)(?:[省市县区各]|$))"
)
_TERM = re.compile(
    r"(?:完成)?(?:时限|时间|期限|节点|进度)(?:要求)?\s*[::]|^20\d\d年|(?:前|底)?完成$|持续(?:推进|实施|开展)|长期(?:坚持|推进|实施)|^(?:长期|持续)$"
)
_NOTE = re.compile(r"下同|列第一|排第一|排名第一|位列第一|为牵头(?:责任)?单位|以下简称|排在首位|列首位")
_TRAILING = re.compile(
    r"(?:等)?(?:,|按照?|依|根据)?各?自?(?:职责|职能)(?:分工)?(?:分别|共同)?(?:负责|落实|推进|实施)?$"
    r"|(?:共同|分别|具体|组织)?(?:负责|实施|落实|配合|参与|参加|协助|牵头)$"
)
_OPEN = re.compile(r"^(.{2,}?)等([^等]{0,16})$")


def responsible_units(texts: list[str]) -> tuple[ResponsibleUnit, ...]:
    """Units of a clause in the order of the text, each once; the first is the lead unless one is marked."""
    found: dict[str, ResponsibleUnit] = {}
    for printed in texts:
        text = narrow(printed)
        for unit in _labelled(text) or _bracketed(text) or _in_sentence(text) or _in_charge(text):
            at = text.find(unit.name)
            name = printed[at : at + len(unit.name)] if at >= 0 else unit.name
            if name not in found or unit.role == "lead":
                found[name] = replace(unit, name=name)
    return tuple(found.values())


def is_list_of_units(text: str) -> bool:
    """Whether a paragraph is nothing but a list of units."""
    return bool(text.strip()) and not without_units(text).strip()


def terms_of(text: str) -> str:
    """What a list of units says about time: 完成时限:2026年6月底前; "" where it says nothing."""
    flat = narrow(text)
    lists = [match.group(1) for match in _BRACKET.finditer(flat) if _names_units(match)]
    if label := _LABEL.search(flat):
        lists.append(flat[label.end() :])
    return ";".join(piece for held in lists for piece in re.split(r"[;,。]", held) if _TERM.search(piece.strip()))


def _without_terms(text: str) -> str:
    """A list of units without 2026年底前完成 and 持续推进."""
    return re.sub(r"[;,][^;,]*$", "", text) if _TERM.search(re.split(r"[;,]", text)[-1].strip()) else text


def _names_units(bracket: re.Match[str]) -> bool:
    return bool(_LABEL.search(bracket.group(1))) or _is_list(bracket)


def _is_list(bracket: re.Match[str]) -> bool:
    """Whether a bracket says who is to do something: with a duty, or bare at the end of its paragraph."""
    return _is_duty_list(bracket.group(1)) or _is_bare_list(bracket)


def _is_bare_list(bracket: re.Match[str]) -> bool:
    """（县市场监管局、县教育局、县科协）with nothing behind it: organisations of a place, and nothing else."""
    if bracket.string[bracket.end() :].strip(" 。;"):
        return False
    names = [name for name, _others in _names(_without_terms(bracket.group(1)))]
    several = len(names) > 1 or (bool(names) and bool(_OFFICE.search(names[0])))
    return several and all(_is_organisation(name) for name in names) and bool(_OF_A_PLACE.match(names[0]))


def _is_organisation(name: str) -> bool:
    return bool(_ORGANISATION.search(name) or _BODY.search(name)) and not re.search(r"\d", name)


def without_units(text: str) -> str:
    """Text of a clause without its list of units; same start."""
    flat = narrow(text)
    for match in _BRACKET.finditer(flat):
        if _names_units(match):
            text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    label = _LABEL.search(narrow(text))
    if label and (label.start() == 0 or narrow(text)[label.start() - 1] in "。;([【\n"):
        text = text[: label.start()]
    return text.rstrip()


def _labelled(text: str) -> list[ResponsibleUnit]:
    """Lists behind labels: 牵头 gives leads, 配合 joint units, any other label the first as lead."""
    labels = list(_LABEL.finditer(text))
    led = any("牵头" in label["role"] and "配合" not in label["role"] for label in labels)
    units: list[ResponsibleUnit] = []
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=bool(labels)):
        names = _until_close(text[label.end() : end])
        role = label["role"]
        if re.search("配合|参与|参加|协|支持", role) and not re.search("牵头|责任|主", role):
            units += _all(names, "joint")
        elif re.search("牵头|主办|第一", role):
            units += _all(names, "lead")
        else:
            units += _all(names, "joint") if led else _first_leads(names)
    return units


def _bracketed(text: str) -> list[ResponsibleUnit]:
    for match in reversed(list(_BRACKET.finditer(text))):
        if _is_list(match):
            return _first_leads(_without_terms(match.group(1)))
    return []


def _is_duty_list(text: str) -> bool:
    """Whether a bracket says who is to do it: it ends in a duty and its first name is an organisation."""
    text = _without_terms(text)
    if not _DUTY.search(text[-10:]):
        return False
    names = _names(_TRAILING.sub("", re.split("牵头", text)[0]))
    return bool(names) and bool(_ORGANISATION.search(names[0][0]))


def _in_sentence(text: str) -> list[ResponsibleUnit]:
    match = _SENTENCE.search(text)
    if not match or not all(_ORGANISATION.search(name) for name, _ in _names(match.group(1))):
        return []
    joint = [(name, others) for name, others in _names(match.group(2) or "") if _ORGANISATION.search(name)]
    return [
        *_all(match.group(1), "lead"),
        *(ResponsibleUnit(name, "joint", others) for name, others in joint),
    ]


def _in_charge(text: str) -> list[ResponsibleUnit]:
    """市市场监管局负责平台建设,市大数据中心负责数据共享: bodies of a place that a sentence puts in charge."""
    lists = [_names(match.group(1)) for match in _CHARGED.finditer(text)]
    names = [name for held in lists if all(_is_official(name) for name, _ in held) for name in held]
    return [ResponsibleUnit(name, "joint" if index else "lead", others) for index, (name, others) in enumerate(names)]


def _is_official(name: str) -> bool:
    return _is_organisation(name) and bool(_OF_A_PLACE.match(name))


def _first_leads(text: str) -> list[ResponsibleUnit]:
    """Units of one list: those before 牵头 lead, or else the first one."""
    if "牵头" in text and not _NOTE.search(text):
        marked = re.sub(r"\(牵头\)", "牵头,", text)
        leads, _, joint = marked.partition("牵头")
        return [*_all(leads, "lead"), *_all(joint, "joint")]
    names = _names(text)
    return [ResponsibleUnit(name, "joint" if index else "lead", others) for index, (name, others) in enumerate(names)]


def _all(text: str, role: Role) -> list[ResponsibleUnit]:
    return [ResponsibleUnit(name, role, others) for name, others in _names(text)]


def _names(text: str) -> list[tuple[str, str | None]]:
    """Names of a list, with the open class that the last one stands for."""
    parts = [part for piece in re.split(r"[;。]", text) if not _NOTE.search(piece) for part in _split(piece)]
    names: list[tuple[str, str | None]] = []
    for part in parts:
        name = re.sub(r"^(?:由|会同|以及|和|及|与|等|其中)+", "", part.strip(" :、,"))
        for _ in range(3):
            name = _TRAILING.sub("", name).rstrip("等、, ")
        opened = _OPEN.match(name)
        others = opened.group(2) if opened and opened.group(2) else None
        name = opened.group(1) if opened else name
        if len(name) >= 2 and not _DUTY.fullmatch(name) and not _TERM.search(name):
            names.append((name, others))
    return names


def _split(text: str) -> list[str]:
    """Split at 、 , and blanks outside brackets, at 和 and 会同 only between organisations."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "([〔") - (character in ")]〕")
        if character in "、, \n" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += character
    return [piece for part in parts for run in _RUN_ON.split(part) for piece in _split_joined(run)]


def _split_joined(part: str) -> list[str]:
    for joint in ("会同", "和", "及", "与"):
        one, found, other = part.partition(joint)
        if found and _ORGANISATION.search(one) and _ORGANISATION.search(_TRAILING.sub("", other)):
            return [one, *_split_joined(other)]
    return [part]


def _until_close(text: str) -> str:
    """The list up to the bracket that closes it."""
    depth = 0
    for index, character in enumerate(text):
        depth += (character in "([【") - (character in ")]】")
        if depth < 0:
            return text[:index]
    return text.split("。")[0] if "。" in text else text
