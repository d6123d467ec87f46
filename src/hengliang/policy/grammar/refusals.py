"""Why a quantity is no target: one rule, one reason. What neither rule nor target takes is listed."""

import re

from hengliang.policy.grammar.phrases import Phrase, is_rate
from hengliang.policy.grammar.procedure import article, procedure, structure
from hengliang.policy.grammar.quantities import Quantity
from hengliang.policy.grammar.surroundings import Surroundings
from hengliang.policy.grammar.words import COURSES, LASTS, NEW, RATED, STOCK_NOUN

_STATE = re.compile(
    r"经(?:审计|核算|测算|普查)|经过[一二两三四五六七八九十多\d]+年(?:来)?的?(?:建设|发展)|截至|截止|目前|(?<!实)现有(?![^,;\d]{2,20}(?:率|占比|比例)(?:均|都)?(?:达|提))|现已|已(?=经|建|有(?!基础|条件)|累计|完成|达|获|成|形|开|制|发|培|认|拥|实|超|突|取|组|连)"
    r"|以来|去年|上年|同比|先后|近(?:[一二两三四五六七八九十]|\d+)年|共有|(?<!稳)居全|据统计"
    r"|据了解|经统计|环比|现行有效|位居|排名|来自(?![^,;]{1,12}的)|曾(?!获[^,;]{1,10}的)|占地(?!区|方)|今年以来|下辖|辖区?(?=\d)|(?:高|低)于(?:全国|全省|全市|同期)|受[^,;]{1,10}影响|受灾|经济损失|(?:普查|调查|统计|监测|数据|结果)显示|提出了|坐落|(?:[一二两三四五六七八九十]|多|近|[1-9])年来|抽查发现|调查显示"
    r"|检查发现|未能|尚未|(?:增加|增长|提高|提升|下降|减少|建成|完成|达到|突破|超过|新增|扩大|建立|增)了(?!解)|(?<![总累合])共(?:发放|受理|办结|检查|检定|出动|立案|查处|抽检|抽查|完成|办理|组织|接待|收到|开展|培训|收录|设有|设置|提出|部署|明确)|1[—~-]\d{1,2}月|^该[一-鿿]{1,6}(?:获|取得|建成|完成)"
)

