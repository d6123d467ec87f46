"""What runs through one sentence: its text, dates and figures, and what a later figure takes from an earlier one."""

import re

from hengliang.policy.grammar.beside import blanked
from hengliang.policy.grammar.deadlines import Anchor, anchors
from hengliang.policy.grammar.drafts import Draft, Setting
from hengliang.policy.grammar.modes import BEFALLS
from hengliang.policy.grammar.phrases import Phrase, strip_auxiliaries
from hengliang.policy.grammar.quantities import Quantity, quantities
from hengliang.policy.grammar.sentences import Segment
from hengliang.policy.grammar.words import ACTION, BUILDS, LEADS, STOCK_NOUN

_EVERY_YEAR = re.compile(r"每(?:半?年|季度?|月|周)")
_ANNOUNCED = re.compile(r"(?:目标|指标)(?:任务|要求)?(?:如下|为|是|包括)?:")
_LISTED = re.compile(r"(?:[、和及与]|以及)$")
_ADDED_UP = re.compile(r"累计|总数|总量|合计|达到")


class Carried:
    """One narrowed sentence while it is read.

    verb, unit, thing : those of the figure read last; last : its own name, also that of a part (其中); field : the words since the last verb
    things : the things that the sentence distributed; head : a rate announced before a colon
    """

    def __init__(self, text: str, setting: Setting) -> None:
        self.text, self.setting = text, setting
        self.dates: list[Anchor] = anchors(text, setting.written)
        self.blank = blanked(text, self.dates)
        self.figures: list[Quantity] = quantities(text)
        self.verb = self.unit = self.thing = self.last = self.field = self.head = ""
        self.things: list[str] = []

    def part(self, at: int) -> tuple[int, int]:
        """The stretch between semicolons around a place."""
        start = self.text.rfind(";", 0, at) + 1
        end = self.text.find(";", at)
        return start, len(self.text) if end < 0 else end

    def before(self, segment: Segment) -> str:
        """What the segment before speaks of: 收入较2023年翻一番,达到6亿元."""
        before = self.blank[: max(0, segment.start - 1)].rpartition(",")[2].rpartition(";")[2]
        return strip_auxiliaries(before)

    def verb_of(self, quantity: Quantity, found: Phrase) -> str:
        """建成A两家,B一家: a figure without a verb of its own shares the one before.

        Lengths and areas share it in a row without a comma alone: 新建公园60个、绿道120公里.
        打造A 2个,B不少于3个 shares it too, where both are counted alike; 培育A 5家,产值不少于3亿元 does not.
        """
        if quantity.reached or quantity.kept or STOCK_NOUN.search(found.subject):
            return ""
        if quantity.kind == "physical":
            if "其中" in found.before and quantity.unit == self.unit:
                return self.verb or "达到"
            return self.verb if _LISTED.search(self.blank[: found.start]) else ""
        if quantity.kind != "count" or BEFALLS.search(found.thing):
            return ""  # 省院走访企业200家 has its verb inside
        if quantity.start < quantity.number_start and not found.preposed and found.thing and "其中" not in found.before:
            return self.verb if quantity.unit == self.unit else ""
        return self.verb

    def every_year(self, segment: Segment) -> str:
        """每年组织比对5项,参加机构40家: what is to be every year holds on, unless another day is named."""
        found = list(_EVERY_YEAR.finditer(self.text, self.part(segment.start)[0], segment.start))
        later = any(a.start > found[-1].end() and a.end <= segment.end for a in self.dates) if found else True
        summed = _ADDED_UP.search(self.text[segment.start : segment.end])
        return "" if later or summed else found[-1].group()

    def aims(self, segment: Segment) -> bool:
        """Whether goals are told here: by the clause, or by a head before a colon."""
        return self.setting.goals or self.announced(segment)

    def announced(self, segment: Segment) -> bool:
        """Whether 目标: or 指标: stands before a segment."""
        return bool(_ANNOUNCED.search(self.text[: segment.start]))

    def acts_before(self, segment: Segment) -> bool:
        """建立专家库,入库专家不少于200人: what the sentence sets out to do holds for what follows it."""
        before = self.text[self.part(segment.start)[0] : max(0, segment.start - 1)]
        return any(BUILDS.match(strip_auxiliaries(part)) for part in before.split(","))

    def led_on(self, quantity: Quantity, found: Phrase) -> bool:
        """推动百家企业开展诊断,千家企业实施改造: the second figure opens its part, as the first did, and is of its unit."""
        counted = quantity.kind == "count" and quantity.unit == self.unit
        return counted and found.preposed and not found.before.strip(" ,、")

    def listed_with(self, segment: Segment, quantity: Quantity, found: Phrase) -> bool:
        """80%的医院、60%的卫生院建立制度; 推进5个先行市、15个先行县建设: the act stands behind the last of the list."""
        rest = self.text[found.end : segment.end]
        led = quantity.kind == "percent" or LEADS.search(found.before)
        return bool(found.preposed and led and rest.startswith("、") and ACTION.search(rest))

    def beside(self, segment: Segment, found: Phrase, targets: list[Draft]) -> bool:
        """Whether a figure at the end of its segment stands in a row of aims: 建立专家库,入库专家300名,开展攻关5项."""
        part = self.part(segment.start)[0]
        taken = any(target.start >= part for target in targets) or self.acts_before(segment)
        return taken and not segment.first and not found.preposed and len(found.thing) >= 2 and not found.after.strip()
