"""Evaluation of meters in service: partitions to node matrices to verdicts, here, on processes or on a cluster."""
