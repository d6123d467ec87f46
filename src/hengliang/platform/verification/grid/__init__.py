"""Many instruments of one kind in one grid: a row an instrument, a column a reading of the procedure.

The grid is the single entry form laid on its side: the same sections, the same names of fields, the same drafts and
the same judge. What is typed in one stands in the other.
"""
