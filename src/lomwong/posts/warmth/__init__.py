"""Flowers, which are thanks; and how many have read something, counted so that nobody is watched."""
