"""An upper bound read in words that are taken for no target by themselves: 撤销率控制在2%以内."""

import re
from decimal import Decimal
from typing import NamedTuple

_BOUND = re.compile(
    r"(?P<metric>[^,，;；。、\s]{2,60}?)(?:控制在|压减至|压减到|压缩至|压缩到|降低到|降低至|降至|降到|不得超过|不得高于|不超过|不高于"
    r"|不大于|不多于|低于|少于|小于|在)\s*(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>%|％|‰|[^\d\s,，;；。%‰以之内左上]{0,6}?)"
    r"(?:\(含\))?(?:及?以内|及?以下|之内|内)?[,，;；。]?$"
)


class UpperBound(NamedTuple):
    """What must not be exceeded: its name, the figure and its unit."""

    metric: str
    value: Decimal
    unit: str


def upper_bound(quote: str) -> UpperBound | None:
    """The upper bound that words end with; None where they end with none."""
    found = _BOUND.search(quote.strip())
    if found is None:
        return None
    return UpperBound(found["metric"], Decimal(found["value"]), found["unit"].replace("％", "%"))
