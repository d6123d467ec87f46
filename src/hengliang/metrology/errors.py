"""The root of every error that `hengliang.metrology` raises.

MetrologyError
├── UnitError (units/errors.py)
└── UncertaintyError (uncertainty/errors.py)

Other modules hang their own branch here and draw it at their head. An error carries `code`, `parameters` and an
English template that says what to do next, as those of all packages do (`hengliang.errors`).
"""

from hengliang.errors import CodedError


class MetrologyError(CodedError):
    """A computation was asked for that has no meaning, or lacks something it needs."""
