"""What can go wrong with digital certificates, and what to do next.

    DccError
    ├── CertificateRefused    a file that is not examined at all (too large, a document type, no certificate)
    ├── NotWritable           a certificate that no valid document can hold
    ├── SchemaRefused         a schema file that is absent or not the one that was pinned
    └── UnreadableComparison  a file of a comparison that can't be read, each reason with its own words

What is wrong *inside* a certificate is no error but a finding (`findings.py`).
Every error carries `code`, `parameters` and an English `template`, so that the platform can translate it.
"""

from typing import Any

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


UNREADABLE = {
    "too_large": "{file} is larger than {most} bytes; give a single comparison.",
    "not_xml": "{file} is not well-formed XML: see line {line}.",
    "doctype": "{file} declares a document type; remove the DOCTYPE.",
    "not_a_comparison": "{file} is not a key comparison: its root is {root}.",
    "unit": "The unit {unit} of {where} can't be brought to {wanted}; correct it.",
    "number": "{text} at {where} is not a number; correct it.",
    "not_finite": "{text} at {where} is not finite; correct it.",
    "year": "The year {text} in line {line} is not a year; correct it.",
    "not_yaml": "{file} is not YAML: see line {line}; check indentation, colons and quotes there.",
    "not_text": "{file} is not UTF-8 text, or holds a day or a number that can't be read; save it as UTF-8.",
    "alias": "Line {line} of {file} uses an anchor or an alias (& or *); write the content out.",
    "tag": "Line {line} of {file} uses a tag (!); write plain text or a number.",
    "too_deep": "Line {line} of {file} is nested too deeply; a round is a list of results.",
    "too_many": "{where} has {count} entries; at most {most} are taken.",
    "no_list": "{where} must be a list with at least one entry.",
    "no_mapping": "{where} must be a mapping with the keys {known}.",
    "unknown_key": "{where}: there is no key {key}; known are {known}.",
    "no_number": "{where} must be a number, not {text}.",
    "no_text": "{where} must be plain text of at most {most} characters.",
    "no_truth": "{where} must be true or false.",
    "no_uncertainty": "{where} needs either u (k = 1), or U with k.",
    "no_pair": "correlations: between must name two of {known}.",
    "twice": "{laboratory} has two results; give one, or tell them apart by name.",
}


class UnreadableComparison(DccError):
    """A file of a comparison that can't be read, as XML of the BIPM or as our own YAML.

    kind : the reason, a key of `UNREADABLE`, whose sentence says where and what to do
    """

    def __init__(self, kind: str, **parameters: Any) -> None:
        self.kind, self.template = kind, UNREADABLE[kind]  # type: ignore[misc]
        super().__init__(**parameters)

    @property
    def code(self) -> str:
        """Stable name of the reason."""
        return f"dcc.UnreadableComparison.{self.kind}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _unreadable, (self.kind, self.parameters)


def _unreadable(kind: str, parameters: dict[str, Any]) -> UnreadableComparison:
    return UnreadableComparison(kind, **parameters)
