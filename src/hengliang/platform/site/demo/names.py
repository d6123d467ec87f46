"""Names of a city that does not exist, drawn from one seeded source."""

from collections.abc import Callable
from random import Random

from stdnum.cn import uscc

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "明华丽强敏静伟芳军洋勇艳杰娟涛超秀霞平刚桂英建国志远文博晓东海燕春梅"
STREETS = ("人民路", "解放路", "中山路", "建设路", "滨河路", "工业大道", "学府路", "环城东路", "朝阳街", "和平街")
WORDS = ("恒", "正", "衡", "信", "德", "泰", "和", "兴", "源", "盛", "安", "瑞", "嘉", "诚", "宏", "康")
KINDS: dict[str, tuple[str, ...]] = {
    "market": ("农贸市场", "菜市场"),
    "shop": ("超市", "商行", "粮油店", "废旧物资回收站"),
    "works": ("机械厂", "化工有限公司", "水泥有限公司", "食品有限公司"),
    "station": ("加油站", "能源站"),
    "charging": ("充电运营有限公司",),
    "hospital": ("人民医院", "卫生院", "社区卫生服务中心"),
    "optician": ("眼镜店",),
    "taxi": ("出租汽车有限公司",),
    "water": ("自来水有限公司",),
    "gas": ("燃气有限公司",),
    "power": ("供电公司",),
    "police": ("交警支队",),
    "lab": ("环境监测站",),
}


def person(rng: Random) -> str:
    """A person's name."""
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2))))


def organisation(rng: Random, kind: str, county: str) -> str:
    """A company's or an institution's name."""
    return county.rstrip("县区市") + "".join(rng.sample(WORDS, 2)) + rng.choice(KINDS[kind])


def address(rng: Random, county: str) -> str:
    """A street and number."""
    return f"{county}{rng.choice(STREETS)}{rng.randint(1, 299)}号"


def credit_code(rng: Random, region_code: str) -> str:
    """A unified social credit code with a right check digit, of a registration office that does not exist."""
    body = f"92{region_code}" + "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(9))
    check: Callable[[str], str] = uscc.calc_check_digit
    return body + check(body)
