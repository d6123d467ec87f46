"""Errors of `hengliang.metrology`.

MetrologyError
├── BadRecord      an original record that can't be judged; names every faulty cell
└── BadProcedure   a procedure that can't judge; names the item or table
"""

from collections.abc import Mapping
from typing import Any


class MetrologyError(Exception):
    """Something can't be computed; `code` and `params` let the platform say it in Chinese."""

    def __init__(self, code: str, params: Mapping[str, Any], template: str) -> None:
        self.code = code
        self.params = dict(params)
        self.template = template
        super().__init__(template.format(**self.params))
