"""Forms of proofs and marks: issue, use, removal, stock, counting."""
