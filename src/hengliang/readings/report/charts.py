"""Charts as inline SVG: nothing loaded, nothing scripted, printable, readable without colour.

Colours are those of the states in LOOK: green, red, violet hatched; each state has its shape or pattern as well.
"""

import math
from collections.abc import Sequence
from html import escape

# Set by the page, by day and by night.
GOOD, SUSPECT, OPEN, BLUE = "var(--good)", "var(--suspect)", "var(--open)", "var(--blue)"
_GRID, _INK = "var(--line)", "var(--ink)"
_WIDTH = 860
# Room beside the outermost value.
MARGIN = 1.05
# Least reach of an axis, in limits.
WIDER = 1.6
# Half of a 95 % interval, in standard uncertainties (GUM, G.1.3).
K95 = 1.96
QUARTERS = 4
# A tick may miss its size by rounding.
NEARLY = 0.999

HATCH = (
    '<svg width="0" height="0" aria-hidden="true"><defs><pattern id="open" width="6" height="6" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--hatch)"/>'
    f'<rect width="2.5" height="6" fill="{OPEN}"/></pattern></defs></svg>'
)


def histogram(errors: Sequence[float], limit: float, axis: str, meters: str) -> str:
    """Errors as counts per class, in percent, with the limits as lines.

    errors : (n,) fractions; limit : fraction
    """
    reach = max(WIDER * limit, min(max((abs(one) for one in errors), default=0.0), 8 * limit)) * MARGIN
    bins = 48
    counts = [0] * bins
    for one in errors:
        counts[min(bins - 1, max(0, int((one + reach) / (2 * reach) * bins)))] += 1
    top = max(counts, default=1) or 1
    top += top % 2
    height, left, bottom = 240, 52, 40
    width, tall = _WIDTH - left - 12, height - bottom - 16
    parts = _axis_x([-reach * 100, reach * 100], limit * 100, left, width, height - bottom, 16, axis)
    for level in (0.5, 1.0):
        y = 16 + tall * (1 - level)
        parts.append(f'<line x1="{left}" x2="{left + width}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_GRID}"/>')
        parts.append(_text(left - 6, y + 4, f"{top * level:g}", "end"))
    for at, count in enumerate(counts):
        middle = (at + 0.5) / bins * 2 * reach - reach
        high = tall * count / top
        x = left + width * at / bins
        colour = SUSPECT if abs(middle) > limit else GOOD
        shape = f'x="{x:.1f}" y="{16 + tall - high:.1f}" width="{width / bins - 1:.1f}" height="{high:.1f}"'
        parts.append(f'<rect {shape} fill="{colour}"><title>{middle:.2%}: {count}</title></rect>')
    parts.append(_text(left + 4, 12, meters, "start"))
    return _svg(parts, height, axis)


