"""Reads one sentence: every figure in it becomes a target, is refused with a reason, or is listed."""

import re
from dataclasses import replace

from hengliang.policy.grammar.beside import blanked, counted_as_before, fund_raised, numbered, place, rates_of, verb_behind
from hengliang.policy.grammar.deadlines import anchors
from hengliang.policy.grammar.distribution import Share, distributed
from hengliang.policy.grammar.drafts import Draft, Reading, Setting
from hengliang.policy.grammar.due import Due, due
from hengliang.policy.grammar.firmness import FirmnessReach
from hengliang.policy.grammar.masks import mask_of, masks
from hengliang.policy.grammar.modes import mode_of, verb_class, verbs_of
from hengliang.policy.grammar.phrases import Phrase, break_between, is_rate, phrase, strip_auxiliaries
from hengliang.policy.grammar.quantities import Quantity, quantities, vague_quantities
from hengliang.policy.grammar.refusals import Surroundings, refusal
from hengliang.policy.grammar.reports import reports
from hengliang.policy.grammar.sentences import MOST_FIGURES, Segment, is_prose, segments
from hengliang.policy.grammar.universals import Universal, slogans, universals
from hengliang.policy.grammar.verdicts import TARGET, verdict
from hengliang.policy.grammar.words import BUILDS, CHAIN, STOCK_NOUN
from hengliang.policy.model import Comparator, Mode

