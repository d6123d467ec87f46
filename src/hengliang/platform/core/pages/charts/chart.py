"""A chart: one specification for the page and for print, and the figures as a table beside it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.http import HttpRequest, JsonResponse

from ..words import Words
from .palette import DARK, LIGHT, Palette

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "PingFang SC, Microsoft YaHei, Noto Sans SC, Noto Sans CJK SC, sans-serif"


@dataclass(frozen=True)
class Chart:
    """A drawing whose title says the finding or the question.

    `build` gives the Vega-Lite specification in a palette; `columns` and `rows` are the same figures as a table, for
    readers without the drawing. `height` is in pixels, None where the drawing grows with its rows.
    """

    title: Words
    build: Callable[[Palette], Spec]
    columns: Sequence[Words]
    rows: Sequence[Sequence[Any]]
    subtitle: Words = ""

    def spec(self, palette: Palette = LIGHT) -> Spec:
        """The whole specification in a palette, with the data in it."""
        return {"$schema": SCHEMA, "background": None, "config": config(palette), **self.build(palette)}

    def respond(self, request: HttpRequest) -> JsonResponse:
        """The specification as the page fetches it: `?theme=dark` for the dark palette."""
        dark = request.GET.get("theme") == "dark"
        return JsonResponse(self.spec(DARK if dark else LIGHT), json_dumps_params={"ensure_ascii": False})

    def text(self, palette: Palette = LIGHT) -> str:
        """The whole specification as JSON."""
        return json.dumps(self.spec(palette), ensure_ascii=False)

    def titled(self, title: Words) -> "Chart":
        """The same chart under another title."""
        return replace(self, title=title)

    def svg(self, width: int = 560) -> str:
        """The drawing as SVG for print, in the fonts of the documents, titled, without links."""
        import vl_convert  # an engine of 60 MB: only where something is printed

        _fonts()
        spec = self.spec(LIGHT)
        spec["width"] = width
        spec["title"] = {"text": str(self.title), "subtitle": str(self.subtitle), "anchor": "start"}
        spec["config"]["font"] = "Noto Sans SC"
        for part in ("title", "axis", "legend", "text", "header"):
            spec["config"].setdefault(part, {})
            spec["config"][part] = {
                name: "Noto Sans SC" if "ont" in name and isinstance(value, str) and "," in value else value
                for name, value in spec["config"][part].items()
            }
        return str(vl_convert.vegalite_to_svg(json.dumps(spec), format_locale="zh-CN", time_format_locale="zh-CN"))


@cache
def _fonts() -> None:
    from pathlib import Path

    import pylopdf_fonts_zh_cn
    import vl_convert

    for found in {font.parent for font in Path(pylopdf_fonts_zh_cn.__file__).parent.rglob("*.otf")}:
        vl_convert.register_font_directory(str(found))


def config(palette: Palette) -> Spec:
    """Type, rules and colours of every drawing."""
    return {
        "font": FONT,
        "view": {"stroke": None},
        "padding": 4,
        "title": {"color": palette.text, "subtitleColor": palette.quiet, "fontSize": 14, "fontWeight": "normal"},
        "axis": {
            "labelColor": palette.quiet,
            "titleColor": palette.quiet,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "gridColor": palette.rule,
            "domainColor": palette.edge,
            "tickColor": palette.edge,
            "labelLimit": 220,
        },
        "axisX": {"grid": False},
        "axisY": {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": -28, "titleY": -8},
        "legend": {
            "labelColor": palette.text,
            "titleColor": palette.quiet,
            "labelFontSize": 12,
            "titleFontWeight": "normal",
            "orient": "top",
            "offset": 24,
            "title": None,
        },
        "text": {"color": palette.text, "fontSize": 12},
    }


def axis_title(quantity: Words, unit: Words = "") -> str:
    """Quantity and unit of an axis, as in GB/T 3101: `quantity / unit`."""
    return f"{quantity} / {unit}" if unit else str(quantity)
