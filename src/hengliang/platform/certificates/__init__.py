"""Certificates and notices of result: numbers, issue, documents, withdrawal, public check."""
