"""A sheet becomes ledger rows: read, staged by COPY, checked as a set, applied as one act or not at all."""
