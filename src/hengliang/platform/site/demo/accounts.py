"""The people who log in to the demo city, one of each role."""

from hengliang.platform.core.rights import Role

PASSWORD = "hengliang-demo"  # noqa: S105 - printed at every start of the demo
ACCOUNTS = (
    ("authority", PASSWORD, "监管部门 · 市场监督管理局计量科"),
    ("colleague", PASSWORD, "监管部门 · 计量科复核人（第二人）"),
    ("county", PASSWORD, "监管部门 · 量县市场监督管理局"),
    ("manager", PASSWORD, "检定机构负责人"),
    ("verifier", PASSWORD, "检定员"),
    ("second_verifier", PASSWORD, "检定员 · 巡回检定的第二人"),
    ("reviewer", PASSWORD, "核验员"),
    ("approver", PASSWORD, "批准人"),
    ("deputy", PASSWORD, "批准人的代理人"),
    ("meter_verifier", PASSWORD, "电力公司计量室检定员"),
    ("meter_reviewer", PASSWORD, "电力公司计量室核验员"),
    ("meter_approver", PASSWORD, "电力公司计量室批准人"),
    ("meter_manager", PASSWORD, "电力公司计量室负责人"),
    ("owner", PASSWORD, "使用单位 · 加油站"),
    ("second_owner", PASSWORD, "使用单位 · 待接收转移的器具"),
    ("market", PASSWORD, "市场开办者 · 农贸市场"),
    ("assessor", PASSWORD, "评估机构 · 示例省计量科学研究院"),
    ("auditor", PASSWORD, "审计员"),
    ("administrator", PASSWORD, "管理员"),
)
OF_AUTHORITY = {"authority": Role.AUTHORITY, "colleague": Role.AUTHORITY, "auditor": Role.AUDITOR}
OF_BODY = {
    "manager": Role.BODY_MANAGER,
    "verifier": Role.VERIFIER,
    "reviewer": Role.REVIEWER,
    "approver": Role.APPROVER,
    "deputy": Role.DEPUTY_APPROVER,
}
# The laboratory of the electricity company: it verifies meters, by lots too, and is audited.
OF_LABORATORY = {
    "meter_verifier": Role.VERIFIER,
    "meter_reviewer": Role.REVIEWER,
    "meter_approver": Role.APPROVER,
    "meter_manager": Role.BODY_MANAGER,
}
NAMES = {
    "authority": "周正", "colleague": "沈复", "county": "李衡", "manager": "王德", "verifier": "陈明",
    "reviewer": "孙静", "approver": "吴敏", "deputy": "卫理", "owner": "郑油", "market": "何市", "auditor": "严审",
    "assessor": "冯评", "administrator": "管理员", "second_owner": "蒋站", "second_verifier": "许明",
    "meter_verifier": "钱计", "meter_reviewer": "冯核", "meter_approver": "褚准", "meter_manager": "朱电",
}  # fmt: skip
