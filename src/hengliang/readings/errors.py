"""What can go wrong with meter readings, and what to do next.

    ReadingsError
    ├── SourceRefused        a file that is not read at all (format, size, encoding)
    │   └── NoTable          a file or sheet without a row of headers; passed over where there are others
    ├── WorkbookRefused      a workbook that is none, or that asks for more memory or time than it may
    ├── ProfileRefused       a mapping profile, or headers that no profile fits
    ├── StoreRefused         a folder that is no store, or one that this software can't write
    ├── PartitionDamaged     a stored file that is absent or not the one that was committed
    ├── StoreDamaged         all such files that an evaluation would read
    ├── EvaluationRefused    an evaluation that has nothing to stand on, or was asked in a wrong way
    ├── PartitionFailed      one partition of an evaluation could not be computed
    └── EvidenceRefused      an evidence file that can't be read, or whose content was altered

What is wrong *inside* a file is no error but a refused row (`intake/refusals.py`) or a finding (`checks/`).
Every error carries `code`, `parameters` and an English `template`, so that the platform can translate it.
"""

from hengliang.errors import CodedError


class ReadingsError(CodedError):
    """Root of the package's errors."""


class SourceRefused(ReadingsError):
    """A file that is not read at all."""

    template = "{file} is refused: {reason}."


class WorkbookRefused(ReadingsError):
    """A workbook that is none (`unreadable`), or that asks for more memory or time than it may (`too_large`)."""

    template = "The workbook is refused: {reason}. Save it anew, or export CSV."


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


class StoreDamaged(ReadingsError):
    """Files that an evaluation would read and that are not what was committed; nothing is judged on them."""

    template = (
        "Nothing is judged on damaged readings: {files}. Restore from a copy, or import anew into another store; "
        "`hengliang readings check` names every damaged file. What was evaluated of the other partitions is kept."
    )


class EvaluationRefused(ReadingsError):
    """An evaluation that has nothing to stand on."""

    template = "Nothing can be evaluated: {reason}."


class PartitionFailed(ReadingsError):
    """One partition of an evaluation could not be computed; the others are kept, and a new run resumes."""

    template = "Partition {partition} failed: {reason}. The other partitions are kept; run again to resume."


class EvidenceRefused(ReadingsError):
    """An evidence file that can't be read, or whose content was altered."""

    template = "The evidence is refused: {reason}."
