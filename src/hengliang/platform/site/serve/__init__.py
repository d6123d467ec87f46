"""Operation: prepares a home, starts the parts of the product, keeps each alive, stops all of them cleanly."""
