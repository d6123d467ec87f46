"""The report as one HTML file: no script, nothing loaded, every text escaped."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

import hengliang
from hengliang.readings.evaluation.run import Evaluation
from hengliang.readings.grid import interval_name
from hengliang.readings.report import charts
from hengliang.readings.report.batch_part import batch_part, lot_part
from hengliang.readings.report.figures import (
    MeterRow,
    meter_rows,
    node_states,
    open_reasons,
    states_of,
    work_list,
    wrong_entries,
)
from hengliang.readings.report.parts import amount, figure, table, tiles
from hengliang.readings.report.words import Language, reason, whole_reason, word

SHOWN = 50
_CHARTED = 24
_STYLE = """
:root{color-scheme:light dark;--ink:#101828;--soft:#475467;--line:#d0d5dd;--blue:#1d4ed8;--paper:#fff;--note:#f2f4f7;
--good:#1a7f4b;--suspect:#b42318;--open:#6941c6;--hatch:#f4f0ff}
@media (prefers-color-scheme:dark){:root{--ink:#f2f4f7;--soft:#b3bcc9;--line:#3d4859;--blue:#84adff;--paper:#12171f;
--note:#1d2530;--good:#47b881;--suspect:#f97066;--open:#b39dfa;--hatch:#2a2340}}
@media print{:root{color-scheme:light;--ink:#101828;--soft:#475467;--line:#d0d5dd;--blue:#1d4ed8;--paper:#fff;
--note:#f2f4f7;--good:#1a7f4b;--suspect:#b42318;--open:#6941c6;--hatch:#f4f0ff}}
body{font:15px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",system-ui,sans-serif;
color:var(--ink);background:var(--paper);max-width:66rem;margin:2rem auto;padding:0 1.25rem}
h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2.25rem 0 .5rem;border-bottom:1px solid var(--line)}
.kind{color:var(--soft);margin:0 0 1rem}.say{font-size:1.15rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1.25rem;color:var(--soft);font-size:.92rem}
dd{margin:0;color:var(--ink);overflow-wrap:anywhere}.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;line-height:1.35;font-size:.9rem}
th,td{border-bottom:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top}
td{min-width:3.2em}td:first-child,td:last-child{min-width:7em}th,td{word-break:keep-all;overflow-wrap:break-word}
th{color:var(--soft);font-weight:600;white-space:normal!important}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;list-style:none;padding:0;
margin:1rem 0}.tiles li{border:1px solid var(--line);border-left-width:4px;padding:.5rem .75rem;font-size:.88rem;
color:var(--soft)}.tiles b{display:block;font-size:1.5rem;line-height:1.25;color:var(--ink);font-weight:600;
font-variant-numeric:tabular-nums;white-space:nowrap}
.tiles .good{border-left-color:var(--good)}.tiles .suspect{border-left-color:var(--suspect)}
.tiles .undeterminable{border-left:4px dashed var(--open)}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
svg{display:block;width:100%;min-width:38rem;height:auto;font-family:inherit}
figure{margin:1rem 0;overflow-x:auto}figcaption{font-weight:600;position:sticky;left:0}
.note{background:var(--note);padding:.75rem 1rem;border-left:3px solid var(--blue)}
@media print{body{margin:0;max-width:none;font-size:11px}h2{break-after:avoid}tr,figure{break-inside:avoid}
svg{min-width:0}.wide,figure{overflow:visible}}
"""
_CHECKS = (
    "gap",
    "duplicate",
    "conflict",
    "rollover",
    "reset",
    "stuck",
    "spike",
    "skew",
    "unit",
    "negative",
    "topology",
)


def write_page(
    evaluation: Evaluation, language: Language, made: datetime, lots: Mapping[str, Any] | None = None
) -> str:
    """The page of an evaluation; lots : as `balance lot` gives them."""
    rows = meter_rows(evaluation)
    title = word("title", language)
    parts = [
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{charts.HATCH}",
        f'<h1>{escape(title)}</h1><p class="kind">{escape(word(evaluation.settings.domain, language))}</p>',
        *_summary(evaluation, rows, language, made),
        *_work(evaluation, rows, language),
        *_charts(evaluation, rows, language),
        *batch_part(evaluation, language),
        *lot_part(lots, language),
        *_nodes(evaluation, language),
        *_open(evaluation, language),
        *_quality(evaluation, language),
        "</body></html>",
    ]
    return "\n".join(parts)


def _summary(evaluation: Evaluation, rows: Sequence[MeterRow], language: Language, made: datetime) -> Iterator[str]:
    settings, tally = evaluation.settings, evaluation.tally
    counts = {"nodes": len(evaluation.nodes), "meters": sum(states_of(rows).values()), **states_of(rows)}
    share = f"{tally['usable'] / max(1, tally['expected']):.2%}"
    usable = word("usable", language, expected=f"{tally['expected']:,}", usable=f"{tally['usable']:,}", share=share)
    yield f'<p class="say">{escape(word("sentence", language, **counts))}</p>'
    yield tiles(_figures(evaluation, rows, language))
    yield f"<p>{escape(usable)}</p>"
    facts = (
        ("period", " – ".join(evaluation.period)),
        ("limit", f"±{settings.limit:.2%}"),
        ("interval", interval_name(settings.interval)),
        ("run", evaluation.name),
        ("software", f"Hengliang {hengliang.__version__}"),
        ("made", made.strftime("%Y-%m-%d %H:%M %Z")),
    )
    pairs = (f"<dt>{escape(word(name, language))}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    yield f'<dl>{"".join(pairs)}</dl><p class="note">{escape(word("meaning", language))}</p>'


def _figures(evaluation: Evaluation, rows: Sequence[MeterRow], language: Language) -> Sequence[tuple[str, str, str]]:
    """Meters by state, and what the suspect ones have counted too little and too much."""
    shown = [(state, f"{count:,}", word(state, language)) for state, count in states_of(rows).items()]
    impacts = [row.impact or 0.0 for row in work_list(rows)]
    unit = word(f"{evaluation.settings.domain}_unit", language)
    for name, total in (("short", sum(min(0.0, one) for one in impacts)), ("over", sum(max(0.0, i) for i in impacts))):
        if total:
            shown.append(("", f"{abs(total):,.0f} {unit}", word(name, language)))
    return shown


def _work(evaluation: Evaluation, rows: Sequence[MeterRow], language: Language) -> Iterator[str]:
    yield f"<h2>{escape(word('work', language))}</h2>"
    listed = work_list(rows)
    if not listed:
        yield f"<p>{escape(word('no_work', language))}</p>"
        return
    head = ("node", "meter", "error", "u_stat", "u_gauge", "probability", "energy", "impact", "maker")
    cells = []
    for row in listed[:SHOWN]:
        v = row.verdict
        maker = " ".join(str(row.link.get(name, "")) for name in ("maker", "model", "year")).strip()
        numbers = (f"{v['error']:+.2%}", f"{v['u_stat']:.2%}", f"{v['u_gauge']:.2%}", f"{v['probability_beyond']:.1%}")
        cells.append((row.node, v["meter"], *numbers, amount(row.energy), amount(row.impact, sign=True), maker))
    unit = word(f"{evaluation.settings.domain}_unit", language)
    yield table(head, cells, language, numbers=range(2, 8), unit=unit)
    if len(listed) > SHOWN:
        yield f"<p>{escape(word('work_more', language, shown=SHOWN, all=len(listed)))}</p>"


def _charts(evaluation: Evaluation, rows: Sequence[MeterRow], language: Language) -> Iterator[str]:
    limit, axis = evaluation.settings.limit, word("axis_error", language)
    listed = work_list(rows)[:_CHARTED]
    if listed:
        lines = [(f"{row.node} · {row.verdict['meter']}", row.verdict["error"], _combined(row)) for row in listed]
        yield figure("suspects_chart", charts.intervals(lines, limit, axis), language)
    errors = [row.verdict["error"] for row in rows if row.verdict["state"] != "undeterminable"]
    if errors:
        yield figure("errors_chart", charts.histogram(errors, limit, axis, word("axis_meters", language)), language)
    names = (word("good", language), word("suspect", language), word("undeterminable", language))
    yield figure("states_chart", charts.stacks(node_states(evaluation)[:40], names), language)


def _combined(row: MeterRow) -> float:
    return float((row.verdict["u_stat"] ** 2 + row.verdict["u_gauge"] ** 2) ** 0.5)


def _nodes(evaluation: Evaluation, language: Language) -> Iterator[str]:
    yield f"<h2>{escape(word('nodes', language))}</h2>"
    states = {row[0]: row[1:] for row in node_states(evaluation)}
    order = {name: place for place, name in enumerate(states)}
    cells = []
    for node in sorted(evaluation.nodes, key=lambda one: order[str(one["node"])])[:500]:
        shown = [node.get("sigma"), node.get("loss")]
        shares = ["" if one is None else f"{one:.2%}" for one in shown]
        cells.append(
            (
                node["node"],
                word(node["state"], language),
                *map(str, states[str(node["node"])]),
                *shares,
                whole_reason(node, language),
            )
        )
    head = ("node", "state", "good", "suspect", "undeterminable", "scatter", "loss", "reason")
    yield table(head, cells, language, numbers=range(2, 7))


def _open(evaluation: Evaluation, language: Language) -> Iterator[str]:
    found = open_reasons(evaluation)
    if found:
        yield f"<h2>{escape(word('why', language))}</h2>"
        cells = [(str(count), reason(row, language)) for row, count in found]
        yield table(("meters", "reason_first"), cells, language, numbers=(0,))


def _quality(evaluation: Evaluation, language: Language) -> Iterator[str]:
    yield f"<h2>{escape(word('quality', language))}</h2>"
    cells, clean = [], []
    for name in _CHECKS:
        one = evaluation.tally["checks"][name]
        label = word("check_topology" if name == "topology" else name, language)
        if name == "topology" and (wrong := wrong_entries(evaluation)):
            first = "" if one["events"] else reason(wrong[0], language)
            cells.append((word("wrong_entries", language), f"{len(wrong):,}", "", f"{len(wrong):,}", first))
            if not one["events"]:
                continue
        if not one["events"]:
            clean.append(label)
            continue
        example = one["examples"][0] if one["examples"] else None
        first = f"{example['meter']} {example['time']} {word(example['detail'], language)}" if example else ""
        cells.append((label, f"{one['events']:,}", f"{one['slots']:,}", f"{one['meters']:,}", first))
    if cells:
        yield table(("check", "events", "slots", "meters", "first"), cells, language, numbers=range(1, 4))
    if clean:
        names = word("and", language).join(clean)
        yield f"<p>{escape(word('none_found', language, names=names))}</p>"
