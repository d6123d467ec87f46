"""The words of the views in Chinese and English, so that both come from the same data.

Pure packages know no catalogue of translations; these are the labels of the certificate itself, as they stand on
paper. Source: JJF 1002 (verification certificates and notices), JJF 1071 and ISO/IEC 17025:2017, 7.8.
"""

# Key, Chinese, English.
_TABLE = (
    ("calibration_certificate", "校准证书", "Calibration certificate"),
    ("verification_certificate", "检定证书", "Verification certificate"),
    ("verification_notice", "检定结果通知书", "Notice of verification result"),
    ("reference_material_certificate", "标准物质证书", "Reference material certificate"),
    ("test_report", "检测报告", "Test report"),
    ("kind", "种类", "Kind"),
    ("number", "证书编号", "Certificate number"),
    ("laboratory", "机构", "Body"),
    ("authorisation", "授权证书号", "Authorisation"),
    ("customer", "委托单位", "Customer"),
    ("item", "名称", "Item"),
    ("manufacturer", "制造单位", "Manufacturer"),
    ("model", "型号规格", "Model"),
    ("identification", "编号", "Identification"),
    ("owner", "所有者", "owner"),
    ("calibrationLaboratory", "实验室", "laboratory"),
    ("other", "其他", "other"),
    ("begun", "开始日期", "Begun"),
    ("ended", "完成日期", "Performed"),
    ("issued", "签发日期", "Issued"),
    ("valid_until", "有效期至", "Valid until"),
    ("procedure", "依据规程", "Procedure"),
    ("conclusion", "结论", "Conclusion"),
    ("accuracy_class", "准确度等级", "Accuracy class"),
    ("forbidden", "使用限制", "Restriction of use"),
    ("minimum_amount", "最小取样量", "Minimum amount"),
    ("person", "签字人", "Signatory"),
    ("methods", "依据", "Methods"),
    ("equipment", "所用计量标准", "Measurement standards used"),
    ("conditions", "环境条件", "Conditions"),
    ("results", "结果", "Results"),
    ("statements", "声明", "Statements"),
    ("quantity", "量", "Quantity"),
    ("value", "量值", "Value"),
    ("verdict", "判定", "Verdict"),
    ("certificate", "证书", "certificate"),
    ("replaces", "所替代证书", "Replaces"),
    ("previous", "前次证书", "Previous report"),
    ("pass", "合格", "pass"),
    ("fail", "不合格", "fail"),
    ("conditionalPass", "有条件合格", "conditional pass"),
    ("conditionalFail", "有条件不合格", "conditional fail"),
    ("noPass", "不能判为合格", "no pass"),
    ("noFail", "不能判为不合格", "no fail"),
    ("unread", "未能解读", "Not read"),
    ("attached", "本页由附件中的 XML 生成；以附件为准。", "Made from the attached XML, which is what counts."),
    ("covariance", "协方差矩阵见附件 XML", "covariance matrix in the attached XML"),
    ("end", "以下空白", "End of the document"),
)
_WORDS = {key: {"zh": zh, "en": en} for key, zh, en in _TABLE}


def word(key: str, language: str) -> str:
    """A label in Chinese, or in English for any other language; an unknown key stands for itself."""
    return _WORDS.get(key, {}).get("zh" if language == "zh" else "en", key)
