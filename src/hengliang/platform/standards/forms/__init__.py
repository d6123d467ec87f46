"""What people type about standards, authorisations, qualifications and budgets."""

from hengliang.platform.standards.forms.registers import (
    AuthorisationForm,
    FromForm,
    PaperForm,
    QualificationForm,
    StandardForm,
)

__all__ = ["AuthorisationForm", "FromForm", "PaperForm", "QualificationForm", "StandardForm"]
