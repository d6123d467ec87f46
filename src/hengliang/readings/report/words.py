"""The words of the report in Chinese and English, side by side."""

from typing import Any, Literal

Language = Literal["zh", "en"]

_TABLE: tuple[tuple[str, str, str], ...] = (
    ("title", "在用计量器具数据评价报告", "Meters in service, judged by their data"),
    ("electricity", "低压台区电能表", "electricity meters of low-voltage districts"),
    ("ev_station", "充电站充电桩", "charging piles of stations"),
    ("fuel_tank", "加油机油枪", "nozzles of fuel tanks"),
    ("water", "分区水表", "water meters of districts"),
    ("gas", "燃气表", "gas meters"),
    ("heat", "热量表", "heat meters"),
    ("period", "数据期间", "Period of the data"),
    ("limit", "误差限", "Tolerated error"),
    ("interval", "评价时段长", "Length of a period"),
    ("run", "评价编号", "Evaluation"),
    ("software", "软件版本", "Software"),
    ("made", "生成时间", "Made"),
    ("good", "正常", "good"),
    ("suspect", "可疑", "suspect"),
    ("undeterminable", "不可判定", "undeterminable"),
    ("judged", "可评价", "judged"),
    ("nodes", "节点（台区）", "Nodes"),
    ("short", "少计（可疑表合计）", "too little (suspects)"),
    ("over", "多计（可疑表合计）", "too much (suspects)"),
    ("none_found", "未发现：{names}。", "Nothing found of: {names}."),
    ("electricity_unit", "kWh", "kWh"),
    ("ev_station_unit", "kWh", "kWh"),
    ("fuel_tank_unit", "L", "L"),
    ("water_unit", "m³", "m³"),
    ("gas_unit", "m³", "m³"),
    ("heat_unit", "GJ", "GJ"),
    ("in_unit", "{name}（{unit}）", "{name} ({unit})"),
    ("node", "节点", "Node"),
    ("meter", "表号", "Meter"),
    ("meters", "表数", "Meters"),
    ("error", "误差估计", "Error"),
    ("u_stat", "数据不确定度", "u from the data"),
    ("u_gauge", "总表不确定度", "u from the master"),
    ("probability", "超差概率", "P(beyond limit)"),
    ("energy", "期间用量", "Counted"),
    ("impact", "少计（−）多计（+）", "Too little (−) or too much (+)"),
    ("reason", "理由", "Reason"),
    ("reason_first", "理由（数值为其中第一只表的）", "Reason (figures of the first of them)"),
    ("state", "结论", "State"),
    ("scatter", "残差", "Residual"),
    ("loss", "损耗率", "Loss"),
    ("maker", "生产厂家", "Maker"),
    ("model", "型号", "Model"),
    ("year", "出厂年份", "Year"),
    ("batch", "批次", "Batch"),
    ("mean", "平均误差", "Mean error"),
    ("count", "数量", "Count"),
    ("check", "检查项", "Check"),
    ("events", "次数", "Events"),
    ("slots", "涉及读数", "Readings"),
    ("first", "首例", "First"),
    ("summary", "结论", "In short"),
    ("work", "现场工作清单", "Work list"),
    (
        "work_more",
        "仅列前 {shown} 只，全部 {all} 只见 worklist.xlsx。",
        "The first {shown} of {all}; all are in worklist.xlsx.",
    ),
    ("no_work", "没有可疑表计。", "No meter is suspect."),
    ("why", "为什么有表计不可判定", "Why meters can't be judged"),
    ("quality", "数据质量", "Quality of the data"),
    ("errors_chart", "可判定表计的误差分布", "Errors of the meters that can be judged"),
    ("suspects_chart", "可疑表计的误差与 95 % 区间", "Errors of suspect meters with 95 % intervals"),
    ("states_chart", "各节点的结论（可疑多者在前）", "States by node, most suspects first"),
    ("axis_error", "误差 / %", "error / %"),
    ("axis_meters", "表数", "meters"),
    ("visit", "现场核查结果", "Found on site"),
    ("visitor", "核查人", "By"),
    ("visit_day", "日期", "On"),
    ("topology", "户变关系", "Topology"),
    (
        "sentence",
        "{nodes} 个节点的 {meters} 只表：正常 {good} 只，可疑 {suspect} 只，不可判定 {undeterminable} 只。",
        "{meters} meters of {nodes} nodes: {good} good, {suspect} suspect, {undeterminable} undeterminable.",
    ),
    (
        "usable",
        "应有读数 {expected} 个，可用 {usable} 个（{share}）。",
        "{usable} of {expected} expected readings can be used ({share}).",
    ),
    (
        "meaning",
        "误差 =（示值 − 真值）/ 真值，偏慢为负。总表、互感器与损耗共同引入的不确定度不随数据增多而减小，单列一栏。"
        "“可疑”是筛查结论，须经现场核查或检定确认；“不可判定”不是合格，表示现有数据不足以判断。",
        "Error = (indicated − true) / true; a slow meter is negative. What master meter, transformers and loss leave "
        "open does not shrink with more data and has its own column. Suspect is the result of a screening and is to "
        "be confirmed on site or by verification; undeterminable is no pass: these data can't tell.",
    ),
    ("gap", "缺数", "gaps"),
    ("duplicate", "重复（同值）", "repeated alike"),
    ("conflict", "重复（异值）", "repeated with another number"),
    ("rollover", "翻转（过零）", "rollover"),
    ("reset", "清零", "reset"),
    ("stuck", "停走", "standstill"),
    ("spike", "飞走/突变", "spike"),
    ("skew", "时钟偏差", "clock off"),
    ("unit", "单位错误", "wrong unit"),
    ("negative", "倒走/负值", "fall"),
    ("the node has no master meter", "节点没有总表", "the node has no master meter"),
    ("wrong_entries", "档案矛盾（由平衡发现）", "wrong entries of the list, by the balance"),
    ("check_topology", "档案矛盾", "topology clash"),
)
_BATCHES = (
    ("batches", "批次（厂家、型号、年份）", "Batches: maker, model, year"),
    (
        "batches_mean",
        "平均误差、离散度与超差比例均附 95 % 区间；超差比例建立在数据可判定的表计上。",
        "Mean error, spread and share beyond the limit with their 95 % intervals; the share rests on the meters that "
        "the data can tell.",
    ),
    ("batches_chart", "各批次的平均误差与 95 % 区间", "Mean error of each batch with its 95 % interval"),
    ("in_nodes", "涉及节点", "Nodes"),
    ("spread", "批内离散度", "Spread"),
    (
        "inservice/lot-criterion",
        "批次合格判据（德国 MessEV 第 35 条：95 %）",
        "the criterion of MessEV, section 35 (95 %)",
    ),
    ("ISO 2859-2", "GB/T 2828.2（使用方风险 10 %）", "ISO 2859-2 (consumer's risk 10 %)"),
    ("fraction", "超差比例", "Beyond the limit"),
    ("lots", "批的抽样检定", "Lots and their samples"),
    (
        "lots_rule",
        "依据 {document}：批中超差表计不得多于 {quality}，使用方风险 {risk}。",
        "By {document}: at most {quality} of a lot beyond the limit, consumer's risk {risk}. ",
    ),
    ("lots_months", "合格批可延长使用 {months} 个月。", "A lot that passes may stay {months} months longer. "),
    ("lots_stand_ins", "规定未写明而取自 {names}。", "Not said by the rule and taken from {names}. "),
    ("lots_draft", "规则为草案，未与文本核对。", "The rule is a draft that nobody has held against its text."),
    (
        "lots_meaning",
        "“单独抽样”只凭样品（极限质量方案，按批量精确计算）；“结合数据”另计入在用数据对该批的评价，样本可较小，但不少于单独"
        "抽样的规定比例。样本与数据矛盾时，数据不予采用。曲线为各方案在批的不同超差比例下的接收概率；结合数据的曲线以现有数据"
        "为条件。括号内为接收数。",
        "Plain: by the sample alone (limiting quality, exact for the lot). With data: the balance of the lot in "
        "service counts as well, so that the sample may be smaller, though never below the part that the rule sets. "
        "A sample that contradicts the data sets them aside. The curves show how often a plan accepts a lot by its "
        "share beyond the limit; those with data hold for the data at hand. In brackets: the acceptance number.",
    ),
    ("lot_size", "批量", "Lot"),
    ("fraction_data", "超差比例（数据）", "Beyond (data)"),
    ("plain", "单独抽样 n (Ac)", "Plain n (Ac)"),
    ("fused", "结合数据 n (Ac)", "With data n (Ac)"),
    ("sampled", "超差 / 样本", "Beyond / sample"),
    ("lot_accept", "接收", "may stay"),
    ("lot_reject", "拒收", "replace"),
    ("lot_undeterminable", "不可判定", "undeterminable"),
    ("and", "、", ", "),
    ("low", "95 % 下限", "95 % from"),
    ("high", "95 % 上限", "to"),
    ("ac", "接收数", "Ac"),
    ("sample", "样本量", "Sample"),
    ("beyond", "超差数", "Beyond"),
    ("by_variables", "计量抽样（GB/T 6378.1）", "By variables (ISO 3951-1)"),
    ("characteristics", "抽检特性曲线：{lot}", "Operating characteristics: {lot}"),
    ("axis_share", "批中超差比例 / %", "share of the lot beyond the limit / %"),
    ("axis_accept", "接收概率", "probability of acceptance"),
)
_WORDS = {key: {"zh": zh, "en": en} for key, zh, en in (*_TABLE, *_BATCHES)}

