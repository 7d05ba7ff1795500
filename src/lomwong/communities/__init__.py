"""Circles people sit in: start one, join, leave, rest. A natural and an established one have the same rights."""
