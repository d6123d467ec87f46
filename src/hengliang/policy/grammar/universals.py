"""All of them: 全部达到B级, 所有机构均建成, 全覆盖 mean 100 %; slogans such as 翻一番 have no value."""

import re
from dataclasses import dataclass

from hengliang.policy.grammar.phrases import strip_auxiliaries

_DONE = (
    r"(?:达到|达标|实现|完成|配备|建立|通过|建成|覆盖|检定|受检|接入|实行|推行|取得|开展|建档|上线|公开"
    r"|更换|安装|应用|使用|联网|合格|具备|设立|整改|签订|签署"
    r"|备案|登记|开通|实施|施行|执行|落实|参加|进行|张贴|公示|投入使用|改造|接受|升级|退出|关停|持证|录入|免费|免除|免收|纳入(?!.{0,12}(?:预算|财政))|落实到位|办结|消除|淘汰|配齐|设置|制定|启用)"
)
_ALL = re.compile(
    rf"(?P<subject>[^,;:、][^,;:]{{1,120}}?)(?:全部"
    rf"|全都|(?<![\d.率到为])(?:100%|百分之百|百分百)(?=\s*(?:实现)?{_DONE}))(?P<done>(?:实现)?{_DONE}[^,;:、()]{{0,40}})"
)
_EVERY = re.compile(
    rf"(?:所有|全部)(?P<subject>[^,;:]{{2,40}}?)(?:均|都|全部)(?P<done>(?:实现)?{_DONE}[^,;:、()]{{0,40}})"
)
_EACH = re.compile(
    rf"(?:所有|全部(?!(?:实现)?{_DONE}))(?P<subject>[^,;:]{{2,40}}?)(?P<done>(?:完成|实现|达到|配备|建立|通过|纳入|接入|具备)[^,;:、()]{{2,40}})"
)
_HEAD = re.compile(rf"(?:^|(?<=[,;:\s]))\s*(?P<subject>)全部(?P<done>(?:实现)?{_DONE}[^,;:、()]{{2,40}})")
_IN_ALL = re.compile(rf"(?P<subject>[^,;:、]{{2,60}}?)实现全部(?P<done>(?!{_DONE})[^,;:、()]{{2,20}})(?=[,;:)]|$)")
_WHOLLY = re.compile(
    r"实现(?P<subject>[^,;:]{2,60}?)(?P<done>全(?:接入|联网|上线|达标|检定|受检|建档|纳管|备案|贯通|配备|公示|入网))(?=[,;:)、]|$)"
)
_WHOLE = re.compile(
    r"完成(?:对)?(?:全部|所有)(?P<subject>[^,;:]{2,40}?)的?(?P<done>(?:免费|集中|首次|强制)*"
    r"(?:检定|校准|检测|改造|更换|轮换|更新|建档|检查|排查|审查|考核|复查|培训|整改|备案|登记|安装))(?=[,;:)]|$)"
)
_COVER = re.compile(
    r"(?P<subject>[^,;:]{0,80}?)(?:实现|达到|完成)?(?P<whole>100%|百分之百)?全(?:面)?覆盖(?:的?目标"
    r"|要求|率100%)?(?=[,;:)。、]|$|和|并)"
)
_REACHES = re.compile(
    r"(?P<subject>[^,;:、][^,;:]{1,80}?)(?P<done>覆盖(?:[^,;:、的]{0,8})?(?:所有|全部)[^,;:、()的]{1,20}(?:\([^()]*\))?)(?=[,;:)]|$)"
)
_SLOGAN = re.compile(r"[应能该]([一-鿿])尽\1|零(?:投诉|事故|发生|差错|遗漏|死角|盲区)")
# 检验电梯1.8万台、气瓶单位检查全覆盖: what stands behind the figure of another thing.
_BESIDE = re.compile(r"(?<=\d)[万亿]?[一-鿿]{1,3}(?:\([^()]*\))?(?:以上)?[、和及]")
_NEARLY = re.compile(r"基本|大致|逐步趋于")


@dataclass(frozen=True)
class Universal:
    """A demand on all; `metric` joins what is spoken of with what is to hold of it."""

    start: int
    done_start: int
    end: int
    metric: str
    subject: str
    nearly: bool


def universals(text: str, start: int, end: int) -> list[Universal]:
    """Demands on all within one segment of a narrowed sentence, without overlap."""
    found: list[Universal] = []
    for pattern in (_WHOLE, _REACHES, _EVERY, _ALL, _IN_ALL, _WHOLLY, _EACH, _HEAD, _COVER):
        for match in pattern.finditer(text, start, end):
            universal = _universal(match, text)
            if universal and all(universal.start >= u.end or u.start >= universal.end for u in found):
                found.append(universal)
    return sorted(found, key=lambda universal: universal.start)


def slogans(text: str) -> list[tuple[int, int]]:
    """Places of 翻一番, 应检尽检, 零事故: aims with a figure in mind that is not written."""
    return [match.span() for match in _SLOGAN.finditer(text)]


def _universal(match: re.Match[str], text: str) -> Universal | None:
    groups = match.groupdict()
    whole = _BESIDE.split(match["subject"])[-1]
    subject = re.sub(r"^(?:实现|达到|完成)", "", strip_auxiliaries(whole))
    start = match.start() + max(0, match["subject"].rfind(subject)) if subject else match.start()
    if "done" in groups and len(subject) < 2 and match.re is not _HEAD:
        return None
    metric = f"{subject}{match['done']}" if "done" in groups else f"{subject}覆盖率" if subject else ""
    before = text[max(0, match.start() - 4) : match.end()]
    began = match.start() + len(match["subject"]) - len(whole) if len(whole) < len(match["subject"]) else match.start()
    begins = began + len(match.group()) - len(match.group().lstrip("、和及 "))
    done_start = match.start("done") if "done" in groups else match.end()
    return Universal(
        max(began, min(begins, start)), done_start, match.end(), metric, subject, bool(_NEARLY.search(before))
    )
