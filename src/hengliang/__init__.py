"""Hengliang (衡量): an open platform for a modern measurement system."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("hengliang")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+source"
