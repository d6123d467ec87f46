"""Rounds off-line: the package that goes out, the results that come back, and how two devices are merged."""
