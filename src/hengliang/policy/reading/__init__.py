"""Files to text: TXT in any Chinese encoding, HTML, DOCX, PDF with a text layer."""

from hengliang.policy.reading.source import SourceText, read_bytes, read_file

__all__ = ["SourceText", "read_bytes", "read_file"]
