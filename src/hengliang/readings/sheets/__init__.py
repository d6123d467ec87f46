"""XLSX of others, read in a bounded process; `workbook.Workbook` is the door, for readings and for the platform."""
