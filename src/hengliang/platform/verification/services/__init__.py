"""One act per module."""
