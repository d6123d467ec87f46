"""Names of organisations as documents shorten them."""

_SHORT = (
    ("监督管理", "监管"),
    ("人力资源和社会保障", "人社"),
    ("人力资源社会保障", "人社"),
    ("发展和改革", "发展改革"),
    ("发改委", "发展改革委"),
    ("委员会", "委"),
    ("人民政府", "政府"),
    ("计量科学研究", "计量"),
    ("计量测试研究", "计量"),
    ("计量检定测试", "计量"),
)


def plain(name: str) -> str:
    """The short form of a name of an organisation: two who mean the same have the same."""
    name = name.strip().replace("（", "(").replace("）", ")")
    for long, short in _SHORT:
        name = name.replace(long, short)
    return name.replace("管理局", "局").replace("有限公司", "")
