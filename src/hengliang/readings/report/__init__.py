"""The report of an evaluation: a page with charts for who decides, a work list for who goes out."""
