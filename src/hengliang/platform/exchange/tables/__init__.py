"""Lists of the exchange, by what they list."""
