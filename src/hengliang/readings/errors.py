"""What can go wrong with meter readings, and what to do next.

    ReadingsError
    ├── SourceRefused        a file that is not read at all (format, size, encoding)
    │   └── NoTable          a file or sheet without a row of headers; passed over where there are others
    ├── ProfileRefused       a mapping profile, or headers that no profile fits
    ├── StoreRefused         a folder that is no store, or one that this software can't write
    ├── PartitionDamaged     a stored file that is absent or not the one that was committed
    ├── EvaluationRefused    an evaluation that has nothing to stand on, or was asked in a wrong way
    ├── PartitionFailed      one partition of an evaluation could not be computed
    └── EvidenceRefused      an evidence file that can't be read, or whose content was altered

What is wrong *inside* a file is no error but a refused row (`intake/refusals.py`) or a finding (`checks/`).
Every error carries `code`, `parameters` and an English `template`, so that the platform can translate it.
"""

from typing import Any, ClassVar


class ReadingsError(Exception):
    """Root of the package's errors.

    parameters : named values that fill the class's `template`
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
        """Stable name of the error, for translation and for machines."""
        return f"readings.{type(self).__name__}"


class SourceRefused(ReadingsError):
    """A file that is not read at all."""

    template = "{file} is refused: {reason}."


class NoTable(SourceRefused):
    """A file or sheet that holds no table: a note, a cover sheet, nothing."""


class ProfileRefused(ReadingsError):
    """A mapping profile that can't be used, or headers that no profile fits."""

    template = "{file}: {reason}. Give a mapping with --profile; --help shows one."


class StoreRefused(ReadingsError):
    """A folder that is no store, or that can't be used as one."""

    template = "{store}: {reason}."


class PartitionDamaged(ReadingsError):
    """A stored file that is absent or not the one that was committed."""

    template = "{file} is not what batch {batch} committed. Restore it from a copy, or import the batch again."


class EvaluationRefused(ReadingsError):
    """An evaluation that has nothing to stand on."""

    template = "Nothing can be evaluated: {reason}."


class PartitionFailed(ReadingsError):
    """One partition of an evaluation could not be computed; the others are kept, and a new run resumes."""

    template = "Partition {partition} failed: {reason}. The other partitions are kept; run again to resume."


class EvidenceRefused(ReadingsError):
    """An evidence file that can't be read, or whose content was altered."""

    template = "The evidence is refused: {reason}."


def _rebuild(kind: type[ReadingsError], parameters: dict[str, Any]) -> ReadingsError:
    return kind(**parameters)
