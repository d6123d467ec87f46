"""Orders of the authority, and findings that it looks into."""

from hengliang.platform.supervision.models.findings import Finding
from hengliang.platform.supervision.models.orders import Order

__all__ = ["Finding", "Order"]
