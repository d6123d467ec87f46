"""Applications, tasks, drafts and original records; arbitrations, re-tests, rounds; counter, fees, time, papers."""

from hengliang.platform.verification.models.arbitration import Arbitration, ArbitrationDay, ArbitrationParty
from hengliang.platform.verification.models.bench_profiles import BenchProfile
from hengliang.platform.verification.models.conditions import Conditions, ConditionsAddendum
from hengliang.platform.verification.models.counter import Deposit, DepositPiece, HandBack
from hengliang.platform.verification.models.decisions import AgreedDecision
from hengliang.platform.verification.models.fees import Fee, Invoice
from hengliang.platform.verification.models.lots import Lot, LotGroup, LotLink, LotResult
from hengliang.platform.verification.models.mediation import Mediation
from hengliang.platform.verification.models.numbers import NumberSeries
from hengliang.platform.verification.models.prints import PrintJob
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
from hengliang.platform.verification.models.worktime import WorkTime

__all__ = [
    "MANDATORY",
    "AgreedDecision",
    "Application",
    "Arbitration",
    "ArbitrationDay",
    "ArbitrationParty",
    "BenchProfile",
    "Conditions",
    "ConditionsAddendum",
    "Deposit",
    "DepositPiece",
    "Fee",
    "FieldEntry",
    "HandBack",
    "Invoice",
    "Lot",
    "LotGroup",
    "LotLink",
    "LotResult",
    "Mediation",
    "NumberSeries",
    "PrintJob",
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
    "WorkTime",
]
