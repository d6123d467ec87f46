"""From a file to clauses, units, targets and milestones."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from hengliang.policy.collect import Collector
from hengliang.policy.grammar.measures import measures
from hengliang.policy.horizon import horizon
from hengliang.policy.model import Clause, PolicyDocument
from hengliang.policy.reading import SourceText, read_bytes, read_file
from hengliang.policy.reading.columns import written_out
from hengliang.policy.repair import mend
from hengliang.policy.structure.front import front
from hengliang.policy.structure.outline import Node, Paragraph, outline
from hengliang.policy.structure.paragraphs import paragraphs
from hengliang.policy.structure.responsibility import responsible_units
from hengliang.policy.terms import due_of


def extract_file(path: Path) -> PolicyDocument:
    """Read a policy document from a file (TXT, HTML, DOCX, PDF with text).

    Raises: `PolicyError`, with words on what to do; `OSError` where there is no such file.
    """
    return extract_source(read_file(path))


def extract_bytes(content: bytes) -> PolicyDocument:
    """Read a policy document held in memory, such as an upload.

    Raises: `PolicyError`.
    """
    return extract_source(read_bytes(content))


def extract_text(text: str) -> PolicyDocument:
    """Read a policy document that is text already.

    >>> extract_text("到2026年,新建社会公用计量标准30项以上。").targets[0].value
    30
    """
    return extract_source(SourceText(text, "txt", "str"))


def extract_source(source: SourceText) -> PolicyDocument:
    """Read a policy document from text as received."""
    mended, repairs = mend(written_out(source.text))
    lines = _placed(paragraphs(mended))
    head = front([line.text for line in lines], mended)
    text = "\n".join(line.text for line in lines)
    collector = Collector(text, head.date, horizon(head.title, text))
    for line in lines[: head.body]:
        collector.outside(line)
    nodes = outline(lines[head.body : head.tail])
    for node in nodes:
        collector.node(node)
    return PolicyDocument(
        title=head.title,
        region=head.region,
        issuer=head.issuer,
        date=head.date,
        text=text,
        clauses=tuple(replace(_clause(node, head.date), ordinal=i) for i, node in enumerate(nodes[1:])),
        targets=collector.targets(),
        milestones=tuple(collector.milestones),
        unparsed=tuple(collector.unparsed),
        refused=tuple(collector.refused),
        repairs=repairs,
        encoding=source.encoding,
    )


def _placed(lines: list[str]) -> list[Paragraph]:
    placed, start = [], 0
    for line in lines:
        placed.append(Paragraph(line, start))
        start += len(line) + 1
    return placed


def _clause(node: Node, written: date | None) -> Clause:
    texts = [paragraph.text for paragraph in node.body]
    return Clause(
        id=node.path or "",
        heading=node.heading.text,
        text="\n".join(texts),
        units=responsible_units([node.heading.text, *texts]),
        measures=measures(texts),
        ordinal=0,
        depth=node.depth,
        start=node.heading.start,
        end=max([node.heading.end, *(paragraph.end for paragraph in node.body)]),
        due=due_of([node.heading.text, *texts], written),
    )
