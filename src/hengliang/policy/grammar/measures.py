"""Measures: the sentences of a clause that say what is to be done."""

import re

from hengliang.policy.grammar.sentences import sentences
from hengliang.policy.repair.width import narrow
from hengliang.policy.structure.responsibility import without_units

_ACT = re.compile(
    r"加强|加快|推进|推动|开展|建立|建设|完善|健全|强化|实施|落实|提升|提高|鼓励|支持|引导|培育|制定"
    r"|修订|探索|推广|优化|深化|组织|参与|构建|打造|加大|严格|促进|发挥"
    r"|统筹|规范|新建|研制|研究|开发|拓展|聚焦|围绕|依托|完成|确保|发展|服务|普及|弘扬|培养|营造|推行"
    r"|实行|布局|筹建|争取|创新|做好|坚持|查处|引进|编制|举办"
)


def measures(texts: list[str]) -> tuple[str, ...]:
    """Sentences with a verb of action, without the list of responsible units."""
    found = []
    for text in texts:
        shown = without_units(text)
        for sentence in sentences(narrow(shown)):
            words = shown[sentence.start : sentence.start + len(sentence.text)].strip()
            if len(words) > 6 and _ACT.search(words):
                found.append(words)
    return tuple(found)
