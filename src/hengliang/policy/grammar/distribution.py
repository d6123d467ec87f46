"""分别: several figures for several years, or for several things, in the same order."""

import re
from dataclasses import dataclass
from datetime import date

from hengliang.policy.grammar.deadlines import Anchor, year_end
from hengliang.policy.grammar.phrases import strip_auxiliaries
from hengliang.policy.grammar.quantities import Quantity
from hengliang.policy.grammar.words import CHAIN

_GROWS = re.compile(r"(?:增长|提高|提升|增加|下降|降低|减少|缩短)?\s*$")
_JOIN = re.compile(r"[、,]?(?:和|及|以及|与)?\s*")


@dataclass(frozen=True)
class Share:
    """What one of the figures stands for."""

    subject: str
    day: date | None
    bound: str
    verb: str = ""
    each_year: bool = False
    kept: bool = False


def distributed(
    text: str, group: list[Quantity], dates: list[Anchor], start: int, known: list[str]
) -> dict[int, Share]:
    """Shares by place of the figure; empty where the sentence distributes nothing, or not evenly.

    known : the things that the sentence distributed before (分别达到180项、220项,分别增长30%、45%)
    """
    run = _run(text, group)
    if len(run) < 2:
        return {}
    told = "分别" in text[start : run[0].start]
    days = _joined_days(text, [a for a in dates if a.end <= run[0].start], {"by", "in"} if told else {"by"})
    blank = text[: run[0].start]
    for anchor in dates:
        blank = blank[: anchor.start] + " " * (anchor.end - anchor.start) + blank[anchor.end :]
    verb, subject = _verb_and_subject(blank[start : run[0].start])
    if len(days) == len(run):
        return {q.number_start: Share(subject, day, run[0].bound, verb) for q, day in zip(run, days, strict=True)}
    if not told:
        return {}
    if years := _years_of_span(text, dates, len(run)):
        return {
            q.number_start: Share(subject, day, run[0].bound, verb, True) for q, day in zip(run, years, strict=True)
        }
    things = _things(subject)
    if len(things) != len(run) and len(known) == len(run):
        things = [thing + _GROWS.search(blank[start : run[0].start])[0] for thing in known]  # type: ignore[index]
    if len(things) != len(run):
        return {}
    kept = run[0].kept
    return {q.number_start: Share(thing, None, run[0].bound, kept=kept) for q, thing in zip(run, things, strict=True)}


def _things(subject: str) -> list[str]:
    """市、县两级标准 are two things; else what stands between the marks."""
    levels = re.fullmatch(r"(.+?)[两三四]级(.+)", subject)
    names = [name for name in re.split(r"[、,和及与]|以及", levels.group(1) if levels else subject) if name]
    return [f"{name}级{levels.group(2)}" for name in names] if levels else names


def _verb_and_subject(field: str) -> tuple[str, str]:
    """What stands before 分别; behind it where it begins with a verb (分别新建标准)."""
    before, _, behind = field.partition("分别")
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
        if not _JOIN.fullmatch(text[run[-1].end : quantity.start]):
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