_ALREADY = re.compile(r"已经?(?:下降|增长|提高|提升|降低|减少|增加|压减|压缩|完成|建成|达到?|有|突破|超过)[^,;]{0,6}$")
# 常住人口620万人 is how things are; 人口达到, 面积突破 is an aim.
_DESCRIBES = re.compile(r"总面积|总人口|(?:常住|老年|户籍|流动)人口")
_DESCRIBED = re.compile(rf"(?:{_DESCRIBES.pattern})(?:约|为|近|有)*\d")
# 增速高于全省平均水平1个百分点以上 is an aim.
_ABOVE_OTHERS = re.compile(r"高于(?:全国|全省|全市)")
_HOPE = re.compile(r"力争|争取|确保|努力")
_GRANT = re.compile(
    r"罚款|罚没|处以|并处|奖励|奖补|补助|补贴|资助|给予|减免|免收|免征|减征|减半|收费标准|扣除|贷款|赔偿"
    r"|赔付|退一|假一|出资|缴纳|报销|限额|上浮|下浮|优惠"
)
_AID = re.compile(r"给予[^,;]{0,10}(?:补助|奖励|奖补|补贴|资助|支持)")
_THRESHOLD_NOUN = re.compile(
    r"(?:消费量|能耗|耗能|用能|面积|投资额?|注册资本|金额|货值|容量|功率|重量|量程|口径|供水|供水量"
    r"|用水量?|取水量?|发电量?|产量|销售额|营业额|年龄|经历|经验|数额|载重|净含量|流量"
    r"|产值|收入|人数|规模|职工|员工|从业人员|吞吐量|床位|户数|压力|电压|工龄|任职)(?:为|在|达|达到)?$"
)
_CONDITION_AFTER = re.compile(
    r"^(?:的)?[,)]?(?:予以|给予|列入|视为|取消|暂停|责令|撤销|不予|应当|依法|从重|按|由)|^的(?:,|$)"
)
# 造成3人以上死亡的,应当启动响应: the case stands before 的, what follows from it behind the mark.
_CASE = re.compile(
    r"[^,]{0,40}的,(?:应|须|可|不得|依|责令|处|予以|给予|按|由|实行|视为|并处|取消|暂停|撤销|不予|从重|报|启动|列入|免|追究|移送)"
)
# 由目前的45%提升至70%: the state is told only to say from where.
FROM_NOW = re.compile(r"[由从](?:目前|现有|现在|去年|上年)的?|在(?:现有|目前|去年|上年)的?(?:基础|水平|规模)上?")
_CONDITIONS = re.compile(
    r"(?:下列|以下|如下)(?:条件|情形|要求|情况)|应(?:当)?(?:具备|具有|符合|满足)|(?<![许认])可以?(?:延长|申请|免)|是指|系指|为对象"
)
# 申报省级示范园区的,入园企业应不少于30家
_APPLYING = re.compile(r"(?:^|[,;])(?:申报|申请|参评|申领|报考|参选)[^,;]{2,30}的,")
_QUALIFIES = re.compile(r"(?:且|或|并且)?[^,;]{0,40}的[一-鿿]")
# 覆盖全省16个市的平台: the figure says how large the thing is.
_REGIONS = re.compile(r"(?:设区)?[市县区州乡镇村]?(?:\([^()]*\))?[市县区]?的[一-鿿“]")
# 开展煤炭、稀土、乳业3个产业技术攻关20项: in how many fields, before what is counted.
_FIELDS_OF = re.compile(r"[一-鿿]{0,4}(?:产业|领域|行业|方向|区域|地区)[一-鿿]{2,16}?(?:不少于|达到?|超过)?\d")
# 10亿元以上企业8家: the second figure is the one that counts.
_SORTS = re.compile(r"的?[一-鿿“”]{2,14}?(?:达到|突破|超过|不少于|不低于)?[\d.]+万?(?:家|个|户|名|项|所|座)")
# 发放创业担保贷款30亿元: lent by those who are led to it, no grant.
_LENT = re.compile(r"(?:累计|新增)[^,]{0,4}(?:发放|投放|授信)|(?:发放|投放|新增)[^,]{0,10}贷款$")
_TECHNICAL = re.compile(r"量程|测量范围|称量范围|分辨力|分度值|漂移|灵敏度|重复性")
_RELIEF = re.compile(r"(?:减免|减征|减轻|降低|节约|节省)[^,对按]{2,16}$")
_OF_THOSE = re.compile(r"的[一-鿿]{0,8}(?:企业|单位|用户|机构|经营者|项目)")
# 对累计3次以上被投诉的经营者: the figure says to whom a rule applies.
_THOSE_WHO = re.compile(r"[^,;的]{1,16}的[一-鿿]{0,8}?(?:企业|单位|用户|机构|经营者|商户|主体|人员|器具|产品)")
_SHARE = re.compile(r"^的?(?:比例|幅度|标准|额度|系数)|^用于")


def refusal(quantity: Quantity, phrase: Phrase, around: Surroundings) -> str | None:
    """The reason why a quantity is no target, or None."""
    rules = (
        _state,
        _duration,
        _grade,
        _grant,
        _condition,
        _share,
        _threshold,
        procedure,
        article,
        structure,
    )
    return next((reason for rule in rules if (reason := rule(quantity, phrase, around))), None)


def _state(quantity: Quantity, phrase: Phrase, around: Surroundings) -> str | None:
    """截至2022年底已建立235项; 建成了5家: what is, not what shall be."""
    before = FROM_NOW.sub("", around.before)
    if quantity.unit == "个百分点" and quantity.bound == "at_least":
        before = _ABOVE_OTHERS.sub("", before)
    behind = quantity.bound in ("bare", "above") and re.search(r"同比|居全|环比|[比较](?:上年|去年)", around.after)
    told = bool(_STATE.search(before) or (behind and not _HOPE.search(around.before))) or _is_described(
        quantity, phrase, around
    )
    compared = re.search(r"同比|[比较](?:上年|去年)", around.before + around.after) and _HOPE.search(around.before)
    told = told and not compared
    if _ALREADY.search(phrase.before):
        return "a state, not an aim"
    aspect = phrase.verb and re.search(rf"{re.escape(phrase.verb)}了", phrase.before)
    return "a state, not an aim" if (told and not around.dated) or aspect else None


def _is_described(quantity: Quantity, phrase: Phrase, around: Surroundings) -> bool:
    """常住人口964万人: the figure, and what stands behind it, tell how things are; 常住人口达到1000万人 does not."""
    if _DESCRIBED.search(around.before):
        return True
    aimed = quantity.reached or quantity.bound in ("at_least", "above") or is_rate(phrase.subject)
    return bool(_DESCRIBES.search(around.before)) and not aimed and not re.match(NEW, phrase.verb)


