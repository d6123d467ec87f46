"""The ledger: catalogue, instruments and their dated state, parts, identity codes, imports."""
