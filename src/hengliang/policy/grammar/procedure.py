"""Figures that say how things are done or how a plan is built: rules of procedure, articles, its own parts."""

import re

from hengliang.policy.grammar.phrases import Phrase
from hengliang.policy.grammar.quantities import Quantity
from hengliang.policy.grammar.surroundings import Surroundings
from hengliang.policy.grammar.words import ENTITY_UNITS, NEW, STOCK

_PROCEDURE_NOUN = re.compile(
    r"(?:执法人员|检查人员|(?<!入库)(?<!在库)专家|评审员|考评员|成员|评审组|工作组|监督人员|证人|代表|委员|申请人|材料"
    r"|申请书|复印件|副本|原件|照片|得分|分数|总分|评分)$"
)
_PROCEDURE = re.compile(
    r"报送|(?<!线)上报|报备|一式|提交|递交|报名|预约|方可|方能|才能|出席|表决|票|会议由|由$|组成|抽样|抽取|样品|样本"
)
# 三分之二以上委员出席方可召开: how many it takes, not how many are to be reached.
_QUORUM = re.compile(r"的?[一-鿿]{0,8}(?:出席|到会|表决|同意|赞成|方可|方能|方为)")
# 总分为100分,其中日常考核占40%: how points are given.
_POINTS = re.compile(r"总分|满分|百分制|(?<!责任)权重|分值")
# 市场开办者应当设置公平秤不少于1台: what the law asks of those on the market.
_MARKETEERS = re.compile(
    r"(?:者|经营户|当事人|开办单位|超市|商场|业主|(?:农贸|集贸|批发)市场|加油站|眼镜店)(?:应当|应(?![用急对])|须|必须)"
)
# 每季度调度1次, 每半年召开一次例会: how the work is led.
_MEETS = re.compile(r"调度|通报|会商|例会|会议|听取|汇报|碰头|研判|督导|报告")
_EACH_TERM = re.compile(r"每(?:半?年|季度?|月|周)")
_MUST_NOT = re.compile(r"不[得能](?:少|低)于$")
_OBLIGED = re.compile(r"应当|须|必须|应(?!用|急|对|收|检|归|届|变)")
# What is asked of those who apply is a condition, however it is worded.
_APPLICANT = re.compile(
    r"(?:申报|申请|参评|报名|应聘|投标|推荐|候选|应考)(?:的)?(?:单位|企业|机构|人员?|者|项目|对象|主体)[^,;]{0,6}(?:应|须|需|具备)"
)
_STRUCTURE = re.compile(
    r"(?:任务|举措|措施|方面|关键|阶段|原则|要求|制度|环节|步骤|层面|维度|抓手|行动|工程|改革|方向|问题"
    r"|重点|机制|层次|特色|目标|内容|章节|部分|政策|事项|文件|条款|意见|领域|定位|高地|基地群)$"
)
_STRUCTURE_FIRST = re.compile(
    r"(?:重点|主要|具体|关键|核心|专业|学科|技术)?(?:任务|举措|措施|方面|关键|阶段|原则|环节|步骤|层面|维度|批次|部分|领域)"
)
# 完成1500台锅炉淘汰任务: a task has no such classifier.
_THINGS = frozenset("家 台 套 台套 座 户 人 名 辆 件 台件 块 只".split())  # noqa: SIM905 - reads as one line of words
_STRUCTURE_VERB = re.compile(
    r"提出|部署|明确|制定了|包括|围绕|聚焦|突出|坚持|抓好|抓实|落实|实施|推进|紧扣|出台了|分为|分|从"
    r"|涵盖|按照|细化|打好|用好|做好|开展|完成"
)
_EVERY_SOME = re.compile(r"每[两三]?年(?:至少)?(?:开展|组织|举办|举行|发布)")


