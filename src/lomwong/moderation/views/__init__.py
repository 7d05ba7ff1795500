"""Pages of care: what waits, what to do, what was done, words of visitors."""
