"""Pure measurement computation: units, uncertainty, conformity, judgement. Imports numpy, and scipy lazily."""