def procedure(quantity: Quantity, phrase: Phrase, around: Surroundings) -> str | None:
    """How many inspectors, experts, copies or votes an act needs."""
    if quantity.kind == "percent" and (_QUORUM.match(around.after) or _POINTS.search(around.before)):
        return "rule of procedure"
    if _MARKETEERS.search(around.before) and not around.dated:
        return "rule of procedure"
    if quantity.kind != "count" and not around.after.startswith("方"):
        return None
    if _APPLICANT.search(around.before) and not around.dated:
        return "rule of procedure"
    if re.search(r"(?:^|[,;])凡", around.before) and _OBLIGED.search(around.before):
        return "rule of procedure"
    if re.match(r"[^,]*对[^,]+的$", phrase.before) and re.search(r"给予|予以", around.after):
        return "rule of procedure"
    noun = phrase.after if phrase.preposed else phrase.subject
    by_noun = _PROCEDURE_NOUN.search(_first_noun(noun) if phrase.preposed else noun) and not phrase.verb
    by_noun = by_noun and not (around.dated and (quantity.reached or quantity.bound == "above"))
    modal = re.search(r"(?:不得|应当|须|必须|应)$", phrase.before) and quantity.unit in ENTITY_UNITS
    told = bool(_PROCEDURE.search(around.before + around.after[:12])) and not phrase.verb
    told |= bool(_MUST_NOT.search(around.before) and quantity.unit in ENTITY_UNITS and not around.aimed)
    if (
        quantity.unit == "次"
        and _MEETS.search(around.before[-24:] + around.after[:10])
        and _EACH_TERM.search(around.before)
    ):
        return "rule of procedure"
    if re.search(r"一式$", phrase.before):
        return "rule of procedure"
    by_whom = around.before.endswith("由") and quantity.unit in ENTITY_UNITS
    by_whom |= "报名" in around.before + around.after
    by_whom |= bool(quantity.unit in ("次", "遍") and quantity.bound == "bare" and _OBLIGED.search(around.before))
    return "rule of procedure" if by_whom or by_noun or (modal and not phrase.verb) or told else None


def _first_noun(text: str) -> str:
    return re.split(r"[,、]|组成|参加|评审|进行", text, maxsplit=1)[0]


def article(quantity: Quantity, phrase: Phrase, around: Surroundings) -> str | None:
    """打造一支队伍: 一 is no more than an article, unless it stands behind the thing or has a comparator."""
    number = quantity.number
    if not number.chinese or number.value != 1 or number.upper is not None:
        return None
    if quantity.unit == "批" and quantity.bound in ("bare", "above"):
        return "indefinite article"
    if quantity.bound != "bare" or quantity.unit == "倍":
        return None
    if quantity.kind == "percent" or (phrase.thing and not phrase.preposed and quantity.unit not in ("批", "次")):
        return None
    if re.search(r"至少|不少于|最少", phrase.before):
        return None
    if quantity.unit in ("次", "遍", "轮"):
        return None if _EVERY_SOME.search(phrase.before) and phrase.thing else "rule of procedure"
    institution = quantity.unit in ("家", "所", "座") and phrase.verb
    one_more = quantity.unit in ("个", "项") and re.match(rf"{NEW}|{STOCK}|获批|争创", phrase.verb)
    return None if (institution or one_more) and around.aimed else "indefinite article"


def structure(quantity: Quantity, phrase: Phrase, around: Surroundings) -> str | None:
    """提出17项举措, 分两个阶段: how the plan is built."""
    if quantity.kind != "count" or quantity.bound != "bare" or quantity.reached:
        return None
    if re.search(r"附[表件]|专栏|列出|列明", around.before):
        return "part of the plan's own structure"
    if quantity.unit in _THINGS:
        return None
    if "其中" in around.before and around.listed:
        return None  # 新增项目36个,其中基础工程12个、惠企工程10个
    if phrase.preposed and _STRUCTURE_FIRST.match(phrase.thing) and not re.match(rf"{NEW}|{STOCK}", phrase.verb):
        return "part of the plan's own structure"
    if not _STRUCTURE.search(phrase.thing) or re.match(rf"{NEW}|{STOCK}", phrase.verb):
        return None
    if phrase.verb and not _STRUCTURE_VERB.search(phrase.verb):
        return None
    return "part of the plan's own structure"
