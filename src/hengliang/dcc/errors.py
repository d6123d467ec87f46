"""What can go wrong with digital certificates, and what to do next.

    DccError
    ├── CertificateRefused    a file that is not examined at all (too large, a document type, no certificate)
    ├── NotWritable           a certificate that no valid document can hold
    └── SchemaRefused         a schema file that is absent or not the one that was pinned

What is wrong *inside* a certificate is no error but a finding (`findings.py`).
Every error carries `code`, `parameters` and an English `template`, so that the platform can translate it.
"""

from typing import Any, ClassVar


class DccError(Exception):
    """Root of the package's errors.

    parameters : named values that fill the class's `template`
    """

    template: ClassVar[str] = "{reason}"

    def __init__(self, **parameters: Any) -> None:
        self.parameters = parameters
        super().__init__(self.template.format(**parameters))

    @property
    def code(self) -> str:
        """Stable name of the error, for translation and for machines."""
        return f"dcc.{type(self).__name__}"


class CertificateRefused(DccError):
    """A file that is not examined at all."""

    template = "The file is refused: {reason}."


class NotWritable(DccError):
    """A certificate that no valid document can hold."""

    template = "{where} can't be written: {reason}."


class SchemaRefused(DccError):
    """A schema file that is absent or not the one that was pinned."""

    template = "Schema {name}: {reason}."