_COMPARATORS: dict[str, Comparator] = {"at_least": ">=", "bare": ">=", "above": ">", "range": "range", "around": ">="}
_STUB = re.compile(
    r"(?:[A-Z一二三]级)?(?:其?中?)(?:总数|总量|占比|比例|比重|数量|总计|总规模|增长|增速|增幅|增长率|下降|降幅|提高|提升)$"
)
_GENERIC = re.compile(r"项目|任务|工作|工程|活动")
_EVERY_YEAR = re.compile(r"每(?:半?年|季度?|月|周)")
_CHANGES = re.compile(
    r"[^,]{0,6}?(?:提高|提升|增加|增长|增|扩大|上升|发展|升|到|至|达|精简|减少|压缩|压减|缩短|下降|降低?)"
)
_RUNS = re.compile(r"\d+|[一二三四五六七八九十百千]+")
_FROM = re.compile(r"要?[由从](?:现在|目前|现有|当前|原来|原有|上年|年初|\s)*的?$")
_ON_TO = re.compile(r"[,、\s]*(?:再|并|进一步)?(?:提高|提升|增加)?(?:[到至]\s*的?|\s+的)")
_FIGURES = re.compile(r"[\d一二两三四五六七八九十百千几数零]|全|所有|若干|翻|倍")
_LEVEL = re.compile(r"(?:国家|省|市|县|区|乡镇|省部|设区市|国际)级")
_LEVEL_BEFORE = re.compile(r"^(?:(?:国家|省|市|县|区|乡镇|省部|国际)级、?)+")
_GROWTH = re.compile(r"\s*(?:较|比|年均|同比|翻|增长|增速|提高|提升|稳定|保持).*$")
# 逐年提高首次检定率, 2026年、2027年分别达到92%、95%: the verb says how, the rest of what.
_RISES = re.compile(r"^(?:逐[年步]|持续|稳步|不断)*(?:提高|提升|扩大|增加|推进|推动|加强|提速|降低|优化)")
_STATE = re.compile(r"截至|目前|现有|已(?=经|建|有|实|全)|以来")


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
    """State that runs through one sentence: the verb and the thing that later figures may share."""

    def __init__(self, text: str, setting: Setting) -> None:
        self._text, self._setting = text, setting
        self._dates = anchors(text, setting.written)
        self._blank = blanked(text, self._dates)
        self._masks = masks(text, self._dates)
        self._figures = quantities(text)
        self._firmness = FirmnessReach(text, self._dates)
        self._out = Reading(dates=self._dates)
        self._verb = self._unit = self._thing = self._field = ""
        self._things: list[str] = []
        self._head = ""
        self._reports = reports(text, self._dates, [q for q in self._figures if not self._mask(q)])

    def read(self) -> Reading:
        for segment in segments(self._text):
            self._segment(segment)
        self._name_levels()
        for start, end in vague_quantities(self._text):
            self._unless_taken(start, end, "figure without a definite value")
        if self._aimed():
            for start, end in slogans(self._text):
                self._unless_taken(start, end, "slogan without a figure")
        return self._out

    def _segment(self, segment: Segment) -> None:
        self._firmness.enter(segment)
        self._field = ""
        inside = [q for q in self._figures if segment.start <= q.number_start < segment.end]
        figures = [q for q in inside if not self._masked(q)]
        known = len(self._out.targets) + len(self._out.unparsed)
        wholes = [u for u in universals(self._blank, segment.start, segment.end) if not numbered(u, figures)]
        shares = distributed(self._text, figures, self._dates, segment.start, self._things)
        self._things = [share.subject for share in shares.values()] or self._things
        at, base = segment.start, ""
        items: list[Quantity | Universal] = [*figures, *wholes]
        for item in sorted(items, key=place):
            if isinstance(item, Universal):
                self._universal(item)
                at, self._thing = item.end, item.subject or self._thing
            elif any(u.start <= item.number_start < u.end for u in wholes):
                self._out.refused.append((item.number_start, item.end, "part of a description"))
            else:
                at, base = self._figure(item, segment, figures, at, base, shares.get(item.number_start))
        self._head = self._announced(segment) or self._head
        held = len(self._out.targets) + len(self._out.unparsed) > known
        if not held:
            self._out.plain.append(segment)
        self._firmness.leave(held_figure=held)

    def _mask(self, quantity: Quantity) -> str | None:
        return mask_of(quantity.number_start, quantity.number.end, self._masks)

    def _masked(self, quantity: Quantity) -> bool:
        reason = self._mask(quantity)
        if reason:
            self._out.refused.append((quantity.number_start, quantity.unit_end, reason))
        return bool(reason)

    def _figure(
        self,
        quantity: Quantity,
        segment: Segment,
        figures: list[Quantity],
        at: int,
        base: str,
        share: Share | None,
    ) -> tuple[int, str]:
        """Read one figure; gives the place of the next field and the subject of a base value (由85%)."""
        following = next((q for q in figures if q.number_start > quantity.number_start), None)
        limit = break_between(self._text, quantity.end, following.start) if following else segment.end
        found = phrase(self._blank, quantity, at, max(limit, quantity.end))
        if self._head and quantity.kind == "percent" and not found.preposed and not is_rate(found.thing):
            named = f"{found.thing}{self._head}"
            found = replace(found, thing=named, subject=named)
        if self._is_base(quantity, at, segment):
            self._out.refused.append((quantity.number_start, quantity.end, "base value"))
            return quantity.end, strip_auxiliaries(_FROM.sub("", self._blank[at : quantity.start]))
        if _ON_TO.fullmatch(self._blank[at : quantity.start]):
            quantity = replace(quantity, reached=True)
            found = replace(found, thing="", subject="")
        if base:
            quantity = replace(quantity, reached=True)
            found = Phrase("", base, base, found.before, found.after, False, segment.start, quantity.end)
        if share:
            bound = share.bound if share.bound == "above" else quantity.bound
            quantity = replace(quantity, reached=not share.verb, bound=bound, kept=quantity.kept or share.kept)
            thing = share.subject or _RISES.sub("", self._before(segment))
            subject = share.verb + thing
            found = Phrase(share.verb, thing, subject, found.before, found.after, False, at, quantity.end)
        summed = bool(re.search(r"累计|总计|合计", found.before))
        if not found.thing and not found.subject and (quantity.reached or quantity.bound == "above" or summed):
            thing = _GROWTH.sub("", self._thing or self._before(segment))
            found = Phrase("", thing, thing, found.before, found.after, False, quantity.start, quantity.end)
        if not found.thing and not found.subject and quantity.kind == "count" and quantity.bound in ("at_least", "range"):
            found = self._built_before(quantity, found, segment)
        if not self._judge(quantity, found, segment, share):
            return at, ""
        return found.end if found.preposed else quantity.end, ""

    def _announced(self, segment: Segment) -> str:
        """检定覆盖率:市级达到100%,县级80%以上: a rate before a colon is that of what follows."""
        words = strip_auxiliaries(self._blank[segment.start : segment.end])
        return words if self._text[segment.end : segment.end + 1] == ":" and is_rate(words) else ""

    def _before(self, segment: Segment) -> str:
        """What the segment before speaks of: 收入较2023年翻一番,达到6亿元."""
        before = self._blank[: max(0, segment.start - 1)].rpartition(",")[2].rpartition(";")[2]
        return strip_auxiliaries(before)

    def _built_before(self, quantity: Quantity, found: Phrase, segment: Segment) -> Phrase:
        """创建示范商圈,力争每县至少2个: verb and thing stand in the segment before, which has no figure of its own."""
        before = self._before(segment)
        verb = CHAIN.match(before)
        if segment.first or not verb or any(q.kind != "none" for q in quantities(before)):
            return found
        thing = before[verb.end() :]
        return Phrase(verb.group(), thing, before, found.before, found.after, False, quantity.start, quantity.end)

    def _is_base(self, quantity: Quantity, at: int, segment: Segment) -> bool:
        """由85%提升至, 由2023年的210项提高到: the figure compared with, before the one that is meant."""
        before, behind = self._text[at : quantity.start], self._text[quantity.end : segment.end]
        dated = any(a.kind == "base" and self._text[a.end : quantity.start] == "的" for a in self._dates)
        return bool(_CHANGES.match(behind)) and (dated or bool(_FROM.search(before)))

    def _judge(self, quantity: Quantity, found: Phrase, segment: Segment, share: Share | None) -> bool:
        """Put the figure where it belongs; gives whether it was more than part of a name or a rule."""
        part = self._part(quantity.number_start)
        when = due(quantity.start, part, self._dates, self._figures, self._setting.inherited)
        if share and share.day:
            when = Due(share.day, "sentence", each_year=share.each_year)
        dated = any(a.kind == "by" and part[0] <= a.start for a in self._dates)
        around = Surroundings(
            self._text[part[0] : quantity.number_start],
            self._text[quantity.end : part[1]],
            dated,
            dated or when.day is not None or self._firmness_word(segment, quantity),
        )
        reason = "a state, not an aim" if when.past or self._reports else self._in_brackets(quantity, segment)
        reason = reason or refusal(quantity, found, around)
        if reason:
            self._out.refused.append((found.start, max(quantity.end, found.end), reason))
            return False
        verb = found.verb or verb_behind(found) or self._carried(quantity, found) or fund_raised(quantity, found)
        wished = self._firmness_word(segment, quantity)
        compared = quantity.bound in ("at_least", "above", "range")
        goals = (self._setting.goals or self._acts_before(segment)) and compared or self._beside(segment, found)
        told = verdict(quantity, found, verb, dated=when.day is not None, goals=goals, wished=wished)
        if told != TARGET:
            bin_ = self._out.refused if told.startswith("no aim") else self._out.unparsed
            bin_.append((found.start, max(quantity.end, found.end), told))
            self._verb = verb if bin_ is self._out.unparsed and verb else self._verb
            return bin_ is self._out.unparsed
        self._take(quantity, found, verb, when, segment)
        return True

    def _take(self, quantity: Quantity, found: Phrase, verb: str, when: Due, segment: Segment) -> None:
        around = self._blank[found.start : quantity.number_start] + found.before
        around = self._summed(quantity, found, verb, segment) + around
        self._field = around if found.verb or not verb else self._field + around
        if when.unknown and not any(start == when.unknown.start for start, _, _ in self._out.unparsed):
            self._out.unparsed.append((when.unknown.start, when.unknown.end, "date that needs the document's own day"))
        whole = replace(found, thing=self._metric(found))
        every, part_of = self._every_year(segment, when), self._part(quantity.number_start)
        mode = mode_of(quantity, whole, verb, every + self._field, dated=when.day is not None or when.unknown is not None)
        last = self._out.targets[-1] if self._out.targets else None
        if last is not None and self._part(last.start) == part_of:
            mode = counted_as_before(last, quantity, found, self._text[last.end : quantity.number_start]) or mode
        metric = self._metric(found) or self._named_before(segment, verb)
        self._out.targets += [
            Draft(
                metric=one,
                comparator=_COMPARATORS[quantity.bound],
                value=quantity.value,
                upper=quantity.upper,
                unit=quantity.unit,
                due=when,
                mode=mode,
                firmness=self._firmness.at(quantity.start, own_verb=bool(found.verb)),
                start=found.start,
                end=max(quantity.end, found.end),
                verb=verb,
            )
            for one in (rates_of(metric) if quantity.kind == "percent" and not found.preposed else [metric])
        ]
        self._verb = "" if quantity.reached and not found.verb else verb
        self._unit = quantity.unit
        name = "" if "其中" in found.before else _STUB.sub("", found.thing or self._out.targets[-1].metric)
        self._thing = self._thing if _LEVEL.fullmatch(name) and self._thing else name or self._thing

    def _summed(self, quantity: Quantity, found: Phrase, verb: str, segment: Segment) -> str:
        """累计帮扶企业800家,解决难题120个: a sum at the head holds for the acts that follow it."""
        if "累计" in self._field and self._text[: found.start].rstrip().endswith("、"):
            return "累计"
        part = self._text[self._part(segment.start)[0] : segment.start]
        heads = re.match(r"[^,]{0,12},?\s*累计", part) and not segment.first
        acts = verb and not quantity.reached and all(verb_class(one) in ("event", "reach") for one in verbs_of(verb))
        return "累计" if heads and acts else ""

    def _metric(self, found: Phrase) -> str:
        thing = re.sub(r"\s+", "", found.thing).removesuffix("为")
        if not thing:
            return self._thing
        if self._thing and _LEVEL.fullmatch(thing):
            return thing + _LEVEL_BEFORE.sub("", self._thing)
        if _GENERIC.fullmatch(thing) and found.verb and not found.preposed:
            return found.verb + thing
        if self._thing and (_STUB.fullmatch(thing) or "其中" in found.before):
            return f"{self._thing}({thing})" if "其中" in found.before else f"{self._thing}{thing}"
        return thing

    def _named_before(self, segment: Segment, verb: str) -> str:
        """开展能源计量审查,2025年审查40家: the segment before names the thing, once."""
        before = self._before(segment)
        chain = CHAIN.match(before)
        thing = before[chain.end() :] if chain and len(before) - chain.end() > 1 else before
        return thing if thing.endswith(verb) else f"{thing}{verb}"

    def _carried(self, quantity: Quantity, found: Phrase) -> str:
        """建成A两家,B一家: a figure without a verb of its own shares the one before.

        打造A 2个,B不少于3个 shares it too, where both are counted alike; 培育A 5家,产值不少于3亿元 does not.
        """
        if quantity.reached or quantity.kept or quantity.kind != "count" or STOCK_NOUN.search(found.subject):
            return ""
        if quantity.start < quantity.number_start and not found.preposed and found.thing and "其中" not in found.before:
            return self._verb if quantity.unit == self._unit else ""
        return self._verb

    def _universal(self, item: Universal) -> None:
        part = self._part(item.start)
        when = due(item.done_start, part, self._dates, self._figures, self._setting.inherited)
        text = self._text[part[0] : item.end]
        if when.past or _STATE.search(text):
            self._out.refused.append((item.start, item.end, "a state, not an aim"))
        elif item.nearly or not (item.metric or self._thing):
            self._out.unparsed.append((item.start, item.end, "approximate figure"))
        else:
            firmness = self._firmness.at(item.done_start, own_verb=True)
            metric = re.sub(r"\s+", "", item.metric) or f"{self._thing.removesuffix('覆盖率')}覆盖率"
            mode: Mode = "ratio"
            self._out.targets.append(Draft(metric, "=", 100, None, "%", when, mode, firmness, item.start, item.end, ""))

    def _name_levels(self) -> None:
        """1个国家级、3个省级、10个市级基地: the last one names what the others are."""
        targets = self._out.targets
        for index in range(len(targets) - 2, -1, -1):
            noun = _LEVEL_BEFORE.sub("", targets[index + 1].metric)
            if _LEVEL.fullmatch(targets[index].metric) and noun != targets[index + 1].metric:
                targets[index] = replace(targets[index], metric=targets[index].metric + noun)

    def _part(self, at: int) -> tuple[int, int]:
        """The stretch between semicolons around a place."""
        start = self._text.rfind(";", 0, at) + 1
        end = self._text.find(";", at)
        return start, len(self._text) if end < 0 else end

    def _every_year(self, segment: Segment, when: Due) -> str:
        """每年组织比对5项,参加机构40家: what is to be every year holds on, unless another day is named."""
        part = self._part(segment.start)[0]
        found = list(_EVERY_YEAR.finditer(self._text, part, segment.start))
        later = any(a.start > found[-1].end() and a.end <= segment.end for a in self._dates) if found else True
        summed = re.search(r"累计|总数|总量|合计|达到", self._text[segment.start : segment.end])
        return "" if later or summed else found[-1].group()

    def _acts_before(self, segment: Segment) -> bool:
        """建立专家库,入库专家不少于200人: what the sentence sets out to do holds for what follows it."""
        before = self._text[self._text.rfind(";", 0, segment.start) + 1 : max(0, segment.start - 1)]
        return any(BUILDS.match(strip_auxiliaries(part)) for part in before.split(","))

    def _beside(self, segment: Segment, found: Phrase) -> bool:
        """Whether a figure at the end of its segment stands in a row of aims: 建立专家库,入库专家300名,开展攻关5项."""
        part = self._part(segment.start)[0]
        taken = any(target.start >= part for target in self._out.targets) or self._acts_before(segment)
        return taken and not segment.first and not found.preposed and len(found.thing) >= 2 and not found.after.strip()

    def _in_brackets(self, quantity: Quantity, segment: Segment) -> str | None:
        before = self._text[segment.start : quantity.number_start]
        return "in brackets" if before.count("(") > before.count(")") else None

    def _firmness_word(self, segment: Segment, quantity: Quantity) -> bool:
        return bool(re.search(r"力争|争取|努力|确保", self._text[segment.start : quantity.start]))

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
