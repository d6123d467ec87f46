"""What people type about standards, authorisations, qualifications and budgets."""

from hengliang.platform.standards.forms.registers import (
    AuthorisationForm,
    DesignationForm,
    FromForm,
    PaperForm,
    QualificationForm,
    StandardForm,
)

__all__ = ["AuthorisationForm", "DesignationForm", "FromForm", "PaperForm", "QualificationForm", "StandardForm"]
