"""What a sheet may be: bounds against bombs, far above what any honest ledger needs."""

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_BYTES = 768 * 1024 * 1024
# An honest sheet of 100,000 rows unpacks to ten to twenty times its size; a bomb to a thousand times and more.
MAX_RATIO = 150
RATIO_FROM_BYTES = 32 * 1024 * 1024
MAX_PARTS = 2_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 200_000
HEADER_WITHIN = 20
