"""Text that Thai and English readers would call the same: normalise, segment, highlight, sort, read dates.

Pure: no Django, no database, no network. Every function here accepts any string whatever, never raises on it, and
takes time that grows linearly with its length.
"""