def _duration(quantity: Quantity, phrase: Phrase, around: Surroundings) -> str | None:
    if quantity.unit == "岁":
        return None if LASTS.search(phrase.subject) else "threshold"
    lasts = (quantity.reached or quantity.bound in ("at_least", "above")) and LASTS.search(phrase.subject)
    taught = quantity.unit in COURSES and quantity.bound == "at_least"
    shortened = re.search(r"压缩|缩短|缩减|压减|压至|提速|降至|减少", around.before)
    bounded = quantity.bound == "at_most" and re.search(r"(?:时间|时长|时限)$", phrase.subject)
    return None if quantity.kind != "time" or lasts or taught or shortened or bounded else "duration"


def _grade(quantity: Quantity, phrase: Phrase, around: Surroundings) -> str | None:
    rated = quantity.unit == "分" and RATED.search(phrase.subject) and (quantity.bound != "bare" or quantity.reached)
    return "grade or score" if quantity.kind == "score" and not rated else None


def _grant(quantity: Quantity, phrase: Phrase, around: Surroundings) -> str | None:
    """Fines, grants and fees are sums of money or shares of them."""
    if quantity.kind not in ("money", "percent") or is_rate(phrase.subject):
        return None
    if quantity.reached and STOCK_NOUN.search(phrase.subject):
        return None
    if quantity.kind == "money" and _LENT.search(around.before):
        return None
    summed = quantity.bound in ("at_least", "above") or "累计" in around.before
    if summed and quantity.kind == "money" and _RELIEF.search(phrase.before):
        return None
    own = around.before.rpartition(",")[2] + around.after.partition(",")[0]
    whole = around.before + around.after if quantity.bound == "at_most" else own
    if quantity.bound == "bare" and quantity.kind == "money" and not quantity.reached and _AID.search(around.after):
        return "fine, grant or fee"
    return "fine, grant or fee" if _GRANT.search(whole) else None


def _condition(quantity: Quantity, phrase: Phrase, around: Surroundings) -> str | None:
    """超过5%的,暂停授权: a case to which a rule applies."""
    listed = (_CONDITIONS.search(around.before) or _APPLYING.search(around.before)) and not around.dated
    rest = around.after.partition(";")[0]
    by_case = _CASE.match(rest) or (_CONDITION_AFTER.match(around.after) and not phrase.preposed)
    return "condition of a rule" if listed or by_case else None


def _share(quantity: Quantity, phrase: Phrase, around: Surroundings) -> str | None:
    return "share in a rule" if quantity.kind == "percent" and _SHARE.match(around.after) else None


def _threshold(quantity: Quantity, phrase: Phrase, around: Surroundings) -> str | None:
    """年耗能5000吨以上的单位: the figure tells which ones are meant."""
    subject = phrase.subject
    if re.search(r"(?:建筑|占地|用地)面积$", subject) and re.search(r"总?投资|项目", around.before):
        return "part of a description"
    if _TECHNICAL.search(subject) and not around.aimed:
        return "technical value"
    of_those = quantity.kind == "money" and quantity.bound == "at_least" and re.match(r"的[一-鿿]", around.after)
    if (of_those and not phrase.verb) or (quantity.kind == "physical" and _OF_THOSE.match(around.after)):
        return "threshold"
    if quantity.kind == "percent" or quantity.reached or quantity.kept:
        return None
    if re.search(r"(?:^|[,;])(?:对|凡)[^,;]*$", around.before) and _THOSE_WHO.match(around.after):
        return "threshold"
    if (
        quantity.kind in ("money", "physical")
        and quantity.bound in ("at_least", "above")
        and _SORTS.match(around.after)
    ):
        return "threshold"
    if re.search(r"覆盖(?:全[省市县区国])?$", phrase.before) and _REGIONS.match(around.after):
        return "part of a description"
    if quantity.kind == "count" and quantity.bound == "bare" and _FIELDS_OF.match(around.after):
        return "part of a description"
    if phrase.before.endswith("在") and _QUALIFIES.match(around.after):
        return "threshold"
    if _THRESHOLD_NOUN.search(subject) and re.match(r"的|[一-鿿]", around.after):
        return "threshold"
    floor = (
        quantity.start < quantity.number_start
        and quantity.bound in ("at_least", "above")
        and not around.after[:1].strip(",;。、")
    )
    if quantity.kind == "physical" and not phrase.verb and not STOCK_NOUN.search(subject) and not floor:
        return "threshold"
    if quantity.kind == "physical" and re.match(r"(?:及?以[上下])?的", around.after):
        return "threshold"
    return None
