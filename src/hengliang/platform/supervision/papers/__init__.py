"""Papers of the authority."""

from hengliang.platform.supervision.papers.rectification import rectification_pdf

__all__ = ["rectification_pdf"]
