"""Walks the clauses, hands deadlines down, and gathers what the sentences give."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from hengliang.policy.grammar.deadlines import Anchor, anchors
from hengliang.policy.grammar.drafts import Draft, Reading, Setting
from hengliang.policy.grammar.due import Inherited
from hengliang.policy.grammar.milestones import milestones
from hengliang.policy.grammar.modes import only_new
from hengliang.policy.grammar.reader import read_sentence
from hengliang.policy.grammar.sentences import Sentence, sentences
from hengliang.policy.model import Milestone, Remainder, Target
from hengliang.policy.repair.width import narrow
from hengliang.policy.structure.outline import Node, Paragraph
from hengliang.policy.structure.responsibility import terms_of, without_units

_MOST_STEPS = 20  # deadlines of one indicator that are looked at
_DATE_FIGURES = re.compile(r"\d+[年月日]?")
_GOALS = re.compile(r"目标|指标|愿景")
# What a step in brackets is called where it names no thing of its own.
_NO_THING = re.compile(r"(?:其中|完成|建成|建立|达到|达|培育|创建|实现|新增|新建|累计|\d+\w?)*")
_BACKGROUND = re.compile(
    r"背景|现状|形势|回顾|成就|成效$|发展基础|工作基础|基础条件|取得.{0,6}(?:成绩|进展)|存在.{0,4}问题|主要问题|挑战"
)


class Collector:
    """Gathers targets, milestones and the rest over the whole document."""

    def __init__(self, text: str, written: date | None, horizon: date | None) -> None:
        self._text, self._written = text, written
        self._document = Inherited(horizon, "document") if horizon else None
        self._handed: dict[int, Inherited | None] = {}
        self._drafts: list[tuple[Draft, Target]] = []
        self.milestones: list[Milestone] = []
        self.unparsed: list[Remainder] = []
        self.refused: list[Remainder] = []

    def outside(self, line: Paragraph) -> None:
        """Text before the title: figures in it belong to the notice, not to the plan."""
        for sentence in sentences(narrow(line.text), line.start):
            reading = read_sentence(sentence.text, Setting(self._written, None, False))
            places = [(t.start, t.end) for t in reading.targets] + [(s, e) for s, e, _ in reading.unparsed]
            self.refused += [self._remainder(s, e, "before the title", None, sentence) for s, e in places]
            self.refused += [self._remainder(*place, None, sentence) for place in reading.refused]

    def node(self, node: Node) -> None:
        """One clause with its heading and its own paragraphs."""
        inherited = self._from_heading(node) or self._from_parents(node)
        goals = node.number is None or _is_under(node, _GOALS)
        background = not goals and _is_under(node, _BACKGROUND)
        last: Inherited | None = None
        for term, sentence in self._sentences(node):
            setting = Setting(self._written, last or term or inherited or self._document, goals)
            reading = read_sentence(sentence.text, setting)
            if background and _last_deadline(reading.dates) is None:
                reading = _as_state(reading)
            reading = self._with_steps(reading, sentence)
            self._gather(reading, sentence, node.path)
            self._milestones(reading, sentence, node.path, last or term or inherited, goals=goals)
            said = _last_deadline(reading.dates)
            last = Inherited(said, "clause") if said else last
        self.refused += self._dates_of_terms(node)
        self._handed[id(node)] = self._to_hand_down(node, last, inherited)

    def targets(self) -> tuple[Target, ...]:
        """All targets; one thing with growing figures at several days is cumulative from the plan's start.

        新建标准50项 by 2025 and 新建标准60项 by 2027 is one indicator with two milestones, not 110.
        """
        same: dict[tuple[str, str], list[Target]] = defaultdict(list)
        for _, target in self._drafts:
            if target.mode == "new" and target.deadline:
                same[target.metric, target.unit].append(target)
        return tuple(
            self._promoted(draft, target, same[target.metric, target.unit][:_MOST_STEPS])
            for draft, target in self._drafts
        )

    def _promoted(self, draft: Draft, target: Target, same: list[Target]) -> Target:
        if target.mode != "new" or not target.deadline or draft.due.source == "none" or draft.due.each_year:
            return target
        if only_new(draft.verb):
            return target  # 新增 counts from the plan's start anyway
        for other in same:
            if other.deadline and other.deadline != target.deadline:
                grows = (other.deadline > target.deadline) == (other.value > target.value)
                if grows and self._accumulates(target) and self._accumulates(other):
                    return replace(target, mode="cumulative")
        return target

    def _accumulates(self, target: Target) -> bool:
        """到2025年 adds up from the start of the plan; 2025年新建 is the work of one year."""
        before = narrow(self._text[max(0, target.start - 40) : target.start])
        year = str(target.deadline.year) if target.deadline else ""
        return not re.search(rf"(?<![到至]){year}年,?$", before) or target.deadline_from != "sentence"

    def _sentences(self, node: Node) -> Iterator[tuple[Inherited | None, Sentence]]:
        """The sentences of a clause, each with the term that its paragraph's list of units sets."""
        for paragraph in (node.heading, *node.body):
            said = _last_deadline(anchors(terms_of(paragraph.text), self._written))
            term = Inherited(said, "clause") if said else None
            for sentence in sentences(narrow(without_units(paragraph.text)), paragraph.start):
                yield term, sentence

    def _dates_of_terms(self, node: Node) -> list[Remainder]:
        """The figures of 完成时限:2026年6月底前 in a list of units: they are the term, no quantity."""
        found = []
        for paragraph in (node.heading, *node.body):
            kept = without_units(paragraph.text).ljust(len(paragraph.text))
            for figure in _DATE_FIGURES.finditer(paragraph.text):
                if kept[figure.start() : figure.end()].isspace():
                    start, end = paragraph.start + figure.start(), paragraph.start + figure.end()
                    found.append(Remainder(figure.group(), "date", node.path, start, end))
        return found

    def _with_steps(self, reading: Reading, sentence: Sentence) -> Reading:
        """The reading with the steps that stand in brackets behind a target: 50家(2026年前完成20家)."""
        steps: list[Draft] = []
        for _start, end, reason in reading.refused:
            if reason != "in brackets":
                continue
            opens, closes = sentence.text.rfind("(", 0, end) + 1, sentence.text.find(")", end)
            inner = sentence.text[opens : closes if closes >= 0 else len(sentence.text)]
            before = [one for one in reading.targets if one.end <= opens]
            if not before or any(opens <= one.start < opens + len(inner) for one in steps):
                continue
            told = read_sentence(inner, Setting(self._written, None, True)).targets
            steps += [_step(one, before[-1], opens) for one in told if _is_step(one, before[-1])]
        kept = [one for one in reading.refused if not any(step.start < one[1] and one[0] < step.end for step in steps)]
        return replace(reading, targets=[*reading.targets, *steps], refused=kept) if steps else reading

    def _gather(self, reading: Reading, sentence: Sentence, path: str | None) -> None:
        for draft in reading.targets:
            self._drafts.append((draft, self._target(draft, sentence, path)))
        self.unparsed += [self._remainder(*place, path, sentence) for place in reading.unparsed]
        self.refused += [self._remainder(*place, path, sentence) for place in reading.refused]

    def _target(self, draft: Draft, sentence: Sentence, path: str | None) -> Target:
        start, end = sentence.start + draft.start, sentence.start + draft.end
        return Target(
            text=self._text[start:end].strip(),
            metric=draft.metric,
            comparator=draft.comparator,
            value=draft.value,
            upper=draft.upper,
            unit=draft.unit,
            deadline=draft.due.day,
            mode=draft.mode,
            firmness=draft.firmness,
            clause=path,
            deadline_from=draft.due.source,
            start=start,
            end=end,
        )

    def _milestones(
        self,
        reading: Reading,
        sentence: Sentence,
        path: str | None,
        inherited: Inherited | None,
        *,
        goals: bool,
    ) -> None:
        for draft in milestones(sentence.text, reading, inherited, goals=goals):
            start, end = sentence.start + draft.start, sentence.start + draft.end
            self.milestones.append(Milestone(self._text[start:end].strip(), draft.day, path, draft.kind, start, end))

    def _remainder(self, start: int, end: int, reason: str, path: str | None, sentence: Sentence) -> Remainder:
        start, end = sentence.start + start, sentence.start + end
        return Remainder(self._text[start:end].strip(), reason, path, start, end)

    def _from_heading(self, node: Node) -> Inherited | None:
        """近期目标(2023—2025年): a date in the heading holds for all below it."""
        dates = [a for a in anchors(narrow(node.heading.text), self._written) if a.kind in ("by", "in") and a.day]
        return Inherited(dates[-1].day, "section") if dates and dates[-1].day else None

    def _from_parents(self, node: Node) -> Inherited | None:
        handed = self._handed.get(id(node.parent)) if node.parent else None
        return Inherited(handed.day, "section") if handed else None

    def _to_hand_down(self, node: Node, last: Inherited | None, inherited: Inherited | None) -> Inherited | None:
        """A clause hands its deadline down where it tells goals, or introduces a list with a colon."""
        ends = sentences(narrow(node.body[-1].text))[-1:] if node.body else []
        if ends and ends[0].text.endswith(":"):
            said = _last_deadline(anchors(ends[0].text, self._written))
            inherited = Inherited(said, "section") if said else inherited
        return (last or inherited) if node.number and _is_under(node, _GOALS) else inherited


