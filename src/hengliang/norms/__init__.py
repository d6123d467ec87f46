"""Rules as dated, cited data: limits, periods, plans, coefficients. Nothing of this kind stands in code."""
