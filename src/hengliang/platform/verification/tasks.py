"""The work that the worker does for verification."""

from hengliang.platform.verification.lot_work import lot_file_read, lot_results_issue, lot_results_submit

__all__ = ["lot_file_read", "lot_results_issue", "lot_results_submit"]
