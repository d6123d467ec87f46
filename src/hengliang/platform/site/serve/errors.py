"""Why the product can't be served.

CannotServe
├── PortTaken          somebody else listens there
├── PreparationFailed  tables, static files or demo data could not be made
├── HoldsRealData      the demo city was asked for on a home that is in use
└── RestoreUnfinished  a restore into this home was cut off
"""

from typing import ClassVar


class CannotServe(Exception):
    """The product can't be served; the message says what to do next."""

    code: ClassVar[str] = "cannot_serve"
    template: ClassVar[str] = "Hengliang can't be served."

    def __init__(self, **parameters: object) -> None:
        self.parameters = parameters
        super().__init__(self.template.format(**parameters))


class PortTaken(CannotServe):
    """The port is in use."""

    code = "port_taken"
    template = "Port {port} on {host} is in use. Stop what runs there, or choose another by HENGLIANG_PORT."


class PreparationFailed(CannotServe):
    """A step before serving failed; what it said stands above."""

    code = "preparation_failed"
    template = "Preparing failed ({steps}); what it said stands above. {kept}"


class HoldsRealData(CannotServe):
    """Demo data never go into a home that somebody uses."""

    code = "holds_real_data"
    template = (
        "{home} holds data that are not the demo city's, so nothing was loaded. Start it with `hengliang serve`, "
        "or give the demo another folder by HENGLIANG_HOME."
    )


class RestoreUnfinished(CannotServe):
    """Half a restore is no state to work on."""

    code = "restore_unfinished"
    template = "A restore into {home} was cut off. Run `hengliang restore FILE --force` again; it was from {file}."
