"""Lists of the work, by what they list."""
