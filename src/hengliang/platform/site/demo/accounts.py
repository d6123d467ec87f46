"""The people who log in to the demo city, one of each role."""

from hengliang.platform.core.rights import Role

PASSWORD = "hengliang-demo"  # noqa: S105 - printed at every start of the demo
ACCOUNTS = (
    {"username": "authority", "role": "监管部门 · 市场监督管理局计量科", "password": PASSWORD},
    {"username": "county", "role": "监管部门 · 量县市场监督管理局", "password": PASSWORD},
    {"username": "manager", "role": "检定机构负责人", "password": PASSWORD},
    {"username": "verifier", "role": "检定员", "password": PASSWORD},
    {"username": "reviewer", "role": "核验员", "password": PASSWORD},
    {"username": "approver", "role": "批准人", "password": PASSWORD},
    {"username": "owner", "role": "使用单位 · 加油站", "password": PASSWORD},
    {"username": "market", "role": "市场开办者 · 农贸市场", "password": PASSWORD},
    {"username": "auditor", "role": "审计员", "password": PASSWORD},
    {"username": "administrator", "role": "管理员", "password": PASSWORD},
)
OF_AUTHORITY = {"authority": Role.AUTHORITY, "auditor": Role.AUDITOR}
OF_BODY = {
    "manager": Role.BODY_MANAGER,
    "verifier": Role.VERIFIER,
    "reviewer": Role.REVIEWER,
    "approver": Role.APPROVER,
}
NAMES = {
    "authority": "周正", "county": "李衡", "manager": "王德", "verifier": "陈明", "reviewer": "孙静",
    "approver": "吴敏", "owner": "郑油", "market": "何市", "auditor": "严审", "administrator": "管理员",
}  # fmt: skip
