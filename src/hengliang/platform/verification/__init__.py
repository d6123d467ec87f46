"""Applications, original records, judgement by rule, review and approval."""