def _is_step(inner: Draft, outer: Draft) -> bool:
    """Whether what a bracket says is an earlier figure of the target before it: the same unit, a day of its own, and
    no other thing."""
    days = inner.due.day, outer.due.day
    earlier = inner.due.source == "sentence" and days[0] is not None and (days[1] is None or days[0] < days[1])
    same = inner.metric in outer.metric or bool(_NO_THING.fullmatch(inner.metric))
    return earlier and inner.unit == outer.unit and same and inner.value <= outer.value


def _step(inner: Draft, outer: Draft, offset: int) -> Draft:
    return replace(
        inner, metric=outer.metric, mode=outer.mode, verb=outer.verb, start=offset + inner.start,
        end=offset + inner.end,
    )  # fmt: skip


def _as_state(reading: Reading) -> Reading:
    """What a section on the background tells without a day is how things are: no target, no milestone."""
    told = [(t.start, t.end) for t in reading.targets] + [(s, e) for s, e, _ in reading.unparsed]
    states = [(start, end, "a state, not an aim") for start, end in told]
    return Reading(refused=[*reading.refused, *states], dates=reading.dates)


def _is_under(node: Node | None, words: re.Pattern[str]) -> bool:
    """Whether a clause or one above it has such a heading."""
    while node is not None:
        if words.search(node.heading.text):
            return True
        node = node.parent
    return False


def _last_deadline(dates: list[Anchor]) -> date | None:
    days = [anchor.day for anchor in dates if anchor.kind == "by" and anchor.day]
    return days[-1] if days else None
