"""Measurement standards, authorisations of verification bodies, qualifications of people."""
