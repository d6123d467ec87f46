"""The acts of standards, one a module."""

from hengliang.platform.standards.services.authorisation_end import authorisation_end
from hengliang.platform.standards.services.authorisation_enter import authorisation_enter
from hengliang.platform.standards.services.budget_save import budget_revise, budget_save
from hengliang.platform.standards.services.designation_end import designation_end
from hengliang.platform.standards.services.designation_make import designation_make
from hengliang.platform.standards.services.qualification_end import qualification_end
from hengliang.platform.standards.services.qualification_enter import qualification_enter
from hengliang.platform.standards.services.standard_certificate_enter import standard_certificate_enter
from hengliang.platform.standards.services.standard_enter import standard_enter
from hengliang.platform.standards.services.standard_suspend import standard_resume, standard_suspend

__all__ = [
    "authorisation_end",
    "authorisation_enter",
    "budget_revise",
    "budget_save",
    "designation_end",
    "designation_make",
    "qualification_end",
    "qualification_enter",
    "standard_certificate_enter",
    "standard_enter",
    "standard_resume",
    "standard_suspend",
]
