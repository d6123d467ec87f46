"""Applications, tasks, drafts and original records of verification; arbitrations, re-tests and rounds."""

from hengliang.platform.verification.models.arbitration import Arbitration, ArbitrationParty
from hengliang.platform.verification.models.numbers import NumberSeries
from hengliang.platform.verification.models.records import Record, RecordDraft, RuleAsUsed
from hengliang.platform.verification.models.retests import ReTest
from hengliang.platform.verification.models.rounds import (
    FieldEntry,
    Round,
    RoundInstrument,
    RoundPackage,
    RoundSettlement,
    RoundSignature,
    RoundStop,
    RoundUpload,
    TaskNote,
)
from hengliang.platform.verification.models.work import MANDATORY, Application, Task, VerificationRegime

__all__ = [
    "MANDATORY",
    "Application",
    "Arbitration",
    "ArbitrationParty",
    "FieldEntry",
    "NumberSeries",
    "ReTest",
    "Record",
    "RecordDraft",
    "Round",
    "RoundInstrument",
    "RoundPackage",
    "RoundSettlement",
    "RoundSignature",
    "RoundStop",
    "RoundUpload",
    "RuleAsUsed",
    "Task",
    "TaskNote",
    "VerificationRegime",
]
