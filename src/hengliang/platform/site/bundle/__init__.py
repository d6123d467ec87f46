"""An installer that needs no network: one archive for one kind of machine."""

from hengliang.platform.site.bundle.errors import BundleError
from hengliang.platform.site.bundle.make import MACHINES, make

__all__ = ["MACHINES", "BundleError", "make"]
