"""The part of the report on batches, and on lots where samples were planned or tested."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from hengliang.readings.evaluation.run import Evaluation
from hengliang.readings.report import charts
from hengliang.readings.report.parts import between, figure, share, table
from hengliang.readings.report.words import Language, reason, word

_CHARTED = 24
_CURVES = 6


def batch_name(batch: Mapping[str, str]) -> str:
    """Maker, model and year in one."""
    return " ".join(one for one in (batch["maker"], batch["model"], batch["year"]) if one)


def said(of: Mapping[str, Any]) -> dict[str, Any]:
    """A balance's reason in the form of the report's words."""
    return {"reason": of["text"], "reason_code": of["code"], "reason_params": of["params"]}


def batch_part(evaluation: Evaluation, language: Language) -> Iterator[str]:
    """Mean, spread and share beyond the limit of every batch, with intervals."""
    if not evaluation.batches:
        return
    yield f"<h2>{escape(word('batches', language))}</h2><p>{escape(word('batches_mean', language))}</p>"
    cells = [
        (
            batch_name(one["batch"]),
            str(one["meters"]),
            str(one["nodes"]),
            between(one["mean"], *one["mean_interval"]),
            between(one["spread"], *one["spread_interval"]),
            between(one["fraction_beyond"], *one["fraction_interval"]),
            word(one["state"], language),
            reason(said(one["reason"]), language),
        )
        for one in evaluation.batches
    ]
    head = ("batch", "meters", "in_nodes", "mean", "spread", "fraction", "state", "reason")
    yield table(head, cells, language, numbers=range(1, 3))
    lines = [
        (batch_name(one["batch"]), one["mean"], (one["mean_interval"][1] - one["mean"]) / charts.K95)
        for one in evaluation.batches[:_CHARTED]
    ]
    drawn = charts.intervals(lines, evaluation.settings.limit, word("axis_error", language), charts.BLUE)
    yield figure("batches_chart", drawn, language)


def lot_part(lots: Mapping[str, Any] | None, language: Language) -> Iterator[str]:
    """What must be drawn of each lot, how often a plan accepts, and what the samples say."""
    if lots is None:
        return
    yield f"<h2>{escape(word('lots', language))}</h2><p>{escape(_rule(lots, language))}</p>"
    drawn = any(lot["sample"] for lot in lots["lots"])
    head = ("batch", "lot_size", "fraction_data", "plain", "fused", *(("sampled", "state") if drawn else ()))
    cells = [_lot_cells(lot, language)[: len(head)] for lot in lots["lots"]]
    yield table(head, cells, language, numbers=range(1, 6))
    yield f'<p class="note">{escape(word("lots_meaning", language))}</p>'
    yield from _curves(lots["lots"], language)


def _lot_cells(lot: Mapping[str, Any], language: Language) -> tuple[str, ...]:
    return (
        batch_name(lot["batch"]),
        str(lot["lot"]),
        share(lot["belief"]["mean"]) if lot["belief"]["worth"] else "",
        plan_text(lot["plain"]),
        plan_text(lot["fused"]),
        "" if lot["sample"] is None else f"{lot['sample']['beyond']} / {lot['sample']['n']}",
        lot_verdict(lot, language),
    )


def plan_text(plan: Mapping[str, Any] | None) -> str:
    """n and the acceptance number."""
    return "–" if plan is None else f"{plan['n']} ({plan['ac']})"


def lot_verdict(lot: Mapping[str, Any], language: Language) -> str:
    """The verdict and why, empty without a sample."""
    verdict = lot["verdict"]
    if verdict is None:
        return ""
    return f"{word('lot_' + verdict['state'], language)} · {reason(said(verdict['reason']), language)}"


def _rule(lots: Mapping[str, Any], language: Language) -> str:
    told, rule = lots["extension"], lots["rule"]
    values = {"document": told["document"], "quality": share(rule["quality"], 1), "risk": share(rule["risk"], 0)}
    text = word("lots_rule", language, **values)
    if told["months"]:
        text += word("lots_months", language, months=told["months"])
    if told["stand_ins"]:
        text += word(
            "lots_stand_ins",
            language,
            names=word("and", language).join(word(one, language) for one in told["stand_ins"]),
        )
    return text + word("lots_draft", language)


def _curves(lots: Sequence[Mapping[str, Any]], language: Language) -> Iterator[str]:
    for lot in lots[:_CURVES]:
        points = lot["characteristics"]
        if lot["plain"] is None and lot["fused"] is None:
            continue
        names = (word("plain", language), word("fused", language))
        lines = [[(p["share"], p[key]) for p in points if p[key] is not None] for key in ("plain", "fused")]
        drawn = charts.curves(lines, names, word("axis_share", language), word("axis_accept", language))
        title = word("characteristics", language, lot=batch_name(lot["batch"]))
        yield f"<figure><figcaption>{escape(title)}</figcaption>{drawn}</figure>"
