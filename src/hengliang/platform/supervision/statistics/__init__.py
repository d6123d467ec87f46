"""Statistics as superiors require them: the form is a norm, each cell a population with conditions and its rows."""

from hengliang.platform.supervision.statistics.compute import Table, compute
from hengliang.platform.supervision.statistics.form import FORMS, Column, Form, form_of
from hengliang.platform.supervision.statistics.scope import Period, Scope

__all__ = ["FORMS", "Column", "Form", "Period", "Scope", "Table", "compute", "form_of"]
