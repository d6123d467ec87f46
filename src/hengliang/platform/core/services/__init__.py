"""Acts that concern no single app."""
