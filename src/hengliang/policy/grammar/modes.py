"""What a figure counts: a flow (new), a stock, those reached so far (cumulative), a ratio, one kept."""

import re

from hengliang.policy.grammar.phrases import Phrase, is_rate
from hengliang.policy.grammar.quantities import Quantity
from hengliang.policy.grammar.words import (
    ACT,
    ACTION,
    BUILD,
    CHAIN,
    ENTITY,
    ENTITY_HEAD,
    ENTITY_UNITS,
    FOSTER,
    GRANTED,
    INDEX,
    LEADS,
    NEW,
    REACH,
    STOCK,
    STOCK_NOUN,
    SURE_VERB,
    VERB,
)
from hengliang.policy.model import Mode

_EVERY = re.compile(
    r"每年|每季度?|每月|每半年|每两年|每周|年均|年人均|每年度|(?<![全今本当一二两三四五六七八九十\d])年(?=签发|出具|培训|服务(?!业|能力|收入)|举办|开展|受理)"
    r"|(?<![全今本当去上])年(?:均)?(?=接待|参观|检定|检测|校准|处理|办理|发放)(?!.*(?:能力|人数))"
)
_EACH = re.compile(r"每年|每季度?|每月|每半年|每周")
_KEPT = re.compile(r"保持(?!率)|稳定(?!性)|维持|始终|常态|长期|一直")
# 科研项目立项10项, 标准物质定级5种: the act stands behind what it befalls.
_HAPPENS = re.compile(r"(?:立项|获批|获奖|申报|发布|授权|落地|签约|投产|结题|转化|定级|备案)$")
_HAPPENED = re.compile(r"(?:立项|获批|获奖|申报|申请|授权|发表|新增|结题|转化|制修订)数量?$")
# 省级中心通过验收3家: an event in the life of a thing.
_PASSED = re.compile(r"通过(?:验收|考核|认定|评审|审批|批复)$")
# 质量审核企业, 联系企业: those whom an act reaches.
BEFALLS = re.compile(
    r"(?:审核|审查|评价|诊断|体检|检查|帮扶|服务|培训|走访|辅导|指导|联系|整治|改造)(?:企业|单位|商户|家庭|用户|居民)$"
)
# 规范制修订达到10项, 参与国际比对达到5次: an act is counted, not what there is.
_ACTS = re.compile(
    r"(?:制修订|制订|制定|修订|编制|起草|研制|研发|比对|攻关|抽查|检查|演练|改造|升级|更新|更换|轮换|整治|维修|安装|淘汰)$"
)
_AWARDED = re.compile(r"获[^,]{0,16}(?:奖|称号|认定|立项)")  # 2—3项成果获省科学技术奖
_YEARS_WORK = re.compile(r"全年|年内|当年")
_SOUGHT = re.compile(r"争取|申请")
_ATTAINED = re.compile(r"实现|提高|提升|上升|增长|扩大|达")


def mode_of(quantity: Quantity, phrase: Phrase, verb: str, around: str, *, dated: bool) -> Mode:
    """The mode of one target; `verb` may be carried over, `around` is the field up to the figure."""
    if INDEX.search(phrase.thing):
        return "standing" if quantity.kept else "stock"
    if quantity.unit in ("%", "‰", "‱", "倍", "分") or (quantity.unit == "" and is_rate(phrase.thing)):
        return _ratio(quantity, around, dated=dated)
    if quantity.unit == "个百分点" or re.match(NEW, verb):
        return "new"
    if _EVERY.search(around) or quantity.unit.endswith(("/年", "/月", "/季")):
        return "standing"
    if quantity.kept:
        return "standing"
    if re.search(r"累计|总计|合计服务", around):
        return "cumulative"
    if quantity.kind == "money" and re.match(rf"(?:{REACH}|引导|拉动|撬动)", phrase.subject):
        return "new"
    if _HAPPENED.search(phrase.thing) and not verb:
        return "new"
    if STOCK_NOUN.search(phrase.thing) or (quantity.kind == "money" and not verb):
        return "stock"
    if not verb:
        return _without_verb(quantity, phrase)
    if verb == "创建" and GRANTED.match(phrase.thing) and _SOUGHT.search(around):
        return "new"  # 争取创建国家级集群: a title that somebody else gives
    return _by_verb(quantity, phrase, verb)


def _ratio(quantity: Quantity, around: str, *, dated: bool) -> Mode:
    """A ratio is standing where it is to be kept, or has neither a day nor a verb of reaching."""
    if quantity.kept or _KEPT.search(around) or (_EACH.search(around) and not _ATTAINED.search(around)):
        return "standing"
    if dated or quantity.reached or _ATTAINED.search(around) or not is_rate_field(around):
        return "ratio"
    return "standing"


