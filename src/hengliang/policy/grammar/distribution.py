"""分别, 依次: several figures for several years, or for several things, in the same order."""

import re
from dataclasses import dataclass
from datetime import date

from hengliang.policy.grammar.beside import blanked
from hengliang.policy.grammar.deadlines import Anchor, year_end
from hengliang.policy.grammar.phrases import is_rate, strip_auxiliaries
from hengliang.policy.grammar.quantities import Quantity
from hengliang.policy.grammar.words import CHAIN, STOCK_NOUN, SUMMARY

_GROWS = re.compile(r"(?:增长|提高|提升|增加|下降|降低|减少|缩短)?\s*$")
_RISES_TO = re.compile(r"(?:分别|进一步)*[提升增扩上发拓][一-鿿]?[到至]")
_FROM = re.compile(r"[由从]$")
_JOIN = re.compile(r"[、,]?(?:和|及|以及|与)?\s*")
_EACH = re.compile(r"分别|依次|各自")
_SPLITS = (re.compile(r"[、,和及与]|以及"), re.compile(r"[、,]|以及|[和及与](?!.*[、,和及与])"), re.compile(r"[、,]"))
_RATE = re.compile(
    r"(?:监督|首次|强制|周期|抽样)*(?:抽查|抽检|检定|检测|检验|校准|评价|自查)?[一-鿿]{2}(?:率|占比|比例|比重|满意度)$"
)
_LEVEL = re.compile(r"[省市县区乡]")


@dataclass(frozen=True)
class Share:
    """What one of the figures stands for; `base` where it is what another is compared with."""

    subject: str
    day: date | None
    bound: str
    verb: str = ""
    each_year: bool = False
    kept: bool = False
    base: bool = False


def distributed(
    text: str, group: list[Quantity], dates: list[Anchor], start: int, known: list[str]
) -> dict[int, Share]:
    """Shares by place of the figure; empty where the sentence distributes nothing, or not evenly.

    known : the things that the sentence distributed before (分别达到180项、220项,分别增长30%、45%)
    """
    run = _run(text, group)
    if len(run) < 2:
        return {}
    until = run[0].start
    if risen := _risen(text, group, run):
        goals = _shares(text, risen, dates, start, until, known)
        return {q.number_start: Share("", None, "bare", base=True) for q in run} | goals if goals else {}
    return _shares(text, run, dates, start, until, known)


def _risen(text: str, group: list[Quantity], run: list[Quantity]) -> list[Quantity]:
    """分别由92%、88%提升至98%、95%: the figures behind as many that they are compared with."""
    risen = _run(text, group[len(run) :])
    between = text[run[-1].end : risen[0].number_start] if risen else ""
    return risen if len(risen) == len(run) and _RISES_TO.fullmatch(between) else []


def _shares(
    text: str, run: list[Quantity], dates: list[Anchor], start: int, until: int, known: list[str]
) -> dict[int, Share]:
    """The shares of one run of figures; `until` is where the words end that say what is distributed."""
    told = bool(_EACH.search(text, start, run[0].start))
    days = _joined_days(text, [a for a in dates if a.end <= until], {"by", "in"} if told else {"by"})
    blank = blanked(text, dates)
    verb, subject = _verb_and_subject(_FROM.sub("", blank[start:until]))
    if len(days) == len(run):
        return {q.number_start: Share(subject, day, run[0].bound, verb) for q, day in zip(run, days, strict=True)}
    if not told:
        return {}
    if years := _years_of_span(text, dates, len(run)):
        return {
            q.number_start: Share(subject, day, run[0].bound, verb, True) for q, day in zip(run, years, strict=True)
        }
    things = _things(subject, len(run))
    if verbs := _verbs_of(things):
        return (
            {q.number_start: Share(verbs[1], None, run[0].bound, one) for q, one in zip(run, verbs[0], strict=True)}
            if len(run) == len(things)
            else {}
        )
    if len(things) != len(run) and len(known) == len(run):
        things = [thing + _GROWS.search(blank[start:until])[0] for thing in known]  # type: ignore[index]
    if len(things) != len(run):
        return {}
    kept = run[0].kept
    return {q.number_start: Share(thing, None, run[0].bound, kept=kept) for q, thing in zip(run, things, strict=True)}


def _verbs_of(things: list[str]) -> tuple[list[str], str] | None:
    """新建、改建、扩建充电站分别为20、15、10座: the verbs are told apart, the thing is one."""
    last = CHAIN.match(things[-1]) if things else None
    if last is None or len(things) < 2 or not all(CHAIN.fullmatch(thing) for thing in things[:-1]):
        return None
    noun = things[-1][last.end() :]
    return ([*things[:-1], last.group()], noun) if noun else None


def _things(subject: str, count: int) -> list[str]:
    """市、县两级标准 are two things; else what stands between the marks, as many as there are figures if it can be."""
    subject = SUMMARY.sub("", subject)
    levels = re.fullmatch(r"(.+?)[两三四]级(.+)", subject)
    split = [[one for one in by.split(levels.group(1) if levels else subject) if one] for by in _SPLITS]
    names = next((names for names in split if len(names) == count), split[0])
    if levels:
        return [f"{name}级{levels.group(2)}" for name in names]
    if names and names[-1].endswith("级"):
        return [f"{name}级" if _LEVEL.fullmatch(name) else name for name in names]
    return _with_rate(names)


def _with_rate(names: list[str]) -> list[str]:
    """加油机、汽车衡受检率分别达到99%、97%: the rate at the end is that of each."""
    rate = _RATE.search(names[-1]) if len(names) > 1 else None
    if rate is None or any(is_rate(name) or STOCK_NOUN.search(name) for name in names[:-1]):
        return names
    return [f"{name}{rate.group()}" for name in names[:-1]] + names[-1:]


def _verb_and_subject(field: str) -> tuple[str, str]:
    """What stands before 分别; behind it where it begins with a verb (分别新建标准)."""
    before, *rest = _EACH.split(field, maxsplit=1)
    behind = rest[0] if rest else ""
    behind = strip_auxiliaries(behind)
    match = CHAIN.match(behind)
    subject = strip_auxiliaries(before)
    return (match.group(), behind[match.end() :] or subject) if match else ("", subject)


def _years_of_span(text: str, dates: list[Anchor], count: int) -> list[date]:
    """2025—2027年,分别新建: the years of a span, if there are as many as figures."""
    for anchor in dates:
        span = re.search(r"(20\d\d)年?\s*[-—~至到]{1,2}\s*(20\d\d)", text[anchor.start : anchor.end])
        years = range(int(span.group(1)), int(span.group(2)) + 1) if span else range(0)
        if len(years) == count:
            return [year_end(year) for year in years]
    return []


def _run(text: str, group: list[Quantity]) -> list[Quantity]:
    """The figures that follow each other with nothing but a mark between them."""
    run = group[:1]
    for quantity in group[1:]:
        rises = _RISES_TO.fullmatch(text[quantity.start : quantity.number_start])
        if rises or not _JOIN.fullmatch(text[run[-1].end : quantity.start]):
            break
        run.append(quantity)
    return run


def _joined_days(text: str, dates: list[Anchor], kinds: set[str]) -> list[date]:
    joined: list[Anchor] = []
    for anchor in dates:
        if joined and _JOIN.fullmatch(text[joined[-1].end : anchor.start]):
            joined.append(anchor)
        else:
            joined = [anchor]
    return [anchor.day for anchor in joined if anchor.day] if all(a.kind in kinds for a in joined) else []
