"""Reads one sentence: every figure in it becomes a target, is refused with a reason, or is listed."""

import re
from dataclasses import replace

from hengliang.policy.grammar.beside import counted_as_before, fund_raised, numbered, place, rates_of, things_of, verb_behind
from hengliang.policy.grammar.carried import Carried
from hengliang.policy.grammar.distribution import Share, distributed
from hengliang.policy.grammar.drafts import Draft, Reading, Setting
from hengliang.policy.grammar.due import Due, due
from hengliang.policy.grammar.fields import Field, announced_by, field_of
from hengliang.policy.grammar.firmness import FirmnessReach
from hengliang.policy.grammar.masks import mask_of, masks
from hengliang.policy.grammar.modes import mode_of, verb_class, verbs_of
from hengliang.policy.grammar.naming import metric_of, name_handed_on, name_levels, named_before
from hengliang.policy.grammar.phrases import Phrase, is_rate
from hengliang.policy.grammar.quantities import Quantity, vague_quantities
from hengliang.policy.grammar.refusals import FROM_NOW, Surroundings, refusal
from hengliang.policy.grammar.reports import reports
from hengliang.policy.grammar.sentences import MOST_FIGURES, Segment, is_prose, segments
from hengliang.policy.grammar.universals import Universal, slogans, universals
from hengliang.policy.grammar.verdicts import TARGET, verdict
from hengliang.policy.model import Comparator, Mode

_COMPARATORS: dict[str, Comparator] = {"at_least": ">=", "bare": ">=", "above": ">", "range": "range", "around": ">="}
_COMPARED = ("at_least", "above", "range")
_RUNS = re.compile(r"\d+|[一二三四五六七八九十百千]+")
_FIGURES = re.compile(r"[\d一二两三四五六七八九十百千几数零]|全|所有|若干|翻|倍")
_STATE = re.compile(r"截至|目前|(?<!实)现有|已(?=经|建|有|实|全)|以来")
_PART_OF = re.compile(r"\((?:其中|含)[^()]*$")
_ATTAINS = re.compile(r"[,\s]*实现")
_WISHED = re.compile(r"力争|争取|努力|确保")


def read_sentence(text: str, setting: Setting) -> Reading:
    """Read a narrowed sentence."""
    if not is_prose(text):
        return Reading(unparsed=[(0, min(len(text), 80), "no sentence: too long without a mark")])
    if len(_RUNS.findall(text)) > MOST_FIGURES:
        return Reading(unparsed=[(0, min(len(text), 80), "no sentence: too many figures")])
    if not _FIGURES.search(text):
        return Reading(plain=segments(text))
    return _SentenceReader(text, setting).read()


