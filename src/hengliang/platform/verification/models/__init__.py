"""Applications, tasks, drafts and original records of verification."""

from hengliang.platform.verification.models.numbers import NumberSeries
from hengliang.platform.verification.models.records import Record, RecordDraft, RuleAsUsed
from hengliang.platform.verification.models.work import Application, Task, VerificationRegime

__all__ = ["Application", "NumberSeries", "Record", "RecordDraft", "RuleAsUsed", "Task", "VerificationRegime"]
