"""Marks: their kinds and numbers, the stock that is left, what stands on instruments, photographs, labels on paper."""
