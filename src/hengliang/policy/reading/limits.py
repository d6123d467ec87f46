"""Bounds on what is read, so that no file can hold a process.

The longest plan known to us has some 60,000 characters.
"""

MAX_BYTES = 32 * 1024 * 1024
MAX_UNPACKED_BYTES = 128 * 1024 * 1024
MAX_PART_BYTES = 24 * 1024 * 1024
MAX_CHARACTERS = 200_000
MAX_LINES = 20_000
MAX_COLUMNS = 63  # as many as Word itself draws
MAX_CELLS = 10_000
MAX_PAGES = 500
MAX_SECONDS = 60.0
