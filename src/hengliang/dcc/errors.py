"""What can go wrong with digital certificates, and what to do next.

    DccError
    ├── CertificateRefused    a file that is not examined at all (too large, a document type, no certificate)
    ├── NotWritable           a certificate that no valid document can hold
    └── SchemaRefused         a schema file that is absent or not the one that was pinned

What is wrong *inside* a certificate is no error but a finding (`findings.py`).
Every error carries `code`, `parameters` and an English `template`, so that the platform can translate it.
"""

from hengliang.errors import CodedError


class DccError(CodedError):
    """Root of the package's errors."""


class CertificateRefused(DccError):
    """A file that is not examined at all."""

    template = "The file is refused: {reason}."


class NotWritable(DccError):
    """A certificate that no valid document can hold."""

    template = "{where} can't be written: {reason}."


class SchemaRefused(DccError):
    """A schema file that is absent or not the one that was pinned."""

    template = "Schema {name}: {reason}."
