"""What an act or a page refuses, and what to do about it.

PlatformError
├── NotPermitted          403: the role or the region does not allow it
├── Refused               409/422: the state of things does not allow it
│   ├── TransitionRefused     the object is not in a state from which this act leads on
│   ├── StaleWrite            somebody wrote since the page was opened
│   └── Blocked               a condition outside the object stands in the way (expired, suspended, draft rule)
└── InputRefused          422: what was entered can't be used; names the field
"""

from typing import Any

from django.utils.translation import gettext as _


class PlatformError(Exception):
    """Something was refused; `code` is stable, `template` is English with named parameters."""

    status = 400

    def __init__(self, code: str, template: str, **params: Any) -> None:
        super().__init__(code, template, params)
        self.code = code
        self.template = template
        self.params = params

    def __str__(self) -> str:
        return _(self.template) % self.params


class NotPermitted(PlatformError):
    """The actor's roles, organisation or region do not allow this act."""

    status = 403


class Refused(PlatformError):
    """The state of things does not allow this act."""

    status = 409


class TransitionRefused(Refused):
    """The object is not in a state from which this act leads on."""


class StaleWrite(Refused):
    """Somebody wrote since the page was opened; reload, compare, and write again."""


class Blocked(Refused):
    """A condition outside the object stands in the way; the message names it and the way out."""


class InputRefused(PlatformError):
    """What was entered can't be used; `field` names where."""

    status = 422

    def __init__(self, code: str, template: str, *, field: str = "", **params: Any) -> None:
        super().__init__(code, template, field=field, **params)
        self.field = field
