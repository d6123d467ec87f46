"""States to be reached by a day: 到2025年,…初步建立 (attained), …明显提升 (improved)."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from hengliang.policy.grammar.deadlines import Anchor
from hengliang.policy.grammar.drafts import Reading
from hengliang.policy.grammar.due import Inherited, due
from hengliang.policy.grammar.phrases import strip_auxiliaries

_ATTAINED = re.compile(
    r"^(?:全面|基本|初步|加快)?(?:建成|建立|形成|构建|进入|跻身|迈入|迈上|步入|成为|打造成?|建设成?"
    r"|完成|取得|争创|率先|出台|印发|启用|上线|通过.{0,6}(?:验收|评审|认定|考核))"
    r"|(?:全面|基本|初步|逐步|已)(?:建成|建立|形成|健全|完成|实现|完善|确立|成型|建立健全|补齐|消除|补上)$|建立健全$"
    r"|进入.{2,}|跻身.{2,}|迈入.{2,}|居.{0,8}(?:前列|领先|第一方阵)|走在.{0,8}前列"
    r"|(?:达到|处于|保持).{0,16}(?:水平|先进|领先|前列|要求)$|(?:取得|实现).{0,16}(?:突破|实效|成效"
    r"|进展|成果|跨越|转变|跃升|目标)$|(?:实现|达到).{0,8}(?:现代化|一体化|数字化|智能化|互联互通|自立自强)$|(?:上线运行|上线|投入(?:使用|运行|运营)|建成投用|投用|试运行|开通|通过验收)$|得到(?:充分|有效|全面|广泛)?(?:保障|应用|满足|解决)$"
)
_IMPROVED = re.compile(
    r"(?:提升|增强|提高|完善|优化|凸显|突出|改善|加强|健全|扩大|进步|深化|拓展|壮大|显现|顺畅|协同|完备"
    r"|紧密|丰富|规范|有效|加快|夯实|稳固|牢固|迈上新台阶|活跃|浓厚|畅通|成熟|协调|跃升|彰显|发挥)$|^(?:全面)?满足.{4,}需[要求]$"
)
_ANNOUNCES = re.compile(r"(?:下列|以下|如下|上述)(?:[一-鿿]{0,4})?(?:目标|任务|要求)")
_DONE = re.compile(r",?(?:全面|基本|率先)?(?:完成|建成|投用|出台|印发|启用|通过.{0,6}(?:验收|评审|认定|考核))")
_PURPOSE = re.compile(r"^(?:为|解决|填补|满足|促进|推动|服务|助力|切实|支撑)")


@dataclass(frozen=True)
class MilestoneDraft:
    """A milestone with its place in the sentence."""

    day: date
    kind: Literal["attained", "improved"]
    start: int
    end: int


def milestones(text: str, reading: Reading, inherited: Inherited | None, *, goals: bool) -> list[MilestoneDraft]:
    """Milestones among the segments of a sentence that hold no figure."""
    found = []
    bounds = [anchor for anchor in reading.dates if anchor.kind == "by" or _is_day_of(text, anchor)]
    named = bool(bounds)
    if not named and not (goals and inherited):
        return []
    for segment in reading.plain:
        start = max([segment.start, *(a.end for a in reading.dates if segment.start <= a.start < segment.end)])
        words = strip_auxiliaries(text[start : segment.end])
        if _ANNOUNCES.search(words):
            continue
        if len(words) < 4 or (not goals and _PURPOSE.match(words)):
            continue
        when = due(start, (0, len(text)), [replace(a, kind="by") for a in bounds], [], inherited)
        kind = _kind(words) or _kind(text[start : segment.end].strip(" ,:;、—"))
        if kind and when.day:
            begins = start + len(text[start : segment.end]) - len(text[start : segment.end].lstrip(" ,:;、—"))
            found.append(MilestoneDraft(when.day, kind, begins, segment.end))
    return found


def _is_day_of(text: str, anchor: Anchor) -> bool:
    """2026年上半年完成平台改造: no 前 or 底, but an act right behind that is done by then."""
    return anchor.kind == "in" and anchor.day is not None and bool(_DONE.match(text, anchor.end))


def _kind(words: str) -> Literal["attained", "improved"] | None:
    if _ATTAINED.search(words):
        return "attained"
    return "improved" if _IMPROVED.search(words) else None
