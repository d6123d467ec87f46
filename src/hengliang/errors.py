"""What every error of a package has in common: a code, named parameters, and an English sentence that they fill.

It stands below all packages, so that each has its own root without repeating how one is made. The platform translates
`template` and fills it with `parameters`; machines read `code`.
"""

from typing import Any, ClassVar


class CodedError(Exception):
    """Made with keyword arguments alone, which fill the class's `template`.

    parameters : named values

    >>> class TooFew(CodedError):
    ...     template = "{n} readings are too few; take at least {needed}."
    >>> str(TooFew(n=1, needed=2))
    '1 readings are too few; take at least 2.'
    """

    template: ClassVar[str] = "{reason}"

    def __init__(self, **parameters: Any) -> None:
        self.parameters = parameters
        super().__init__(self.template.format(**parameters))

    def __reduce__(self) -> tuple[Any, ...]:
        # Keyword-only construction does not survive pickling, and worker processes send errors home.
        return _rebuild, (type(self), self.parameters)

    @property
    def code(self) -> str:
        """Stable name of the error, package and class: `trust.KeyRefused`."""
        return f"{type(self).__module__.split('.')[1]}.{type(self).__name__}"


def _rebuild(kind: type[CodedError], parameters: dict[str, Any]) -> CodedError:
    return kind(**parameters)
