"""An uploaded comparison, read by the same readers as the command's."""

import tempfile
from pathlib import Path
from typing import Any

from hengliang.dcc.comparison_file import read_round
from hengliang.dcc.errors import UnreadableComparison
from hengliang.dcc.kc import is_key_comparison, read_key_comparison
from hengliang.platform.comparison.evaluation import Preview, of_release, of_round
from hengliang.platform.core.errors import InputRefused

LARGEST_YAML = 100_000  # bytes; a round of forty laboratories takes a twentieth of it


def preview_of(file: Any, release: str | None) -> Preview:
    """What an uploaded file says.

    Errors: UnreadableComparison, with the name of the upload; `InputRefused` for what is too large; MetrologyError
    for what can't be evaluated.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(file.read())
        try:
            if is_key_comparison(path):
                return of_release(read_key_comparison(path), release)
            if path.stat().st_size > LARGEST_YAML:
                raise InputRefused("comparison_yaml", "A round in YAML has at most 100 kB.", field="file")
            return of_round(read_round(path))
        except UnreadableComparison as error:
            if "file" in error.parameters:
                error.parameters["file"] = file.name[:60]
            raise
