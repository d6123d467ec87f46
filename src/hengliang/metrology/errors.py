"""The root of every error that `hengliang.metrology` raises.

MetrologyError
├── UnitError (units/errors.py)
└── UncertaintyError (uncertainty/errors.py)

Other modules hang their own branch here and draw it at their head. An error carries a stable `code`, its
parameters and an English template that says what to do next, so that a caller can translate all three.
"""

from typing import Any, ClassVar


class MetrologyError(Exception):
    """A computation was asked for that has no meaning, or lacks something it needs.

    Subclasses set `code` and `template`; the template's fields are filled from the keyword arguments:

    >>> class TooFew(MetrologyError):
    ...     code = "too_few"
    ...     template = "{n} readings are too few; take at least {needed}."
    >>> str(TooFew(n=1, needed=2))
    '1 readings are too few; take at least 2.'
    """

    code: ClassVar[str] = "metrology"
    template: ClassVar[str] = "{reason}"

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.template.format(**params))

    def __reduce__(self) -> tuple[Any, ...]:
        # Keyword-only construction does not survive pickling, and worker processes send errors home.
        return _rebuild, (type(self), self.params)


def _rebuild(kind: type[MetrologyError], params: dict[str, Any]) -> MetrologyError:
    return kind(**params)
