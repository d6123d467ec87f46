"""Numbered paragraphs to a tree of clauses. Depth follows from the order of the forms."""

import re
from dataclasses import dataclass, field

from hengliang.policy.repair.width import narrow
from hengliang.policy.structure.numbering import Number, number_of
from hengliang.policy.structure.responsibility import is_list_of_units, responsible_units

_LONGEST_HEADING = 60
_FIGURE = re.compile(r"\d|百分之|[二三四五六七八九十百千]+[个项家种名台场次件人]")
_INDICATOR = re.compile(
    r"[^,;:。]{2,30}:\s*(?:≥|≦|≤|>|<|=|不低于|不少于|不超过|超过|达到)"
    r"|[^,;:。]{2,30}(?:率|度|占比|比例|比重|总数|总量|数量)(?:\([^()]{1,6}\))?:"
)


@dataclass(frozen=True)
class Paragraph:
    """A piece of a clause's text with its place in the whole text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends in the whole text."""
        return self.start + len(self.text)


@dataclass
class Node:
    """A clause while the tree grows; the root has no number and holds what stands before the first one."""

    number: Number | None
    shown_id: str
    heading: Paragraph
    parent: "Node | None"
    body: list[Paragraph] = field(default_factory=list)

    @property
    def path(self) -> str | None:
        """Numbers from the top, joined by "/"; None for the root."""
        above = self.parent.path if self.parent else None
        return None if not self.number else f"{above}/{self.shown_id}" if above else self.shown_id

    @property
    def depth(self) -> int:
        """1 for the uppermost clauses, 0 for the root."""
        return self.parent.depth + 1 if self.parent else 0


def outline(lines: list[Paragraph]) -> list[Node]:
    """All nodes in the order of the text, the root first."""
    root = Node(None, "", Paragraph("", 0), None)
    nodes, open_nodes = [root], [root]
    for line in lines:
        number = number_of(narrow(line.text))
        if number is None:
            _owner(line, open_nodes[-1], nodes).body.append(line)
            continue
        while any(_form(node) == number.form for node in open_nodes):
            open_nodes.pop()
        node = _node(line, number, open_nodes[-1])
        nodes.append(node)
        open_nodes.append(node)
    return nodes


def _owner(line: Paragraph, last: Node, nodes: list[Node]) -> Node:
    """The clause that a paragraph belongs to: a list of units behind sub-clauses without units is that of all of them."""
    above = last.parent
    if above is None or above.number is None or not is_list_of_units(line.text):
        return last
    beside = [node for node in nodes if node.parent is above]
    return last if len(beside) < 2 or any(map(_has_units, beside)) else above


def _has_units(node: Node) -> bool:
    return bool(responsible_units([node.heading.text, *(paragraph.text for paragraph in node.body)]))


def _form(node: Node) -> str | None:
    return node.number.form if node.number else None


def _node(line: Paragraph, number: Number, parent: Node) -> Node:
    split = number.end + _heading_length(narrow(line.text)[number.end :])
    shown_id = line.text[: number.end].strip().rstrip("、.．:：　 ")
    heading = line.text[number.end : split].rstrip("。:： 　")
    node = Node(number, shown_id, Paragraph(heading, line.start + number.end), parent)
    rest = line.text[split:]
    if rest.strip():
        node.body.append(Paragraph(rest, line.start + split))
    return node


def _heading_length(text: str) -> int:
    """How much of a numbered line is its heading: a short first sentence, or a line without a full stop.

    1.检定覆盖率:≥95% names an indicator, which is no heading.
    """
    if _INDICATOR.match(text):
        return 0
    stop = re.search(r"[。;!?]|\s{2,}|(?<=[一-鿿])\s(?=[一-鿿“(])", text)
    if stop is None:
        colon = text.find(":")
        if 0 < colon <= 20 and len(text) > colon + 12:
            return colon + 1
        return len(text) if len(text) <= _LONGEST_HEADING and not _is_sentence(text) else 0
    first = text[: stop.start()]
    if stop.group() == ";" and ("," in first or "年" in first):
        return 0
    colon = first.find(":")
    if 0 < colon <= 20:
        return colon + 1
    if len(first) > _LONGEST_HEADING or _is_sentence(first) or (not text[stop.end() :].strip() and "," in first):
        return 0
    return stop.end()


def _is_sentence(text: str) -> bool:
    """A figure makes a sentence of it, a year or a period does not."""
    rest = re.sub(r"[“\"][^”\"]{0,20}[”\"]|\(?20\d\d年?(?:[—~至-]+20\d\d年?)?\)?", "", text)
    return bool(_FIGURE.search(rest)) and not re.search(r"[一二三四五六七八九十\d]大|一体", rest)
