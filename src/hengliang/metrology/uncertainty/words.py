"""The words of a budget report, in Chinese and English."""

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "title": "测量不确定度评定",
        "model": "测量模型",
        "budget": "标准不确定度分量一览表",
        "quantity": "输入量",
        "estimate": "估计值",
        "unit": "单位",
        "source": "不确定度来源",
        "evaluation": "评定方法",
        "evaluation_A": "A 类",
        "evaluation_B": "B 类",
        "distribution": "概率分布",
        "u": "标准不确定度",
        "dof": "自由度",
        "sensitivity": "灵敏系数",
        "contribution": "不确定度分量",
        "share": "占比",
        "correlations": "相关系数",
        "independent": "各输入量互不相关。",
        "combined": "合成标准不确定度",
        "effective_dof": "有效自由度",
        "expanded": "扩展不确定度",
        "result": "测量结果",
        "infinite": "∞",
        "drawn": "蒙特卡洛法",
        "drawn_text": (
            "y = {value}{unit}，u(y) = {u}{unit}，{p:g} % 包含区间 [{low}，{high}]{unit}；{trials} 次试验，种子 {seed}"
        ),
        "validation": "GUM 法的验证",
        "valid": "有效：两端之差 {d_low}、{d_high} 均不超过 δ = {tolerance}{unit}（JJF 1059.2-2012）",
        "not_valid": (
            "无效：两端之差 {d_low}、{d_high}，超过 δ = {tolerance}{unit}；报告蒙特卡洛法的结果（JJF 1059.2-2012）"
        ),
        "undecided": "未定：{trials} 次试验尚不稳定",
        "clauses": "依据 JJF 1059.1-2012：模型 4.2，标准不确定度 4.3，合成 4.4，扩展 4.5，报告 5。",
    },
    "en": {
        "title": "Evaluation of measurement uncertainty",
        "model": "Measurement model",
        "budget": "Uncertainty budget",
        "quantity": "Quantity",
        "estimate": "Estimate",
        "unit": "Unit",
        "source": "Source of uncertainty",
        "evaluation": "Evaluation",
        "evaluation_A": "Type A",
        "evaluation_B": "Type B",
        "distribution": "Distribution",
        "u": "Standard uncertainty",
        "dof": "Degrees of freedom",
        "sensitivity": "Sensitivity coefficient",
        "contribution": "Contribution",
        "share": "Share",
        "correlations": "Correlation coefficients",
        "independent": "The input quantities are uncorrelated.",
        "combined": "Combined standard uncertainty",
        "effective_dof": "Effective degrees of freedom",
        "expanded": "Expanded uncertainty",
        "result": "Result",
        "infinite": "∞",
        "drawn": "Monte Carlo",
        "drawn_text": (
            "y = {value}{unit}, u(y) = {u}{unit}, {p:g} % coverage interval [{low}, {high}]{unit}; "
            "{trials} trials, seed {seed}"
        ),
        "validation": "Validation of the GUM framework",
        "valid": (
            "valid: the ends differ by {d_low} and {d_high}, not more than δ = {tolerance}{unit} (JCGM 101:2008, 8)"
        ),
        "not_valid": (
            "not valid: the ends differ by {d_low} and {d_high}, more than δ = {tolerance}{unit}; report the Monte "
            "Carlo result (JCGM 101:2008, 8)"
        ),
        "undecided": "undecided: {trials} trials are not stable yet",
        "clauses": "By JJF 1059.1-2012: model 4.2, standard uncertainty 4.3, combination 4.4, expansion 4.5, report 5.",
    },
}

DISTRIBUTIONS: dict[str, dict[str, str]] = {
    "zh": {
        "constant": "常数",
        "normal": "正态",
        "t": "t 分布",
        "rectangular": "均匀",
        "triangular": "三角",
        "trapezoidal": "梯形",
        "curvilinear_trapezoidal": "曲边梯形",
        "arcsine": "反正弦",
        "two_point": "两点",
        "exponential": "指数",
        "gamma": "伽马",
    },
    "en": {
        "constant": "constant",
        "normal": "normal",
        "t": "t",
        "rectangular": "rectangular",
        "triangular": "triangular",
        "trapezoidal": "trapezoidal",
        "curvilinear_trapezoidal": "curvilinear trapezoidal",
        "arcsine": "arc sine",
        "two_point": "two-point",
        "exponential": "exponential",
        "gamma": "gamma",
    },
}
