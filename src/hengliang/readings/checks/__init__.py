"""The checks of readings (S10): what is wrong, how often, where first; and what an evaluation can still use."""