def intervals(rows: Sequence[tuple[str, float, float]], limit: float, axis: str, colour: str = SUSPECT) -> str:
    """One line per meter: estimate and 95 % interval against the limits.

    rows : (label, error, standard uncertainty), fractions
    """
    reach = max([abs(error) + 2 * u for _, error, u in rows] + [WIDER * limit]) * MARGIN
    left, step = 260, 22
    height = 26 + step * len(rows) + 40
    width = _WIDTH - left - 20
    parts = _axis_x([-reach * 100, reach * 100], limit * 100, left, width, height - 40, 16, axis)

    def x(value: float) -> float:
        """The place across the drawing of an error (a fraction)."""
        return left + width * (value + reach) / (2 * reach)

    for at, (label, error, u) in enumerate(rows):
        y = 28 + step * at
        low, high = x(max(-reach, error - K95 * u)), x(min(reach, error + K95 * u))
        parts.append(_text(left - 10, y + 4, label, "end"))
        parts.append(f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="2"/>')
        diamond = f"M{x(error):.1f},{y - 5} l5,5 l-5,5 l-5,-5z"
        parts.append(
            f'<path d="{diamond}" fill="{colour}"><title>{escape(label)}: {error:.2%} ± {K95 * u:.2%}</title></path>'
        )
    return _svg(parts, height, axis)


def curves(lines: Sequence[Sequence[tuple[float, float]]], names: tuple[str, str], axis: str, upright: str) -> str:
    """Probabilities over shares: the first line whole, the second one dashed.

    lines : (share, probability) of each line, fractions
    """
    height, left, bottom = 240, 52, 44
    width, tall = _WIDTH - left - 12, height - bottom - 22
    far = max((x for line in lines for x, _ in line), default=1.0) or 1.0
    parts = []
    for level in (part / QUARTERS for part in range(QUARTERS + 1)):
        y = 22 + tall * (1 - level)
        parts.append(f'<line x1="{left}" x2="{left + width}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_GRID}"/>')
        parts.append(_text(left - 6, y + 4, f"{level:g}", "end"))
    for tick in _ticks(0.0, far * 100):
        x = left + width * tick / 100 / far
        parts.append(_text(x, height - bottom + 18, f"{tick:g}", "middle"))
    place = left + width
    for line, name, dash in reversed(list(zip(lines, names, ("", "6 4"), strict=True))):
        if line:
            path = " ".join(f"{left + width * x / far:.1f},{22 + tall * (1 - p):.1f}" for x, p in line)
            style = f'fill="none" stroke="{BLUE}" stroke-width="2" stroke-dasharray="{dash}"'
            parts.append(f'<polyline points="{path}" {style}/>')
            parts.append(f'<line x1="{place - 190}" x2="{place - 160}" y1="10" y2="10" {style}/>')
            parts.append(_text(place - 154, 14, name, "start"))
            place -= 220
    parts.append(_text(left + width, height - 6, axis, "end"))
    parts.append(_text(left, 14, upright, "start"))
    return _svg(parts, height, f"{upright} / {axis}")


def stacks(rows: Sequence[tuple[str, int, int, int]], names: tuple[str, str, str]) -> str:
    """One bar per node: good, suspect, undeterminable."""
    top = max((sum(row[1:]) for row in rows), default=1) or 1
    left, step = 200, 20
    height = 34 + step * len(rows) + 6
    width = _WIDTH - left - 60
    parts: list[str] = []
    place = left
    for name, fill in zip(names, (GOOD, SUSPECT, "url(#open)"), strict=True):
        parts.append(
            f'<rect x="{place}" y="4" width="14" height="12" fill="{fill}"/>{_text(place + 20, 14, name, "start")}'
        )
        place += 150
    for at, (label, *counts) in enumerate(rows):
        y, begin = 30 + step * at, float(left)
        parts.append(_text(left - 10, y + 12, label, "end"))
        for count, fill, name in zip(counts, (GOOD, SUSPECT, "url(#open)"), names, strict=True):
            long = width * count / top
            if count:
                shape = f'x="{begin:.1f}" y="{y}" width="{long:.1f}" height="{step - 6}"'
                parts.append(
                    f'<rect {shape} fill="{fill}"><title>{escape(label)}, {escape(name)}: {count}</title></rect>'
                )
            begin += long
        parts.append(_text(begin + 6, y + 12, str(sum(counts)), "start"))
    return _svg(parts, height, " / ".join(names))


def _axis_x(span: list[float], limit: float, left: int, width: int, base: float, top: int, axis: str) -> list[str]:
    low, high = span
    parts = [f'<line x1="{left}" x2="{left + width}" y1="{base}" y2="{base}" stroke="{_INK}"/>']
    for tick in _ticks(low, high):
        x = left + width * (tick - low) / (high - low)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{base}" y2="{base + 5}" stroke="{_INK}"/>')
        parts.append(_text(x, base + 18, f"{tick:g}", "middle"))
    for value in (-limit, limit):
        x = left + width * (value - low) / (high - low)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{base}" stroke="{_INK}" stroke-dasharray="5 4"/>')
    parts.append(_text(left + width, base + 34, axis, "end"))
    return parts


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers between two ends, about eight of them."""
    rough = (high - low) / 8
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * one for one in (1, 2, 5, 10) if size * one >= rough * NEARLY)
    return [round(step * at, 9) for at in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="12" fill="{_INK}">{escape(text)}</text>'


def _svg(parts: Sequence[str], height: float, label: str) -> str:
    head = f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img" aria-label="{escape(label)}">'
    return head + "".join(parts) + "</svg>"
