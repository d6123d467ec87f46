"""What people type about instruments."""

from hengliang.platform.registry.forms.acts import (
    AcceptForm,
    ActForm,
    AssignForm,
    CodeForm,
    MergeForm,
    MoveForm,
    OfferForm,
    ReasonedForm,
    ReclassifyForm,
    ResultForm,
    TransferForm,
)
from hengliang.platform.registry.forms.filing import CorrectForm, FileForm, PartForm
from hengliang.platform.registry.forms.sheets import SendForm

__all__ = [
    "AcceptForm",
    "ActForm",
    "AssignForm",
    "CodeForm",
    "CorrectForm",
    "FileForm",
    "MergeForm",
    "MoveForm",
    "OfferForm",
    "PartForm",
    "ReasonedForm",
    "ReclassifyForm",
    "ResultForm",
    "SendForm",
    "TransferForm",
]