class _SentenceReader:
    """Goes through the figures of one sentence and puts each where it belongs."""

    def __init__(self, text: str, setting: Setting) -> None:
        self._text, self._carried = text, Carried(text, setting)
        self._dates, self._figures = self._carried.dates, self._carried.figures
        self._masks = masks(text, self._dates)
        self._firmness = FirmnessReach(text, self._dates)
        self._out = Reading(dates=self._dates)
        self._reports = reports(text, self._dates, [q for q in self._figures if not self._mask(q)])

    def read(self) -> Reading:
        for segment in segments(self._text):
            self._segment(segment)
        name_levels(self._out.targets)
        for start, end in vague_quantities(self._text):
            self._unless_taken(start, end, "figure without a definite value")
        if self._aimed():
            for start, end in slogans(self._text):
                self._unless_taken(start, end, "slogan without a figure")
        return self._out

    def _segment(self, segment: Segment) -> None:
        carried, known = self._carried, len(self._out.targets) + len(self._out.unparsed)
        self._firmness.enter(segment)
        carried.field = ""
        inside = [q for q in self._figures if segment.start <= q.number_start < segment.end]
        figures = [q for q in inside if not self._masked(q)]
        wholes = [u for u in universals(carried.blank, segment.start, segment.end) if not numbered(u, figures)]
        shares = distributed(self._text, figures, self._dates, segment.start, carried.things)
        carried.things = [share.subject for share in shares.values()] or carried.things
        self._items(segment, figures, wholes, shares)
        carried.head = announced_by(segment, carried) or carried.head
        held = len(self._out.targets) + len(self._out.unparsed) > known
        if not held:
            self._out.plain.append(segment)
        self._firmness.leave(held_figure=held)

    def _items(
        self, segment: Segment, figures: list[Quantity], wholes: list[Universal], shares: dict[int, Share]
    ) -> None:
        """The figures and wholes of a segment in their order."""
        at, base = segment.start, ""
        items: list[Quantity | Universal] = [*figures, *wholes]
        for item in sorted(items, key=place):
            if isinstance(item, Universal):
                self._universal(item)
                at, self._carried.thing = item.end, item.subject or self._carried.thing
            elif any(u.start <= item.number_start < u.end for u in wholes):
                self._out.refused.append((item.number_start, item.end, "part of a description"))
            else:
                following = next((q for q in figures if q.number_start > item.number_start), None)
                share = shares.get(item.number_start)
                field = field_of(item, segment, at, following, base, share, self._carried)
                at, base = self._figure(field, segment, at, share)

    def _mask(self, quantity: Quantity) -> str | None:
        return mask_of(quantity.number_start, quantity.number.end, self._masks)

    def _masked(self, quantity: Quantity) -> bool:
        reason = self._mask(quantity)
        if reason:
            self._out.refused.append((quantity.number_start, quantity.unit_end, reason))
        return bool(reason)

    def _figure(self, field: Field, segment: Segment, at: int, share: Share | None) -> tuple[int, str]:
        """Put one figure away; gives the place of the next field and the subject of a base value (由85%)."""
        quantity, found, base = field
        if base is not None:
            self._out.refused.append((quantity.number_start, quantity.end, "base value"))
            return quantity.end, base
        if not self._judge(quantity, found, segment, share):
            return at, ""
        return found.end if found.preposed else quantity.end, ""

    def _judge(self, quantity: Quantity, found: Phrase, segment: Segment, share: Share | None) -> bool:
        """Put the figure where it belongs; gives whether it was more than part of a name or a rule."""
        when, place_of = self._due(quantity, share), (found.start, max(quantity.end, found.end))
        wished = bool(_WISHED.search(self._text[segment.start : quantity.start]))
        if reason := self._refused(quantity, found, segment, when, wished=wished):
            self._out.refused.append((*place_of, reason))
            if reason.startswith("a state") and is_rate(found.thing):
                self._carried.thing = self._carried.thing or re.sub(r"已.*$", "", found.thing)
            return False
        carried = self._carried
        verb = found.verb or verb_behind(found) or carried.verb_of(quantity, found) or fund_raised(quantity, found)
        goals = quantity.bound in _COMPARED and (carried.aims(segment) or carried.acts_before(segment))
        goals = goals or carried.announced(segment)  # 主要指标:标准460项、…
        goals = goals or carried.beside(segment, found, self._out.targets)
        goals = goals or carried.listed_with(segment, quantity, found)
        goals = goals or (bool(self._out.targets) and carried.led_on(quantity, found))
        told = verdict(quantity, found, verb, dated=when.day is not None, goals=goals, wished=wished)
        if told == TARGET:
            self._take(quantity, found, verb, when, segment)
            return True
        listed = not told.startswith("no aim")
        (self._out.unparsed if listed else self._out.refused).append((*place_of, told))
        carried.verb = verb if listed and verb else carried.verb
        return listed

    def _due(self, quantity: Quantity, share: Share | None) -> Due:
        if share and share.day:
            return Due(share.day, "sentence", each_year=share.each_year)
        if self._text[quantity.end : quantity.end + 1] == "(":  # 利用率≥38%(2025年)
            for anchor in self._dates:
                alone = anchor.start == quantity.end + 1 and self._text[anchor.end : anchor.end + 1] == ")"
                if alone and anchor.day and anchor.kind in ("by", "in"):
                    return Due(anchor.day, "sentence")
        part = self._carried.part(quantity.number_start)
        return due(quantity.start, part, self._dates, self._figures, self._carried.setting.inherited)

    def _refused(self, quantity: Quantity, found: Phrase, segment: Segment, when: Due, *, wished: bool) -> str | None:
        """Why a figure is no target, if a rule says so."""
        if when.past or self._reports:
            return "a state, not an aim"
        before = self._text[segment.start : quantity.number_start]
        if before.count("(") > before.count(")") and not (_PART_OF.search(before) and self._out.targets):
            return "in brackets"
        part = self._carried.part(quantity.number_start)
        dated = any(a.kind == "by" and part[0] <= a.start for a in self._dates)
        around = Surroundings(
            self._text[part[0] : quantity.number_start], self._text[quantity.end : part[1]], dated,
            dated or when.day is not None or wished,
            any(one.start >= part[0] and one.unit == quantity.unit for one in self._out.targets),
        )  # fmt: skip
        if quantity.kind == "physical":
            found = replace(found, verb=found.verb or self._carried.verb_of(quantity, found))
        return refusal(quantity, found, around)

    def _take(self, quantity: Quantity, found: Phrase, verb: str, when: Due, segment: Segment) -> None:
        carried = self._carried
        if when.unknown and not any(start == when.unknown.start for start, _, _ in self._out.unparsed):
            self._out.unparsed.append((when.unknown.start, when.unknown.end, "date that needs the document's own day"))
        metric = metric_of(found, carried)
        mode = self._mode(quantity, replace(found, thing=metric), verb, when, segment)
        metric = metric or named_before(segment, verb, carried)
        own_aim = quantity.reached and is_rate(found.thing) and is_rate(carried.thing)
        firmness = self._firmness.at(quantity.start, own_verb=bool(found.verb or _ATTAINS.match(found.before)), own_aim=own_aim)
        self._out.targets += [
            Draft(
                metric=one, comparator=_COMPARATORS[quantity.bound], value=quantity.value, upper=quantity.upper,
                unit=quantity.unit, due=when, mode=mode, firmness=firmness, start=found.start,
                end=max(quantity.end, found.end), verb=verb,
            )
            for one in self._each_of(metric, quantity, found)
        ]  # fmt: skip
        carried.verb, carried.unit = "" if quantity.reached and not found.verb else verb, quantity.unit
        carried.thing, carried.last = name_handed_on(found, metric, carried), metric

    def _each_of(self, metric: str, quantity: Quantity, found: Phrase) -> list[str]:
        """What a figure is said of: each rate of several, each thing before 各."""
        if found.preposed:
            return [metric]
        if quantity.kind == "percent":
            return rates_of(metric)
        return things_of(metric, self._text[found.start : quantity.start])

    def _mode(self, quantity: Quantity, found: Phrase, verb: str, when: Due, segment: Segment) -> Mode:
        """How the figure counts, by its field and by what holds on from before."""
        carried, targets = self._carried, self._out.targets
        around = carried.blank[found.start : quantity.number_start] + found.before
        around = self._summed(quantity, found, verb, segment) + around
        carried.field = around if found.verb or not verb else carried.field + around
        if targets and carried.part(targets[-1].start) == carried.part(quantity.number_start):
            between = self._text[targets[-1].end : quantity.number_start]
            if like := counted_as_before(targets[-1], quantity, found, between):
                return like
        dated = when.day is not None or when.unknown is not None
        return mode_of(quantity, found, verb, carried.every_year(segment) + carried.field, dated=dated)

    def _summed(self, quantity: Quantity, found: Phrase, verb: str, segment: Segment) -> str:
        """累计帮扶企业800家,解决难题120个: a sum at the head holds for the acts that follow it."""
        if "累计" in self._carried.field and self._text[: found.start].rstrip().endswith("、"):
            return "累计"
        part = self._text[self._carried.part(segment.start)[0] : segment.start]
        before = part.rstrip(",:").rpartition(",")[2]
        heads = not segment.first and (re.match(r"[^,]{0,12},?\s*累计", part) or before.lstrip().startswith("累计"))
        acts = verb and not quantity.reached and all(verb_class(one) in ("event", "reach") for one in verbs_of(verb))
        return "累计" if heads and acts else ""

    def _universal(self, item: Universal) -> None:
        part, last = self._carried.part(item.start), self._carried.thing
        when = due(item.done_start, part, self._dates, self._figures, self._carried.setting.inherited)
        text = FROM_NOW.sub("", self._text[part[0] : item.end])
        if when.past or _STATE.search(text):
            self._out.refused.append((item.start, item.end, "a state, not an aim"))
        elif item.nearly or not (item.metric or last):
            self._out.unparsed.append((item.start, item.end, "approximate figure"))
        else:
            firmness = self._firmness.at(item.done_start, own_verb=True)
            metric = re.sub(r"\s+", "", item.metric) or f"{last.removesuffix('覆盖率')}覆盖率"
            mode: Mode = "ratio"
            self._out.targets.append(Draft(metric, "=", 100, None, "%", when, mode, firmness, item.start, item.end, ""))

    def _aimed(self) -> bool:
        return (
            bool(self._out.targets)
            or any(a.kind == "by" for a in self._dates)
            or bool(re.search("力争|确保|努力|实现", self._text))
        )

    def _unless_taken(self, start: int, end: int, reason: str) -> None:
        taken = [(t.start, t.end) for t in self._out.targets] + [(s, e) for s, e, _ in self._out.unparsed]
        if not any(first < end and start < last for first, last in taken):
            self._out.unparsed.append((start, end, reason))
