"""Uncertainty budgets as the workbench handles them: bounded, evaluated both ways, stored, drawn, printed."""
