"""Policy documents read into clauses, responsible units and targets."""

from hengliang.policy.as_json import as_full_json, as_json
from hengliang.policy.errors import PolicyError
from hengliang.policy.extract import extract_bytes, extract_file, extract_text
from hengliang.policy.model import Clause, Milestone, PolicyDocument, Remainder, ResponsibleUnit, Target

__all__ = [
    "Clause",
    "Milestone",
    "PolicyDocument",
    "PolicyError",
    "Remainder",
    "ResponsibleUnit",
    "Target",
    "as_full_json",
    "as_json",
    "extract_bytes",
    "extract_file",
    "extract_text",
]