# The balance gives its reasons as codes with English templates; these are theirs in Chinese.
_REASONS: dict[str, str] = {
    "within_limit": "误差在 ±{limit:.2%} 以内，超差概率 {probability:.2%}。",
    "beyond_limit": "误差超出 ±{limit:.2%} 的概率为 {probability:.2%}：建议更换或检定。",
    "undecided": "超出 ±{limit:.2%} 的概率为 {probability:.2%}，尚不足以下结论。",
    "not_identifiable": (
        "现有数据只能把该表误差定到 ±{reach:.2%}（k = 1），误差限为 ±{limit:.2%}：需要更短时段、更长时间或更细的示数。"
    ),
    "gauge_exceeds": "总表、互感器与损耗引入 ±{gauge:.2%}（k = 1）的不确定度，超过 ±{limit:.2%}：需要更好的总表。",
    "no_load": "该表在此期间没有走字，无法判断。",
    "meter_gaps": "该表缺数 {share:.0%}，允许 {most:.0%}：先治理采集。",
    "judged": "{meters} 只表中 {determinable} 只可判定。",
    "node_undeterminable": "节点不可评价，其下各表均不可判定：{why}",
    "no_master": "节点没有总表，或总表没有读数。",
    "node_gaps": "节点缺数 {share:.0%}，允许 {most:.0%}：先治理采集。",
    "too_few_periods": "{periods} 个时段对应 {unknowns} 个未知量，无从判断：延长时间或提高采集频次。",
    "balance_open": "各表合计与总表相差 {excess:.2%}，可解释的为 {allowed:.2%}：可能有未登记用户、窃电或总表有误。",
    "residual_large": "平衡残差每时段 {sigma:.2%}，可解释的为 {allowed:.2%}：户变关系、时钟或总表有误。",
    "residual_step": (
        "平衡残差每时段 {sigma:.2%}，可解释的为 {allowed:.2%}。请先查表 {meter}："
        "约自 {since} 起其误差变化 {step:+.0%}，足以解释大部分残差（如窃电、故障）。"
    ),
    "foreign_meter": "表 {meter} 不属于本节点：其负荷不经过总表（系数 {value:.2f}）。",
    "missing_meter": "表 {meter} 挂在本节点，档案却记在别处（系数 {value:.2f}）。",
    "swapped_meters": "表 {meter} 与 {other} 的档案互换（{node} 与 {elsewhere}）。",
    "batch_within": "预计超差比例 {fraction:.2%}，允许 {limit:.1%}。",
    "batch_beyond": "预计超差比例 {fraction:.2%}，超过允许的 {limit:.1%}：更换或抽样检定。",
    "batch_undecided": "超差比例 {fraction:.2%} ± {u:.2%}，与 {limit:.1%} 不能区分：须抽样检定。",
    "lot_accept": "{n} 只样品中 {beyond} 只超差；批中超差多于 {limit:.1%} 的概率为 {probability:.2%}：可以继续使用。",
    "lot_reject": "{n} 只样品中 {beyond} 只超差；批中超差多于 {limit:.1%} 的概率为 {probability:.2%}：应整批更换。",
    "lot_undeterminable": (
        "{n} 只样品中 {beyond} 只超差；批中超差多于 {limit:.1%} 的概率为 {probability:.2%}，尚不能下结论：须增加样本。"
    ),
    "lot_contradiction": "{n} 只样品中 {beyond} 只超差，与在用数据矛盾，数据不予采用：查明原因，并抽足单独抽样的样本。",
    "lot_sample_small": "只抽了 {n} 只，无论结果如何都不够：至少须抽 {least} 只。",
    "readings_coarse": "该节点每 {apart} 采集一次，评价时段为 {period}：改用 --interval {apart}。",
    "not_identifiable_at_all": "现有数据完全不能确定该表误差：时段太少，或其负荷与其他表同步变化。",
    "step_beyond": "误差发生 {step:.2%} 的阶跃，此后超出 ±{limit:.2%} 的概率为 {probability:.2%}：建议更换或检定。",
    "no_meters": "总表之下没有登记表计：请补全档案。",
    "degenerate": "平衡分毫不差，或负荷从不变化：这些数是互相推算或编造的，不是抄读所得。",
    "own_master": "表 {meter} 在本节点既登记为总表又登记为户表：请更正档案。",
    "no_inflow": "总表在此期间没有走字：无从平衡。",
    "no_readings": "窗口内没有该节点的读数：请导入，或放宽时间范围。",
}


def word(key: str, language: Language, **values: Any) -> str:
    """A text of the report; an unknown key stands for itself."""
    text = _WORDS.get(key, {}).get(language, key)
    return text.format(**values) if values else text


def reason(row: dict[str, Any], language: Language) -> str:
    """The reason of a verdict: in Chinese where its code is known, else as the balance said it."""
    said = str(row.get("reason", ""))
    template = _REASONS.get(str(row.get("reason_code", ""))) if language == "zh" else None
    if template is None:
        return said
    params = dict(row.get("reason_params", {}))
    if "code" in params:
        inner = {"reason": params.get("why", ""), "reason_code": params["code"], "reason_params": params["params"]}
        params["why"] = reason(inner, language)
    try:
        return template.format(**params)
    except (KeyError, ValueError, IndexError):
        return said


def whole_reason(node: dict[str, Any], language: Language) -> str:
    """The reason of a node with every wrong entry of its topology, not the first alone."""
    texts = [reason(one, language) for one in (node, *node.get("topology", ()))]
    return ("" if language == "zh" else " ").join(dict.fromkeys(texts))
