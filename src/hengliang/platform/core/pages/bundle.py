"""The drawing library of the page, made by vl-convert where static files are gathered: none of it is committed."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import vl_convert
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

Checks = list[CheckMessage]
NAME = "core/vega-bundle.js"


def bundle_source() -> str:
    """The JavaScript: Vega, Vega-Lite, Vega-Embed, and the Chinese number and date words, as `window.hengliangVega`."""
    words = json.dumps(
        {"number": vl_convert.get_format_locale("zh-CN"), "time": vl_convert.get_time_format_locale("zh-CN")},
        ensure_ascii=False,
    )
    return str(vl_convert.javascript_bundle(f"window.hengliangVega={{vegaEmbed,locales:{{zh:{words}}}}};"))


def bundle_folder() -> Path:
    """Where the bundle lies, made on first need: beside the data, by version of the engine."""
    version = f"{vl_convert.get_vega_version()}-{vl_convert.get_vega_embed_version()}"
    home = Path(getattr(settings, "HOME", gettempdir()))
    folder = home / "cache" / f"vega-{version}"
    target = folder / NAME
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_suffix(".part")
        half.write_text(bundle_source(), encoding="utf-8")
        half.replace(target)
    return folder


class VegaBundleFinder(BaseFinder):
    """Finds the bundle for collectstatic and for a server without gathered files."""

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        """The file of the bundle; nothing for any other path."""
        if path != NAME:
            return []
        found = str(bundle_folder() / NAME)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """The bundle, for collectstatic."""
        yield NAME, FileSystemStorage(location=str(bundle_folder()))

    def check(self, **_kwargs: Any) -> Checks:
        """Nothing to check."""
        return []
