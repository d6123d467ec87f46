"""The made-up instruments of the gallery."""

import datetime as dt
from typing import Any

from ..rows import Rows

ON = dt.date(2026, 11, 20)
KINDS = ("电子计价秤", "燃油加油机", "膜式燃气表", "出租车计价器", "血压计", "电动汽车充电桩", "压力表")
PLACES = ("城东农贸市场", "江岸加油站", "滨湖小区 3 栋", "南城客运公司", "市第二人民医院", "高新区充电站")
DISTRICTS = {"4201": "江城市东湖区", "4202": "江城市南湖区", "4203": "江城市西山县", "4204": "江城市北港新区"}
CAPACITIES = (15, 30, 60, 150, 3000, 12000)


def instruments() -> Rows:
    """Two hundred and thirty instruments, some overdue, some with gaps."""
    return Rows(_instrument(number) for number in range(1, 231))


def _instrument(n: int) -> dict[str, Any]:
    due = None if n % 29 == 0 else ON + dt.timedelta(days=(n * 17) % 400 - 60)
    return {
        "id": n,
        "code": f"HL{420100 + n * 7:07d}",
        "name": KINDS[n % len(KINDS)],
        "place": PLACES[n % len(PLACES)],
        "district": list(DISTRICTS)[n % 4],
        "capacity": None if n % 9 == 0 else CAPACITIES[n % 6],
        "error": None if n % 5 == 0 else round((n * 37 % 100 - 50) / 100, 2),
        "state": _state(n, due),
        "due": due,
        "in_use": n % 23 != 0,
        "note": '=HYPERLINK("x")' if n == 3 else "",
    }


def _state(n: int, due: dt.date | None) -> str:
    if n % 23 == 0:
        return "stopped"
    if due is None:
        return "undeterminable"
    if n % 31 == 0:
        return "to_seal"
    left = (due - ON).days
    return "overdue" if left < 0 else "due_soon" if left <= 30 else "valid"


def district_name(value: str, _actor: Any = None) -> str | None:
    """The name of a district."""
    return DISTRICTS.get(value)
