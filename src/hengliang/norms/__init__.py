"""Rules as dated, cited data: limits, periods, plans, coefficients. Nothing of this kind stands in code.

`norms["id"].at(day)` gives a value with its provenance; `load_norms(folder)` lays the rules of an authority
upon the shipped ones.
"""

from hengliang.norms.errors import (
    NormError,
    NormFault,
    NormNotInForce,
    NormProblem,
    NormRepealed,
    UnknownEntry,
    UnknownNorm,
    WrongKind,
)
from hengliang.norms.load import Norms, load_norms, norms
from hengliang.norms.model import Approval, Norm, Source, Value
from hengliang.norms.procedures import procedure_for, procedure_of

__all__ = [
    "Approval",
    "Norm",
    "NormError",
    "NormFault",
    "NormNotInForce",
    "NormProblem",
    "NormRepealed",
    "Norms",
    "Source",
    "UnknownEntry",
    "UnknownNorm",
    "Value",
    "WrongKind",
    "load_norms",
    "norms",
    "procedure_for",
    "procedure_of",
]
