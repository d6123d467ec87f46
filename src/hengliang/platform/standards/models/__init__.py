"""What a verification leans on: measurement standards, authorisations of bodies, qualifications of people, budgets."""

from hengliang.platform.standards.models.budgets import Budget, BudgetVersion
from hengliang.platform.standards.models.designations import Designation
from hengliang.platform.standards.models.registers import (
    Authorisation,
    MeasurementStandard,
    Qualification,
    StandardCertificate,
    StandardStatus,
)

__all__ = [
    "Authorisation",
    "Budget",
    "BudgetVersion",
    "Designation",
    "MeasurementStandard",
    "Qualification",
    "StandardCertificate",
    "StandardStatus",
]
