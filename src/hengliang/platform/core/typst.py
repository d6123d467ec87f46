"""Pages on paper: PDF/A by typst, fonts embedded. What varies goes in as JSON, never as markup."""

import io
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any


@cache
def fonts() -> str:
    """The folder of the fonts, for a source that is no template."""
    import pylopdf_fonts_zh_cn

    return str(Path(pylopdf_fonts_zh_cn.__file__).parent)


def typeset(template: Traversable, data: Mapping[str, Any], *, timestamp: int | None = None, **inputs: str) -> bytes:
    """The bytes of the PDF of a template of ours.

    data : what the template reads as `json(bytes(sys.inputs.data))`
    timestamp : the moment that stands in the file, in seconds of the epoch; with it the bytes are always the same
    inputs : further texts that it reads as `sys.inputs.name`
    """
    import typst  # only who prints pays

    given = {"data": json.dumps(data, ensure_ascii=False), **inputs}
    return bytes(
        typst.compile(
            str(template),
            sys_inputs=given,
            font_paths=[fonts()],
            ignore_system_fonts=True,
            pdf_standards="a-3b",
            timestamp=timestamp,
        )
    )


def code_to_scan(text: str) -> str:
    """A code to scan that holds a text, as SVG without border."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()
