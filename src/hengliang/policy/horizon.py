"""The period that a document gives itself: in its title, or in a sentence about its term."""

import re
from datetime import date

from hengliang.policy.repair.width import narrow

_ANOTHER_PLAN = re.compile(r"贯彻|落实|《.*》|〈.*〉|实施.{0,20}规划")
_PERIOD = re.compile(r"(20\d\d)年?\s*[-—~至到]{1,2}\s*(20\d\d)年?")
_PLAN = re.compile(r"[“\"]?(十[四五六]五)[”\"]?")
_ENDS = {"十四五": 2025, "十五五": 2030, "十六五": 2035}
_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!\d{1,2}月)")
_TERM = re.compile(
    r"(?:规划期限?|实施期限|实施周期|实施时间|行动期限|行动周期|行动时间|(?:本|该)(?:方案|规划|计划"
    r"|行动)期限)(?:为|是|:|自)?[^。;]{0,16}?(20\d\d)年?[^。;]{0,12}?(?:-|—|~|至"
    r"|到)[^。;]{0,4}?(20\d\d)年"
)


def horizon(title: str | None, text: str) -> date | None:
    """The last day of a document's own period; that of a plan which it only carries out is not its own."""
    if title and not _ANOTHER_PLAN.search(narrow(title)):
        flat = narrow(title)
        if period := _PERIOD.search(flat):
            return date(int(period.group(2)), 12, 31)
        if plan := _PLAN.search(flat):
            return date(_ENDS[plan.group(1)], 12, 31)
        if year := _YEAR.search(flat):
            return date(int(year.group(1)), 12, 31)
    term = _TERM.search(narrow(text))
    return date(int(term.group(2)), 12, 31) if term else None
