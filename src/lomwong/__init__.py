"""Lomwong (ล้อมวง): a home for communities of practice. Each folder is one feature; docs/architecture.md is the map."""

__version__ = "0.1.0"