def is_rate_field(around: str) -> bool:
    """Whether the field names a rate rather than a share of things (60%以上的机构通过考核)."""
    return bool(re.search(r"率|占比|比例|比重|度", around))


def _without_verb(quantity: Quantity, phrase: Phrase) -> Mode:
    """参训人员超过2000人次 counts those reached so far, 标准达到300项 what there is."""
    if phrase.preposed and quantity.unit in ENTITY_UNITS and (ACTION.search(phrase.thing) or _led(phrase)):
        return "cumulative"
    if re.search(r"帮助|带动|吸纳|扶持|惠及", phrase.before) and quantity.unit in ENTITY_UNITS:
        return "cumulative"
    if (phrase.preposed and SURE_VERB.search(phrase.thing)) or _HAPPENS.search(phrase.thing):
        return "new"
    described = quantity.reached and "的" in phrase.thing
    if quantity.unit in ENTITY_UNITS and BEFALLS.search(phrase.thing) and not described:
        return "cumulative"
    if _PASSED.search(phrase.thing) and not ENTITY_HEAD.match(phrase.thing):
        return "new"
    people = quantity.unit in ENTITY_UNITS or quantity.unit.rstrip(")").endswith("人次")
    taking_part = re.search(
        r"参训|参赛|参展|参评|参会|参观|参与|参加|受益|惠及|^(?:计量|技术|上门)?服务[“\"]?(?:中小|小微|民营|规上)?(?:微)?(?=企业|群众|单位|商户|居民|用户|对象)",
        phrase.subject,
    )
    if _ACTS.search(phrase.thing) and not people:
        return "new"
    if phrase.preposed and _AWARDED.search(phrase.thing):
        return "new"
    if _YEARS_WORK.search(phrase.before) and CHAIN.match(phrase.thing):
        return "new"  # 全年检定器具突破60万台
    if phrase.thing.endswith("能力"):
        return "stock"
    return "cumulative" if quantity.unit.rstrip(")").endswith("次") or (taking_part and people) else "stock"


def _led(phrase: Phrase) -> bool:
    """推动40家企业导入体系: those who are led to something are counted, each once."""
    head = ENTITY_HEAD.match(phrase.thing)
    led = LEADS.search(phrase.before)
    return bool(head and led and (len(phrase.thing) - head.end() > 1 or phrase.after.startswith(phrase.thing)))


def _by_verb(quantity: Quantity, phrase: Phrase, verb: str) -> Mode:
    """Building adds up, fostering and reaching add up over organisations and people, events are a flow."""
    entities = quantity.unit in ENTITY_UNITS
    if re.fullmatch(r"[人家户企]\(?次\)?", quantity.unit):
        return "cumulative"
    acting = ENTITY_HEAD.match(phrase.thing) if entities and phrase.preposed else None
    if acting and CHAIN.match(phrase.thing[acting.end() :]):
        return "cumulative"  # 深入1000家企业开展问诊: the organisations are counted
    if _PASSED.search(phrase.thing) and not ENTITY_HEAD.match(phrase.thing):
        return "new"
    classes = [verb_class(word) for word in verbs_of(verb)]
    if "stock" in classes:
        return "stock"
    if classes and all(found == "build" for found in classes):
        return "cumulative"
    entity = ENTITY.search(phrase.thing) or (phrase.preposed and ENTITY_HEAD.match(phrase.thing))
    if "foster" in classes:
        named = quantity.unit == "个" and ENTITY.search(phrase.thing)
        return "cumulative" if (entities and entity) or named else "new"
    if classes[:1] == ["reach"]:
        return "cumulative" if entities else "new"
    return "cumulative" if entities and ACT.search(phrase.thing) else "new"


def verbs_of(chain: str) -> list[str]:
    """The verbs of a chain: 新建和改造 is two."""
    return re.findall(VERB, chain)


def only_new(chain: str) -> bool:
    """Whether a chain says nothing but that things are new: not so 新建和改造."""
    return bool(re.match(NEW, chain)) and not re.search("[和、及与或]", chain)


def verb_class(word: str) -> str:
    """The class of one verb: new, stock, build, foster, reach or event."""
    classes = {"new": NEW, "stock": STOCK, "build": BUILD, "foster": FOSTER, "reach": REACH}
    return next((name for name, words in classes.items() if re.fullmatch(words, word)), "event")
