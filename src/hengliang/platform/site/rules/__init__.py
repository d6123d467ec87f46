"""Pages of the rules: what is in force, since when, after which source, and what changed between two editions."""
