"""Word classes of plan prose. A verb's class says what a figure behind it counts (see `modes`)."""

import re


def alternation(words: str) -> str:
    """The words of a blank-separated list as a pattern, longest first."""
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True))


# Explicitly new: a flow since the baseline.
NEW = alternation(
    "新建 新增 新设 新设立 新添 新认定 新培育 新组建 新立项 新获批 新创建 新改建 新建成 增设 增加 净增 净增加 扩建 新制定 新研制 新发布 再建 再建成 再增"
)
# Events that bring a thing into being or happen to it: counted as a flow too.
EVENT = alternation(
    "编制 制定 制修订 制订 修订 修制订 起草 发布 出台 颁布 获批筹建 获批 批准筹建 获得 荣获 取得 申报 申请 授权 研制 研发 开发 攻克 突破 解决 转化 推广 举办 组织 开展 实施"
    " 完成 引进 成立 组建 设立 筹建 争创 发表 出版 升级 改造 提升 更换 安装 配备 承担 主导 参与 参加 主持 检定 校准 抽查 检查 形成 推出 遴选 征集 立项"
    " 建档 布局 签订 淘汰 布设 查处 查办 立案 转化应用 推广应用 改建 迁建 招引 化解 申创 主办 承办 组织开展 组织实施 录制 整治 更新 轮换 引育"
)
# Acts on those who are there already: each is counted once, so the figure is cumulative.
REACH = alternation("服务 帮扶 培训 惠及 走访 审查 辐射 带动 指导 对接 助力 扶持 轮训 辅导 诊断 覆盖")
FOSTER = alternation("培育 培养 造就 培养造就 选树 树立 评选 发展 壮大 孵化 认定 命名 引导 选拔 评定 授予")
BUILD = alternation("建设 创建 建立 建 共建 共建成 联合建设 构建 设置 搭建 布建 建立健全 规划建设 联建 支持建设 打造")
STOCK = alternation("建成 建有 保有 拥有 保存 保持 建立和保存 建设完成 建成投用 全面建成")

VERB = rf"(?:{NEW}|{STOCK}|{EVENT}|{FOSTER}|{REACH}|{BUILD})"
CHAIN = re.compile(rf"{VERB}(?:(?:和|、|或|或者|及|以及|并|与|/)?{VERB})*")
# Verbs that are hardly ever part of a name; the others stand in names such as 计量数据建设应用基地.
SURE_VERB = re.compile(
    rf"(?:{NEW}|建成|保有|拥有|培育|培养|选树|树立|评选|编制|制修订|制订|制定|修订|发布|出台|获批筹建|获批|获得|取得|研制|举办|完成|引进|成立|组建|争创|攻克"
    r"|发表|开展|打造|创建|建立)(?!率|量|度|稿|者)"
)

AUXILIARY = re.compile(
    r"^(?:" + alternation(
        "全市 全省 全县 全区 全州 全国 全域 我市 我省 我县 我区 本市 本省 各市 各县 各地 各区 省内 市内 县内 区内 将 要 应 应当 可 需 须 必须 力争 争取 努力 确保 保证 积极 大力 持续 逐步 进一步 深入"
        " 加快 加强 着力 统筹 累计 总计 共计 合计 共 总共 每年 每季度 每月 年均 平均 平均每年 每年度 推动 推进 支持 鼓励 再 还 并 同时 其中 分别 实现 其 主动 协同"
        " 牵头 率先 计划 预计 预期 规划 促进 帮助 做到 力求 至少 也 均 都 已 年度 当年 全年 以及 和 及 与 或 且 使 让 把 将 对 为 向 由 另 另外 此外 新时期 各级 省级层面 市级层面 深化 探索"
    ) + r"|各(?:县|市|设区市|区|县市区|县\(市、区\)|县\(市\)|市\(州\)|市州|地|地区)|每个?(?:县\(市、区\)|县\(市\)|设区市|市|县|区|乡镇|镇)|“?十[四五六]五”?期间|[:、;\s])"
)
PREPOSITION = re.compile(
    r"^(?:在|于|依托|围绕|面向|针对|结合|按照|按|通过|以|为|对|聚焦|根据|利用|从|将|向|由|经|借助|瞄准)[^,]{1,40}?"
    rf"(?=(?:领域|方面|行业|范围|区域|基础|期间|过程|环节|单位|企业|机构|社会|产业|平台|中|内|上|下|里)?(?:内|上|中|里|下)?{VERB})"
    r"(?:领域|方面|行业|范围|区域|基础|期间|过程|环节)?(?:内|上|中|里|下)?"
)

RATE = re.compile(
    r"(?:率|占比|比例|比重|满意度|份额|百分比|覆盖面|公众认可度|知晓度|度)(?:\([^()]*\))?$|(?:增长|增速|提高|提升|增加|递增|下降|降低|缩短|减少)(?:了)?$"
)
STOCK_NOUN = re.compile(r"(?:总数|总量|总计|存量|保有量|拥有量|数量|总规模|规模|总数量|人数|产值|收入|营业额|总额|总产值)$")
ENTITY = re.compile(
    r"(?:单位|企业|机构|商户|商家|商超|市场|学校|医院|社区|家庭|人才|人员|计量师|团队|队伍|带头人|工程师|加油站|户|员|师|人|者|群众|职工|骨干|冠军|小巨人”?|学员|居民|消费者)(?:\([^()]*\))?$"
)
ACT = re.compile(r"(?:审查|培训|帮扶|服务|检查|评价|辅导|诊断|认证|走访|指导|对接|体检|评估|验收|审核|审计|监测|调查|承诺)$")
ENTITY_UNITS = frozenset("家 户 人 名 位 人次 户次 家次 企次 家(次)".split())  # noqa: SIM905

ASPIRATION = re.compile(r"力争|努力|争取|争创|力求|尽量|尽可能|力促|有望|冲刺|预期|鼓励|争当|申创|积极争取|奋力")
RESOLVE = re.compile(r"确保|保证|必须|须|务必|严格")
