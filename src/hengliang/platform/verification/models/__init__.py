"""Applications, tasks, drafts and original records of verification; arbitrations and re-tests."""

from hengliang.platform.verification.models.arbitration import Arbitration, ArbitrationParty
from hengliang.platform.verification.models.lots import BenchProfile, Lot, LotGroup, LotLink, LotResult
from hengliang.platform.verification.models.numbers import NumberSeries
from hengliang.platform.verification.models.records import Record, RecordDraft, RuleAsUsed
from hengliang.platform.verification.models.retests import ReTest
from hengliang.platform.verification.models.work import MANDATORY, Application, Task, VerificationRegime

__all__ = [
    "MANDATORY",
    "Application",
    "Arbitration",
    "ArbitrationParty",
    "BenchProfile",
    "Lot",
    "LotGroup",
    "LotLink",
    "LotResult",
    "NumberSeries",
    "ReTest",
    "Record",
    "RecordDraft",
    "RuleAsUsed",
    "Task",
    "VerificationRegime",
]
