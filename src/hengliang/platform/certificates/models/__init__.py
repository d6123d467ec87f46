"""Proofs of a verification: documents with their numbers, and marks with their stock."""

from hengliang.platform.certificates.models.marks import Mark, MarkDestruction
from hengliang.platform.certificates.models.proofs import VALUES_ONLY, AttachedBudget, Certificate, Document
from hengliang.platform.certificates.models.stock import MarkBatch, MarkHolding, MarkSeries
from hengliang.platform.certificates.models.stocktaking import Stocktaking, StocktakingFinding

__all__ = [
    "VALUES_ONLY",
    "AttachedBudget",
    "Certificate",
    "Document",
    "Mark",
    "MarkBatch",
    "MarkDestruction",
    "MarkHolding",
    "MarkSeries",
    "Stocktaking",
    "StocktakingFinding",
]
