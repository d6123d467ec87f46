"""Orders of the authority, findings that it looks into, and statistics as they were signed."""

from hengliang.platform.supervision.models.findings import Finding
from hengliang.platform.supervision.models.orders import Order
from hengliang.platform.supervision.models.statistics import StatisticsReturn

__all__ = ["Finding", "Order", "StatisticsReturn"]
